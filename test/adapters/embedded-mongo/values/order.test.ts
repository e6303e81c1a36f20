import { EJSON } from 'bson';
import { expect } from 'chai';
import { compileCollation } from '../../../../src/adapters/embedded-mongo/values/collation.ts';
import { compare, equal } from '../../../../src/adapters/embedded-mongo/values/compare.ts';
import { AFTER, keyOf } from '../../../../src/adapters/embedded-mongo/values/key.ts';
import { IN_ORDER } from './typed-values.ts';

const shown = (...values: unknown[]): string =>
  values.map((value) => EJSON.stringify({ value })).join(' and ');

function eachPair(visit: (a: unknown, b: unknown, order: number) => void): void {
  for (const [at, group] of IN_ORDER.entries()) {
    for (const [other, otherGroup] of IN_ORDER.entries()) {
      for (const a of group) for (const b of otherGroup) visit(a, b, Math.sign(at - other));
    }
  }
}

describe("MongoDB's order of values", () => {
  it('holds between any two values, across types and within them', () => {
    eachPair((a, b, order) => {
      expect(Math.sign(compare(a, b)), shown(a, b)).to.equal(order);
      expect(equal(a, b), shown(a, b)).to.equal(order === 0);
    });
  });

  it('is the order of their keys, upwards and, turned round, downwards', () => {
    for (const direction of [1, -1] as const) {
      eachPair((a, b, order) => {
        const left = keyOf([a], [direction]) + AFTER;
        const right = keyOf([b], [direction]) + AFTER;
        const inKeys = left < right ? -1 : left > right ? 1 : 0;
        expect(inKeys, shown(a, b)).to.equal(order === 0 ? 0 : direction * order);
      });
    }
  });

  it('holds for compound keys part by part', () => {
    const key = (a: unknown, b: unknown): string => keyOf([a, b], [-1, 1]) + AFTER;
    expect(key('b', 1) < key('a', 0)).to.equal(true);
    expect(key('a', 0) < key('a', 1)).to.equal(true);
    // A longer string comes first downwards, even where the rest of it is a NUL.
    expect(key('a\0', 5) < key('a', 0)).to.equal(true);
  });

  it('keeps strings of a million characters whole', () => {
    const long = 'x'.repeat(1_000_000);
    expect(keyOf([long], [1]) < keyOf([`${long}a`], [1])).to.equal(true);
    expect(keyOf([long], [1])).to.have.length(1_000_002);
  });
});

describe('A collation', () => {
  const order = (collation: Record<string, unknown>, a: unknown, b: unknown): number =>
    Math.sign(compare(a, b, compileCollation(collation)));

  it('makes letters equal by its strength', () => {
    expect(order({ locale: 'en', strength: 1 }, 'É', 'e')).to.equal(0);
    expect(order({ locale: 'en', strength: 2 }, 'E', 'e')).to.equal(0);
    expect(order({ locale: 'en', strength: 2 }, 'é', 'e')).to.equal(1);
    expect(order({ locale: 'en' }, 'E', 'e')).to.equal(1);
    expect(order({ locale: 'en', strength: 1, caseLevel: true }, 'É', 'e')).to.not.equal(0);
  });

  it('orders as its language does, inside documents and arrays too', () => {
    expect(order({ locale: 'sv' }, 'ö', 'z')).to.equal(1);
    expect(order({ locale: 'de' }, 'ö', 'z')).to.equal(-1);
    expect(order({ locale: 'de' }, [{ n: 'ö' }], [{ n: 'z' }])).to.equal(-1);
    expect(order({ locale: 'en_US', numericOrdering: true }, 'a10', 'a9')).to.equal(1);
  });

  it('is none for the locale simple, and an error for one that does not exist', () => {
    expect(compileCollation({ locale: 'simple' })).to.equal(undefined);
    expect(() => compileCollation({ locale: 'no such place' })).to.throw("Field 'locale' is invalid");
    expect(() => compileCollation({ locale: 'en', strength: 9 })).to.throw('strength');
    expect(() => compileCollation({ strength: 1 })).to.throw('locale');
    expect(() => compileCollation({ locale: 'en', colour: 'red' })).to.throw('unknown field');
  });
});
