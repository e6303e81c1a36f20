import fc from 'fast-check';
import { expect } from 'chai';
import { Aggregator } from 'mingo';
import { deserialize } from 'bson';
import { encode } from '../../../../src/adapters/embedded-mongo/values/decode.ts';
import type { Doc } from '../../../../src/adapters/embedded-mongo/values/decode.ts';
import { results } from './typed.ts';

/**
 * mingo is wrong about types (which is why this engine does not use it), but it was written independently: where only
 * whole numbers and texts are at stake, it must agree.
 */
const row = fc.record({
  _id: fc.integer({ min: 0, max: 1000 }),
  k: fc.constantFrom('x', 'y', 'z'),
  n: fc.integer({ min: -5, max: 5 }),
  list: fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 3 }),
  sub: fc.record({ a: fc.integer({ min: 0, max: 3 }), b: fc.constantFrom('p', 'q') }),
});

const rows = fc.uniqueArray(row, { maxLength: 12, selector: ({ _id }) => _id });

const expression = fc.constantFrom<unknown>(
  { $add: ['$n', '$sub.a'] },
  { $multiply: ['$n', 3] },
  { $cond: [{ $gt: ['$n', 0] }, '$k', '$sub.b'] },
  { $concat: ['$k', '-', '$sub.b'] },
  { $size: '$list' },
  { $filter: { input: '$list', as: 'x', cond: { $gte: ['$$x', '$sub.a'] } } },
  { $map: { input: '$list', as: 'x', in: { $subtract: ['$$x', '$n'] } } },
  { $reduce: { input: '$list', initialValue: 0, in: { $add: ['$$value', '$$this'] } } },
  { $ifNull: ['$missing', '$k'] },
  { $slice: ['$list', -2] },
  { $in: ['$sub.a', '$list'] },
);

const stage = fc.oneof(
  expression.map((e) => ({ $addFields: { made: e } })),
  expression.map((e) => ({ $project: { k: 1, n: 1, list: 1, sub: 1, made: e } })),
  fc.integer({ min: -3, max: 3 }).map((n) => ({ $match: { n: { $gte: n } } })),
  fc.constantFrom<Doc>(
    { $unwind: '$list' },
    { $project: { list: 0 } },
    { $group: { _id: '$k', total: { $sum: '$n' }, all: { $push: '$n' }, most: { $max: '$n' } } },
    { $group: { _id: { k: '$k', b: '$sub.b' }, mean: { $avg: '$n' }, count: { $sum: 1 } } },
    { $replaceRoot: { newRoot: { _id: '$_id', k: '$k', n: '$n' } } },
    { $sort: { k: 1, n: -1, _id: 1 } },
    { $limit: 3 },
    { $skip: 2 },
    { $sortByCount: '$k' },
    { $facet: { few: [{ $limit: 2 }], count: [{ $group: { _id: null, n: { $sum: 1 } } }] } },
    { $lookup: { from: 'other', localField: 'sub.a', foreignField: 'v', as: 'joined' } },
  ),
);

const other: Doc[] = [0, 1, 2].map((v) => ({ _id: v, v, text: `t${v}` }));

/** Plain values, fields in the order of their names, and without the fields that mingo sets to undefined. */
function plain(docs: readonly Doc[]): unknown {
  return docs.map((doc) => sorted(deserialize(encode(JSON.parse(JSON.stringify(doc)) as Doc))));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => [name, sorted(inner)]),
  );
}

describe('Pipelines against a second implementation', () => {
  it('agree on whole numbers and texts', () => {
    fc.assert(
      fc.property(rows, stage, (docs, one) => {
        const mingo = new Aggregator([one], { collectionResolver: () => structuredClone(other) });
        const theirs = mingo.run(structuredClone(docs));
        const ours = results(docs, [one], { others: { other } }).map((doc) => deserialize(encode(doc)));
        expect(plain(ours)).to.deep.equal(plain(theirs));
      }),
      { numRuns: 1000 },
    );
  });
});
