import { Decimal128, ObjectId } from 'bson';
import { expect } from 'chai';
import { compilePipeline } from '../../../../src/adapters/embedded-mongo/aggregate/pipeline.ts';
import { double, faultOf, int, long, results, shown, typed } from './typed.ts';

const give = (docs: object[], stages: object[], expected: object[], options: object = {}): void => {
  const found = results(docs as never, stages as never, options);
  expect(found.map(shown), shown({ stages })).to.deep.equal(
    expected.map((doc) => shown(typed(doc as never))),
  );
};

const codeOf = (...stages: object[]): number => faultOf(() => results([{ _id: 1 }], stages as never)).code;

describe('$group', () => {
  it('counts Longs and Decimals, and passes over what is no number', () => {
    const docs = [{ n: long(2) }, { n: int(3) }, { n: 'x' }, {}, { n: long(4) }];
    give(
      docs,
      [{ $group: { _id: null, sum: { $sum: '$n' }, avg: { $avg: '$n' } } }],
      [{ _id: null, sum: long(9), avg: double(3) }],
    );
    give(
      [{ n: Decimal128.fromString('0.1') }, { n: Decimal128.fromString('0.2') }],
      [{ $group: { _id: null, sum: { $sum: '$n' } } }],
      [{ _id: null, sum: Decimal128.fromString('0.3') }],
    );
  });

  it('makes one group of equal keys, whatever their type, and leaves missing parts out of a key', () => {
    give(
      [{ k: long(5) }, { k: int(5) }],
      [{ $group: { _id: '$k', n: { $sum: 1 } } }],
      [{ _id: long(5), n: 2 }],
    );
    give(
      [{ a: 1 }, { a: 1, b: null }],
      [{ $group: { _id: { a: '$a', b: '$b' } } }],
      [{ _id: { a: 1 } }, { _id: { a: 1, b: null } }],
    );
    give([{}, { k: null }], [{ $group: { _id: '$k', n: { $sum: 1 } } }], [{ _id: null, n: 2 }]);
  });

  it('puts _id first and keeps the order of the specification', () => {
    const id = new ObjectId();
    give(
      [{ k: id, v: 1 }, { k: new ObjectId(id.toHexString()) }],
      [{ $group: { z: { $sum: 1 }, _id: '$k', a: { $push: '$v' } } }],
      [{ _id: id, z: 2, a: [1] }],
    );
  });

  it('knows its accumulators', () => {
    const docs = [{ v: 3, o: { a: 1 } }, { v: 1, o: { b: 2 } }, { v: int(1) }, { v: null }];
    give(
      docs,
      [
        {
          $group: {
            _id: null,
            first: { $first: '$v' },
            last: { $last: '$v' },
            min: { $min: '$v' },
            max: { $max: '$v' },
            set: { $addToSet: '$v' },
            all: { $push: '$v' },
            merged: { $mergeObjects: '$o' },
            n: { $count: {} },
          },
        },
      ],
      [
        {
          _id: null,
          first: 3,
          last: null,
          min: 1,
          max: 3,
          set: [3, 1, null],
          all: [3, 1, 1, null],
          merged: { a: 1, b: 2 },
          n: 4,
        },
      ],
    );
  });

  it('$push and $addToSet leave missing values out', () => {
    give(
      [{ v: 1 }, {}, { v: null }],
      [{ $group: { _id: null, all: { $push: '$v' }, set: { $addToSet: '$v' } } }],
      [{ _id: null, all: [1, null], set: [1, null] }],
    );
  });

  it('refuses what is no group', () => {
    expect(codeOf({ $group: { n: { $sum: 1 } } })).to.equal(15955);
    expect(codeOf({ $group: { _id: 1, n: 5 } })).to.equal(40234);
    expect(codeOf({ $group: { _id: 1, n: { $nonsense: 1 } } })).to.equal(15952);
    expect(codeOf({ $group: { _id: 1, n: { $topN: 1 } } })).to.equal(238);
  });
});

describe('$project', () => {
  it('keeps the order of the document, puts _id first, and computed fields last', () => {
    give(
      [{ _id: 1, b: 2, a: 3, c: 4 }],
      [{ $project: { sum: { $add: ['$a', '$b'] }, a: 1, b: 1 } }],
      [{ _id: 1, b: 2, a: 3, sum: 5 }],
    );
    give([{ b: 2, _id: 1 }], [{ $project: { b: 1 } }], [{ _id: 1, b: 2 }]);
    give([{ _id: 1, a: 1 }], [{ $project: { _id: 0, a: 1 } }], [{ a: 1 }]);
    give([{ _id: 1, a: 1 }], [{ $project: { _id: 0 } }], [{ a: 1 }]);
    give([{ _id: 1, a: 1, b: 2 }], [{ $project: { a: 0 } }], [{ _id: 1, b: 2 }]);
  });

  it('leaves missing values out, and never makes them null', () => {
    give([{ _id: 1 }], [{ $project: { z: '$missing', y: { $literal: 1 } } }], [{ _id: 1, y: 1 }]);
    give([{ _id: 1, a: 5 }], [{ $project: { 'a.b': 1 } }], [{ _id: 1 }]);
  });

  it('goes through arrays', () => {
    const doc = { _id: 1, a: [{ x: 1, y: 2 }, 5, [{ x: 3 }]] };
    give([doc], [{ $project: { 'a.x': 1 } }], [{ _id: 1, a: [{ x: 1 }, [{ x: 3 }]] }]);
    give([doc], [{ $project: { a: { x: 0 } } }], [{ _id: 1, a: [{ y: 2 }, 5, [{}]] }]);
    give([{ _id: 1, a: [{ x: 1 }] }], [{ $project: { a: { z: '$_id' } } }], [{ _id: 1, a: [{ z: 1 }] }]);
  });

  it('refuses mixtures, collisions and nothing', () => {
    expect(codeOf({ $project: {} })).to.equal(51272);
    expect(codeOf({ $project: { a: 1, b: 0 } })).to.equal(31254);
    expect(codeOf({ $project: { b: 0, a: 1 } })).to.equal(31253);
    expect(codeOf({ $project: { a: 1, 'a.b': 1 } })).to.equal(31250);
    expect(codeOf({ $project: { 'a.b': 1, a: 1 } })).to.equal(31249);
    expect(codeOf({ $project: { a: {} } })).to.equal(51270);
  });
});

describe('$addFields and $unset', () => {
  it('set in each document of an array, merge into documents and replace scalars', () => {
    give(
      [{ _id: 1, a: [{ x: 1 }, { y: 0 }] }],
      [{ $addFields: { 'a.y': 1 } }],
      [{ _id: 1, a: [{ x: 1, y: 1 }, { y: 1 }] }],
    );
    give([{ _id: 1, a: { x: 1 } }], [{ $set: { a: { y: 1 } } }], [{ _id: 1, a: { x: 1, y: 1 } }]);
    give([{ _id: 1, a: 5 }], [{ $addFields: { 'a.b': 1 } }], [{ _id: 1, a: { b: 1 } }]);
    give(
      [{ _id: 1, a: 5, b: 6 }],
      [{ $addFields: { a: '$b', b: '$a', c: '$missing' } }],
      [{ _id: 1, a: 6, b: 5 }],
    );
    give([{ _id: 1, a: 5 }], [{ $addFields: { a: '$$REMOVE' } }], [{ _id: 1 }]);
    expect(codeOf({ $addFields: { a: {} } })).to.equal(40180);
  });

  it('$unset takes a path or several', () => {
    give([{ _id: 1, a: { b: 1, c: 2 }, d: 3 }], [{ $unset: ['a.b', 'd'] }], [{ _id: 1, a: { c: 2 } }]);
    expect(codeOf({ $unset: 5 })).to.equal(31002);
  });
});

describe('$unwind, $replaceRoot, $bucket, $sortByCount, $facet, $sample', () => {
  it('$unwind gives a document for each element', () => {
    const docs = [
      { _id: 1, a: [7, 8] },
      { _id: 2, a: 9 },
      { _id: 3, a: [] },
      { _id: 4 },
      { _id: 5, a: null },
    ];
    give(
      docs,
      [{ $unwind: '$a' }],
      [
        { _id: 1, a: 7 },
        { _id: 1, a: 8 },
        { _id: 2, a: 9 },
      ],
    );
    give(
      docs.slice(0, 3),
      [{ $unwind: { path: '$a', includeArrayIndex: 'i', preserveNullAndEmptyArrays: true } }],
      [
        { _id: 1, a: 7, i: long(0) },
        { _id: 1, a: 8, i: long(1) },
        { _id: 2, a: 9, i: null },
        { _id: 3, i: null },
      ],
    );
    expect(codeOf({ $unwind: 'b' })).to.equal(28818);
  });

  it('$replaceRoot and $replaceWith want a document', () => {
    give([{ _id: 1, a: { b: 1 } }], [{ $replaceRoot: { newRoot: '$a' } }], [{ b: 1 }]);
    give(
      [{ _id: 1, a: { b: 1 } }],
      [{ $replaceWith: { $mergeObjects: ['$$ROOT', { c: 1 }] } }],
      [{ _id: 1, a: { b: 1 }, c: 1 }],
    );
    expect(codeOf({ $replaceWith: '$missing' })).to.equal(40228);
  });

  it('$bucket sorts into half-open ranges', () => {
    const docs = [{ n: 0 }, { n: 5 }, { n: 10 }, { n: 99 }];
    give(
      docs,
      [{ $bucket: { groupBy: '$n', boundaries: [0, 5, 20], default: 'other' } }],
      [
        { _id: 0, count: 1 },
        { _id: 5, count: 2 },
        { _id: 'other', count: 1 },
      ],
    );
    expect(codeOf({ $bucket: { groupBy: '$n', boundaries: [5, 0] } })).to.equal(40194);
  });

  it('$sortByCount, $facet, $count and $sample', () => {
    give(
      [{ k: 'a' }, { k: 'b' }, { k: 'b' }],
      [{ $sortByCount: '$k' }],
      [
        { _id: 'b', count: 2 },
        { _id: 'a', count: 1 },
      ],
    );
    give(
      [{ _id: 1 }, { _id: 2 }],
      [{ $facet: { all: [{ $count: 'n' }], none: [{ $match: { _id: 9 } }] } }],
      [{ all: [{ n: 2 }], none: [] }],
    );
    give([], [{ $count: 'n' }], []);
    expect(results([{ _id: 1 }, { _id: 2 }, { _id: 3 }], [{ $sample: { size: 2 } }])).to.have.length(2);
  });
});

describe('$lookup', () => {
  const others = { o: [{ _id: 1, k: 'a', n: 1 }, { _id: 2, k: 'b', n: 5 }, { _id: 3 }] };

  it('joins by equal fields, through arrays and with null for missing', () => {
    const stage = { $lookup: { from: 'o', localField: 'k', foreignField: 'k', as: 'found' } };
    give([{ _id: 9, k: 'a' }], [stage], [{ _id: 9, k: 'a', found: [others.o[0]] }], { others });
    give(
      [{ _id: 9, k: ['a', 'b'] }],
      [stage],
      [{ _id: 9, k: ['a', 'b'], found: [others.o[0], others.o[1]] }],
      { others },
    );
    give([{ _id: 9 }], [stage], [{ _id: 9, found: [others.o[2]] }], { others });
    give([{ _id: 9 }], [{ $lookup: { ...stage.$lookup, from: 'nowhere' } }], [{ _id: 9, found: [] }], {
      others,
    });
  });

  it('joins by a pipeline with variables', () => {
    const pipeline = [{ $match: { $expr: { $gt: ['$n', '$$least'] } } }, { $project: { n: 1 } }];
    give(
      [{ _id: 9, m: 3 }],
      [{ $lookup: { from: 'o', let: { least: '$m' }, pipeline, as: 'found' } }],
      [{ _id: 9, m: 3, found: [{ _id: 2, n: 5 }] }],
      { others },
    );
    expect(codeOf({ $lookup: { from: 'o', as: 'found' } })).to.equal(9);
  });
});

describe('A whole pipeline', () => {
  it('sorts and cuts by our own order, also by the largest element of an array', () => {
    give(
      [
        { _id: 1, a: [1, 9] },
        { _id: 2, a: [5] },
      ],
      [{ $sort: { a: -1 } }, { $limit: 1 }],
      [{ _id: 1, a: [1, 9] }],
    );
    give(
      [{ _id: 1 }, { _id: 2 }, { _id: 3 }],
      [{ $sort: { _id: -1 } }, { $skip: 1 }, { $limit: 1 }],
      [{ _id: 2 }],
    );
  });

  it('orders strings by code point: U+FF5E comes before an emoji, though its UTF-16 unit is larger', () => {
    give([{ k: '😀' }, { k: '～' }], [{ $sort: { k: 1 } }], [{ k: '～' }, { k: '😀' }]);
    give(
      [{ k: '😀' }, { k: '～' }],
      [{ $group: { _id: null, least: { $min: '$k' } } }],
      [{ _id: null, least: '～' }],
    );
  });

  it('sees let, and strings as its collation does', () => {
    give(
      [{ _id: 1, n: 5 }],
      [{ $match: { $expr: { $eq: ['$n', '$$x'] } } }, { $addFields: { x: '$$x' } }],
      [{ _id: 1, n: 5, x: 5 }],
      {
        vars: { x: int(5) },
      },
    );
    const collation = { locale: 'en', strength: 2 };
    give([{ k: 'a' }, { k: 'A' }], [{ $group: { _id: '$k', n: { $sum: 1 } } }], [{ _id: 'a', n: 2 }], {
      collation,
    });
  });

  it('tells the planner its leading match and sort, and when it only counts', () => {
    const plan = (...stages: object[]): ReturnType<typeof compilePipeline> =>
      compilePipeline(stages.map((stage) => typed(stage as never)));
    expect(shown(plan({ $match: { a: 1 } }, { $sort: { b: 1 } }, { $limit: 1 }).leadingFilter)).to.equal(
      shown(typed({ a: 1 })),
    );
    expect(shown(plan({ $match: { a: 1 } }, { $match: { b: 1 } }).leadingFilter)).to.equal(
      shown(typed({ $and: [{ a: 1 }, { b: 1 }] })),
    );
    expect(shown(plan({ $sort: { b: 1 } }).leadingSort)).to.equal(shown(typed({ b: 1 })));
    expect(
      plan({ $match: {} }, { $group: { _id: 1, n: { $sum: 1 } } })
        .counted?.(4)
        .map(shown),
    ).to.deep.equal([shown(typed({ _id: 1, n: 4 }))]);
    expect(plan({ $match: {} }, { $count: 'total' }).counted?.(0)).to.deep.equal([]);
    expect(plan({ $match: {} }, { $limit: 5 }, { $count: 'total' }).countOnly).to.equal(undefined);
    expect(plan({ $group: { _id: '$k', n: { $sum: 1 } } }).countOnly).to.equal(undefined);
    expect(plan({ $group: { _id: 1, n: { $sum: 2 } } }).countOnly).to.equal(undefined);
  });

  it('plans $out and $merge and takes them only at the end', () => {
    expect(compilePipeline([{ $out: 'x' }]).output).to.deep.equal({ kind: 'out', collection: 'x' });
    expect(compilePipeline([{ $out: { db: 'd', coll: 'x' } }]).output).to.deep.equal({
      kind: 'out',
      db: 'd',
      collection: 'x',
    });
    expect(compilePipeline([{ $merge: 'x' }]).output).to.deep.equal({
      kind: 'merge',
      collection: 'x',
      on: ['_id'],
      whenMatched: 'merge',
      whenNotMatched: 'insert',
    });
    expect(codeOf({ $out: 'x' }, { $limit: 1 })).to.equal(40601);
    expect(codeOf({ $merge: { into: 'x', whenMatched: 'nonsense' } })).to.equal(2);
    expect(codeOf({ $merge: { into: 'x', nonsense: 1 } })).to.equal(9);
  });

  it('refuses by name what it does not do', () => {
    expect(codeOf({ $setWindowFields: {} })).to.equal(238);
    expect(codeOf({ $graphLookup: {} })).to.equal(238);
    expect(codeOf({ $geoNear: {} })).to.equal(238);
    expect(codeOf({ $nonsense: 1 })).to.equal(40324);
    expect(codeOf({ $changeStream: {} })).to.equal(40573);
    expect(codeOf({ $limit: 0 })).to.equal(15958);
    expect(codeOf({ $limit: 1, $skip: 1 })).to.equal(40323);
    expect(codeOf({ $count: '' })).to.equal(40156);
  });
});
