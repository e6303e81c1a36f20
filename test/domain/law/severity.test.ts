import { expect } from 'chai';
import { DATA_TYPES, EASE_FACTORS, severityOf } from '../../../src/domain/law/severity.ts';

type Row = readonly [
  what: string,
  input: Record<string, unknown>,
  score: number,
  level: string,
  risk: string,
];

const data = (type: string, adjust = 0): Record<string, unknown> => ({ type, adjust });

const WORKED: readonly Row[] = [
  [
    'a shop’s mail list to one wrong partner',
    { data: data('simple'), ei: 'significant', circumstances: { confidentiality: 0.25 } },
    1,
    'low',
    'unlikely',
  ],
  [
    'cards skimmed at the checkout',
    { data: data('financial', 1), ei: 'maximum', circumstances: { confidentiality: 0.5, malicious: true } },
    5,
    'very high',
    'high',
  ],
  [
    'a lost payroll laptop, encrypted, with a copy',
    { data: data('financial'), ei: 'maximum', unintelligible: true, lost: false },
    3,
    'high',
    'unlikely',
  ],
  [
    'a clinic’s newsletter with open addresses',
    {
      data: data('sensitive', -1),
      ei: 'significant',
      circumstances: { confidentiality: 0.5 },
      individuals: 900,
    },
    2.75,
    'medium',
    'risk',
  ],
  [
    'order histories by injection, sold',
    { data: data('behavioural', 1), ei: 'maximum', circumstances: { confidentiality: 0.5, malicious: true } },
    4,
    'very high',
    'high',
  ],
  [
    'a backup lost without a copy, addresses only',
    { data: data('simple'), ei: 'maximum', circumstances: { availability: 0.5 }, lost: true },
    1.5,
    'low',
    'unlikely',
  ],
  [
    'a payroll file to all staff',
    { data: data('financial'), ei: 'maximum', circumstances: { confidentiality: 0.25 } },
    3.25,
    'high',
    'high',
  ],
  [
    'names and addresses of minors',
    { data: data('simple', 3), ei: 'maximum', circumstances: { confidentiality: 0.5 } },
    4.5,
    'very high',
    'high',
  ],
  [
    'bank details altered by an insider, restored',
    {
      data: data('financial'),
      ei: 'maximum',
      circumstances: { confidentiality: 0.25, integrity: 0.25, malicious: true },
    },
    4,
    'very high',
    'high',
  ],
  [
    'a shop down for two days by ransomware',
    { data: data('simple'), ei: 'maximum', circumstances: { availability: 0.25, malicious: true } },
    1.75,
    'low',
    'unlikely',
  ],
  [
    'the encrypted laptop, but the only copy',
    {
      data: data('financial'),
      ei: 'maximum',
      circumstances: { availability: 0.5 },
      unintelligible: true,
      lost: true,
    },
    3.5,
    'high',
    'high',
  ],
  [
    'addresses and bank accounts to one wrong person',
    {
      data: [data('simple'), data('financial')],
      ei: 'significant',
      circumstances: { confidentiality: 0.25 },
    },
    2.5,
    'medium',
    'risk',
  ],
  ['statistics without personal data', { personalData: false }, 0, 'low', 'none'],
];

describe('The severity calculator (ENISA 2013)', () => {
  for (const [what, input, score, level, risk] of WORKED) {
    it(`scores ${what} ${score}, ${level}, risk ${risk}`, () => {
      const result = severityOf(input);
      if (!result.ok) throw new Error(JSON.stringify(result.error));
      expect([result.value.score, result.value.level, result.value.risk]).to.deep.equal([score, level, risk]);
    });
  }

  it('shows each partial score, which data counted, and the flags', () => {
    const result = severityOf({ data: [data('simple'), data('financial')], ei: 'limited', individuals: 101 });
    if (!result.ok) throw new Error('no result');
    const { dpc, ei, cb, trace } = result.value;
    expect([dpc, ei, cb]).to.deep.equal([3, 0.5, 0]);
    expect(
      trace.filter((step) => step.key === 'severity.data').map((step) => step.values['counts']),
    ).to.deep.equal([false, true]);
    expect(trace.map((step) => step.key)).to.include('severity.many');
  });

  const refused: readonly (readonly [
    input: unknown,
    path: string,
    key: string,
    nearest?: string | number,
  ])[] = [
    [{ dta: data('simple'), ei: 'limited' }, 'dta', 'unknown-key', 'data'],
    [{ data: { type: 'simpel' }, ei: 'limited' }, 'data.type', 'unknown-value', 'simple'],
    [{ data: data('simple'), ei: 'maximal' }, 'ei', 'unknown-value', 'maximum'],
    [{ data: data('simple', 4), ei: 'limited' }, 'data.adjust', 'adjust-range', 3],
    [{ data: data('sensitive', 1), ei: 'limited' }, 'data.adjust', 'adjust-range', 0],
    [{ data: data('simple', 0.5), ei: 'limited' }, 'data.adjust', 'adjust-range', 1],
    [{ data: { type: 'simple', adjust: '1' }, ei: 'limited' }, 'data.adjust', 'wrong-type'],
    [{ data: data('simple'), ei: 'max' }, 'ei', 'unknown-value', 'maximum'],
    [
      { data: data('simple'), ei: 'limited', circumstances: { integrity: '0.5' } },
      'circumstances.integrity',
      'wrong-type',
    ],
    [{ data: [], ei: 'limited' }, 'data', 'wrong-type'],
    [{ data: data('simple') }, 'ei', 'required'],
    [{ ei: 'limited' }, 'data', 'required'],
    [{ data: data('simple'), ei: null }, 'ei', 'is-null'],
    [
      { data: data('simple'), ei: 'limited', circumstances: { confidentiality: 0.3 } },
      'circumstances.confidentiality',
      'unknown-value',
      '0.25',
    ],
    [{ data: data('simple'), ei: 'limited', individuals: -1 }, 'individuals', 'wrong-type'],
    [null, '', 'is-null'],
  ];
  for (const [input, path, key, meant] of refused) {
    it(`refuses ${JSON.stringify(input)}: ${key}`, () => {
      const result = severityOf(input);
      if (result.ok) throw new Error('taken');
      const [problem] = result.error.problems;
      expect([problem?.path, problem?.key]).to.deep.equal([path, key]);
      if (meant !== undefined) expect(problem?.values?.['nearest']).to.equal(meant);
    });
  }

  it('tells a missing answer beside another fault, each place once', () => {
    const result = severityOf({ dta: data('simple'), ei: 3 });
    if (result.ok) throw new Error('taken');
    expect(result.error.problems.map(({ path, key }) => [path, key])).to.have.deep.members([
      ['dta', 'unknown-key'],
      ['ei', 'wrong-type'],
      ['data', 'required'],
    ]);
  });

  it('puts a score of exactly 2, 3 or 4 into the higher band, and gives the sum of the method throughout', () => {
    const degrees = [0, 0.25, 0.5] as const;
    const bands = new Map<number, string>();
    for (const [type, { base, lowest, highest }] of Object.entries(DATA_TYPES)) {
      for (let adjust: number = lowest; adjust <= highest; adjust += 1) {
        for (const [ei, factor] of Object.entries(EASE_FACTORS)) {
          for (const confidentiality of degrees) {
            for (const availability of degrees) {
              const circumstances = { confidentiality, availability, malicious: true };
              const result = severityOf({ data: { type, adjust }, ei, circumstances });
              if (!result.ok) throw new Error(JSON.stringify(result.error));
              const { score, level, risk } = result.value;
              expect(score).to.equal((base + adjust) * factor + confidentiality + availability + 0.5);
              bands.set(score, `${level}, ${risk}`);
            }
          }
        }
      }
    }
    const at = [1.75, 2, 2.75, 3, 3.75, 4].map((score) => bands.get(score));
    expect(at).to.deep.equal([
      'low, unlikely',
      'medium, risk',
      'medium, risk',
      'high, high',
      'high, high',
      'very high, high',
    ]);
  });
});
