import { expect } from 'chai';
import { Person, type Answer } from './browser-like.ts';
import { load } from './html.ts';
import { joinAs, logBreach, setUpFirst, taken } from './staff.ts';
import { withServedHouse } from './served-house.ts';

const text = (answer: Answer): string => load(answer.body).text;

describe('How severe a breach is, over the pages', () => {
  const served = withServedHouse();
  const ada = new Person(() => served.url);
  let mara: Person;
  let incident = '';
  let page = '';

  before(async () => {
    await setUpFirst(ada, served);
    mara = await joinAs(ada, served, 'Mara', 'legal');
    incident = await logBreach(ada);
    page = `${incident}/assessment`;
  });

  afterEach('has no fault in the log', () => {
    expect(served.logged).to.deep.equal([]);
  });

  const send = async (person: Person, path: string, fields: Record<string, string>): Promise<Answer> =>
    person.submit(await person.open(page), path, fields);

  it('is not assessed at first; what the facts say is filled in, and how people are identified is not', async () => {
    const shown = await ada.open(page);
    expect(text(shown)).to.contain('The risk for the people is not assessed yet.');
    const { fields } = load(shown.body).form('/assessment') ?? { fields: {} };
    expect(fields).to.include({
      personalData: 'yes',
      'data.simple': '0',
      'data.behavioural': '0',
      'data.financial': '',
      'data.sensitive': '',
      individuals: '3',
      malicious: 'no',
    });
    expect(fields).not.to.have.property('ei');
    expect(text(shown)).to.contain('Some answers are missing before it can be summed up.');
  });

  it('says for each answer what it means and what it counts', async () => {
    const shown = (await ada.open(page)).body;
    const answers = [...shown.matchAll(/name="data\.financial"[^>]*value="(-?\d*)"[\s\S]*?<\/label>/g)].map(
      ([label, adjust]) => [adjust, /class="score">(\d)</.exec(label)?.[1]],
    );
    expect(answers).to.deep.equal([
      ['', undefined],
      ['-2', '1'],
      ['-1', '2'],
      ['0', '3'],
      ['1', '4'],
    ]);
    expect(shown).to.contain('In full, so that they allow fraud or a detailed profile');
  });

  it('asks for what is missing and keeps what was chosen', async () => {
    const refused = await send(ada, '/assessment', { 'data.financial': '1' });
    expect(refused.status).to.equal(422);
    const link = /<div class="error-summary"[\s\S]*?href="#([^"]+)"/.exec(refused.body)?.[1] ?? '';
    expect(refused.body, `the summary links to #${link}`).to.contain(`id="${link}"`);
    expect(link).to.equal('f-ei');
    expect(load(refused.body).form('/assessment')?.fields).to.include({ 'data.financial': '1' });
  });

  it('computes without a script by a button, and stores nothing', async () => {
    const computed = await send(ada, '/assessment', {
      'data.financial': '1',
      ei: 'maximum',
      confidentiality: '0.5',
      malicious: 'yes',
      do: 'compute',
    });
    expect(computed.status).to.equal(200);
    // Number 2 of the worked cases: cards skimmed at checkout.
    expect(text(computed)).to.contain('4 × 1 + 1 = 5');
    expect(text(computed)).to.contain('severity: very high');
    expect(text(computed)).to.contain('3 + 1');
    expect(text(await ada.open(page))).to.contain('The risk for the people is not assessed yet.');
  });

  it('answers the script with the same sum, as a piece of the page', async () => {
    const { fields } = load((await ada.open(page)).body).form('/assessment') ?? { fields: {} };
    const piece = await ada.post(`${page}/sum`, {
      ...fields,
      'data.sensitive': '-1',
      ei: 'significant',
      confidentiality: '0.5',
      individuals: '900',
    });
    // Number 4: a newsletter by cc to the customers of a clinic.
    expect(text(piece)).to.contain('3 × 0.75 + 0.5 = 2.75');
    expect(text(piece)).to.contain('severity: medium');
    expect(text(piece)).to.contain('More than 100 people: 900.');
    expect(piece.body).not.to.contain('<html');
  });

  it('is saved, shown again as it was saved, and stands in the timeline', async () => {
    taken(await send(ada, '/assessment', { ei: 'significant', confidentiality: '0.5' }));
    const shown = await ada.open(page);
    expect(text(shown)).to.contain('The calculator advises: a risk. Nobody has decided yet.');
    expect(text(shown)).to.contain('2 × 0.75 + 0.5 = 2');
    expect(load(shown.body).form('/assessment')?.fields).to.include({ ei: 'significant', shown: '1' });
    expect(text(await ada.open(incident))).to.contain('Severity assessed');
    expect(text(await ada.open(incident))).to.contain('Advice: a risk (2)');
  });

  it('shows the nearest published cases with their answers, and why they are near', async () => {
    const shown = text(await ada.open(page));
    expect(shown).to.match(/EDPB Guidelines 01\/2021, version 2.0, 14 December 2021, case \d+/);
    expect(shown).to.match(/document it\s+(?:need not )?tell the authority/);
    expect(shown).to.contain('Alike:');
  });

  it('lets a person decide otherwise than advised, with a reason, and keeps and shows both', async () => {
    const unreasoned = await send(ada, '/assessment/decision', { risk: 'high' });
    expect(unreasoned.status).to.equal(422);
    expect(text(unreasoned)).to.contain('Write something here.');
    const nothing = await send(ada, '/assessment/decision', { because: 'I do not know yet.' });
    expect(nothing.status).to.equal(422);
    expect(text(nothing)).to.contain('Give an answer, or say why it cannot be known.');
    expect(nothing.body).to.contain('I do not know yet.');
    taken(
      await send(ada, '/assessment/decision', { risk: 'high', because: 'Fakes of our parcels are likely.' }),
    );
    const shown = text(await ada.open(page));
    expect(shown).to.contain('Decided: the risk for the people is high.');
    expect(shown).to.contain('The decision differs from the advice: a risk was advised, high was decided.');
    expect(shown).to.contain('“Fakes of our parcels are likely.”');
  });

  it('says when a decision is older than the assessment, and keeps the earlier ones in sight', async () => {
    served.pass({ minutes: 5 });
    taken(await send(ada, '/assessment', { ei: 'maximum' }));
    const shown = text(await ada.open(page));
    expect(shown).to.contain('The decision is older than this assessment.');
    expect(shown).to.contain('One earlier entry');
    expect(shown).to.contain('Assessed: 2 × 0.75 + 0.5 = 2, advice: a risk');
    served.pass({ minutes: 5 });
    taken(await send(ada, '/assessment/decision', { unknown: 'Packwell has not answered yet.' }));
    expect(text(await ada.open(page))).to.contain('The risk for the people is left open, with a reason.');
    expect(text(await ada.open(page))).to.contain('Decided: high');
  });

  it('shows both versions where two people assess at once, and loses neither', async () => {
    const hers = await mara.open(page);
    const his = await ada.open(page);
    taken(await mara.submit(hers, '/assessment', { ei: 'limited', malicious: 'yes' }));
    const conflict = await ada.submit(his, '/assessment', { ei: 'negligible', 'data.simple': '2' });
    expect(conflict.status).to.equal(409);
    expect(text(conflict)).to.contain('Mara saved this while you wrote.');
    expect(text(conflict)).to.contain('For some, with other data at hand (0.5)');
    expect(text(conflict)).to.contain('Hardly at all (0.25)');
    expect(conflict.body.match(/<tr class="differs">/g)).to.have.length(4);
    taken(await ada.submit(conflict, '/assessment', {}));
    expect(load((await ada.open(page)).body).form('/assessment')?.fields).to.include({
      ei: 'negligible',
      'data.simple': '2',
    });
  });

  it('shows both versions where two people decide at once', async () => {
    const his = await ada.open(page);
    taken(await send(mara, '/assessment/decision', { risk: 'risk', because: 'Three people, no passwords.' }));
    const conflict = await ada.submit(his, '/assessment/decision', { risk: 'high', because: 'Still high.' });
    expect(conflict.status).to.equal(409);
    expect(text(conflict)).to.contain('Mara changed this fact while you wrote.');
    taken(await ada.submit(conflict, '/assessment/decision', {}));
    expect(text(await ada.open(page))).to.contain('“Still high.”');
  });

  it('is for those only to read who may not assess', async () => {
    for (const role of ['responder', 'staff', 'reader', 'administrator'] as const) {
      const person = await joinAs(ada, served, role, role);
      const shown = await person.open(page);
      expect(load(shown.body).form('/assessment'), role).to.equal(undefined);
      expect(load(shown.body).form('/assessment/decision'), role).to.equal(undefined);
      expect(text(shown), role).to.contain('Hardly at all (0.25)');
      expect(text(shown), role).to.contain('Legal or the data protection officer decides.');
      const token = load(shown.body).form('/sign-out')?.fields['_csrf'] ?? '';
      const fields = {
        _csrf: token,
        'data.simple': '0',
        ei: 'maximum',
        shown: '0',
        risk: 'none',
        because: 'x',
      };
      for (const path of ['', '/sum', '/decision'])
        expect((await person.post(`${page}${path}`, fields)).status, `${role} ${path}`).to.equal(403);
      expect((await person.post(page, { ...fields, do: 'compute' })).status, role).to.equal(403);
    }
  });

  const HOSTILE: Readonly<Record<string, Record<string, string>>> = {
    'a step that the table does not have': { 'data.simple': '9' },
    'a step that is no number': { 'data.financial': '{"$gt":0}' },
    'an unknown ease': { ei: 'constructor' },
    'a degree between the degrees': { confidentiality: '0.3' },
    'a degree that is no number': { integrity: '1e999' },
    'a yes that is none': { malicious: 'maybe' },
    'people that are no number': { individuals: 'a few' },
  };
  for (const [what, fields] of Object.entries(HOSTILE)) {
    it(`refuses ${what}, names the place and stores nothing`, async () => {
      const before = load((await ada.open(page)).body).form('/assessment')?.fields['shown'];
      const refused = await send(ada, '/assessment', { ei: 'maximum', ...fields });
      expect(refused.status).to.equal(422);
      const link = /<div class="error-summary"[\s\S]*?href="#([^"]+)"/.exec(refused.body)?.[1] ?? '';
      expect(refused.body, `the summary links to #${link}`).to.contain(`id="${link}"`);
      expect(text(refused)).not.to.match(/\[[a-z-]+\.[a-z.-]+\]/);
      expect(load((await ada.open(page)).body).form('/assessment')?.fields['shown']).to.equal(before);
    });
  }

  it('escapes what people write', async () => {
    const nasty = '<script>alert(1)</script>"\'><img src=x onerror=alert(1)>';
    taken(await send(ada, '/assessment/decision', { risk: 'risk', because: nasty }));
    expect((await ada.open(page)).body).not.to.contain('<script>alert');
    expect((await ada.open(page)).body).not.to.contain('<img src=x');
  });

  it('is to others as an incident that does not exist', async () => {
    expect((await ada.get('/incidents/00000000-0000-4000-8000-000000000000/assessment')).status).to.equal(
      404,
    );
  });

  it('needs nothing else where no data of people are affected', async () => {
    taken(await send(ada, '/assessment', { personalData: 'no' }));
    expect(text(await ada.open(page))).to.contain('Advice: none');
  });

  it('speaks German to who reads German', async () => {
    const german = await ada.get(page, { 'accept-language': 'de' });
    expect(text(german)).to.contain('The calculator');
    const lena = await joinAs(ada, served, 'Lena', 'dpo');
    const account = await lena.open('/account');
    taken(await lena.submit(account, '/account/language', { locale: 'de' }));
    const shown = text(await lena.open(page));
    expect(shown).to.contain('Rat und Entscheidung');
    expect(shown).not.to.match(/\[[a-z-]+\.[a-z.-]+\]/);
    const { fields } = load((await lena.open(page)).body).form('/assessment') ?? { fields: {} };
    const sum = {
      ...fields,
      personalData: 'yes',
      'data.financial': '0',
      ei: 'significant',
      confidentiality: '0.25',
    };
    expect(text(await lena.post(`${page}/sum`, sum))).to.contain('3 × 0,75 + 0,25 = 2,5');
  });
});
