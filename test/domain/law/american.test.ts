import { expect } from 'chai';
import { zonedText, type FactsInput } from '../../../src/domain/law/index.ts';
import { judged, of, only } from './book.ts';
import { installedDuties } from './installed.ts';

const ZONE = 'America/New_York';

/** A shop of Wyoming whose customers' social security numbers were taken: each fact is known. */
const TAKEN: FactsInput = {
  zone: ZONE,
  role: 'controller',
  establishments: ['US-WY'],
  mainEstablishment: 'US-WY',
  sectors: [],
  detectedAt: '2026-11-10T10:00',
  awareAt: '2026-11-10T10:00',
  determinedAt: '2026-11-12T10:00',
  risk: 'high',
  cyber: true,
  malicious: true,
  significant: false,
  listed: false,
  breach: { confidentiality: true, integrity: false, availability: false },
  data: { categories: ['name', 'ssn'], encrypted: false, keyCompromised: false, accessCode: false },
};

const PUBLIC: FactsInput = { sectors: ['public-body'] };
const HEALTH: FactsInput = { data: { categories: ['name', 'health'], encrypted: false } };

function people(state: string, count: number): FactsInput {
  return { subjects: [{ place: `US-${state}`, count }] };
}

/** What is decided on a duty, and what is missing; of several recipients what is decided on all. */
function decided(duty: string, ...facts: readonly FactsInput[]): string {
  const found = of(judged(Object.assign({}, TAKEN, ...facts) as FactsInput), duty);
  return [...new Set(found.map(({ decision, missing }) => [decision, ...missing].join(' ')))].join(' | ');
}

function due(duty: string, ...facts: readonly FactsInput[]): string | null {
  const { dueAt } = only(judged(Object.assign({}, TAKEN, ...facts) as FactsInput), duty);
  return dueAt && zonedText(dueAt, ZONE);
}

/** us.md section 3: the least number of residents from which an agency or the bureaus are told. */
const LEAST: Readonly<Record<string, number>> = {
  'us-ak-cra': 1001,
  'us-al-ag': 1001,
  'us-al-cra': 1001,
  'us-ar-ag': 1001,
  'us-az-ag': 1001,
  'us-az-cra': 1001,
  'us-ca-ag': 501,
  'us-co-ag': 500,
  'us-co-cra': 1001,
  'us-dc-ag': 50,
  'us-dc-cra': 1001,
  'us-de-ag': 501,
  'us-fl-ag': 500,
  'us-fl-cra': 1001,
  'us-hi-ag': 1000,
  'us-hi-cra': 1000,
  'us-ia-ag': 501,
  'us-il-ag': 501,
  'us-in-cra': 1001,
  'us-ks-cra': 1001,
  'us-ky-cra': 1001,
  'us-md-cra': 1000,
  'us-me-cra': 1001,
  'us-mi-cra': 1001,
  'us-mn-cra': 501,
  'us-mo-ag': 1001,
  'us-mo-cra': 1001,
  'us-nc-cra': 1001,
  'us-nd-ag': 251,
  'us-nh-cra': 1001,
  'us-nj-cra': 1001,
  'us-nm-ag': 1001,
  'us-nm-cra': 1001,
  'us-nv-cra': 1001,
  'us-ny-cra': 5001,
  'us-oh-cra': 1001,
  'us-ok-ag': 500,
  'us-or-ag': 251,
  'us-or-cra': 1001,
  'us-pa-ag': 501,
  'us-pa-cra': 501,
  'us-ri-ag': 501,
  'us-ri-cra': 501,
  'us-sc-ag': 1001,
  'us-sc-cra': 1001,
  'us-sd-ag': 251,
  'us-tn-cra': 1001,
  'us-tx-ag': 250,
  'us-tx-cra': 10_001,
  'us-ut-ag': 500,
  'us-ut-cra': 1000,
  'us-va-cra': 1001,
  'us-vt-cra': 1001,
  'us-wa-ag': 501,
  'us-wi-cra': 1000,
  'us-wv-cra': 1001,
};

/** For which bodies the number is another one, or the duty theirs alone. */
const LEAST_OF_SECTOR: readonly (readonly [duty: string, sector: string, least: number])[] = [
  ['us-ga-cra', 'information-broker', 10_001],
  ['us-il-ag', 'public-body', 251],
  ['us-il-cra', 'public-body', 1001],
  ['us-ok-ag', 'credit-information', 1000],
];

/** us.md sections 2 to 9, read by hand: the facts, the duty, and what is decided on it. */
const READINGS: readonly (readonly [reading: string, duty: string, decision: string, ...FactsInput[]])[] = [
  [
    'insurers of Pennsylvania do not tell the Attorney General (73 P.S. 2301)',
    'us-pa-ag',
    'does-not-apply',
    people('PA', 900),
    { sectors: ['insurer'] },
  ],
  [
    'number plates count with a name beside them (Civ. Code 1798.82(h))',
    'us-ca-residents',
    'does-not-apply',
    people('CA', 5),
    { data: { categories: ['location'], encrypted: false }, answered: { 'us-ca-residents': true } },
  ],
  [
    'credentials taken elsewhere do not concern Vermont’s agency (9 V.S.A. 2435)',
    'us-vt-ag',
    'does-not-apply',
    people('VT', 5),
    { data: { categories: ['online-credentials'], encrypted: false }, idProtectionSource: false },
  ],
  [
    'where credentials alone went it must be known whence (9 V.S.A. 2435)',
    'us-vt-ag',
    'undecided idProtectionSource',
    people('VT', 5),
    { data: { categories: ['online-credentials'], encrypted: false } },
  ],
  [
    'a Part 2 programme tells HHS as HIPAA has it (42 CFR 2.16)',
    'hipaa-408-hhs-500',
    'applies',
    people('NV', 500),
    HEALTH,
    { sectors: ['part2-program'] },
  ],
  [
    'a Part 2 programme told nobody before 2026-02-16',
    'hipaa-408-hhs-500',
    'does-not-apply',
    people('NV', 500),
    HEALTH,
    { sectors: ['part2-program'], detectedAt: '2026-02-15T10:00', awareAt: '2026-02-15T10:00' },
  ],
  [
    'a vendor of health records told in 2023 too (16 CFR 318, rule of 2009)',
    'ftc-hbnr-individuals',
    'applies',
    people('NV', 5),
    HEALTH,
    { sectors: ['phr-vendor'], detectedAt: '2023-05-10T10:00', awareAt: '2023-05-10T10:00' },
  ],
  [
    'NYDFS was told in 72 hours before 2023-12-01 too',
    'nydfs-500-17-notice',
    'applies',
    people('TX', 900),
    {
      sectors: ['nydfs-covered-entity'],
      ransomware: false,
      awareAt: '2022-11-10T10:00',
      detectedAt: '2022-11-10T10:00',
      determinedAt: '2022-11-12T10:00',
    },
  ],
  [
    'no harm is no breach of a public body of Kentucky (KRS 61.933)',
    'us-ky-61-933-agencies',
    'does-not-apply',
    people('KY', 5),
    PUBLIC,
    { establishments: ['US-KY'], mainEstablishment: 'US-KY', risk: 'none' },
  ],
  [
    '5,000 yen are not 5,000 dollars (31 CFR 1020.320)',
    'fincen-sar',
    'undecided answered.fincen-sar',
    people('NV', 5),
    { sectors: ['bank'], directLoss: { amount: 5000, currency: 'JPY' } },
  ],
  [
    '5,000 dollars are reported (31 CFR 1020.320)',
    'fincen-sar',
    'applies',
    people('NV', 5),
    { sectors: ['bank'], directLoss: { amount: 5000, currency: 'USD' } },
  ],
  [
    'passports counted in Washington from 2020-03-01 on, not before',
    'us-wa-residents',
    'does-not-apply',
    people('WA', 5),
    {
      data: { categories: ['name', 'passport'], encrypted: false },
      detectedAt: '2020-02-28T10:00',
      awareAt: '2020-02-28T10:00',
    },
  ],
  [
    'passports count in Washington now',
    'us-wa-residents',
    'applies',
    people('WA', 5),
    { data: { categories: ['name', 'passport'], encrypted: false } },
  ],
  [
    'a breach of 249 in a state where an insurer has no seat is not told there',
    'us-oh-insurance',
    'does-not-apply',
    people('OH', 249),
    { sectors: ['insurer'] },
  ],
  [
    'of 250 it is (NAIC Model 668 section 6)',
    'us-oh-insurance',
    'applies',
    people('OH', 250),
    { sectors: ['insurer'] },
  ],
];

describe('American law, row by row', () => {
  it('tells agencies and bureaus from the number of residents on that each state gives, and not one person less', () => {
    const wrong = Object.entries(LEAST).flatMap(([duty, least]) => {
      const state = duty.slice(3, 5).toUpperCase();
      const answers = [least - 1, least].map((count) => decided(duty, people(state, count)));
      return answers.join() === 'does-not-apply,applies' ? [] : [`${duty}: ${answers.join()}`];
    });
    expect(wrong).to.deep.equal([]);
  }).timeout(20_000);

  for (const [duty, sector, least] of LEAST_OF_SECTOR)
    it(`of a ${sector} has ${duty} from ${least} on`, () => {
      const state = duty.slice(3, 5).toUpperCase();
      expect(decided(duty, people(state, least - 1), { sectors: [sector] })).to.equal('does-not-apply');
      expect(decided(duty, people(state, least), { sectors: [sector] })).to.equal('applies');
    });

  for (const [reading, duty, decision, ...facts] of READINGS)
    it(reading, () => expect(decided(duty, ...facts)).to.equal(decision));

  it('asks a mortgagee of the FHA for no place: only American law gives that trade', () => {
    const nowhere: FactsInput = Object.fromEntries(
      Object.entries(TAKEN).filter(([key]) => !/stablishment/.test(key)),
    );
    const found = only(judged({ ...nowhere, sectors: ['fha-mortgagee'], significant: true }), 'hud-fha-36h');
    expect(found.decision).to.equal('applies');
  });

  it('gives the health rule of 2009 ten business days to the FTC (16 CFR 318.5(c) until 2024-07-28)', () => {
    const then = { detectedAt: '2023-05-10T10:00', awareAt: '2023-05-10T10:00' };
    const facts = [people('NV', 500), HEALTH, { sectors: ['phr-vendor'] }, then];
    expect(due('ftc-hbnr-ftc-500', ...facts)).to.equal('2023-05-24T23:59:59-04:00');
  });

  it('asks each state’s own question by its name', () => {
    const asks = installedDuties().flatMap(({ duty }) =>
      /^us-..-residents$/.test(duty.id) && duty.ask ? [duty.ask] : [],
    );
    expect(asks.length).to.be.greaterThan(20);
    for (const ask of asks) expect(ask).to.match(/^[A-Z][A-Za-z ]+: .*[.?]$/);
  });
});
