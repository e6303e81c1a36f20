import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { HolidayCalendar } from '../../../src/adapters/holidays/index.ts';
import { loadLaw, readHolidayFiles } from '../../../src/adapters/law-files/index.ts';
import { installedLaw } from '../../../src/application/law/installed-law.ts';
import { CUSTOMERS } from '../../support/forty-countries.ts';
import { Person } from './browser-like.ts';
import { load } from './html.ts';
import { withServedHouse } from './served-house.ts';
import { joinAs, logBreach, setUpFirst, taken } from './staff.ts';

describe('Duties of many countries, over HTTP', function () {
  this.timeout(120_000);
  const served = withServedHouse();
  const ada = new Person(() => served.url);
  let sam: Person;
  let incident = '';

  before(async () => {
    await setUpFirst(ada, served);
    sam = await joinAs(ada, served, 'Sam', 'responder');
    taken(
      await ada.submit(await ada.open('/settings'), '/settings/organisation', {
        establishments: 'Germany',
        mainEstablishment: 'DE-BE',
        sectors: 'none',
      }),
    );
    incident = await logBreach(ada, {
      place: CUSTOMERS.map(([place]) => place),
      people: CUSTOMERS.map(([, count]) => String(count)),
    });
    for (const [name, value] of [
      ['breach.confidentiality', 'true'],
      ['data.encrypted', 'false'],
    ] as const)
      taken(await ada.submit(await ada.open(`${incident}/facts`), `/facts/${name}`, { [name]: value }));
    const risk = { risk: 'high', because: 'Orders reveal addresses.' };
    taken(await ada.submit(await ada.open(incident), '/facts/risk', risk));
  });

  it('stand by what there is to do, few of each at first, and not as a wall of rows', async () => {
    const { body } = await ada.open(incident);
    const section = body.slice(body.indexOf('id="duties"'), body.indexOf('id="notices"'));
    const headings = [...section.matchAll(/<div class="duty-group note">\s*<h3>([^<]+)</g)].map(
      ([, heading]) => heading,
    );
    expect(headings).to.include.members(['Tell an authority', 'Tell the people', 'Keep a record']);
    const shown = section.replace(/<details[\s\S]*?<\/details>/g, '');
    expect([...shown.matchAll(/<li id="d-/g)].length).to.be.lessThan(13);
    expect(section).to.not.include('<article class="duty"');
  });

  it('come with the incident on a page under 120 kB; all that a law can ask has a page of its own', async () => {
    const { body } = await ada.open(incident);
    expect(Buffer.byteLength(body)).to.be.lessThan(120_000);
    expect(load(body).text).to.match(/\d+ more facts that laws can ask/);
    const all = load((await ada.open(`${incident}/facts`)).body);
    for (const name of ['malicious', 'lawEnforcementHold', 'databaseLevel'])
      expect(all.form(`/facts/${name}`), name).not.to.equal(undefined);
    // What was refused stands on the incident's page, with what is wrong.
    const refused = await ada.submit(await ada.open(`${incident}/facts`), '/facts/malicious', {});
    expect(refused.status).to.equal(422);
    expect(load(refused.body).form('/facts/malicious')).not.to.equal(undefined);
  });

  it('of a few people are offered to who decides duties, each place with its own', async () => {
    const page = load((await ada.open(`${incident}/duties-together`)).body).text;
    expect(page).to.include('Serbia one person').and.to.include('Kenya one person');
    expect(page).to.not.include('Germany 3200').and.to.not.include('New Zealand 12');
    const wider = load((await ada.open(`${incident}/duties-together?up-to=25`)).body).text;
    expect(wider).to.include('New Zealand 12 people');
    const responder = (await sam.open(`${incident}/duties-together`)).body;
    expect(responder).to.include('Legal or the data protection officer decides.');
  });

  it('want a reason and at least one of them, and keep what was ticked', async () => {
    const page = await ada.open(`${incident}/duties-together`);
    const nothing = await ada.submit(page, '/duties-together', {});
    expect(nothing.status).to.equal(422);
    expect(nothing.body).to.include('Tick at least one duty.');
    const unreasoned = await ada.submit(page, '/duties-together', { obligations: ['rs-zzpl-authority'] });
    expect(unreasoned.status).to.equal(422);
    expect(unreasoned.body).to.match(/value="rs-zzpl-authority" checked/);
  });

  it('are decided together with one reason, and each has its own entry in the record', async () => {
    const before = await ada.open(`${incident}/duties-together`);
    const page = await ada.open(`${incident}/duties-together?all=1`);
    const keys = [...page.body.matchAll(/name="obligations" value="([^"]+)" checked/g)].map(
      ([, key]) => key ?? '',
    );
    expect(keys.length).to.be.greaterThan(15);
    const reason = 'One customer each; told by telephone, and no harm is left to warn of.';
    const done = taken(await ada.submit(page, '/duties-together', { obligations: keys, reason }));
    expect(done.location).to.include('/duties?done=decided-together');
    const id = incident.replace('/incidents/', '');
    const { organisation } = (await served.house.users.byEmail('ada@linden.example'))!.memberships[0]!;
    const entries = await served.house.register.read(organisation, `incident:${id}`);
    const stored = await served.house.incidents.byId(organisation, id);
    const decided = [...entries, ...(stored?.outbox ?? [])].filter(
      ({ type }) => type === 'obligation-decided',
    );
    expect(new Set(decided.map(({ data }) => (data as { key: string }).key))).to.deep.equal(new Set(keys));
    expect(new Set(decided.map(({ data }) => (data as { reason: string }).reason)).size).to.equal(1);
    expect(load((await ada.open(`${incident}/duties/rs-zzpl-authority`)).body).text).to.include(reason);
    expect((await ada.open(`${incident}/duties-together`)).body).to.not.include('value="rs-zzpl-authority"');
    const late = await ada.submit(before, '/duties-together', { obligations: [keys[0] ?? ''], reason });
    expect(late.status).to.equal(409);
    expect(late.body).to.include('One of these duties was settled in the meantime.');
  });

  it('of one letter: all people of these laws are told by one, if legal wants', async () => {
    const page = await ada.open(incident);
    const form = /<form class="prepare"[\s\S]*?<\/form>/.exec(
      page.body.slice(page.body.indexOf('One letter for all')),
    )?.[0];
    const obligations = [...(form ?? '').matchAll(/name="obligations" value="([^"]+)"/g)].map(
      ([, key]) => key ?? '',
    );
    expect(obligations).to.include('gdpr-art34-subjects').and.to.include('nz-privacy-individuals');
    const begun = taken(
      await ada.submit({ ...page, body: form ?? '' }, '/notices', {
        kind: 'letter',
        obligations,
        locales: ['en'],
      }),
    );
    expect(begun.location).to.match(/\/notices\/[\w-]+/);
  });

  it('are told where changed law would judge an open incident differently, and only there', async () => {
    expect(load((await ada.open('/law')).body).text).to.include(
      'Every open incident is judged by the law as it is installed.',
    );
    expect((await ada.open('/')).body).to.not.include('href="/law"');
    const folder = await mkdtemp(join(tmpdir(), 'tocsin-law-'));
    const file = join(folder, 'nz.yaml');
    const text = await readFile('playbooks/regimes/nz.yaml', 'utf8');
    await writeFile(
      file,
      text.replace("period: 'none'\n    counting: 'none'", 'period: PT72H\n    counting: clock-hours'),
    );
    const { book, texts } = loadLaw({ playbooks: 'playbooks', replacing: [file] });
    if (!book) throw new Error('the changed law has faults');
    const workingDays = new HolidayCalendar(readHolidayFiles('playbooks'));
    const clock = served.house.clock;
    Object.assign(served.house, { law: installedLaw(book, { workingDays, clock, texts }) });
    await rm(folder, { recursive: true });

    expect((await ada.open('/')).body).to.include('href="/law"');
    const { body } = await ada.open('/law');
    const told = load(body).text;
    expect(told).to.include('One open incident would be judged differently now.');
    expect(told).to.include('Notify: Privacy Commissioner');
    expect(told)
      .to.match(/no number|without a number/i)
      .and.to.match(/Mon(day)?,? 7 Dec/);
    expect(body).to.include(`href="${incident}/law"`);
    taken(await ada.submit(await ada.open(`${incident}/law`), '/law', {}));
    expect((await ada.open('/')).body).to.not.include('href="/law"');
    expect((await ada.open('/playbooks')).body).to.include('href="/law"');
  });

  it('ask what one law alone wants to know in the words of that law', async () => {
    for (const [name, value] of [
      ['data.categories', ['name', 'payment-card']],
      ['data.accessCode', 'false'],
    ] as const)
      taken(await ada.submit(await ada.open(`${incident}/facts`), `/facts/${name}`, { [name]: value }));
    const duty = await ada.open(`${incident}/duties/us-ny-residents`);
    expect(load(duty.body).text).to.include(
      'New York: can the card or account number be used without any further code?',
    );
  });
});
