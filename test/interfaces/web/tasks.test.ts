import { expect } from 'chai';
import { Person, type Answer } from './browser-like.ts';
import { load } from './html.ts';
import { inGerman, joinAs, logBreach, setUpFirst, taken } from './staff.ts';
import { withServedHouse } from './served-house.ts';

const TASK = 'call-decider';

describe('Tasks, stages and the timeline, over HTTP', function () {
  this.timeout(60_000);
  const served = withServedHouse();
  const ada = new Person(() => served.url);
  let rob: Person;
  let sam: Person;
  let reader: Person;
  let incident = '';

  before(async () => {
    await setUpFirst(ada, served);
    rob = await joinAs(ada, served, 'Rob', 'responder');
    sam = await joinAs(ada, served, 'Sam', 'staff');
    reader = await joinAs(ada, served, 'Rea', 'reader');
    incident = await logBreach(ada);
  });

  const page = (task: string): string => `${incident}/tasks/${task}`;
  const text = async (person: Person, path: string): Promise<string> =>
    load((await person.open(path)).body).text;

  it('what to do now leads the page, with who, by when, and its button', async () => {
    const { body } = await ada.open(incident);
    const now = body.slice(body.indexOf('class="do-now"'), body.indexOf('class="columns"'));
    expect(load(now).text).to.contain('What to do now').and.to.contain('house target');
    expect(load(now).actions).to.have.length(1);
    expect(body.indexOf('class="do-now"')).to.be.lessThan(body.indexOf('id="tasks"'));
  });

  it('each task has a page: what to do, for whom, by when and why then, whether it is needed, what to keep', async () => {
    const words = await text(ada, page(TASK));
    for (const part of [
      'What to do',
      'Keep:',
      'usually:',
      'house target',
      'counted from',
      'required',
      'nobody yet',
    ])
      expect(words, part).to.contain(part);
    expect((await ada.get(page('no-such-task'))).status).to.equal(404);
  });

  it('says where to click, in which systems, and on which day that was checked', async () => {
    const device = await logBreach(ada, { kind: 'lost-device', title: 'Laptop left on the train' });
    const { links } = load((await ada.open(device)).body);
    const pages = [...new Set(links.filter((link) => link.includes('/tasks/')))];
    const bodies = await Promise.all(pages.map(async (link) => (await ada.open(link)).body));
    const wipe = bodies.find((body) => body.includes('Where to click')) ?? '';
    expect(load(wipe).text).to.match(/Compared with the makers’ help pages on \w{3} \d+ Nov/);
    expect(bodies.some((body) => load(body).text.includes('(from general knowledge)'))).to.equal(true);
  });

  it('has a mail to the host ready to copy, with the site and the first sign put in', async () => {
    const plugin = await logBreach(ada, { kind: 'shop-plugin-injection', title: 'A script on the till' });
    const { body } = await ada.open(`${plugin}/tasks/tell-host-and-agency`);
    expect(load(body).text).to.contain('Urgent: please preserve logs of Linden Shop');
    expect(load(body).text).to.contain('since about Fri 4 Dec, 18:22 CET');
    expect(body).to.contain('href="mailto:?subject&#x3D;Urgent');
  });

  it('is given to somebody, and taken by oneself; only to those who may sign in', async () => {
    const given = await rob.submit(await rob.open(page(TASK)), '/assignee', {});
    expect(given.location).to.contain('done=task-assigned');
    expect(await text(rob, page(TASK))).to.contain('Given to Rob');
    const stranger = await rob.submit(await rob.open(page(TASK)), '/assignee', { assignee: 'nobody' });
    expect(stranger.status).to.equal(422);
    expect(load(stranger.body).text).to.contain('Choose somebody who may sign in here.');
  });

  it('not needed wants a reason, and what was typed is not lost', async () => {
    const refused = await sam.submit(await sam.open(page(TASK)), `/tasks/${TASK}`, { state: 'not-needed' });
    expect(refused.status).to.equal(422);
    expect(load(refused.body).text).to.contain('Write something here.');
    const long = await sam.submit(await sam.open(page(TASK)), `/tasks/${TASK}`, {
      state: 'done',
      note: `Keep me. ${'x'.repeat(20_001)}`,
    });
    expect(long.status).to.equal(422);
    expect(long.body).to.contain('Keep me.');
  });

  it('two at once: the second sees who was faster and what stands, and keeps what was typed', async () => {
    const [first, second] = [await sam.open(page(TASK)), await rob.open(page(TASK))];
    taken(await sam.submit(first, `/tasks/${TASK}`, { state: 'done', note: 'Rang Mara at 18:50.' }));
    const late = await rob.submit(second, `/tasks/${TASK}`, {
      state: 'not-needed',
      note: 'Mara knows already.',
    });
    expect(late.status).to.equal(409);
    const { text: words } = load(late.body);
    expect(words).to.contain('Sam marked it done meanwhile.');
    expect(words).to.contain('Rang Mara at 18:50.');
    taken(await rob.submit(await rob.open(page(TASK)), `/tasks/${TASK}`, { state: 'open' }));
    const again = await rob.submit(await rob.open(page(TASK)), `/tasks/${TASK}`, {
      state: 'done',
      note: 'Twice.',
    });
    expect(again.location).to.equal(`${page(TASK)}?done=task-done`);
    const story = await text(rob, page(TASK));
    for (const part of ['Open again:', 'given to Rob', '“Rang Mara at 18:50.”', '“Twice.”'])
      expect(story, part).to.contain(part);
  });

  it('what does not apply is told with its reason, what is unknown is never hidden', async () => {
    const lists = (html: string): readonly string[] =>
      [...html.matchAll(/<ul class="hidden-tasks small">([\s\S]*?)<\/ul>/g)].map(([, list = '']) => list);
    const hiddenIn = (html: string): readonly string[] =>
      lists(html).flatMap((list) => list.split('</li>').slice(0, -1));
    const insurer = page('tell-insurer');
    const { body: early } = await ada.open(incident);
    // Nobody said yet whether there is an insurance: the task is on the page, and its own page says what decides.
    expect(hiddenIn(early).join()).not.to.contain('tell-insurer');
    expect(early).to.contain('id="t-tell-insurer"');
    expect(await text(ada, insurer)).to.contain('an insurance that covers cyber attacks');
    const name = 'answers.hasInsurance';
    taken(await ada.submit(await ada.open(incident), `/facts/${name}`, { [name]: 'false' }));
    const { body } = await ada.open(incident);
    expect(body).not.to.contain('id="t-tell-insurer"');
    expect(hiddenIn(body)).to.have.length(hiddenIn(early).length + 1);
    for (const row of hiddenIn(body)) expect(load(row).text, row).to.match(/: \S|No law asks/);
    expect(load(body).text).to.match(/\d+ tasks do not apply|One task does not apply/);
    expect(load(body).text).to.contain('covers cyber attacks or data breaches?: no');
    const alone = await ada.open(insurer);
    expect(load(alone.body).text).to.contain('It does not apply as things stand, because');
    taken(await ada.submit(alone, '/tasks/tell-insurer', { state: 'done', note: 'Done all the same.' }));
    expect(await text(ada, insurer)).to.contain('done by Ada');
  });

  it('a gate says what it waits for; closed over it with a reason and the right, opened again with a reason', async () => {
    const waiting = await text(rob, incident);
    expect(waiting).to.match(/‘detect’ waits for \d+ things before it closes/);
    expect(load((await rob.open(incident)).body).form('/close')).to.equal(undefined);
    const token = load((await rob.open('/')).body).form('/sign-out')?.fields['_csrf'] ?? '';
    const gate = await rob.post(`${incident}/stages/detect/close`, { _csrf: token });
    expect(gate.status).to.equal(409);
    expect(load(gate.body).text).to.match(/‘detect’ did not close: it waits for \d+ things/);
    const forbidden = await rob.post(`${incident}/stages/detect/close`, { _csrf: token, reason: 'Now.' });
    expect(forbidden.status).to.equal(403);
    taken(await ada.submit(await ada.open(incident), '/detect/close', { reason: 'The caller is asleep.' }));
    expect(await text(ada, incident)).to.match(/Closed over its gate by Ada, [^“]+“The caller is asleep.”/);
    expect(await text(ada, incident)).to.contain(', over its gate');
    const silent = await rob.submit(await rob.open(incident), '/detect/reopen', { reason: ' ' });
    expect(silent.status).to.equal(422);
    taken(await rob.submit(await rob.open(incident), '/detect/reopen', { reason: 'A second call.' }));
    expect(await text(ada, incident)).to.match(/Opened again by Rob, [^“]+“A second call.”/);
    const story = await text(ada, `${incident}/timeline`);
    expect(story).to.contain('“The caller is asleep.”').and.to.contain('“A second call.”');
  });

  it('the timeline is whole on a page of its own, with who, when, what, and the head of the chain', async () => {
    const { body } = await reader.open(`${incident}/timeline`);
    const { text: words, actions } = load(body);
    expect(words).to.match(/\d+ entries, the newest first/);
    expect(words).to.contain('Fri 4 Dec').and.to.contain('chained. Head');
    expect(words).to.contain('Printed').and.to.contain('by Rea.');
    expect(words).not.to.match(/\[[a-z-]+\.[a-z.-]+\]/);
    expect(actions).to.deep.equal(['/sign-out']);
  });

  it('a reader sees tasks and changes nothing; staff settle tasks and give none away', async () => {
    const seen = load((await reader.open(page(TASK))).body);
    expect(seen.text).to.contain('What to do');
    expect(seen.actions).to.deep.equal(['/sign-out']);
    const own = load((await sam.open(page(TASK))).body);
    expect(own.actions.some((action) => action.endsWith('/assignee'))).to.equal(false);
    for (const person of [reader, sam]) {
      const token = load((await person.open('/')).body).form('/sign-out')?.fields['_csrf'] ?? '';
      const answer: Answer = await person.post(`${page(TASK)}/assignee`, {
        _csrf: token,
        assignee: 'x',
        shown: '9',
      });
      expect(answer.status).to.equal(403);
    }
  });

  it('escapes what people write', async () => {
    const nasty = '<script>alert(1)</script>';
    taken(await sam.submit(await sam.open(page(TASK)), `/tasks/${TASK}`, { state: 'open' }));
    taken(await sam.submit(await sam.open(page(TASK)), `/tasks/${TASK}`, { state: 'done', note: nasty }));
    for (const path of [incident, page(TASK), `${incident}/timeline`])
      expect((await sam.open(path)).body, path).not.to.contain('<script>alert');
  });

  it('speaks German', async () => {
    const greta = await joinAs(ada, served, 'Greta', 'responder');
    await inGerman(greta);
    expect(await text(greta, page(TASK)))
      .to.contain('Was zu tun ist')
      .and.to.contain('üblich:');
    expect(await text(greta, `${incident}/timeline`)).to.contain('der neueste zuerst');
    expect(await text(greta, incident)).to.match(/gilt nicht|gelten nicht/);
  });
});
