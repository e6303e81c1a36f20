import { expect } from 'chai';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import {
  computeDeadline,
  type Clock,
  type Counting,
  type DeadlineInput,
  type Period,
} from '../../../src/domain/law/index.ts';
import {
  parseClock,
  parsePeriod,
  type CountingRule,
  type Obligation,
} from '../../../src/domain/law/index.ts';
import { installedLaw, judged, workingDays } from './book.ts';

const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Pacific/Apia',
  'America/St_Johns',
  'Asia/Kolkata',
  'UTC',
];
const PLACES = ['DE', 'DE-BY', 'FR', 'IT', 'IE', 'US', 'JP', 'BR', 'EG', undefined];

const RULES: readonly (readonly [rule: CountingRule, periods: readonly string[]])[] = [
  ['clock-hours', ['PT1H', 'PT24H', 'PT72H', 'PT30M']],
  ['eu-1182-71', ['PT24H', 'PT72H', 'P3D', 'P14D', 'P1M']],
  ['calendar-days', ['P5D', 'P30D', 'P60D', 'P1M']],
  ['calendar-days-next-working', ['P30D']],
  ['calendar-days-inclusive', ['P5D', 'P30D']],
  ['business-days', ['P1BD', 'P4BD', 'P14BD']],
  ['next-year-date', ['03-01', '12-31']],
  ['year-end-plus', ['P60D']],
];

function period(text: string): Period {
  const parsed = parsePeriod(text);
  if (!parsed) throw new Error(text);
  return parsed;
}

function clockOf(text: string): Clock {
  const parsed = parseClock(text);
  if (!parsed) throw new Error(text);
  return parsed;
}

const instant = fc
  .integer({ min: Date.UTC(2024, 0, 1) / 1000, max: Date.UTC(2029, 11, 31) / 1000 })
  .map((seconds) => Temporal.Instant.fromEpochMilliseconds(seconds * 1000));

const counted = fc
  .constantFrom(...RULES)
  .chain(([rule, periods]) => fc.record({ rule: fc.constant(rule), period: fc.constantFrom(...periods) }));

const sum = fc.record({
  counted,
  zone: fc.constantFrom(...ZONES),
  place: fc.constantFrom(...PLACES),
  start: instant,
});
type Sum = typeof sum extends fc.Arbitrary<infer T> ? T : never;

function inputOf({ counted: { rule, period: text }, zone, place, start }: Sum): DeadlineInput {
  const clock = clockOf('aware');
  const counting: Counting = { rule };
  return { clock, start, period: period(text), counting, zone, ...(place === undefined ? {} : { place }) };
}

describe('Counting, whatever the start', () => {
  it('never gives a later reading before the strict one', () => {
    fc.assert(
      fc.property(sum, (one) => {
        const { dueAt, latestAt } = computeDeadline(inputOf(one), workingDays);
        return dueAt !== null && latestAt !== null && Temporal.Instant.compare(dueAt, latestAt) <= 0;
      }),
      { numRuns: 400 },
    );
  });

  it('keeps the two readings in order where they start apart, where parts end apart, and with noon for DORA', () => {
    const apart = fc.integer({ min: 0, max: 6 * 86400 });
    const parts = [
      { clock: clockOf('classified'), period: period('PT4H') },
      { clock: clockOf('aware'), period: period('PT24H') },
    ];
    fc.assert(
      fc.property(sum, apart, apart, fc.boolean(), (one, later, classified, excepted) => {
        const plain = inputOf(one);
        const followed = { ...plain, latestStart: one.start.add({ seconds: later }) };
        const dora: DeadlineInput = {
          ...plain,
          period: { kind: 'none' },
          counting: { rule: 'earlier-of', relief: 'dora', parts },
          starts: { classified: one.start.add({ seconds: classified }) },
          excepted,
        };
        return [followed, dora].every((input) => {
          const { dueAt, latestAt } = computeDeadline(input, workingDays);
          return dueAt !== null && latestAt !== null && Temporal.Instant.compare(dueAt, latestAt) <= 0;
        });
      }),
      { numRuns: 300 },
    );
  });

  it('is due after the start, and never sooner for who starts later', () => {
    fc.assert(
      fc.property(sum, fc.integer({ min: 0, max: 40 * 86400 }), (one, seconds) => {
        const first = computeDeadline(inputOf(one), workingDays);
        const second = computeDeadline(inputOf({ ...one, start: one.start.add({ seconds }) }), workingDays);
        if (!first.dueAt || !second.dueAt || !first.latestAt || !second.latestAt) return false;
        return (
          Temporal.Instant.compare(first.dueAt, one.start) > 0 &&
          Temporal.Instant.compare(first.dueAt, second.dueAt) <= 0 &&
          Temporal.Instant.compare(first.latestAt, second.latestAt) <= 0
        );
      }),
      { numRuns: 400 },
    );
  });

  it('does not depend on the zone of the machine', () => {
    const before = process.env['TZ'];
    try {
      fc.assert(
        fc.property(sum, (one) => {
          const ends = ['Pacific/Apia', 'America/St_Johns'].map((zone) => {
            process.env['TZ'] = zone;
            const { dueAt, latestAt } = computeDeadline(inputOf(one), workingDays);
            return `${String(dueAt)} ${String(latestAt)}`;
          });
          return ends[0] === ends[1];
        }),
        { numRuns: 100 },
      );
    } finally {
      if (before === undefined) delete process.env['TZ'];
      else process.env['TZ'] = before;
    }
  });

  it('agrees with a count of business days by hand', () => {
    fc.assert(
      fc.property(
        instant,
        fc.integer({ min: 1, max: 25 }),
        fc.constantFrom('US', 'DE', 'EG', 'BR'),
        (start, n, place) => {
          const zone = 'America/New_York';
          const one = { counted: { rule: 'business-days' as const, period: `P${n}BD` }, zone, place, start };
          const { dueAt, latestAt } = computeDeadline(inputOf(one), workingDays);
          // An optional day works in the strict reading and is off in the later one.
          const byHand = (works: readonly string[]): string => {
            let day = start.toZonedDateTimeISO(zone).toPlainDate();
            for (let left = n; left > 0;) {
              day = day.add({ days: 1 });
              if (works.includes(workingDays.kindOf(place, day))) left -= 1;
            }
            return day.toString();
          };
          const days = [dueAt, latestAt].map((at) => at?.toZonedDateTimeISO(zone).toPlainDate().toString());
          return days[0] === byHand(['working', 'optional']) && days[1] === byHand(['working']);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('can be computed again from its trace', () => {
    fc.assert(
      fc.property(sum, (one) => {
        const first = computeDeadline(inputOf(one), workingDays);
        const began = first.trace.find((step) => step.key === 'clock-started');
        const due = first.trace.find((step) => step.key === 'due');
        if (!began?.at || !due?.at || !first.dueAt) return false;
        const { rule, period: text, zone, place } = began.values as Record<string, string>;
        const again = inputOf({
          counted: { rule: rule as CountingRule, period: text ?? '' },
          zone: zone ?? '',
          place,
          start: began.at,
        });
        const second = computeDeadline(again, workingDays);
        const latest = first.trace.find((step) => step.key === 'latest')?.at ?? due.at;
        return (
          due.at.equals(first.dueAt) &&
          first.latestAt?.equals(latest) === true &&
          second.dueAt?.equals(first.dueAt) === true &&
          second.latestAt?.equals(latest) === true
        );
      }),
      { numRuns: 200 },
    );
  });
});

/** Facts that can be added one by one; those that the contract closes when missing are left out. */
const ADDED: readonly (readonly [string, fc.Arbitrary<unknown>])[] = [
  ['role', fc.constantFrom('controller', 'processor', ['controller', 'processor'])],
  ['establishments', fc.subarray(['DE-BY', 'FR', 'NO', 'GB', 'CH', 'US-CA', 'US-FL', 'JP'])],
  ['mainEstablishment', fc.constantFrom('DE-BY', 'FR', 'NO', 'GB', 'US-CA')],
  [
    'sectors',
    fc.subarray([
      'nis2-essential',
      'financial-entity',
      'eu-telecom-provider',
      'public-body',
      'bank',
      'insurer',
      'trust-service-provider',
      'hipaa-covered-entity',
    ]),
  ],
  ['risk', fc.constantFrom('none', 'unlikely', 'risk', 'high')],
  ['significant', fc.boolean()],
  ['significantBy', fc.record({ dora: fc.boolean(), nis2: fc.boolean() }, { requiredKeys: [] })],
  ['cyber', fc.boolean()],
  ['malicious', fc.boolean()],
  ['ransomware', fc.boolean()],
  ['ongoing', fc.boolean()],
  ['threat', fc.boolean()],
  ['listed', fc.boolean()],
  ['paid', fc.boolean()],
  ['criticalImpact', fc.boolean()],
  ['exploitedVulnerability', fc.boolean()],
  ['clientsMoney', fc.boolean()],
  ['idProtectionSource', fc.boolean()],
  ['cyberInsurance', fc.boolean()],
  ['turnoverAud', fc.constantFrom(0, 2_999_999, 3_000_000)],
  ['databaseLevel', fc.constantFrom('basic', 'medium', 'high')],
  ['materialAt', fc.constant('2026-12-02T10:00')],
  [
    'service',
    fc.record({ affected: fc.boolean(), hours: fc.integer({ min: 0, max: 6 }) }, { requiredKeys: [] }),
  ],
  ['directLoss', fc.record({ amount: fc.constantFrom(0, 6000), currency: fc.constantFrom('USD', 'EUR') })],
  [
    'answered',
    fc.dictionary(
      fc.constantFrom(
        'us-ny-residents',
        'us-pr-residents',
        'ch-ndsg-24-subjects',
        'de-bsig-35-recipients',
        'us-mt-cra',
      ),
      fc.boolean(),
    ),
  ],
  [
    'breach',
    fc.record(
      { confidentiality: fc.boolean(), integrity: fc.boolean(), availability: fc.boolean() },
      { requiredKeys: [] },
    ),
  ],
  [
    'data',
    fc.record(
      {
        categories: fc.subarray([
          'name',
          'email',
          'ssn',
          'payment-card',
          'health',
          'passport',
          'online-credentials',
        ]),
        encrypted: fc.boolean(),
        keyCompromised: fc.boolean(),
        accessCode: fc.boolean(),
      },
      { requiredKeys: [] },
    ),
  ],
  [
    'subjects',
    fc.array(
      fc.record(
        {
          place: fc.constantFrom('DE', 'FR', 'US-CA', 'US-TX', 'US-VT', 'GB'),
          count: fc.integer({ min: 0, max: 1200 }),
        },
        { requiredKeys: [] },
      ),
      { maxLength: 4 },
    ),
  ],
];

/** Facts that are known as soon as they are given at all. */
const WHOLE = ['role', 'risk', 'cyber', 'significant', 'sectors', 'mainEstablishment'];

describe('Judging, whatever is known', () => {
  it('never turns yes into no, or no into yes, when one more fact is known', () => {
    const known = fc.record(Object.fromEntries(ADDED), { requiredKeys: [] });
    const added = fc
      .constantFrom(...ADDED)
      .chain(([name, values]) => values.map((value) => [name, value] as const));
    const base = { zone: 'Europe/Berlin', awareAt: '2026-12-01T10:00' };
    fc.assert(
      fc.property(known, added, (facts, [name, value]) => {
        // The judgement law by law overrides the general one, by its contract.
        if (name in facts || (name === 'significantBy' && 'significant' in facts)) return;
        // A main establishment is one of the establishments: another one would contradict the list, not add to it.
        const { establishments } = facts as { establishments?: readonly unknown[] };
        if (name === 'mainEstablishment' && establishments && !establishments.includes(value)) return;
        const before = decisions(judged({ ...base, ...facts }));
        const after = decisions(judged({ ...base, ...facts, [name]: value }));
        // The statute itself says 'or the number is unknown'.
        const turned = [...before].filter(
          ([duty, decision]) =>
            decision !== 'undecided' && duty !== 'us-or-vendor-ag' && after.get(duty) !== decision,
        );
        expect(turned, `by ${name} ${JSON.stringify(value)}`).to.deep.equal([]);
      }),
      { numRuns: 80 },
    );
  });

  it('never turns yes into no, or no into yes, when a number or a place of people becomes known', () => {
    const known = fc.record(Object.fromEntries(ADDED.filter(([name]) => name !== 'subjects')), {
      requiredKeys: [],
    });
    const state = fc.constantFrom('US-CA', 'US-TX', 'US-NY', 'US-RI', 'US-HI');
    const count = fc.constantFrom(1, 49, 50, 249, 251, 499, 500, 501, 1000, 1001, 10_001);
    fc.assert(
      fc.property(known, state, count, count, (facts, place, number, more) => {
        const base = { zone: 'America/New_York', awareAt: '2026-12-01T10:00', ...facts };
        const wide = { min: Math.min(number, more), max: Math.max(number, more) };
        const after = decisions(judged({ ...base, subjects: [{ place, count: number }] }));
        for (const row of [
          { place },
          { place, ...wide },
          { place: 'US', count: number },
          { count: number },
        ]) {
          const before = decisions(judged({ ...base, subjects: [row] }));
          const turned = [...before].filter(
            ([duty, decision]) =>
              decision !== 'undecided' && duty !== 'us-or-vendor-ag' && after.get(duty) !== decision,
          );
          expect(turned, JSON.stringify(row)).to.deep.equal([]);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('names only facts that are not known, and at least one wherever it is undecided', () => {
    const known = fc.record(Object.fromEntries(ADDED), { requiredKeys: [] });
    fc.assert(
      fc.property(known, (facts) => {
        const wrong = judged({ zone: 'UTC', awareAt: '2026-12-01T10:00', ...facts }).filter(
          (one) =>
            one.missing.length > 0 !== (one.decision === 'undecided') ||
            one.missing.some((name) => WHOLE.includes(name) && name in facts),
        );
        expect(wrong.map((one) => one.key)).to.deep.equal([]);
      }),
      { numRuns: 50 },
    );
  });
});

/** One decision a duty: a duty that fans out is decided as one. */
function decisions(obligations: readonly Obligation[]): ReadonlyMap<string, string> {
  expect(new Set(obligations.map((one) => one.dutyId)).size).to.equal(installedLaw().duties.size);
  return new Map(obligations.map((one) => [one.dutyId, one.decision]));
}
