import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { HolidayCalendar } from '../../../src/adapters/holidays/index.ts';
import { caseFiles, loadLaw, readHolidayFiles } from '../../../src/adapters/law-files/index.ts';
import { installedLaw } from '../../../src/application/law/installed-law.ts';
import type { House } from '../../../src/application/ports/house.ts';
import { sha256 } from '../../../src/domain/register/entry.ts';
import { Person } from './browser-like.ts';
import { load } from './html.ts';
import { inGerman, joinAs, logBreach, setUpFirst, taken } from './staff.ts';
import { withServedHouse } from './served-house.ts';

describe('Newer texts, over HTTP', function () {
  this.timeout(60_000);
  const served = withServedHouse();
  const ada = new Person(() => served.url);
  let rob: Person;
  let reader: Person;
  let incident = '';
  let folder = '';

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tocsin-newer-'));
    for (const period of ['PT96H', 'PT120H', 'PT48H']) await readLaw(period);
    await setUpFirst(ada, served);
    rob = await joinAs(ada, served, 'Rob', 'responder');
    reader = await joinAs(ada, served, 'Rea', 'reader');
    incident = await logBreach(ada);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const text = async (person: Person, path: string): Promise<string> =>
    load((await person.open(path)).body).text;

  /** The served house is one object: what is installed changes as it does when files change and the server starts. */
  function install(part: Partial<Pick<House, 'law' | 'playbooks'>>): void {
    Object.assign(served.house, part);
  }

  /** Read before anything is asked over HTTP: it takes long enough for an idle connection to be closed. */
  const laws = new Map<string, House['law']>();

  async function readLaw(period: string): Promise<void> {
    const file = join(await mkdtemp(join(folder, 'law-')), 'gdpr.yaml');
    const old = await readFile('playbooks/regimes/gdpr.yaml', 'utf8');
    await writeFile(file, old.replace('period: PT72H', `period: ${period}`));
    const { book, texts, problems } = loadLaw({ playbooks: 'playbooks', replacing: [file] });
    if (!book) throw new Error(JSON.stringify(problems));
    const workingDays = new HolidayCalendar(readHolidayFiles('playbooks'));
    const { clock } = served.house;
    laws.set(period, installedLaw(book, { workingDays, clock, texts, cases: caseFiles('playbooks') }));
  }

  function newerLaw(period: string): void {
    const law = laws.get(period);
    if (!law) throw new Error(`no law of ${period}`);
    install({ law });
  }

  function newerPlaybook(): void {
    const { playbooks } = served.house;
    const old = playbooks.byId('supplier-breach');
    if (!old) throw new Error('no playbook');
    const stages = old.stages.map((stage) => ({
      ...stage,
      tasks: stage.tasks.map((task) =>
        task.id === 'call-decider' ? { ...task, title: 'Wake who decides' } : task,
      ),
    }));
    const newer = { ...old, stages, version: old.version + 1, hash: sha256('newer'), text: 'newer' };
    install({
      playbooks: {
        ...playbooks,
        byId: (id) => (id === newer.id ? newer : playbooks.byId(id)),
        byHash: async (hash) => (hash === newer.hash ? newer : playbooks.byHash(hash)),
      },
    });
  }

  it('while nothing is newer, nothing is offered', async () => {
    const page = await text(ada, incident);
    expect(page)
      .not.to.contain('has a newer text')
      .and.not.to.contain('changed since this incident was judged');
    expect(await text(ada, `${incident}/playbook`)).to.contain(
      'The text in use is the one that is installed.',
    );
    expect(await text(ada, `${incident}/law`)).to.contain(
      'The law by which it is judged is the one that is installed.',
    );
  });

  it('another playbook shows first what it would change, and is taken over by who assigns tasks', async () => {
    const shown = await text(rob, `${incident}/playbook?to=lost-device`);
    expect(shown).to.match(/What ‘[^’]+’ would change/);
    expect(shown)
      .to.match(/\d+ new tasks/)
      .and.to.match(/\d+ tasks fall away/);
    expect((await rob.get(`${incident}/playbook?to=no-such`)).status).to.equal(422);
    expect(load((await reader.open(`${incident}/playbook?to=lost-device`)).body).actions).to.deep.equal([
      '/sign-out',
    ]);
    const token = load((await reader.open('/')).body).form('/sign-out')?.fields['_csrf'] ?? '';
    const tried = await reader.post(`${incident}/playbook`, {
      _csrf: token,
      to: 'lost-device',
      shown: '',
      seen: '',
    });
    expect(tried.status).to.equal(403);
  });

  it('a newer text of the playbook is offered with what it changes, and taken over once', async () => {
    newerPlaybook();
    expect(await text(rob, incident)).to.contain('The playbook has a newer text (version 2).');
    const [first, second] = [await rob.open(`${incident}/playbook`), await ada.open(`${incident}/playbook`)];
    expect(load(first.body).text)
      .to.contain('One task reads differently')
      .and.to.contain('Wake who decides (so far:');
    taken(await rob.submit(first, '/playbook', {}));
    expect(await text(rob, incident)).to.contain('Wake who decides');
    expect(await text(rob, `${incident}/timeline`)).to.match(/Goes on by ‘[^’]+’, version 2/);
    const late = await ada.submit(second, '/playbook', {});
    expect(late.status).to.equal(409);
    expect(load(late.body).text).to.contain('It changed while you looked. Nothing was taken over');
  });

  it('Rule 7: a changed law shows both answers, and only a person who decides duties takes it over', async () => {
    newerLaw('PT96H');
    expect(await text(ada, incident)).to.contain('One law has changed since this incident was judged.');
    const page = await ada.open(`${incident}/law`);
    const { text: words } = load(page.body);
    expect(words).to.contain('By the text so far may be owed, then due Mon 7 Dec, 18:40 CET');
    expect(words).to.contain('By the installed text may be owed, then due Tue 8 Dec, 18:40 CET');
    for (const person of [rob, reader])
      expect(load((await person.open(`${incident}/law`)).body).actions).to.deep.equal(['/sign-out']);
    const token = load((await rob.open('/')).body).form('/sign-out')?.fields['_csrf'] ?? '';
    expect((await rob.post(`${incident}/law`, { _csrf: token, shown: 'x' })).status).to.equal(403);

    newerLaw('PT120H');
    const stale = await ada.submit(page, '/law', {});
    expect(stale.status).to.equal(409);
    expect(load(stale.body).text)
      .to.contain('It changed while you looked.')
      .and.to.contain('Wed 9 Dec, 18:40 CET');
    const dutyPage = `${incident}/duties/gdpr-art33-authority`;
    expect(await text(ada, dutyPage))
      .to.contain('Mon 7 Dec, 18:40')
      .and.not.to.contain('Wed 9 Dec, 18:40');
    taken(await ada.submit(stale, '/law', {}));
    expect(await text(ada, dutyPage))
      .to.contain('Wed 9 Dec, 18:40')
      .and.not.to.contain('Mon 7 Dec, 18:40');
    expect(await text(ada, incident)).not.to.contain('changed since this incident was judged');
    expect(await text(ada, `${incident}/timeline`)).to.contain('The changed law was taken over');
  });

  it('speaks German', async () => {
    newerLaw('PT48H');
    const greta = await joinAs(ada, served, 'Greta', 'legal');
    await inGerman(greta);
    expect(await text(greta, incident)).to.contain(
      'Ein Gesetz hat sich geändert, seit dieser Vorfall beurteilt wurde.',
    );
    expect(await text(greta, `${incident}/law`))
      .to.contain('Nach dem bisherigen Text')
      .and.to.contain('vielleicht geschuldet, dann fällig');
    expect(await text(greta, `${incident}/playbook?to=lost-device`))
      .to.contain('Was ‚')
      .and.to.contain('neue Aufgaben');
  });
});
