import { expect } from 'chai';
import { checkCondition } from '../../../src/domain/law/conditions/check.ts';
import { compileCondition, languageWith } from '../../../src/domain/law/conditions/condition.ts';
import { Evaluation } from '../../../src/domain/law/conditions/evaluate.ts';
import { LANGUAGE } from '../../../src/domain/law/conditions/language.ts';
import { isUnknown, type Truth } from '../../../src/domain/law/conditions/truth.ts';
import type { FactsInput } from '../../../src/domain/law/index.ts';
import { factsOf } from './book.ts';

const context = { owed: (): Truth => true, day: '2026-06-01' };

function ask(condition: string, input: FactsInput): true | false | string {
  const compiled = compileCondition(condition, new Map());
  const evaluation = new Evaluation(factsOf(input), { standsFor: (id) => [id] });
  const truth = evaluation.truth(compiled.root, context);
  return isUnknown(truth) ? [...truth.missing].sort().join(' ') : truth;
}

describe('A condition', () => {
  const cases: readonly (readonly [condition: string, input: FactsInput, answer: true | false | string])[] = [
    ['data.encrypted == false || data.keyCompromised', { data: { encrypted: false } }, true],
    ['data.encrypted == false || data.keyCompromised', { data: { encrypted: true } }, 'data.keyCompromised'],
    ['data.encrypted && !data.keyCompromised', { data: { encrypted: false } }, false],
    ['risk == "high" && significant', { risk: 'none' }, false],
    ['risk == "high" && significant', { risk: 'high' }, 'significant'],
    ['risk == "high" || significant', {}, 'risk significant'],
    ['!significant', {}, 'significant'],
    ['risk in ["risk", "high"]', { risk: 'risk' }, true],
    ['significantBy("nis2")', { significant: true, significantBy: { dora: false } }, true],
    ['significantBy("dora")', { significant: true, significantBy: { dora: false } }, false],
    ['significantBy("cra")', {}, 'significant'],
    ['service.hours >= 4.0', { service: { hours: 4 } }, true],
    ['service.hours >= 4.0 || service.affected', { service: { affected: true } }, true],
    ['roleIs("processor")', { role: ['processor', 'controller'] }, true],
    ['sector("bank")', { sectors: [] }, false],
    ['sector("bank")', {}, 'sectors'],
    ['data("online-credentials")', { data: { categories: ['email', 'password-plain'] } }, true],
    ['data("online-credentials")', { data: { categories: ['email', 'password-hash'] } }, 'data.categories'],
    ['data("online-credentials")', { data: { categories: ['email'] } }, false],
    ['happened("materialAt")', {}, 'materialAt'],
    ['answered("us-ny-residents")', {}, 'answered.us-ny-residents'],
    ['answered("us-ny-residents")', { answered: { 'us-ny-residents': false } }, false],
    ['data.accessCode ? true : answered("us-ny-residents")', {}, 'data.accessCode'],
    ['significant ? true : true', {}, true],
    ['since("2026-06-01") && !since("2026-06-02")', {}, true],
    ['filed("gdpr-art33-authority")', {}, false],
    [
      'ordered("gdpr-art34-4-order")',
      { orders: [{ duty: 'gdpr-art34-4-order', at: '2026-06-01T10:00Z' }] },
      true,
    ],
  ];
  for (const [condition, input, answer] of cases) {
    it(`${condition} with ${JSON.stringify(input)} is ${typeof answer === 'string' ? `open for ${answer}` : answer}`, () => {
      expect(ask(condition, input)).to.equal(answer);
    });
  }

  describe('over people', () => {
    const people: readonly (readonly [string, readonly unknown[] | undefined, true | false | string])[] = [
      ['moreThan("US-CA", 500)', [{ place: 'US-CA', count: 480 }, { count: 40 }], 'subjects.place'],
      ['moreThan("US-CA", 500)', [{ place: 'US-CA', count: 480 }, { count: 20 }], false],
      [
        'moreThan("US-CA", 500)',
        [
          { place: 'US-CA', count: 300 },
          { place: 'US-CA', count: 300 },
        ],
        true,
      ],
      ['moreThan("US-CA", 500)', [{ place: 'US', count: 501 }], 'subjects.place'],
      [
        'moreThan("US", 500)',
        [
          { place: 'US', count: 300 },
          { place: 'US-CA', count: 201 },
        ],
        true,
      ],
      ['moreThan("US-CA", 500)', [{ place: 'US-CA' }], 'subjects[US-CA].count'],
      ['moreThan("US-CA", 500)', [{ place: 'US-CA', min: 501 }], true],
      ['moreThan("US-CA", 500)', [{ place: 'US-CA', max: 500 }], false],
      ['atLeast("US-CA", 500)', [{ place: 'US-CA', min: 400, max: 600 }], 'subjects[US-CA].count'],
      ['atLeast("US-CA", 500)', [{ place: 'US-CA', count: 500 }], true],
      ['moreThan("US-CA", 500)', [{ place: 'US-TX', count: 900 }], false],
      ['peopleIn("DE")', [{ place: 'DE-BY', count: 1 }], true],
      ['peopleIn("DE-BY")', [{ place: 'DE', count: 1 }], 'subjects.place'],
      ['peopleIn("EU")', [{ place: 'NO', count: 1 }], false],
      ['peopleIn("EEA")', [{ place: 'NO' }], true],
      ['peopleIn("FR")', [{ place: 'FR', count: 0 }], false],
      ['peopleIn("*")', [], false],
      ['peopleIn("*")', undefined, 'subjects'],
      ['peopleIn("FR")', [{}], 'subjects.place'],
      [
        'moreThanInOneState(500)',
        [
          { place: 'US-CA', count: 300 },
          { place: 'US-TX', count: 300 },
        ],
        false,
      ],
      ['moreThanInOneState(500)', [{ place: 'US-CA', count: 501 }], true],
      ['moreThanInOneState(500)', [{ place: 'US', count: 501 }], 'subjects.place'],
      ['atLeastInOneState(500)', [{ place: 'US-CA', count: 499 }, { count: 1 }], 'subjects.place'],
      ['atLeastInOneState(500)', [{ place: 'FR', count: 900 }], false],
    ];
    for (const [condition, subjects, answer] of people) {
      it(`${condition} of ${JSON.stringify(subjects)} is ${String(answer)}`, () => {
        const input = subjects === undefined ? {} : { subjects };
        const got = ask(condition, input);
        // A row without a place has no count of its own to ask for.
        expect(typeof got === 'string' ? got.replace('subjects.count ', '') : got).to.equal(answer);
      });
    }
  });

  it('answers a term anew where it turns on the day of another law', () => {
    const terms = new Map([['new-text', compileCondition('since("2026-06-01") && cyber', new Map())]]);
    const { root } = compileCondition('term("new-text")', terms);
    const evaluation = new Evaluation(factsOf({ cyber: true }), { standsFor: (id) => [id] });
    const on = (day: string): Truth => evaluation.truth(root, { owed: () => false, day });
    expect([on('2026-05-31'), on('2026-06-01'), on('2026-05-31')]).to.deep.equal([false, true, false]);
  });

  it('asks CEL nothing that is a plain question or waits for a fact', () => {
    const evaluation = new Evaluation(factsOf({ sectors: [] }), { standsFor: (id) => [id] });
    const { root } = compileCondition('sector("bank") || risk == "high" || cyber', new Map());
    expect(isUnknown(evaluation.truth(root, context))).to.equal(true);
    expect(evaluation.evaluations).to.deep.equal({ atoms: 3, cel: 0 });
  });

  it('fails loudly where a question fails, even beside a leg that is true', () => {
    const env = LANGUAGE.clone();
    env.registerFunction('failing(string): bool', () => {
      throw new TypeError('a fault of the program');
    });
    const language = languageWith(env);
    const { root } = compileCondition('failing("x") || risk == "high"', new Map(), language);
    const evaluation = new Evaluation(factsOf({ risk: 'high' }), { standsFor: (id) => [id] });
    expect(() => evaluation.truth(root, context)).to.throw(/condition failed/);
  });

  describe('is refused by the linter', () => {
    const refused: readonly (readonly [condition: string, key: string, offset: number])[] = [
      ['risk == "hihg"', 'unknown-value', 8],
      ['data.categoris', 'bad-condition', 0],
      ['riks == "high"', 'bad-condition', 0],
      ['zone.matches("(a+)+$")', 'matches-refused', 0],
      ['sector("banc")', 'unknown-value', 7],
      ['peopleIn("UK")', 'place-unknown', 9],
      ['significant &&', 'bad-condition', 14],
      ['service.hours + 1.0', 'condition-not-yes-or-no', 0],
      ['(significant || cyber) == true', 'nested-logic', 1],
      ['sector(risk)', 'literal-expected', 7],
      ['term("nothing")', 'unknown-term', 5],
      ['service.hours == "four"', 'bad-condition', 0],
      ['subjects.exists(s, s.count > 5)', 'bad-condition', 0],
    ];
    for (const [condition, key, offset] of refused) {
      it(`${condition}: ${key}`, () => {
        const [fault] = checkCondition(condition, { terms: new Map() }).faults;
        expect(fault?.key).to.equal(key);
        if (key !== 'bad-condition') expect(fault?.offset).to.equal(offset);
      });
    }
  });
});
