import { expect } from 'chai';
import { logIncident } from '../../../src/application/incident/log-incident.ts';
import { ALL_HANDS } from '../../../src/domain/access/roles.ts';
import { good } from '../../support/breach.ts';
import { SUPPLIER_BREACH } from '../../support/shop.ts';
import { Person } from './browser-like.ts';
import { load } from './html.ts';
import { inGerman, joinAs, logBreach, setUpFirst, taken } from './staff.ts';
import { withServedHouse } from './served-house.ts';

describe('Who leads, who may see it, and notes, over HTTP', function () {
  this.timeout(60_000);
  const served = withServedHouse();
  const ada = new Person(() => served.url);
  let lene: Person;
  let rob: Person;
  let reader: Person;
  let incident = '';
  let page = '';
  const ids = new Map<string, string>();

  before(async () => {
    await setUpFirst(ada, served);
    lene = await joinAs(ada, served, 'Lene', 'dpo');
    rob = await joinAs(ada, served, 'Rob', 'responder');
    reader = await joinAs(ada, served, 'Rea', 'reader');
    incident = await logBreach(ada);
    page = `${incident}/lead`;
    const { body } = await ada.open(page);
    for (const [, id = '', name = ''] of body.matchAll(/<option value="([^"]+)"[^>]*>(\w+) \(/g))
      ids.set(name, id);
  });

  const id = (name: string): string => ids.get(name) ?? `nobody is ${name}`;
  const text = async (person: Person, path = page): Promise<string> =>
    load((await person.open(path)).body).text;

  it('nobody leads until somebody is named, and the record says who named whom', async () => {
    expect(await text(ada)).to.contain('Nobody has been named to lead yet.');
    taken(await rob.submit(await rob.open(page), '/lead/leader', { user: id('Lene') }));
    expect(await text(rob)).to.contain('Lene leads the response. Named by Rob, Fri 4 Dec, 18:40 CET.');
    expect(await text(rob, incident)).to.contain('Lene leads from here on');
  });

  it('two who name at once: the second sees whom the first named, and keeps the own choice', async () => {
    const [first, second] = [await rob.open(page), await lene.open(page)];
    taken(await rob.submit(first, '/lead/leader', { user: id('Rob') }));
    const late = await lene.submit(second, '/lead/leader', { user: id('Ada') });
    expect(late.status).to.equal(409);
    expect(load(late.body).text).to.contain('Somebody else named Rob meanwhile.');
    expect(late.body).to.match(new RegExp(`value="${id('Ada')}" selected`));
    taken(await lene.submit(late, '/lead/leader', { user: id('Ada') }));
    expect(await text(lene)).to.contain('Ada leads the response.');
  });

  it('is renamed, and a rename meanwhile is told', async () => {
    const [first, second] = [await rob.open(page), await lene.open(page)];
    taken(await rob.submit(first, '/lead/title', { title: 'Orders copied' }));
    const late = await lene.submit(second, '/lead/title', { title: 'Orders of 2026 copied' });
    expect(late.status).to.equal(409);
    expect(load(late.body).text).to.contain('renamed it meanwhile to ‘Orders copied’');
    expect(late.body).to.contain('value="Orders of 2026 copied"');
    taken(await lene.submit(late, '/lead/title', { title: 'Orders of 2026 copied' }));
    expect(await text(ada, incident)).to.contain('Renamed: Orders of 2026 copied');
    const long = await lene.submit(await lene.open(page), '/lead/title', { title: 'x'.repeat(200) });
    expect(long.status).to.equal(422);
  });

  it('restricted to named people it exists for nobody else, and the lone approver is told', async () => {
    taken(await ada.submit(await ada.open(page), '/lead/restriction', { who: 'named', people: [id('Rob')] }));
    const words = await text(ada);
    expect(words)
      .to.contain('Only these 2 people may see it.')
      .and.to.match(/Ada, Rob|Rob, Ada/);
    expect(words).to.contain('only Ada may approve a notice');
    expect(await text(rob, incident)).to.match(/Restricted: (Ada, Rob|Rob, Ada)/);
    for (const path of [incident, page, `${incident}/evidence`, `${incident}/notes`, `${incident}/timeline`])
      expect((await lene.get(path)).status, path).to.equal(404);
    expect(await text(lene, '/incidents')).not.to.contain('Orders of 2026');
  });

  it('a task is given only to those who may see it', async () => {
    const task = `${incident}/tasks/call-decider`;
    const { body } = await rob.open(task);
    expect(body).not.to.contain(id('Lene'));
    const given = await rob.submit(await rob.open(task), '/assignee', { assignee: id('Lene') });
    expect(given.status).to.equal(422);
    expect(load(given.body).text).to.contain('This incident is restricted, and they may not see it.');
  });

  it('two who restrict at once do not undo each other: the second sees the list and keeps the own one', async () => {
    taken(
      await ada.submit(await ada.open(page), '/lead/restriction', {
        who: 'named',
        people: [id('Rob'), id('Lene')],
      }),
    );
    expect(await text(ada)).not.to.contain('only Ada may approve');
    const [first, second] = [await ada.open(page), await lene.open(page)];
    taken(await ada.submit(first, '/lead/restriction', { who: 'named', people: [id('Lene'), id('Rea')] }));
    const late = await lene.submit(second, '/lead/restriction', { who: 'named', people: [id('Rob')] });
    expect(late.status).to.equal(409);
    expect(load(late.body).text).to.contain('Somebody changed it meanwhile:').and.to.contain('Rea');
    expect(late.body).to.match(new RegExp(`value="${id('Rob')}" checked`));
    expect((await rob.get(incident)).status).to.equal(404);
  });

  it('is opened to everybody again, by those with the right only', async () => {
    const token = load((await reader.open('/')).body).form('/sign-out')?.fields['_csrf'] ?? '';
    for (const form of ['leader', 'restriction', 'title']) {
      const fields = { _csrf: token, who: 'everybody', title: 'x', user: id('Rea'), shown: 'everybody' };
      expect((await reader.post(`${page}/${form}`, fields)).status, form).to.equal(403);
    }
    expect(load((await reader.open(page)).body).actions).to.deep.equal(['/sign-out']);
    taken(await lene.submit(await lene.open(page), '/lead/restriction', { who: 'everybody' }));
    expect(await text(rob, incident)).to.contain('Open to everybody in the organisation again');
    expect(
      load((await rob.open(page)).body).actions.some((action) => action.endsWith('/restriction')),
    ).to.equal(false);
    const other = load((await rob.open('/')).body).form('/sign-out')?.fields['_csrf'] ?? '';
    const tried = await rob.post(`${page}/restriction`, { _csrf: other, who: 'named', shown: 'everybody' });
    expect(tried.status).to.equal(403);
  });

  it('a strange list is refused whole', async () => {
    const strange = await lene.submit(await lene.open(page), '/lead/restriction', {
      who: 'named',
      people: ['nobody', id('Rob')],
    });
    expect(strange.status).to.equal(422);
    expect(await text(lene)).to.contain('Everybody in the organisation may see it.');
  });

  it('notes are written by who works on it, read by all who see it, and changed by nobody', async () => {
    const notes = `${incident}/notes`;
    const nasty = 'Maria rang at 14:10.\n<b>She</b> had a letter.';
    taken(await rob.submit(await rob.open(notes), '/notes', { text: nasty }));
    const { body } = await reader.open(notes);
    expect(body).not.to.contain('<b>She');
    expect(load(body).text)
      .to.contain('One note')
      .and.to.contain('Maria rang at 14:10. <b>She</b> had a letter.');
    expect(load(body).actions).to.deep.equal(['/sign-out']);
    const token = load((await reader.open('/')).body).form('/sign-out')?.fields['_csrf'] ?? '';
    expect((await reader.post(notes, { _csrf: token, text: 'x' })).status).to.equal(403);
    const empty = await rob.submit(await rob.open(notes), '/notes', { text: ' ' });
    expect(empty.status).to.equal(422);
    const form = load((await rob.open(notes)).body).form('/notes');
    const twice = { ...form?.fields, text: 'Once.' };
    expect((await rob.post(notes, twice)).location).to.equal((await rob.post(notes, twice)).location);
    expect((await text(rob, notes)).split('Once.')).to.have.length(2);
    expect(await text(rob, incident)).to.contain('Once.');
  });

  it('a drill says so on each of its pages', async () => {
    const { house } = served;
    const [organisation] = await house.organisations.all();
    const actor = { user: id('Ada'), organisation: organisation?.id ?? '', roles: ALL_HANDS };
    const drill = good(await logIncident(house, actor, { ...SUPPLIER_BREACH, drill: true })).id;
    for (const room of [
      '',
      '/evidence',
      '/notes',
      '/lead',
      '/timeline',
      '/playbook',
      '/law',
      '/tasks/call-decider',
    ])
      expect(await text(ada, `/incidents/${drill}${room}`), room).to.contain('This is a drill.');
    expect(await text(ada, incident)).not.to.contain('This is a drill.');
  });

  it('speaks German', async () => {
    const greta = await joinAs(ada, served, 'Greta', 'legal');
    await inGerman(greta);
    expect(await text(greta))
      .to.contain('Wer leitet, wer ihn sehen darf')
      .and.to.contain('leitet den Einsatz');
    expect(await text(greta, `${incident}/notes`)).to.contain('2 Notizen');
  });
});
