import { expect } from 'chai';
import fc from 'fast-check';
import { SortedKeys } from '../../../../src/adapters/embedded-mongo/index/sorted-keys.ts';

const key = fc.string({ unit: fc.constantFrom('\0', '\x01', 'a', 'b', '\xff'), maxLength: 6 });

function filled(keys: readonly string[]): SortedKeys {
  const sorted = new SortedKeys();
  for (const each of keys) sorted.add(each);
  return sorted;
}

const number = (value: number): string => String(value).padStart(6, '0');

describe('SortedKeys', () => {
  it('holds what a sorted set would hold, whatever is added and deleted', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.boolean(), key)),
        key,
        fc.option(key, { nil: undefined }),
        (steps, from, to) => {
          const sorted = new SortedKeys();
          const model = new Set<string>();
          for (const [adds, each] of steps) {
            if (adds) sorted.add(each);
            else sorted.delete(each);
            if (adds) model.add(each);
            else model.delete(each);
          }
          const expected = [...model]
            .sort()
            .filter((each) => each >= from && (to === undefined || each < to));
          expect([...sorted.range(from, to)]).to.deep.equal(expected);
          expect([...sorted.range(from, to, true)]).to.deep.equal(expected.toReversed());
          expect(sorted.size).to.equal(model.size);
        },
      ),
    );
  });

  it('splits its blocks and still answers every range, both ways', () => {
    const keys = Array.from({ length: 5000 }, (_, at) => number((at * 7919) % 5000));
    const sorted = filled(keys);
    const expected = keys.toSorted();
    expect([...sorted.range('', undefined)]).to.deep.equal(expected);
    expect([...sorted.range(number(511), number(1537), true)]).to.deep.equal(
      expected.slice(511, 1537).reverse(),
    );
    for (const each of keys.slice(0, 4000)) sorted.delete(each);
    expect([...sorted.range('', undefined)]).to.deep.equal(keys.slice(4000).sort());
  });

  for (const reverse of [false, true]) {
    it(`goes on behind the last key when it changes while it is read ${reverse ? 'backwards' : 'forwards'}`, () => {
      const keys = Array.from({ length: 2000 }, (_, at) => number(at * 2));
      const sorted = filled(keys);
      const seen: string[] = [];
      for (const each of sorted.range('', undefined, reverse)) {
        seen.push(each);
        sorted.delete(each);
        // One behind the reader, one before it.
        sorted.add(number(Number(each) + (reverse ? 1 : -1)));
      }
      expect(seen).to.deep.equal(reverse ? keys.toReversed() : keys);
    });
  }
});
