import { expect } from 'chai';
import { Person, type Answer } from './browser-like.ts';
import { load } from './html.ts';
import { joinAs, logBreach, setUpFirst, taken } from './staff.ts';
import { withServedHouse } from './served-house.ts';

const text = (answer: Answer): string => load(answer.body).text;

/** The address in the error summary names something that is on the page. */
function expectSummary(page: Answer): void {
  const link = /<div class="error-summary"[\s\S]*?href="#([^"]+)"/.exec(page.body)?.[1] ?? '';
  expect(page.body, `the summary links to #${link}`).to.contain(`id="${link}"`);
}

describe('State, awareness, supplier and questions of an incident, over the pages', () => {
  const served = withServedHouse();
  const ada = new Person(() => served.url);
  let mara: Person;
  let rea: Person;

  before(async () => {
    await setUpFirst(ada, served);
    taken(
      await ada.submit(await ada.open('/settings'), '/settings/organisation', {
        establishments: 'Germany',
        mainEstablishment: 'DE-BE',
        sectors: 'none',
      }),
    );
    mara = await joinAs(ada, served, 'Mara', 'legal');
    rea = await joinAs(ada, served, 'Rea', 'responder');
  });

  afterEach('has no fault in the log', () => {
    expect(served.logged).to.deep.equal([]);
  });

  const token = async (person: Person): Promise<string> => {
    const form = load((await person.get('/incidents')).body).form('/sign-out');
    return String(form?.fields['_csrf']);
  };

  describe('The state', () => {
    let incident = '';
    let page = '';
    const send = async (fields: Record<string, string>, person = ada): Promise<Answer> =>
      person.submit(await person.open(page), '/state', fields);

    before(async () => {
      incident = await logBreach(ada, { state: 'suspicion', aware: 'no' });
      page = `${incident}/state`;
    });

    it('is said in a sentence, and only other states are offered', async () => {
      const shown = await ada.open(page);
      expect(text(shown)).to.contain('It is a suspicion.');
      expect(
        [...shown.body.matchAll(/name="state"[^>]*value="([\w-]+)"/g)].map(([, state]) => state),
      ).to.deep.equal(['breach', 'near-miss']);
    });

    it('needs a reason, and for a breach the moment of awareness; what was typed stays', async () => {
      const unreasoned = await send({ state: 'near-miss' });
      expect(unreasoned.status).to.equal(422);
      expectSummary(unreasoned);
      const unaware = await send({ state: 'breach', reason: 'Packwell confirmed it.' });
      expect(unaware.status).to.equal(422);
      expect(text(unaware)).to.contain('Say since when you were sure');
      expect(unaware.body).to.contain('Packwell confirmed it.');
      expect(load(unaware.body).form('/state')?.fields).to.include({ state: 'breach' });
      expectSummary(unaware);
    });

    it('wants to know why it took long, where more than a day lies between', async () => {
      served.pass({ hours: 48 });
      const late = { state: 'breach', reason: 'Packwell confirmed it.', day: '2026-12-06', time: '12:00' };
      const refused = await send(late);
      expect(refused.status).to.equal(422);
      expect(text(refused)).to.contain('From the first sign to knowing 41 hours passed.');
      expectSummary(refused);
    });

    it('shows beforehand what it would move, with and without a script, and stores nothing', async () => {
      const fields = { state: 'breach', day: '2026-12-05', time: '12:00' };
      const asked = await send({ ...fields, do: 'moves' });
      expect(asked.status).to.equal(200);
      expect(text(asked)).to.match(/Notify the supervisory authority: BlnBDI .*Tue 8 Dec, 12:00 CET/);
      const piece = await ada.post(`${page}/moves`, { _csrf: await token(ada), ...fields });
      expect(text(piece)).to.contain('Tue 8 Dec, 12:00 CET');
      expect(piece.body).not.to.contain('<html');
      expect(text(await ada.open(page))).to.contain('It is a suspicion.');
    });

    it('becomes a breach with its moment, and the clocks run', async () => {
      const decided = await send({
        state: 'breach',
        reason: 'Packwell confirmed it.',
        day: '2026-12-05',
        time: '12:00',
      });
      taken(decided);
      const shown = text(await ada.open(decided.location ?? ''));
      expect(shown).to.contain('It is a breach.');
      expect(shown).to.contain('Sat 5 Dec, 12:00 CET');
      expect(shown).to.contain('Packwell confirmed it.');
      expect(text(await ada.open(incident))).to.contain('Tue 8 Dec, 12:00 CET');
    });

    it('is decided by one of two people, and the other sees both', async () => {
      const his = await ada.open(page);
      taken(await send({ state: 'near-miss', reason: 'The parcel was empty.' }, mara));
      const conflict = await ada.submit(his, '/state', { state: 'suspicion', reason: 'Not sure any more.' });
      expect(conflict.status).to.equal(409);
      expect(text(conflict)).to.match(/Near miss .*Suspicion/);
      const hers = await mara.open(page);
      taken(await ada.submit(conflict, '/state', {}));
      expect(text(await ada.open(page))).to.contain('It is a suspicion.');
      const again = await mara.submit(hers, '/state', { state: 'suspicion', reason: 'Nor am I.' });
      expect(text(again)).to.contain('They saved just what you wrote');
    });

    it('is no other word than the three', async () => {
      for (const state of ['', 'closed', '__proto__', '{"$ne":1}'])
        expect((await send({ state, reason: 'x' })).status, state).to.equal(422);
    });
  });

  describe('The moment of awareness', () => {
    let incident = '';
    let page = '';
    const send = async (fields: Record<string, string>, person = ada): Promise<Answer> =>
      person.submit(await person.open(page), '/awareness', fields);

    before(async () => {
      incident = await logBreach(ada);
      page = `${incident}/state`;
      const change = async (name: string, fields: Record<string, string>): Promise<void> => {
        taken(await ada.submit(await ada.open(`${incident}/facts`), `/facts/${name}`, fields));
      };
      await change('breach.confidentiality', { 'breach.confidentiality': 'true' });
      await change('risk', { risk: 'high', because: 'Orders reveal addresses.' });
    });

    it('is corrected with a reason only', async () => {
      const refused = await send({ time: '18:30' });
      expect(refused.status).to.equal(422);
      expect(text(refused)).to.contain('Say why it is corrected; an authority may ask.');
      expect(load(refused.body).form('/awareness')?.fields).to.include({ time: '18:30' });
      expectSummary(refused);
    });

    it('shows which deadlines a correction moves, and by how much', async () => {
      const asked = await send({ day: '2026-12-04', time: '18:30', do: 'moves' });
      expect(text(asked)).to.match(/Mon 7 Dec, 18:40 CET Mon 7 Dec, 18:30 CET 10 min earlier/);
      const same = await send({ do: 'moves' });
      expect(text(same)).to.contain('No deadline moves, and no answer changes.');
      const half = await ada.post(`${page}/moves`, { _csrf: await token(ada), day: '2026-12-04', time: '' });
      expect(half.status).to.equal(200);
      expect(text(half).trim()).to.equal('');
    });

    it('moves the clocks, and the moment as it was stays in sight', async () => {
      const corrected = await send({ time: '18:30', because: 'Packwell was sure at half past six.' });
      taken(corrected);
      const shown = text(await ada.open(page));
      expect(shown).to.contain('Packwell was sure at half past six.');
      expect(shown).to.contain('Given when the incident was logged: Fri 4 Dec, 18:40 CET');
      expect(text(await ada.open(incident))).to.contain('Mon 7 Dec, 18:30 CET');
    });

    it('lies neither before the first sign nor in the future', async () => {
      for (const [day, words] of [
        ['2026-12-01', 'You cannot have been aware before the first sign.'],
        ['2027-12-04', 'This lies in the future.'],
        ['2026-02-30', 'There is no such day.'],
      ] as const) {
        const refused = await send({ day, because: 'x' });
        expect(refused.status, day).to.equal(422);
        expect(text(refused), day).to.contain(words);
        expectSummary(refused);
      }
    });

    it('shows both where two people correct it at once', async () => {
      const his = await ada.open(page);
      taken(await send({ time: '18:35', because: 'By the log of the telephone.' }, mara));
      const conflict = await ada.submit(his, '/awareness', { time: '18:25', because: 'By my notes.' });
      expect(conflict.status).to.equal(409);
      expect(text(conflict)).to.match(/Fri 4 Dec, 18:35 CET .*Fri 4 Dec, 18:25 CET/);
      taken(await ada.submit(conflict, '/awareness', {}));
      expect(text(await ada.open(page))).to.contain('By my notes.');
    });
  });

  describe('The supplier', () => {
    let incident = '';
    let page = '';
    const send = async (fields: Record<string, string>, person = rea): Promise<Answer> =>
      person.submit(await person.open(page), '/supplier', fields);

    before(async () => {
      incident = await logBreach(ada, { supplier: 'no' });
      page = `${incident}/supplier`;
    });

    it('is named with its part, when it knew, when it told us, and whether it confirmed', async () => {
      expect(text(await rea.open(page))).to.contain('No supplier is named.');
      const refused = await send({ name: ' ' });
      expect(refused.status).to.equal(422);
      expectSummary(refused);
      taken(
        await send({
          name: 'Packwell',
          role: 'processor',
          knewDay: '2026-12-03',
          knewTime: '09:00',
          toldDay: '2026-12-04',
          toldTime: '18:22',
          confirmed: 'yes',
        }),
      );
      const shown = await rea.open(page);
      expect(text(shown)).to.contain('Packwell told us.');
      expect(load(shown.body).form('/supplier')?.fields).to.include({
        role: 'processor',
        knewDay: '2026-12-03',
        toldTime: '18:22',
        confirmed: 'yes',
        shown: '1',
      });
      expect(text(await rea.open(incident))).to.contain('knew: Thu 3 Dec, 09:00 CET');
    });

    it('cannot have told before it knew; what was typed stays', async () => {
      const refused = await send({ name: 'Packwell Ltd', toldDay: '2026-12-02' });
      expect(refused.status).to.equal(422);
      expect(text(refused)).to.contain('A supplier knows before it tells.');
      expect(load(refused.body).form('/supplier')?.fields).to.include({
        name: 'Packwell Ltd',
        toldDay: '2026-12-02',
      });
      expectSummary(refused);
    });

    it('shows both where two people change it at once, and what is left empty is not known', async () => {
      const hers = await mara.open(page);
      taken(await send({ confirmed: 'no', knewDay: '', knewTime: '' }));
      const conflict = await mara.submit(hers, '/supplier', { role: 'controller' });
      expect(conflict.status).to.equal(409);
      expect(text(conflict)).to.match(/Its part differs Saved meanwhile: works for us .*decides for itself/);
      expect(text(conflict)).to.match(
        /When it knew differs Saved meanwhile: not known yet .*Thu 3 Dec, 09:00 CET/,
      );
      taken(await mara.submit(conflict, '/supplier', {}));
      expect(load((await mara.open(page)).body).form('/supplier')?.fields).to.include({
        role: 'controller',
        knewDay: '2026-12-03',
      });
    });

    it('refuses a part that is none, and half a moment', async () => {
      for (const fields of [{ role: 'owner' }, { role: 'constructor' }, { knewTime: '' }, { toldDay: 'x' }]) {
        const refused = await send(fields);
        expect(refused.status, JSON.stringify(fields)).to.equal(422);
        expectSummary(refused);
      }
    });
  });

  describe('Questions of authorities', () => {
    let incident = '';
    let page = '';
    const ask = async (fields: Record<string, string>): Promise<Answer> =>
      rea.submit(await rea.open(page), '/questions', fields);
    const formTo = (shown: Answer, end: string): string =>
      load(shown.body).actions.find((action) => action.endsWith(end)) ?? '';

    before(async () => {
      incident = await logBreach(ada);
      page = `${incident}/questions`;
    });

    it('are noted, and the incident says so', async () => {
      expect(text(await rea.open(page))).to.contain('No authority has asked anything.');
      const refused = await ask({ text: ' ' });
      expect(refused.status).to.equal(422);
      expectSummary(refused);
      taken(await ask({ text: 'Which customers in <b>Austria</b> are affected?' }));
      const shown = await rea.open(page);
      expect(text(shown)).to.contain('One question of an authority waits for its answer.');
      expect(shown.body).not.to.contain('<b>Austria');
      expect(text(shown)).to.contain('Nobody sees to it yet');
      expect(text(await rea.open(incident))).to.contain('One open question of an authority');
    });

    it('are given to a person, and to nobody who is none', async () => {
      const shown = await rea.open(page);
      const action = formTo(shown, '/owner');
      const refused = await rea.submit(shown, action, { owner: 'nobody-of-ours' });
      expect(refused.status).to.equal(422);
      expectSummary(refused);
      const user = /<option value="([^"]+)"[^>]*>Mara</.exec(shown.body)?.[1] ?? '';
      taken(await rea.submit(shown, action, { owner: user }));
      expect(text(await rea.open(page))).to.contain('Mara sees to it');
    });

    it('show both where two people answer at once, and are answered once', async () => {
      const hers = await mara.open(page);
      const shown = await rea.open(page);
      const action = formTo(shown, '/answer');
      taken(await rea.submit(shown, action, { note: 'By letter of 9 December.' }));
      const conflict = await mara.submit(hers, action, { note: 'By telephone.' });
      expect(conflict.status).to.equal(409);
      expect(text(conflict)).to.match(/answered: By letter of 9 December\. .*answered: By telephone\./);
      const late = await mara.submit(conflict, action, {});
      expect(late.status).to.equal(409);
      expect(text(late)).to.contain('This question is answered already.');
      const after = await rea.open(page);
      expect(text(after)).to.contain('Every question of an authority is answered.');
      expect(text(after)).to.contain('“By letter of 9 December.”');
      expect(load(after.body).form('/answer')).to.equal(undefined);
    });
  });

  it('are for a reader to read, and for each role no more than it may', async () => {
    const incident = await logBreach(ada);
    taken(
      await rea.submit(await rea.open(`${incident}/questions`), '/questions', { text: 'When did it begin?' }),
    );
    const reader = await joinAs(ada, served, 'Vera', 'reader');
    const staff = await joinAs(ada, served, 'Sam', 'staff');
    for (const person of [reader, staff]) {
      for (const path of ['/state', '/supplier', '/questions', '/facts/awareAt']) {
        const shown = await person.open(`${incident}${path}`);
        expect(shown.status, path).to.equal(200);
        expect(load(shown.body).actions, path).to.deep.equal(['/sign-out']);
        expect(text(shown), path).not.to.match(/\[[a-z-]+\.[a-z.-]+\]/);
      }
    }
    const tokens = new Map<Person, string>();
    for (const person of [reader, staff, rea]) tokens.set(person, await token(person));
    const forms: Readonly<Record<string, readonly Person[]>> = {
      '/state': [reader, staff, rea],
      '/state/moves': [reader, staff, rea],
      '/awareness': [reader, staff, rea],
      '/supplier': [reader, staff],
      '/questions': [reader, staff],
      '/questions/none/owner': [reader, staff],
      '/questions/none/answer': [reader, staff],
    };
    const fields = {
      state: 'near-miss',
      shown: '1',
      reason: 'x',
      because: 'x',
      day: '2026-12-04',
      time: '18:41',
      name: 'x',
      text: 'x',
    };
    for (const [path, people] of Object.entries(forms)) {
      for (const person of people) {
        const answer = await person.post(`${incident}${path}`, {
          _csrf: tokens.get(person) ?? '',
          ...fields,
        });
        expect(answer.status, path).to.equal(403);
      }
    }
    expect(text(await ada.open(`${incident}/state`))).to.contain('It is a breach.');
  });

  it('speak German to who reads German', async () => {
    const incident = await logBreach(ada);
    const lena = await joinAs(ada, served, 'Lena', 'dpo');
    taken(await lena.submit(await lena.open('/account'), '/account/language', { locale: 'de' }));
    for (const [path, words] of [
      ['/state', 'Es ist eine Verletzung.'],
      ['/supplier', 'Packwell hat es uns gemeldet.'],
      ['/questions', 'Keine Behörde hat etwas gefragt.'],
      ['/facts/awareAt', 'Was zuvor gesagt wurde'],
      ['', 'Das entscheidet jetzt etwas'],
    ] as const) {
      const shown = text(await lena.open(`${incident}${path}`));
      expect(shown, path).to.contain(words);
      expect(shown, path).not.to.match(/\[[a-z-]+\.[a-z.-]+\]/);
    }
  });
});
