import { expect } from 'chai';
import { prepareNotice } from '../../../src/application/notice/prepare.ts';
import { ALL_HANDS, type Actor } from '../../../src/domain/access/roles.ts';
import { good } from '../../support/breach.ts';
import { Person } from './browser-like.ts';
import { load } from './html.ts';
import { inGerman, joinAs, logBreach, PASSWORD, setUpFirst, taken } from './staff.ts';
import { withServedHouse } from './served-house.ts';

describe('Forgetting people, on its page', function () {
  this.timeout(60_000);
  const served = withServedHouse();
  const ada = new Person(() => served.url);
  let mara: Person;
  let incident = '';
  let letter = '';

  before(async () => {
    await setUpFirst(ada, served);
    mara = await joinAs(ada, served, 'Mara', 'legal');
    incident = await logBreach(ada);
    const risk = { risk: 'high', because: 'Orders reveal addresses.' };
    taken(await mara.submit(await mara.open(incident), '/facts/risk', risk));
    const fact = { 'breach.confidentiality': 'true' };
    taken(await mara.submit(await mara.open(incident), '/facts/breach.confidentiality', fact));
    const begun = await prepareNotice(served.house, await actor(), {
      incident: incident.split('/').at(-1) ?? '',
      kind: 'letter',
      obligations: ['gdpr-art34-subjects'],
      locales: ['en'],
    });
    letter = `${incident}/notices/${good(begun).notice}`;
    const people = 'Maria Weiß, maria@example.org, de, AT\nTom Reed, tom@example.com, en, GB';
    taken(await ada.submit(await ada.open(letter), '/people', { people }));
  });

  async function actor(): Promise<Actor> {
    const user = await served.house.users.byEmail('ada@linden.example');
    return { user: user?.id ?? '', organisation: user?.memberships[0]?.organisation ?? '', roles: ALL_HANDS };
  }

  const reference = 'INC-2026-0001';
  const fill = {
    reference,
    reason: 'No claim is open.',
    override: 'The letter went by post.',
    password: PASSWORD,
  };
  const forget = async (changes: Record<string, string> = {}) =>
    ada.submit(await ada.open(`${incident}/forget`), '/forget', { ...fill, ...changes });

  it('is the administrator’s alone, with a way to it from the incident', async () => {
    expect((await mara.get(`${incident}/forget`)).status).to.equal(403);
    expect(load((await ada.open(incident)).body).links).to.include(`${incident}/forget`);
    expect(load((await mara.open(incident)).body).links).to.not.include(`${incident}/forget`);
  });

  it('says before what is destroyed and what stays, and that two are not told yet', async () => {
    const { text } = load((await ada.open(`${incident}/forget`)).body);
    expect(text).to.contain('the names and addresses of 2 people').and.to.contain('the key of their list');
    expect(text)
      .to.contain('2 people are not told yet')
      .and.to.contain('evidence, each file under its own key');
  });

  it('asks for reference, reason, password, and why it is done although people are open; what was typed stays', async () => {
    for (const [changes, words] of [
      [{ reference: 'INC-2026-0002' }, 'Type INC-2026-0001.'],
      [{ reason: '' }, 'Error:'],
      [{ override: '' }, '2 people are not told yet. Tell them first'],
      [{ password: 'wrong' }, 'password'],
    ] as const) {
      const answer = await forget(changes);
      expect(answer.status).to.equal(422);
      const page = load(answer.body);
      expect(page.text, JSON.stringify(changes)).to.contain(words);
      if (!('reason' in changes)) expect(answer.body).to.contain('No claim is open.');
      expect(answer.body).not.to.contain(PASSWORD);
    }
  });

  it('forgets, and from then on says when and by whom in place of the people', async () => {
    taken(await forget());
    const done = 'Forgotten on Fri 4 Dec, 18:40 CET by Ada.';
    expect(load((await ada.open(`${incident}/forget`)).body).text).to.contain(done);
    expect(load((await mara.open(incident)).body).text).to.contain(done);
    const page = load((await mara.open(letter)).body);
    expect(page.text).to.contain(done);
    expect(page.form('/people')).to.equal(undefined);
    const people = await mara.open(`${letter}/people`);
    expect(people.status).to.equal(200);
    expect(load(people.body).text).to.contain(done);
    expect(people.body).not.to.contain('Maria');
    expect(load((await ada.open(`${incident}/timeline`)).body).text).to.contain('The people are forgotten');
    expect((await mara.get(`${letter}/letters/0/0`)).status).to.equal(404);
  });

  it('speaks German', async () => {
    await inGerman(ada);
    const { text } = load((await ada.open(`${incident}/forget`)).body);
    expect(text).to.contain('Vergessen am').and.not.to.contain('[');
  });
});
