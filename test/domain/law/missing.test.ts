import { expect } from 'chai';
import fc from 'fast-check';
import type { FactsInput, Obligation } from '../../../src/domain/law/index.ts';
import { judged } from './book.ts';

type Named = Readonly<Record<string, unknown>>;

const PLACES = ['DE-BY', 'DE', 'FR', 'NO', 'BE', 'GB', 'CH', 'US-CA', 'IT', 'DK', 'IE', 'LI', 'AT'];
const SECTORS = [
  'nis2-essential',
  'financial-entity',
  'eu-telecom-provider',
  'trust-service-provider',
  'nis1-operator',
  'critical-infrastructure',
  'law-enforcement',
  'social-security-body',
  'product-manufacturer',
  'payment-provider',
  'finma-supervised',
  'eu-institution',
  'electricity-entity',
];
const ASKED = [
  'ch-ndsg-24-subjects',
  'ch-isg-74a-bacs',
  'de-bsig-35-recipients',
  'eu-611-art5-provider',
  'eu-nccs-art38-csirt',
  'eudpr-art92-edps',
  'dora-art19-intermediate-update',
  'led-art30-6-controllers',
  'eidas-art5e-wallet',
  'eidas-art10-scheme',
  'cra-art19-importer',
];
const EUROPE = new Set(
  'gdpr eprivacy nis2 dora cra eidas cer led eudpr eu-sectors eu-ended de fr nl dk se fi ie es it pl eea-states uk ch'.split(
    ' ',
  ),
);

const FLAGS =
  'cyber malicious ransomware threat ongoing clientsMoney exploitedVulnerability cyberInsurance'.split(' ');
const yesOrNo = (names: readonly string[]): Record<string, fc.Arbitrary<boolean>> =>
  Object.fromEntries(names.map((name) => [name, fc.boolean()]));

/** Every fact that a row of Europe asks, by the name under which it would be missing. */
const ALL = fc.record({
  role: fc.constantFrom('controller', 'processor', 'joint-controller'),
  establishments: fc.subarray(PLACES, { maxLength: 4 }),
  sectors: fc.subarray(SECTORS, { maxLength: 4 }),
  risk: fc.constantFrom('none', 'unlikely', 'risk', 'high'),
  significant: fc.boolean(),
  ...yesOrNo(FLAGS),
  ...yesOrNo(['breach.confidentiality', 'breach.integrity', 'breach.availability']),
  ...yesOrNo(['data.encrypted', 'data.keyCompromised', 'service.affected']),
  ...yesOrNo(ASKED.map((id) => `answered.${id}`)),
  'data.categories': fc.subarray(['name', 'email', 'health']),
  recoveredAt: fc.constant('2026-12-03T10:00'),
  subjects: fc.array(fc.record({ place: fc.constantFrom(...PLACES), count: fc.constantFrom(0, 20) }), {
    maxLength: 3,
  }),
});

function factsOf(named: Named): FactsInput {
  const facts: Record<string, unknown> = {
    zone: 'Europe/Berlin',
    awareAt: '2026-12-01T10:00',
    detectedAt: '2026-12-01T10:00',
  };
  for (const [name, value] of Object.entries(named)) {
    const [half = '', other] = name.split('.', 2);
    if (other === undefined) facts[name] = value;
    else facts[half] = { ...(facts[half] as Named | undefined), [other]: value };
  }
  return facts;
}

/** The rows of Europe by their duty; the recipients of one duty stand and fall together. */
function standings(named: Named): ReadonlyMap<string, Obligation> {
  const ofEurope = judged(factsOf(named)).filter((one) => EUROPE.has(one.regime.id));
  return new Map(ofEurope.map((one) => [one.dutyId, one]));
}

/** Those facts alone whose names pass. */
const only = (named: Named, keep: (name: string) => boolean): Named =>
  Object.fromEntries(Object.entries(named).filter(([name]) => keep(name)));

describe('What is missing, of the laws of Europe', () => {
  it('names no fact that is known, and the facts that it names decide', () => {
    fc.assert(
      fc.property(ALL, fc.infiniteStream(fc.nat({ max: 99 })), (all, throws) => {
        const dice = throws[Symbol.iterator]();
        const hidden = new Set(Object.keys(all).filter(() => (dice.next().value ?? 0) < 35));
        const known = only(all, (name) => !hidden.has(name));
        const undecided = [...standings(known).values()].filter(({ decision }) => decision === 'undecided');
        for (const { dutyId, missing } of undecided)
          expect(
            missing.filter((name) => !hidden.has(name) && name !== 'mainEstablishment'),
            dutyId,
          ).to.deep.equal([]);
        const sample = undecided.filter(({ missing }) => !missing.includes('mainEstablishment')).slice(0, 3);
        const settled = standings(all);
        for (const { dutyId, missing } of sample) {
          const told = only(all, (name) => !hidden.has(name) || missing.includes(name));
          const answered = standings(told).get(dutyId);
          // Which of two states leads may be asked once it is known where we are.
          if (answered?.missing.includes('mainEstablishment')) continue;
          expect(answered?.decision, `${dutyId} by ${missing.join(', ')}`).to.equal(
            settled.get(dutyId)?.decision,
          );
          const without = only(all, (name) => !missing.includes(name));
          expect(
            standings(without).get(dutyId)?.decision,
            `${dutyId} without ${missing.join(', ')}`,
          ).to.equal('undecided');
        }
      }),
      { numRuns: 30 },
    );
  });
});
