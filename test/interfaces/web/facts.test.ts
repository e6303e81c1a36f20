import { expect } from 'chai';
import { FACT_NAMES } from '../../../src/domain/law/facts-shape.ts';
import { SIGNIFICANT_BY } from '../../../src/domain/law/vocabulary.ts';
import { PLANS } from '../../../src/interfaces/web/pages/incident/fact-forms.ts';
import { Person, type Answer } from './browser-like.ts';
import { load } from './html.ts';
import { joinAs, logBreach, setUpFirst, taken } from './staff.ts';
import { withServedHouse } from './served-house.ts';

const text = (answer: Answer): string => load(answer.body).text;

/** The row of one fact, as a person reads it. */
function rowOf(page: Answer, name: string): string {
  const id = `x-${name.replace(/[^\w-]+/g, '-')}`;
  const start = page.body.indexOf(`<div id="${id}">`);
  if (start < 0) throw new Error(`no row ${id}`);
  const end = page.body.indexOf('\n</div>\n', page.body.indexOf('</dd>', start));
  return load(page.body.slice(start, end)).text;
}

/** Facts of several parts, each given by itself. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  breach: ['confidentiality', 'integrity', 'availability'],
  data: ['categories', 'encrypted', 'keyCompromised', 'accessCode', 'medium'],
  service: ['affected', 'hours'],
  directLoss: ['amount', 'currency'],
  exceptions: ['riskRemoved', 'disproportionateEffort'],
  significantBy: SIGNIFICANT_BY,
};

/** What each fact is given in this test, and what the page then says. */
const GIVEN: Readonly<Record<string, readonly [Record<string, string | readonly string[]>, string]>> = {
  'data.categories': [{ 'data.categories': ['email', 'health'] }, 'E-mail, Health'],
  'data.medium': [{ 'data.medium': 'both' }, 'Both'],
  'service.hours': [{ 'service.hours': '36,5' }, '36.5'],
  'directLoss.amount': [{ 'directLoss.amount': '1.250.000' }, '1,250,000'],
  'directLoss.currency': [{ 'directLoss.currency': 'eur' }, 'EUR'],
  turnoverAud: [{ turnoverAud: '3,000,000' }, '3,000,000'],
  firmSize: [{ firmSize: 'smaller' }, 'Smaller'],
  databaseLevel: [{ databaseLevel: 'high' }, 'High'],
  role: [
    { role: ['controller', 'processor'] },
    'We decide about the data (controller), We work for others (processor)',
  ],
  sectors: [{ sectors: 'none' }, 'None of these'],
  establishments: [{ establishments: 'Germany, Österreich' }, 'Germany, Austria'],
  mainEstablishment: [{ mainEstablishment: 'Austria' }, 'Austria'],
  risk: [{ risk: 'risk', because: 'Few people, no passwords.' }, 'a risk'],
  lawEnforcementHold: [
    { day: '2026-12-04', time: '19:00', untilDay: '2026-12-09', untilTime: '12:00' },
    'asked to wait from Fri 4 Dec, 19:00 CET until Wed 9 Dec, 12:00 CET',
  ],
  orders: [
    {
      duty: ['gdpr-art33-authority', ''],
      day: ['2026-12-04', ''],
      time: ['18:30', ''],
      dueDay: ['2026-12-10', ''],
      dueTime: ['10:00', ''],
    },
    'asked Fri 4 Dec, 18:30 CET, due Thu 10 Dec, 10:00 CET',
  ],
  subjects: [
    {
      place: ['Germany', 'California', ''],
      people: ['300 to 400', '12', ''],
      groups: ['customers', 'minors', ''],
    },
    'Germany 300 to 400 (customers), US: California 12 (children)',
  ],
};

/** People in California bring the laws of the US with them: they come last. */
const inOrder = [...PLANS].sort((a, b) => Number(a.name === 'subjects') - Number(b.name === 'subjects'));

describe('The facts of an incident, over the pages', () => {
  const served = withServedHouse();
  const ada = new Person(() => served.url);
  let mara: Person;
  let incident = '';

  before(async () => {
    await setUpFirst(ada, served);
    mara = await joinAs(ada, served, 'Mara', 'responder');
    // Few laws may apply, so that a page is quickly drawn.
    taken(
      await ada.submit(await ada.open('/settings'), '/settings/organisation', {
        establishments: 'Germany',
        sectors: 'none',
      }),
    );
    incident = await logBreach(ada);
  });

  afterEach('has no fault in the log', () => {
    expect(served.logged).to.deep.equal([]);
  });

  const send = async (
    person: Person,
    name: string,
    fields: Record<string, string | readonly string[]>,
  ): Promise<Answer> =>
    person.submit(await person.open(pageOf(name)), `/facts/${encodeURIComponent(name)}`, fields);

  /** The page with the form of a fact: answers stand with the incident, and every fact on the page of all facts. */
  const pageOf = (name: string): string => (name.startsWith('answers.') ? incident : `${incident}/facts`);

  it('can all be given: every fact of the contract has a form, but what follows from what was done', () => {
    // Filed is what was filed, `answered` stands at the duty that asks, the zone is fixed when it is logged.
    const elsewhere = ['filed', 'answered', 'zone'];
    const names = FACT_NAMES.filter((name) => !elsewhere.includes(name)).flatMap((name) =>
      (PARTS[name] ?? ['']).map((part) => (part === '' ? name : `${name}.${part}`)),
    );
    expect(PLANS.map(({ name }) => name).sort()).to.deep.equal(names.sort());
  });

  it('each stand once on the page of all facts, with a form that knows its revision', async () => {
    const page = await ada.open(`${incident}/facts`);
    for (const { name } of PLANS) {
      const rows = page.body.split(`<div id="x-${name.replace(/[^\w-]+/g, '-')}">`).length - 1;
      expect(rows, name).to.equal(1);
      expect(load(page.body).form(`/facts/${encodeURIComponent(name)}`)?.fields, name).to.have.property(
        'shown',
      );
    }
    expect(text(page)).not.to.match(/\[[a-z-]+\.[a-z.-]+\]/);
  });

  it('that decide something now lead: one question, how many duties wait for it, and until when', async () => {
    const page = text(await ada.open(incident));
    const leading = page.slice(page.indexOf('These decide something now'));
    expect(leading).to.match(
      /^These decide something now .*?Seen or copied by strangers\? not known yet \d+ duties wait for it, the earliest would be due/,
    );
    const questions = page.slice(page.indexOf('These answers decide them:'));
    expect(questions).to.match(
      /Seen or copied by strangers\? \d+ duties wait for it, the earliest would be due/,
    );
  });

  for (const { name, kind } of inOrder) {
    const fields: Record<string, string | readonly string[]> = GIVEN[name]?.[0] ?? {
      [name]: 'true',
      ...(kind === 'moment' ? { day: '2026-12-04', time: '18:30' } : {}),
      because: 'Asked and checked.',
    };
    const words = GIVEN[name]?.[1] ?? (kind === 'moment' ? 'Fri 4 Dec, 18:30 CET' : 'yes');
    it(`takes ${name}, and says who said so and when`, async () => {
      taken(await ada.submit(await ada.open(pageOf(name)), `/facts/${encodeURIComponent(name)}`, fields));
      const page = await ada.open(incident);
      const row = rowOf(page, name);
      expect(row).to.contain(words);
      expect(row).to.match(/Ada, Fri 4 Dec, 18:40/);
    });
  }

  it('shows in its form what was given, so that saving it again changes nothing', async () => {
    for (const name of ['lawEnforcementHold', 'orders', 'subjects', 'establishments', 'data.categories']) {
      const before = rowOf(await ada.open(incident), name);
      taken(await send(ada, name, {}));
      expect(rowOf(await ada.open(incident), name).split(' Earlier ')[0], name).to.contain(
        before.split(' Ada, ')[0],
      );
    }
  });

  it('may be unknown with a reason, which stands beside who and when', async () => {
    taken(await send(ada, 'data.accessCode', { unknown: 'Packwell looks into it until Monday.' }));
    expect(rowOf(await ada.open(incident), 'data.accessCode')).to.contain(
      'unknown: Packwell looks into it until Monday. Ada, Fri 4 Dec, 18:40',
    );
  });

  it('keep every earlier value in reach, with its reason', async () => {
    const risk = await ada.open(`${incident}/facts/risk`);
    expect(text(risk)).to.contain('What was said before');
    served.pass({ minutes: 3 });
    taken(await send(ada, 'risk', { risk: 'high', because: 'The list is longer than we knew.' }));
    const row = (await ada.open(incident)).body;
    expect(load(row).links).to.include(`${incident}/facts/risk`);
    const history = text(await ada.open(`${incident}/facts/risk`));
    expect(history).to.match(
      /high Ada · The list is longer than we knew\..*a risk Ada · Few people, no passwords\./,
    );
    expect(text(await ada.open(`${incident}/facts/subjects`))).to.contain(
      'Given when the incident was logged: Germany 2 (customers), Austria 1 (customers)',
    );
  });

  it('ask again where nothing was given, rather than store that nothing is known', async () => {
    for (const [name, fields] of [
      ['cyber', { cyber: '' }],
      ['data.categories', { 'data.categories': [] }],
      ['subjects', { place: ['', ''], people: ['', ''], groups: ['', ''] }],
      ['recoveredAt', { day: '', time: '' }],
    ] as const) {
      const refused = await send(ada, name, fields);
      expect(refused.status, name).to.equal(422);
      expect(text(refused), name).to.contain('Give an answer, or say why it cannot be known.');
      const link = /<div class="error-summary"[\s\S]*?href="#([^"]+)"/.exec(refused.body)?.[1] ?? '';
      expect(refused.body, `${name}: the summary links to #${link}`).to.contain(`id="${link}"`);
    }
  });

  it('say nobody only where a person says nobody', async () => {
    taken(await send(ada, 'subjects', { place: [], people: [], groups: [], nobody: 'yes' }));
    expect(rowOf(await ada.open(incident), 'subjects')).to.contain('nobody');
  });

  const HOSTILE: Readonly<
    Record<string, readonly [string, Record<string, string | readonly string[]>, string]>
  > = {
    'an operator': ['cyber', { cyber: '{"$ne":1}' }, 'This cannot be read.'],
    'a value of another list': ['data.medium', { 'data.medium': 'health' }, 'is not one of the choices'],
    'a number with letters': ['service.hours', { 'service.hours': '36 hours' }, 'This cannot be read.'],
    'a number below zero': ['directLoss.amount', { 'directLoss.amount': '-5' }, 'This cannot be read.'],
    'a currency of four letters': [
      'directLoss.currency',
      { 'directLoss.currency': 'EURO' },
      'This cannot be read.',
    ],
    'an unknown country': [
      'subjects',
      { place: ['Atlantis'], people: ['1'], groups: [''] },
      'is no country or state',
    ],
    'an unknown group': [
      'subjects',
      { place: ['DE'], people: ['1'], groups: ['ghosts'] },
      'is not one of the choices',
    ],
    'a hold without a beginning': [
      'lawEnforcementHold',
      { untilDay: '2026-12-09', untilTime: '12:00', day: '', time: '' },
      'Write day and time',
    ],
    'an order at no time': [
      'orders',
      { duty: ['gdpr-art33-authority'], day: [''], time: [''], dueDay: [''], dueTime: [''] },
      'Write day and time',
    ],
    '30 February': ['recoveredAt', { day: '2026-02-30', time: '10:00' }, 'There is no such day.'],
  };
  for (const [what, [name, fields, words]] of Object.entries(HOSTILE)) {
    it(`refuse ${what}, and say where`, async () => {
      const refused = await send(ada, name, fields);
      expect(refused.status).to.equal(422);
      expect(text(refused)).to.contain(words);
      const link = /<div class="error-summary"[\s\S]*?href="#([^"]+)"/.exec(refused.body)?.[1] ?? '';
      expect(refused.body, `the summary links to #${link}`).to.contain(`id="${link}"`);
    });
  }

  it('know no fact that the contract does not know', async () => {
    for (const name of ['__proto__', 'constructor', 'toString', 'answers.no-such', 'x'.repeat(200)])
      expect((await ada.get(`${incident}/facts/${name}`)).status, name).to.equal(404);
  });

  it('want a reason and the right for an exception of the law, which only legal and the DPO record', async () => {
    const name = 'exceptions.riskRemoved';
    const refused = await send(ada, name, { [name]: 'false', because: '' });
    expect(refused.status).to.equal(422);
    const page = await mara.open(incident);
    for (const closed of ['exceptions.riskRemoved', 'risk', 'awareAt', 'determinedAt'])
      expect(load(page.body).form(`/facts/${closed}`), closed).to.equal(undefined);
    expect(load(page.body).form('/facts/cyber')).not.to.equal(undefined);
    const token = load(page.body).form('/sign-out')?.fields['_csrf'] ?? '';
    const answer = await mara.post(`${incident}/facts/${name}`, {
      _csrf: token,
      [name]: 'true',
      because: 'x',
      shown: '1',
    });
    expect(answer.status).to.equal(403);
  });

  it('show both versions where two people give one at once', async () => {
    const hers = await mara.open(pageOf('ransomware'));
    taken(await send(ada, 'ransomware', { ransomware: 'false' }));
    const conflict = await mara.submit(hers, '/facts/ransomware', { ransomware: 'true' });
    expect(conflict.status).to.equal(409);
    expect(text(conflict)).to.contain('Ada changed this fact while you wrote.');
    taken(await mara.submit(conflict, '/facts/ransomware', {}));
    expect(rowOf(await ada.open(incident), 'ransomware')).to.contain('yes Mara');
  });

  describe('with the questions of the playbook', () => {
    it('lead with what is asked by now, and fold what later stages ask', async () => {
      const page = text(await ada.open(incident));
      expect(page).to.contain('Has the supplier confirmed that it had a breach? not answered yet');
      expect(page).to.match(/\d+ questions of later stages/);
    });

    it('take yes and no, one of the choices, and unknown with a reason; and keep what was said', async () => {
      const asks = [
        ...(await ada.open(incident)).body.matchAll(/action="[^"]*\/facts\/(answers\.\w+)"/g),
      ].map(([, name = '']) => name);
      expect(asks).to.include('answers.crime');
      taken(await send(ada, 'answers.crime', { 'answers.crime': 'true' }));
      taken(await send(ada, 'answers.crime', { 'answers.crime': 'false' }));
      const page = await ada.open(incident);
      expect(text(page)).to.contain('One answer');
      expect(rowOf(page, 'answers.crime')).to.contain('no Ada');
      const history = text(await ada.open(`${incident}/facts/answers.crime`));
      expect(history).to.match(/What was said before .*no Ada .*yes Ada/);
      taken(await send(ada, 'answers.hasInsurance', { unknown: 'The broker is asked.' }));
      expect(rowOf(await ada.open(incident), 'answers.hasInsurance')).to.contain(
        'unknown: The broker is asked.',
      );
    });

    it('choose nothing for a person who has not chosen', async () => {
      const lost = await logBreach(ada, { kind: 'web-skimming', title: 'Cards skimmed', supplier: 'no' });
      const page = await ada.open(lost);
      const choice = /<select id="f-answers-\w+" name="(answers\.\w+)">\s*<option value="" selected>/.exec(
        page.body,
      );
      const name = choice?.[1] ?? '';
      expect(name).to.match(/^answers\./);
      const refused = await ada.submit(page, `/facts/${name}`, {});
      expect(refused.status).to.equal(422);
      expect(text(refused)).to.contain('Give an answer, or say why it cannot be known.');
      const wrong = await ada.submit(page, `/facts/${name}`, { [name]: 'no-such-choice' });
      expect(wrong.status).to.equal(422);
      expect(text(wrong)).to.contain('is not one of the choices');
    });
  });
});
