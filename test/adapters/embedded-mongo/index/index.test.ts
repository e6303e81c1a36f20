import { EJSON } from 'bson';
import { expect } from 'chai';
import { MongoFault } from '../../../../src/adapters/embedded-mongo/errors.ts';
import { CollectionIndex, type IndexSpec } from '../../../../src/adapters/embedded-mongo/index/index.ts';
import { decode, encode, type Doc } from '../../../../src/adapters/embedded-mongo/values/decode.ts';
import { long } from '../values/typed-values.ts';

const typed = (doc: Doc): Doc => decode(encode(doc));

function indexOf(key: Record<string, 1 | -1>, rest: Partial<IndexSpec> = {}): CollectionIndex {
  return new CollectionIndex({
    name: 'i',
    key: Object.entries(key),
    unique: false,
    sparse: false,
    raw: { key },
    ...rest,
  });
}

const unique = { unique: true };

/** The values of the unique key that the second document shares with the first, as text. */
function conflictOf(index: CollectionIndex, first: Doc, second: Doc, self = 2): string | undefined {
  index.add(1, typed(first));
  const conflict = index.conflict(index.keysOf(typed(second)), self);
  return conflict && EJSON.stringify(conflict.keyValue, { relaxed: false });
}

describe('An index', () => {
  it('has one entry for each different element of an array, and one for an empty one', () => {
    const index = indexOf({ a: 1 });
    const size = (doc: Doc): number => index.keysOf(typed(doc)).length;
    expect([size({ a: [1, 2, 1] }), size({ a: [] }), size({ a: 1 }), size({})]).to.deep.equal([2, 1, 1, 1]);
    expect(size({ a: [[1, 2]] })).to.equal(1);
  });

  it('follows two paths through one array together', () => {
    const index = indexOf({ 'a.x': 1, 'a.y': 1 });
    expect(
      index.keysOf(
        typed({
          a: [
            { x: 1, y: 2 },
            { x: 3, y: 4 },
          ],
        }),
      ),
    ).to.have.length(2);
  });

  it('refuses two arrays in one document with 171', () => {
    const index = indexOf({ a: 1, b: 1 });
    expect(() => index.keysOf(typed({ a: [1], b: [2] })))
      .to.throw(MongoFault, /parallel arrays/)
      .with.property('code', 171);
    expect(index.keysOf(typed({ a: [1, 2], b: 2 }))).to.have.length(2);
  });

  it('gives null and missing one key, an empty array another', () => {
    const index = indexOf({ a: 1 });
    expect(index.keysOf(typed({ a: null }))).to.deep.equal(index.keysOf({}));
    expect(index.keysOf(typed({ a: [] }))).to.not.deep.equal(index.keysOf({}));
  });

  it('leaves out what lacks all its fields when sparse', () => {
    const index = indexOf({ a: 1, b: 1 }, { sparse: true });
    expect([{}, { a: null }, { b: 1 }, { c: 1 }].map((doc) => index.fits(typed(doc)))).to.deep.equal([
      false,
      true,
      true,
      false,
    ]);
  });

  it('leaves out what its partial filter does not find, and reads the fields of that filter', () => {
    const index = indexOf({ a: 1 }, { partial: typed({ open: true }) });
    expect(index.fits(typed({ a: 1, open: true }))).to.equal(true);
    expect(index.keysOf(typed({ a: 1 }))).to.deep.equal([]);
    expect([...(index.fields ?? [])].sort()).to.deep.equal(['a', 'open']);
  });

  it('remembers which fields were ever arrays, until it is cleared', () => {
    const index = indexOf({ a: 1, 'b.c': 1 });
    index.add(1, typed({ a: 1, b: [{ c: 1 }] }));
    expect([index.isMultikey('a'), index.isMultikey('b.c')]).to.deep.equal([false, true]);
    index.remove(1, typed({ a: 1, b: [{ c: 1 }] }));
    expect(index.size).to.equal(0);
    expect(index.isMultikey('b.c')).to.equal(true);
    index.clear();
    expect(index.isMultikey('b.c')).to.equal(false);
  });

  it('holds no entries when it is only recorded', () => {
    const index = indexOf({ a: 1 }, { noop: true });
    index.add(1, typed({ a: 1 }));
    expect(index.size).to.equal(0);
  });
});

describe('A unique index', () => {
  it('reports the value that another record holds, in its own type', () => {
    expect(conflictOf(indexOf({ a: 1 }, unique), { a: 5 }, { a: long('5') })).to.equal(
      '{"a":{"$numberLong":"5"}}',
    );
    expect(
      conflictOf(indexOf({ a: 1, 'b.c': -1 }, unique), { a: 'x', b: { c: 1 } }, { a: 'x', b: { c: 1 } }),
    ).to.equal('{"a":"x","b.c":{"$numberInt":"1"}}');
  });

  it('reports the element of an array that another record holds', () => {
    expect(conflictOf(indexOf({ a: 1 }, unique), { a: [1, 2] }, { a: [3, 2] })).to.equal(
      '{"a":{"$numberInt":"2"}}',
    );
  });

  it('takes missing for null, so that only one record may lack the field', () => {
    expect(conflictOf(indexOf({ a: 1 }, unique), {}, { a: null })).to.equal('{"a":null}');
    expect(conflictOf(indexOf({ a: 1 }, { unique: true, sparse: true }), {}, {})).to.equal(undefined);
  });

  it('sees no conflict of a record with itself', () => {
    expect(conflictOf(indexOf({ a: 1 }, unique), { a: 1 }, { a: 1 }, 1)).to.equal(undefined);
  });

  it('tells strings apart that begin alike, also downwards and around a NUL', () => {
    for (const direction of [1, -1] as const) {
      for (const [first, second] of [
        ['a', 'ab'],
        ['a', 'a\0'],
        ['a\0b', 'a'],
        ['', '\0'],
      ] as const) {
        expect(conflictOf(indexOf({ a: direction }, unique), { a: first }, { a: second })).to.equal(
          undefined,
        );
        expect(conflictOf(indexOf({ a: direction }, unique), { a: first }, { a: first })).to.not.equal(
          undefined,
        );
      }
    }
  });

  it('tells numbers apart that share a nearest double', () => {
    const index = indexOf({ a: 1 }, unique);
    expect(conflictOf(index, { a: long('9007199254740992') }, { a: long('9007199254740993') })).to.equal(
      undefined,
    );
  });
});
