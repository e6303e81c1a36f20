/**
 * The law engine as it is built, against the bare evaluations of its conditions in the same run:
 * `npm run build && node --import tsx scripts/bench/law.ts`. Times depend on the machine; compare ratios.
 */
import type * as Holidays from '../../src/adapters/holidays/index.ts';
import type * as LawFiles from '../../src/adapters/law-files/index.ts';
import type * as Language from '../../src/domain/law/conditions/language.ts';
import type * as Deciding from '../../src/domain/law/judge/decide.ts';
import type * as Law from '../../src/domain/law/index.ts';
import type { Facts, LawBook } from '../../src/domain/law/index.ts';
import { built } from './built.ts';

const { HolidayCalendar } = await built<typeof Holidays>('adapters/holidays/index');
const { loadLaw, readHolidayFiles } = await built<typeof LawFiles>('adapters/law-files/index');
const { contextOf, LANGUAGE } = await built<typeof Language>('domain/law/conditions/language');
const { Decider } = await built<typeof Deciding>('domain/law/judge/decide');
const { judge, parseFacts } = await built<typeof Law>('domain/law/index');

const { book, problems } = loadLaw({ playbooks: 'playbooks' });
if (!book) throw new Error(problems.map((one) => one.message).join('\n'));
const law: LawBook = book;
const workingDays = new HolidayCalendar(readHolidayFiles('playbooks'));

function facts(input: Record<string, unknown>): Facts {
  const parsed = parseFacts(input);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
}

const yesNo = Object.fromEntries(
  [
    'significant',
    'criticalImpact',
    'cyber',
    'malicious',
    'ransomware',
    'inadvertent',
    'threat',
    'ongoing',
    'paid',
  ]
    .concat(['exploitedVulnerability', 'clientsMoney', 'listed', 'cyberInsurance', 'idProtectionSource'])
    .map((name) => [name, name === 'cyber' || name === 'malicious']),
);

const everything = {
  ...yesNo,
  zone: 'Europe/Berlin',
  role: ['controller', 'processor'],
  establishments: ['DE-BY', 'FR', 'GB', 'US-NY', 'JP'],
  mainEstablishment: 'DE-BY',
  sectors: ['ecommerce'],
  turnoverAud: 0,
  databaseLevel: 'basic',
  risk: 'high',
  occurredAt: '2026-12-01T09:00',
  detectedAt: '2026-12-01T10:00',
  awareAt: '2026-12-01T18:40',
  determinedAt: '2026-12-01T18:40',
  breach: { confidentiality: true, integrity: false, availability: false },
  data: {
    categories: ['name', 'email', 'payment-card', 'ssn'],
    encrypted: false,
    keyCompromised: false,
    accessCode: true,
  },
  subjects: ['DE', 'FR', 'GB', 'JP', 'US-CA', 'US-TX', 'US-NY', 'US-FL'].map((place) => ({
    place,
    count: 700,
  })),
  service: { affected: false, hours: 0 },
  directLoss: { amount: 0, currency: 'EUR' },
};

const WARM_UP = 150;

/** Milliseconds of one run when warm: the least and the middle of many, since what else runs here only adds. */
function time(run: () => void, runs = 150): { readonly least: number; readonly middle: number } {
  for (let n = 0; n < WARM_UP; n += 1) run();
  const times: number[] = [];
  for (let n = 0; n < runs; n += 1) {
    const start = process.hrtime.bigint();
    run();
    times.push(Number(process.hrtime.bigint() - start) / 1e6);
  }
  times.sort((a, b) => a - b);
  return { least: times[0] ?? 0, middle: times[Math.floor(runs / 2)] ?? 0 };
}

/** One evaluation by CEL itself for each duty, of a condition like those of the law, with all its facts known. */
function bare(): number {
  const context = contextOf(facts(everything));
  const program = LANGUAGE.parse(
    '(breach.confidentiality || breach.integrity || breach.availability) && risk in ["risk", "high"] && ' +
      '!(data.encrypted && !data.keyCompromised) && (significant || malicious) && data.medium != "paper"',
  );
  return time(() => {
    for (let n = 0; n < law.duties.size; n += 1) program(context);
  }).least;
}

const BARE = bare();
const BARE_MEMORY = process.resourceUsage().maxRSS;
console.log(
  `${law.duties.size} bare evaluations by CEL: ${BARE.toFixed(2)} ms. What follows is told in that measure too.`,
);

function told(what: string, target: number, run: () => void): void {
  const { least, middle } = time(run);
  console.log(
    `${what}: least ${least.toFixed(1)} ms, middle ${middle.toFixed(1)} ms (target ${target} ms), ` +
      `${(least / BARE).toFixed(1)} times the bare evaluations`,
  );
}

/** Whether each duty applies, without its dates. */
function decide(of: Facts): Deciding.Decider {
  const decider = new Decider(of, law, undefined);
  for (const id of law.duties.keys()) decider.standing(id);
  return decider;
}

function report(
  what: string,
  of: Facts,
  targets: { readonly conditions: number; readonly dates: number },
): void {
  const judged = judge(of, law, { workingDays });
  const count = (decision: string): number => judged.filter((one) => one.decision === decision).length;
  const { atoms, cel } = decide(of).evaluation.evaluations;
  console.log(
    `\n${what}: ${count('applies')} obligations apply, ${count('undecided')} are undecided; ` +
      `${atoms} different questions, ${cel} of them asked of CEL`,
  );
  told('  all conditions', targets.conditions, () => decide(of));
  told('  conditions and dates', targets.dates, () => judge(of, law, { workingDays }));
}

const US = 'CA TX NY FL IL PA OH GA NC MI NJ VA WA AZ MA TN IN MO MD WI CO MN SC AL LA KY OR OK CT UT'.split(
  ' ',
);
const EUROPE = 'AT BE CZ DE DK FI GR HU IT LT LV MT NL PL PT RO SE SI SK'.split(' ');

report('All facts known', facts(everything), { conditions: 2, dates: 15 });
report(
  'Only who and when known',
  facts({ zone: 'Europe/Berlin', role: 'controller', awareAt: '2026-12-01T18:40' }),
  {
    conditions: 10,
    dates: 15,
  },
);
report(
  'A breach over many countries',
  facts({
    ...everything,
    sectors: ['ecommerce', 'nis2-important'],
    significant: true,
    establishments: [...EUROPE, 'GB', 'CH', 'US-NY', 'JP', 'AU', 'CA', 'SG', 'BR', 'IN', 'KR'],
    subjects: [
      ...EUROPE,
      'GB',
      'CH',
      'JP',
      'AU',
      'CA',
      'SG',
      'BR',
      'IN',
      'KR',
      ...US.map((state) => `US-${state}`),
    ].map((place) => ({ place, count: 12_000 })),
  }),
  { conditions: 10, dates: 15 },
);

const incidents = Array.from({ length: 1000 }, (_, n) => {
  const place = ['DE', 'US-CA', 'JP'][n % 3] ?? 'DE';
  const subjects = [{ place, count: 1 + n }];
  const day = String(1 + (n % 28)).padStart(2, '0');
  const moments = {
    detectedAt: `2026-11-${day}T10:00`,
    awareAt: `2026-11-${day}T18:40`,
    determinedAt: `2026-11-${day}T18:40`,
  };
  return facts({ ...everything, ...moments, establishments: [place], mainEstablishment: place, subjects });
});
const start = process.cpuUsage();
const kept = incidents.map((of) =>
  judge(of, law, { workingDays }).filter((one) => one.decision !== 'does-not-apply'),
);
// Of the processor, so that what else runs on the machine is left out.
const used = process.cpuUsage(start);
const took = (used.user + used.system) / 1000;
const peak = process.resourceUsage().maxRSS;
console.log(
  `\n1,000 open incidents of three countries judged anew (${kept.flat().length} obligations): ${took.toFixed(0)} ms of processor, ` +
    `${(took / BARE / incidents.length).toFixed(1)} times the bare evaluations; at most ${(peak / 1024).toFixed(0)} MB, ` +
    `${(peak / BARE_MEMORY).toFixed(1)} times what the process took for the bare evaluations`,
);
