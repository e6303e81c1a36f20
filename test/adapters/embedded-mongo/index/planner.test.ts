import { BSONRegExp } from 'bson';
import { expect } from 'chai';
import { MongoFault } from '../../../../src/adapters/embedded-mongo/errors.ts';
import { CollectionIndex, type IndexSpec } from '../../../../src/adapters/embedded-mongo/index/index.ts';
import { planQuery, type Plan } from '../../../../src/adapters/embedded-mongo/index/planner.ts';
import { compileFilter } from '../../../../src/adapters/embedded-mongo/query/match.ts';
import { decode, encode, type Doc } from '../../../../src/adapters/embedded-mongo/values/decode.ts';

const typed = (doc: Doc): Doc => decode(encode(doc));

function indexOf(name: string, key: Record<string, 1 | -1>, rest: Partial<IndexSpec> = {}): CollectionIndex {
  return new CollectionIndex({
    name,
    key: Object.entries(key),
    unique: false,
    sparse: false,
    raw: { key },
    ...rest,
  });
}

function filled(index: CollectionIndex, docs: readonly Doc[]): CollectionIndex {
  for (const [record, doc] of docs.entries()) index.add(record, typed(doc));
  return index;
}

interface Options {
  readonly sort?: Doc;
  readonly hint?: string | Doc;
  readonly collation?: Doc;
}

function plan(indexes: readonly CollectionIndex[], filter: Doc, options: Options = {}): Plan {
  const { sort, hint, collation } = options;
  return planQuery({
    filter: compileFilter(typed(filter), collation ? { collation } : {}),
    indexes,
    ...(sort && { sort: typed(sort) }),
    ...(hint !== undefined && { hint: typeof hint === 'string' ? hint : typed(hint) }),
  });
}

/** `scan`, the name of the index with `sorted` where it is, or the names of a union. */
function shown(chosen: Plan): string {
  if (chosen.kind === 'scan') return chosen.reverse === true ? 'scan backwards' : 'scan';
  if (chosen.kind === 'union') return chosen.plans.map(shown).join(' or ');
  return `${chosen.index.spec.name}${chosen.sorted ? ' sorted' : ''}`;
}

const numbers = (chosen: Plan): number[] => (chosen.kind === 'scan' ? [] : [...chosen.recordNumbers()]);

const A = indexOf('a', { a: 1 });
const AB = indexOf('ab', { a: 1, b: 1 });
const B = indexOf('b', { b: 1 });

describe('The planner chooses', () => {
  const rows: readonly (readonly [
    what: string,
    indexes: CollectionIndex[],
    filter: Doc,
    options: Options,
    plan: string,
  ])[] = [
    ['a scan when no index helps', [A], { b: 1 }, {}, 'scan'],
    ['the index with most equalities', [A, AB], { a: 1, b: 2 }, {}, 'ab'],
    ['an equality before a range', [A, B], { a: { $gt: 1 }, b: 2 }, {}, 'b'],
    [
      'a unique key before all',
      [AB, indexOf('u', { c: 1 }, { unique: true })],
      { a: 1, b: 1, c: 1 },
      {},
      'u',
    ],
    ['an index for its order alone', [A], {}, { sort: { a: -1 } }, 'a sorted'],
    ['the order behind an equality', [A, AB], { a: 1 }, { sort: { b: -1 } }, 'ab sorted'],
    ['a range that is in order', [A], { a: { $gt: 1 } }, { sort: { a: 1 } }, 'a sorted'],
    ['no order behind a range', [AB], { a: { $gt: 1 } }, { sort: { b: 1 } }, 'ab'],
    ['no order behind a list', [AB], { a: { $in: [1, 2] } }, { sort: { b: 1 } }, 'ab'],
    ['the order of the list itself', [AB], { a: { $in: [2, 1] } }, { sort: { a: 1, b: 1 } }, 'ab sorted'],
    ['no order in two directions at once', [AB], {}, { sort: { a: 1, b: -1 } }, 'scan'],
    ['a fixed field passed over in the sort', [AB], { a: 1 }, { sort: { a: -1, b: 1 } }, 'ab sorted'],
    // Rule 3: what another condition fixes is no field of this index.
    ['no field passed over that is not in the index', [A], { c: 1 }, { sort: { c: 1, a: 1 } }, 'scan'],
    ['a union for an $or', [A, B], { $or: [{ a: 1 }, { b: 1 }] }, {}, 'a or b'],
    ['a union below $and', [A, B], { $and: [{ $or: [{ a: 1 }, { b: { $gt: 1 } }] }] }, {}, 'a or b'],
    ['a scan for an $or with a branch that no index serves', [A], { $or: [{ a: 1 }, { b: 1 }] }, {}, 'scan'],
    ['the prefix of an anchored pattern', [A], { a: new BSONRegExp('^ab', '') }, {}, 'a'],
    ['a scan for a pattern that ignores case', [A], { a: new BSONRegExp('^ab', 'i') }, {}, 'scan'],
    ['a scan for a pattern with alternatives', [A], { a: new BSONRegExp('^ab|c', '') }, {}, 'scan'],
    // Rule 6.
    ['a scan for an array', [A], { a: [1] }, {}, 'scan'],
    ['a scan under a collation', [A], { a: 'x' }, { collation: { locale: 'en' } }, 'scan'],
    ['nothing hidden', [indexOf('h', { a: 1 }, { hidden: true })], { a: 1 }, {}, 'scan'],
    ['nothing that is only recorded', [indexOf('n', { a: 1 }, { noop: true })], { a: 1 }, {}, 'scan'],
    ['no index on a place in an array', [indexOf('p', { 'a.0': 1 })], { 'a.0': 1 }, {}, 'scan'],
    ['what a hint names', [A, AB], { a: 1 }, { hint: 'ab' }, 'ab'],
    ['what a hint gives as a pattern', [A, AB], { a: 1 }, { hint: { a: 1, b: 1 } }, 'ab'],
    ['a scan for a natural hint', [A], { a: 1 }, { hint: { $natural: -1 } }, 'scan backwards'],
    ['a scan for a natural order', [A], { a: 1 }, { sort: { $natural: 1 } }, 'scan'],
  ];
  for (const [what, indexes, filter, options, expected] of rows) {
    it(what, () => {
      expect(shown(plan(indexes, filter, options))).to.equal(expected);
    });
  }

  it('no index for a hint that names none: error 2', () => {
    expect(() => plan([A], {}, { hint: 'nothing' }))
      .to.throw(MongoFault, /hint provided does not correspond to an existing index/)
      .with.property('code', 2);
  });
});

describe('A sparse index serves', () => {
  const sparse = [indexOf('s', { a: 1 }, { sparse: true })];
  it('filters that exclude what is missing', () => {
    for (const filter of [
      { a: 1 },
      { a: { $gt: 1 } },
      { a: { $exists: true } },
      { a: { $ne: null } },
      { a: { $type: 'int' } },
    ]) {
      expect(shown(plan(sparse, filter)), JSON.stringify(filter)).to.equal('s');
    }
  });
  it('no others, nor an order over everything', () => {
    for (const filter of [
      { a: null },
      { a: { $in: [1, null] } },
      { a: { $exists: false } },
      { a: { $gte: null } },
      { b: 1 },
    ]) {
      expect(shown(plan(sparse, filter, { sort: { a: 1 } })), JSON.stringify(filter)).to.equal('scan');
    }
  });
});

describe('A partial index serves only filters that imply its own', () => {
  const rows: readonly (readonly [partial: Doc, filter: Doc, serves: boolean])[] = [
    [{ b: { $exists: true } }, { b: 1 }, true],
    [{ b: { $exists: true } }, { b: { $gt: 1 } }, true],
    // Rule 5: null is also what is missing.
    [{ b: { $exists: true } }, { b: null }, false],
    [{ b: { $exists: true } }, {}, false],
    [{ b: { $gt: 5 } }, { b: 6 }, true],
    [{ b: { $gt: 5 } }, { b: { $gt: 5 } }, true],
    [{ b: { $gt: 5 } }, { b: { $gte: 5 } }, false],
    [{ b: { $gte: 5 } }, { b: { $gt: 5 } }, true],
    [{ b: { $gt: 5 } }, { b: { $gte: 6 } }, true],
    [{ b: { $gt: 5 } }, { b: { $lt: 9 } }, false],
    [{ b: { $gt: 5 } }, { b: { $in: [6, 7] } }, true],
    [{ b: { $gt: 5 } }, { b: { $in: [5, 7] } }, false],
    [{ b: 'open' }, { b: 'open' }, true],
    [{ b: 'open' }, { b: 'shut' }, false],
    [{ b: 'open' }, { b: { $ne: 'shut' } }, false],
    [{ b: { $in: ['x', 'y'] } }, { b: 'x' }, true],
    [{ $and: [{ b: 1 }, { c: 1 }] }, { b: 1, c: 1 }, true],
    [{ $and: [{ b: 1 }, { c: 1 }] }, { b: 1 }, false],
    [{ $or: [{ b: 1 }, { c: 1 }] }, { c: 1 }, true],
    [{ b: null }, { b: null }, true],
    [{ b: { $type: 'string' } }, { b: { $type: 'string' } }, true],
    // Equal values may be of other types.
    [{ b: { $type: 'int' } }, { b: 5 }, false],
  ];
  for (const [partial, filter, serves] of rows) {
    it(`${JSON.stringify(partial)} ${serves ? 'serves' : 'does not serve'} ${JSON.stringify(filter)}`, () => {
      const index = indexOf('p', { a: 1 }, { partial: typed(partial) });
      expect(shown(plan([index], { ...filter, a: 1 }))).to.equal(serves ? 'p' : 'scan');
    });
  }

  it('and a hint does not change that', () => {
    const index = indexOf('p', { a: 1 }, { partial: typed({ b: 1 }) });
    expect(() => plan([index], { a: 1 }, { hint: 'p' }))
      .to.throw(MongoFault)
      .with.property('code', 291);
  });
});

describe('With arrays the planner', () => {
  it('never takes two bounds on one field together (rule 1)', () => {
    const index = filled(indexOf('a', { a: 1 }), [{ a: [0, 9] }, { a: 3 }, { a: 7 }]);
    expect(numbers(plan([index], { a: { $gt: 1, $lt: 5 } }))).to.include(0);
  });

  it('binds only one of two fields below arrays', () => {
    const docs = [
      {
        a: [
          { x: 1, y: 5 },
          { x: 5, y: 1 },
        ],
      },
    ];
    const index = filled(indexOf('xy', { 'a.x': 1, 'a.y': 1 }), docs);
    expect(numbers(plan([index], { 'a.x': 1, 'a.y': 1 }))).to.deep.equal([0]);
  });

  it('takes no order from the index (rule 2)', () => {
    const index = filled(indexOf('a', { a: 1 }), [{ a: [0, 9] }]);
    expect(shown(plan([index], { a: { $gt: 1 } }, { sort: { a: 1 } }))).to.equal('a');
  });

  it('gives each record once', () => {
    const index = filled(indexOf('a', { a: 1 }), [{ a: [1, 2, 3] }, { a: 2 }]);
    expect(numbers(plan([index], { a: { $gt: 0 } }))).to.deep.equal([0, 1]);
  });

  it('looks for the fields of an element that $elemMatch asks for', () => {
    const index = filled(indexOf('x', { 'a.x': 1 }), [{ a: [{ x: 1 }] }, { a: [{ x: 2 }] }]);
    expect(numbers(plan([index], { a: { $elemMatch: { x: 2, y: { $exists: false } } } }))).to.deep.equal([1]);
  });
});

describe('An index plan', () => {
  it('reads no more of the index than its bounds', () => {
    const docs = Array.from({ length: 1000 }, (_, at) => ({ a: at % 100, b: at }));
    const index = filled(indexOf('ab', { a: 1, b: -1 }), docs);
    expect(numbers(plan([index], { a: 7, b: { $gte: 500, $lt: 700 } }))).to.deep.equal([607, 507]);
    expect(numbers(plan([index], { a: { $in: [3, 2] }, b: { $lt: 110 } }))).to.deep.equal([102, 2, 103, 3]);
    expect(numbers(plan([index], { a: 7 }, { sort: { b: 1 } })).slice(0, 2)).to.deep.equal([7, 107]);
  });

  it('looks up each of a long list of values', () => {
    const index = filled(
      indexOf('a', { a: 1 }),
      Array.from({ length: 50 }, (_, a) => ({ a })),
    );
    const list = Array.from({ length: 5000 }, (_, at) => at * 10);
    expect(numbers(plan([index], { a: { $in: list } }))).to.deep.equal([0, 10, 20, 30, 40]);
  });

  it('keeps its order where one string of a list begins another', () => {
    const index = filled(indexOf('a', { a: -1 }), [{ a: 'a' }, { a: 'a\0' }, { a: 'ab' }]);
    const chosen = plan([index], { a: { $in: ['a', 'ab', 'a\0'] } }, { sort: { a: -1 } });
    expect(shown(chosen)).to.equal('a sorted');
    expect(numbers(chosen)).to.deep.equal([2, 1, 0]);
  });

  it('gives a union in the order in which the records were stored', () => {
    const docs = [
      { a: 1, b: 2 },
      { a: 2, b: 1 },
      { a: 1, b: 1 },
    ];
    const indexes = [filled(indexOf('a', { a: 1 }), docs), filled(indexOf('b', { b: 1 }), docs)];
    expect(numbers(plan(indexes, { $or: [{ b: 1 }, { a: 1 }] }))).to.deep.equal([0, 1, 2]);
  });
});
