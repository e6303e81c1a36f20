import { expect } from 'chai';
import { MongoFault } from '../../../../src/adapters/embedded-mongo/errors.ts';
import { compileSort } from '../../../../src/adapters/embedded-mongo/query/sort.ts';
import { decode, encode, type Doc } from '../../../../src/adapters/embedded-mongo/values/decode.ts';

const typed = (doc: Doc): Doc => decode(encode(doc));

/** The numbers of the documents in the order asked for. */
function sorted(spec: Doc, docs: readonly Doc[], collation?: Doc): number[] {
  const sort = compileSort(typed(spec), collation ? { collation } : {});
  const numbered = docs.map((doc, at) => ({ at, doc: typed(doc) }));
  return numbered.sort((a, b) => sort.compare(a.doc, b.doc)).map(({ at }) => at);
}

describe('Sorting', () => {
  it('goes by the first field, then by the next, each in its direction', () => {
    const docs = [
      { a: 1, b: 1 },
      { a: 0, b: 1 },
      { a: 1, b: 2 },
    ];
    expect(sorted({ a: 1, b: -1 }, docs)).to.deep.equal([1, 2, 0]);
    expect(sorted({ a: -1, b: 1 }, docs)).to.deep.equal([0, 2, 1]);
  });

  it('takes the least element of an array upwards and the greatest downwards', () => {
    const docs = [{ a: [5, 1] }, { a: 3 }, { a: [2, 4] }];
    expect(sorted({ a: 1 }, docs)).to.deep.equal([0, 2, 1]);
    expect(sorted({ a: -1 }, docs)).to.deep.equal([0, 2, 1]);
  });

  it('puts an empty array before null, and null with what is missing', () => {
    expect(sorted({ a: 1 }, [{ a: 0 }, { a: null }, {}, { a: [] }])).to.deep.equal([3, 1, 2, 0]);
    expect(sorted({ a: 1 }, [{ a: null }, {}])).to.deep.equal([0, 1]);
    expect(sorted({ a: 1 }, [{}, { a: null }])).to.deep.equal([0, 1]);
  });

  it('looks into documents and arrays of documents', () => {
    const docs = [{ a: [{ b: 3 }, { b: 9 }] }, { a: { b: 4 } }, { a: [{ c: 1 }] }, { a: 1 }];
    expect(sorted({ 'a.b': 1 }, docs)).to.deep.equal([2, 3, 0, 1]);
    expect(sorted({ 'a.b': -1 }, docs)).to.deep.equal([0, 1, 2, 3]);
    expect(sorted({ 'a.0.b': 1 }, [{ a: [{ b: 2 }, { b: 0 }] }, { a: [{ b: 1 }] }])).to.deep.equal([1, 0]);
  });

  it('goes by type before value, and by code point within strings', () => {
    const docs = [{ a: '😀' }, { a: '\uffee' }, { a: 5 }, { a: true }, { a: {} }];
    expect(sorted({ a: 1 }, docs)).to.deep.equal([2, 1, 0, 4, 3]);
  });

  it('goes by a collation when one is given', () => {
    const docs = [{ a: 'b' }, { a: 'B' }, { a: 'á' }, { a: 'a' }];
    expect(sorted({ a: 1 }, docs, { locale: 'en' })).to.deep.equal([3, 2, 0, 1]);
    expect(sorted({ a: 1 }, docs)).to.deep.equal([1, 3, 0, 2]);
  });

  it('refuses what is no direction', () => {
    const code = (spec: Doc): unknown => {
      try {
        compileSort(typed(spec));
      } catch (error) {
        return (error as MongoFault).code;
      }
      return undefined;
    };
    expect([
      code({ a: 2 }),
      code({ a: 'x' }),
      code({ a: { $meta: 'textScore' } }),
      code({ '': 1 }),
    ]).to.deep.equal([15975, 15974, 238, 40352]);
  });

  it('tells which top-level fields it reads', () => {
    expect([...compileSort({ 'a.b': 1, c: -1 }).fields]).to.deep.equal(['a', 'c']);
  });
});
