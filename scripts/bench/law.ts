/**
 * The law engine against the bare evaluations of its conditions in the same run:
 * `node --import tsx scripts/bench/law.ts`. Times depend on the machine; compare ratios.
 */
import { HolidayCalendar } from '../../src/adapters/holidays/index.ts';
import { loadLaw, readHolidayFiles } from '../../src/adapters/law-files/index.ts';
import { contextOf, LANGUAGE } from '../../src/domain/law/conditions/language.ts';
import { Decider } from '../../src/domain/law/judge/decide.ts';
import { judge, parseFacts, type Facts, type LawBook } from '../../src/domain/law/index.ts';

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

/** Milliseconds of one run, the middle of many. */
function time(run: () => void, runs = 60): number {
  const times: number[] = [];
  for (let n = 0; n < runs; n += 1) {
    const start = process.hrtime.bigint();
    run();
    times.push(Number(process.hrtime.bigint() - start) / 1e6);
  }
  return times.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? 0;
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
  });
}

const CEILING = bare();

function report(what: string, of: Facts): void {
  const judged = judge(of, law, { workingDays });
  const count = (decision: string): number => judged.filter((one) => one.decision === decision).length;
  const took = time(() => judge(of, law, { workingDays }));
  const decider = new Decider(of, law, undefined);
  for (const id of law.duties.keys()) decider.standing(id);
  console.log(
    `${what}: ${law.duties.size} duties, ${count('applies')} apply, ${count('undecided')} undecided, ` +
      `${decider.evaluation.evaluations.atoms} questions, ${decider.evaluation.evaluations.cel} CEL evaluations: ` +
      `${took.toFixed(1)} ms, ${(took / CEILING).toFixed(1)} times as many bare evaluations (${CEILING.toFixed(2)} ms)`,
  );
}

report('all facts known', facts(everything));
report(
  'only who and when known',
  facts({ zone: 'Europe/Berlin', role: 'controller', awareAt: '2026-12-01T18:40' }),
);

const incidents = Array.from({ length: 1000 }, (_, n) => {
  const place = ['DE', 'US-CA', 'JP'][n % 3] ?? 'DE';
  const subjects = [{ place, count: 1 + n }];
  return facts({ ...everything, establishments: [place], mainEstablishment: place, subjects });
});
const memory = process.memoryUsage().heapUsed;
const start = process.hrtime.bigint();
const kept = incidents.map((of) =>
  judge(of, law, { workingDays }).filter((one) => one.decision !== 'does-not-apply'),
);
const took = Number(process.hrtime.bigint() - start) / 1e6;
console.log(
  `1,000 incidents of three countries judged anew: ${took.toFixed(0)} ms, ${(took / CEILING / incidents.length).toFixed(1)} times the bare ` +
    `evaluations; ${((process.memoryUsage().heapUsed - memory) / 1e6).toFixed(0)} MB for ${kept.flat().length} obligations; ` +
    `peak ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`,
);
