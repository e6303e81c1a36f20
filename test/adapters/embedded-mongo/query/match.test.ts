import { Binary, BSONRegExp, EJSON, MaxKey, MinKey, ObjectId } from 'bson';
import { expect } from 'chai';
import { MongoFault } from '../../../../src/adapters/embedded-mongo/errors.ts';
import { compileFilter } from '../../../../src/adapters/embedded-mongo/query/match.ts';
import { decode, encode, type Doc } from '../../../../src/adapters/embedded-mongo/values/decode.ts';
import { decimal, double, long } from '../values/typed-values.ts';

const typed = (doc: Doc): Doc => decode(encode(doc));
const matches = (filter: Doc, doc: Doc): boolean => compileFilter(typed(filter)).matches(typed(doc));
const position = (filter: Doc, doc: Doc): number | undefined =>
  compileFilter(typed(filter)).position(typed(doc));
const shown = (doc: Doc): string => EJSON.stringify(doc);

type Row = readonly [filter: Doc, yes: readonly Doc[], no: readonly Doc[]];

/** What MongoDB 7.0 finds and does not find, by its manual and by the traps that other engines fall into. */
const TABLE: Readonly<Record<string, readonly Row[]>> = {
  equality: [
    [
      { a: 1 },
      [{ a: 1 }, { a: double(1) }, { a: long('1') }, { a: decimal('1.0') }, { a: [2, 1] }],
      [{ a: '1' }, {}, { a: [[1]] }],
    ],
    [{ a: [1] }, [{ a: [1] }, { a: [[1]] }], [{ a: 1 }, { a: [1, 2] }]],
    [{ a: null }, [{ a: null }, {}, { a: [null] }], [{ a: [] }, { a: 0 }]],
    [{ a: { b: 1 } }, [{ a: { b: 1 } }, { a: [{ b: 1 }] }], [{ a: { b: 1, c: 1 } }, { a: {} }]],
    [{ a: { x: 1, y: 2 } }, [{ a: { x: 1, y: 2 } }], [{ a: { y: 2, x: 1 } }]],
    [{ a: double(NaN) }, [{ a: double(NaN) }, { a: decimal('NaN') }], [{ a: 1 }]],
    [{ a: { $eq: new BSONRegExp('x', '') } }, [{ a: new BSONRegExp('x', '') }], [{ a: 'x' }]],
    [{ a: { $ref: 'c', $id: 1 } }, [{ a: { $ref: 'c', $id: 1 } }], [{ a: { $ref: 'c', $id: 2 } }]],
    [
      { 'a.$id': 1 },
      [{ a: { $ref: 'c', $id: 1 } }, { a: [{ $ref: 'c', $id: 1 }] }],
      [{ a: { $ref: 'c', $id: 2 } }],
    ],
    [{ constructor: 1 }, [{ constructor: 1 }], [{}]],
    [{ 'a.toString': { $exists: true } }, [{ a: { toString: 1 } }], [{ a: {} }, { a: 'x' }]],
  ],
  comparison: [
    [
      { a: { $gt: 1 } },
      [{ a: 2 }, { a: [0, 2] }, { a: decimal('1.00001') }],
      [{ a: 1 }, { a: '2' }, {}, { a: double(NaN) }],
    ],
    [{ a: { $gte: 1 } }, [{ a: 1 }], [{ a: double(NaN) }, { a: null }]],
    [{ a: { $gte: double(NaN) } }, [{ a: double(NaN) }], [{ a: 1 }]],
    [{ a: { $lt: 'b' } }, [{ a: 'a' }], [{ a: 'b' }, { a: 0 }]],
    [
      { a: { $gt: long('9007199254740992') } },
      [{ a: long('9007199254740993') }],
      [{ a: double(9007199254740992) }],
    ],
    [{ a: { $gte: null } }, [{ a: null }, {}], [{ a: 0 }]],
    [{ a: { $gt: null } }, [], [{ a: null }, { a: 1 }, {}]],
    [{ a: { $gt: [1] } }, [{ a: [1, 0] }, { a: [2] }], [{ a: 5 }, { a: [0, 9] }]],
    [{ a: { $gte: new MinKey() } }, [{ a: 1 }, { a: 'x' }, { a: [] }, {}], []],
    [{ a: { $lt: new MaxKey() } }, [{ a: 1 }, { a: null }], [{ a: new MaxKey() }]],
    [{ a: { $ne: 1 } }, [{ a: 2 }, {}, { a: [2] }], [{ a: 1 }, { a: [1, 2] }]],
    [{ a: { $gt: 1, $lt: 5 } }, [{ a: 3 }, { a: [0, 9] }], [{ a: 1 }, { a: [0, 1] }]],
    [{ a: { $gt: new Date(0) } }, [{ a: new Date(1) }], [{ a: 1 }, { a: new Date(-1) }]],
  ],
  '$in and $nin': [
    [{ a: { $in: [1, 'x'] } }, [{ a: 1 }, { a: ['x'] }], [{ a: 2 }, {}]],
    [{ a: { $in: [[1]] } }, [{ a: [1] }, { a: [[1]] }], [{ a: 1 }]],
    [{ a: { $in: [null] } }, [{ a: null }, {}], [{ a: 1 }]],
    [{ a: { $in: [] } }, [], [{ a: 1 }, {}]],
    [{ a: { $in: [new BSONRegExp('^x', ''), 5] } }, [{ a: 'xy' }, { a: 5 }, { a: [1, 'x'] }], [{ a: 'yx' }]],
    [
      { 'a.x': { $in: [null] } },
      [{ a: [{ y: 1 }] }, { a: [{ x: 1 }, {}] }, {}],
      [{ a: [{ x: 1 }] }, { a: [] }, { a: [5] }],
    ],
    [{ 'a.x': { $nin: [null] } }, [{ a: [{ x: 1 }] }, { a: [] }], [{ a: [{ y: 1 }] }, {}]],
    [{ a: { $in: [1, 2, 3, 4, 5, 6, 7, 8, long('9')] } }, [{ a: 9 }, { a: double(3) }], [{ a: 10 }, {}]],
    [{ a: { $in: [1, 2, 3, 4, 5, 6, 7, null] } }, [{}, { a: null }, { a: 7 }], [{ a: 8 }]],
    [{ a: { $nin: [1, null] } }, [{ a: 2 }, { a: [] }], [{ a: 1 }, {}]],
  ],
  arrays: [
    [{ a: { $all: [1] } }, [{ a: 1 }, { a: [2, 1] }], [{ a: 2 }]],
    [{ a: { $all: [1, 2] } }, [{ a: [2, 1, 3] }], [{ a: [1] }, { a: 1 }]],
    [{ a: { $all: [[1, 2]] } }, [{ a: [1, 2] }, { a: [[1, 2]] }], [{ a: [2, 1] }]],
    [{ a: { $all: [] } }, [], [{ a: [] }, { a: 1 }]],
    [{ a: { $all: [new BSONRegExp('^x', ''), 'y'] } }, [{ a: ['x', 'y'] }], [{ a: ['x'] }]],
    [
      { a: { $all: [{ $elemMatch: { b: 1 } }, { $elemMatch: { b: 2 } }] } },
      [{ a: [{ b: 1 }, { b: 2 }] }],
      [{ a: [{ b: 1 }] }],
    ],
    [{ a: { $size: 0 } }, [{ a: [] }], [{}, { a: 0 }, { a: [[]] }]],
    [{ 'a.x': { $size: 0 } }, [{ a: { x: [] } }, { a: [{ x: [] }] }], [{ a: [{}] }, { a: [] }]],
    [{ a: { $elemMatch: { $gt: 1, $lt: 5 } } }, [{ a: [3] }], [{ a: [0, 9] }, { a: 3 }]],
    [
      { a: { $elemMatch: { x: 1, y: 2 } } },
      [{ a: [{ x: 1, y: 2 }] }],
      [{ a: [{ x: 1 }, { y: 2 }] }, { a: { x: 1, y: 2 } }],
    ],
    [{ a: { $elemMatch: { $or: [{ x: 1 }, { y: 1 }] } } }, [{ a: [{ y: 1 }] }], [{ a: [{ z: 1 }] }]],
    [{ a: { $elemMatch: { $elemMatch: { $gt: 1 } } } }, [{ a: [[0, 2]] }], [{ a: [2] }]],
    [{ a: { $elemMatch: { $size: 2 } } }, [{ a: [[1, 2]] }], [{ a: [1, 2] }]],
    [{ a: { $elemMatch: { $in: [[1]] } } }, [{ a: [[1]] }], [{ a: [1] }, { a: [[[1]]] }]],
    [{ a: { $elemMatch: { $not: { $gt: 1 } } } }, [{ a: [1, 5] }], [{ a: [5] }]],
    [{ a: { $elemMatch: { $id: 1 } } }, [{ a: [{ $ref: 'c', $id: 1 }] }], [{ a: [{ $ref: 'c', $id: 2 }] }]],
  ],
  paths: [
    [
      { 'a.b': 1 },
      [{ a: { b: 1 } }, { a: [{ b: 1 }] }, { a: { b: [1] } }],
      [{ a: [[{ b: 1 }]] }, { 'a.b': 1 }, { a: 1 }],
    ],
    [{ 'a.0': 1 }, [{ a: [1] }, { a: { 0: 1 } }, { a: [{ 0: 1 }] }], [{ a: [2, 1] }, { a: 1 }]],
    [{ 'a.1.b': 1 }, [{ a: [{}, { b: 1 }] }], [{ a: [{ b: 1 }] }]],
    [{ 'a.0.0': 1 }, [{ a: [[1]] }], [{ a: [1] }]],
    [{ 'a.b.c': 1 }, [{ a: [{ b: [{ c: 1 }] }] }], [{ a: [{ b: [[{ c: 1 }]] }] }]],
    [{ 'a.b': null }, [{ a: [{}] }, { a: {} }, { a: 5 }, {}], [{ a: [] }, { a: [5] }, { a: { b: 1 } }]],
    [{ 'a.x': { $exists: true } }, [{ a: [{ x: null }] }], [{ a: [[{ x: 1 }]] }, { a: [{}] }]],
    [{ 'a.x': { $exists: false } }, [{ a: [] }, { a: [{}] }, { a: 1 }], [{ a: [{}, { x: 1 }] }]],
    [{ a: { $exists: true } }, [{ a: null }, { a: [] }], [{}]],
    [{ a: { $exists: 0 } }, [{}], [{ a: 1 }]],
  ],
  types: [
    [{ a: { $type: 'double' } }, [{ a: double(1) }, { a: double(1.5) }], [{ a: 1 }]],
    [{ a: { $type: 'number' } }, [{ a: 1 }, { a: [decimal('1')] }], [{ a: '1' }]],
    [{ a: { $type: 'object' } }, [{ a: {} }, { a: [{}] }], [{ a: [] }]],
    [{ a: { $type: 'null' } }, [{ a: null }, { a: [null] }], [{}]],
    [{ a: { $type: 'array' } }, [{ a: [] }], [{ a: 1 }]],
    [{ a: { $type: ['string', 16] } }, [{ a: 'x' }, { a: 1 }], [{ a: double(1) }, { a: long('1') }]],
    [{ a: { $type: -1 } }, [{ a: new MinKey() }], [{ a: 1 }]],
    [{ a: { $type: 'binData' } }, [{ a: new Binary(Buffer.from('x')) }], [{ a: 'x' }]],
  ],
  $mod: [
    [
      { a: { $mod: [2, 1] } },
      [{ a: 3 }, { a: double(1.5) }, { a: long('9007199254740993') }, { a: decimal('5.9') }],
      [{ a: 2 }, { a: null }, { a: '' }, { a: false }, {}],
    ],
    [
      { a: { $mod: [2, 0] } },
      [{ a: 0 }, { a: double(0.5) }],
      [{ a: null }, { a: '' }, { a: double(NaN) }, { a: double(1e300) }],
    ],
    [{ a: { $mod: [3, -1] } }, [{ a: -4 }], [{ a: 2 }]],
  ],
  bits: [
    [
      { a: { $bitsAllSet: 5 } },
      [{ a: 7 }, { a: double(5) }, { a: -1 }],
      [{ a: 4 }, { a: double(5.5) }, { a: '5' }],
    ],
    [{ a: { $bitsAllSet: [0, 200] } }, [{ a: -1 }], [{ a: 1 }]],
    [{ a: { $bitsAnyClear: [1, 2] } }, [{ a: 2 }, { a: 0 }], [{ a: 6 }]],
    [
      { a: { $bitsAllClear: new Binary(Buffer.from([6])) } },
      [{ a: 1 }, { a: new Binary(Buffer.from([1])) }],
      [{ a: 2 }],
    ],
    [
      { a: { $bitsAnySet: [9] } },
      [{ a: new Binary(Buffer.from([0, 2])) }],
      [{ a: new Binary(Buffer.from([2])) }],
    ],
  ],
  'regular expressions': [
    [{ a: new BSONRegExp('^AB', 'i') }, [{ a: 'abc' }, { a: ['x', 'ab'] }], [{ a: 'xab' }, { a: 1 }]],
    [{ a: { $regex: '^b', $options: 'm' } }, [{ a: 'a\nb' }], [{ a: 'a b' }]],
    [{ a: { $not: new BSONRegExp('x', '') } }, [{ a: 'y' }, {}, { a: 1 }], [{ a: 'x' }, { a: ['y', 'x'] }]],
    [{ a: { $not: { $regex: 'x' } } }, [{ a: 'y' }], [{ a: 'x' }]],
    [{ a: new BSONRegExp('x', 'i') }, [{ a: new BSONRegExp('x', 'i') }], [{ a: new BSONRegExp('x', '') }]],
  ],
  logic: [
    [{ $and: [{ a: 1 }, { b: 1 }] }, [{ a: 1, b: 1 }], [{ a: 1 }]],
    [{ $or: [{ a: 1 }, { b: 1 }], c: 1 }, [{ b: 1, c: 1 }], [{ b: 1 }]],
    [{ $nor: [{ a: 1 }, { b: 1 }] }, [{ c: 1 }], [{ a: 1 }, { b: 1 }]],
    [{ a: { $not: { $gt: 1 } } }, [{ a: 1 }, {}, { a: 'x' }], [{ a: 2 }, { a: [0, 2] }]],
    [{ $comment: 'why', a: 1 }, [{ a: 1 }], [{ a: 2 }]],
    [{ $expr: { $gt: ['$a', '$b'] } }, [{ a: 2, b: 1 }], [{ a: 1, b: 1 }]],
    [{}, [{}, { a: 1 }], []],
  ],
};

describe('Filters', () => {
  for (const [topic, rows] of Object.entries(TABLE)) {
    describe(topic, () => {
      for (const [filter, yes, no] of rows) {
        it(`${shown(filter)} finds what MongoDB finds, and nothing else`, () => {
          for (const doc of yes) expect(matches(filter, doc), shown(doc)).to.equal(true);
          for (const doc of no) expect(matches(filter, doc), shown(doc)).to.equal(false);
        });
      }
    });
  }

  it('compare strings under a collation', () => {
    const filter = compileFilter({ a: 'ÀB' }, { collation: { locale: 'en', strength: 1 } });
    expect(filter.matches({ a: 'ab' })).to.equal(true);
    expect(filter.matches({ a: ['x', { b: 1 }, 'aB'] })).to.equal(true);
    expect(filter.matches({ a: 'ac' })).to.equal(false);
    expect(filter.collated).to.equal(true);
    expect(compileFilter({ a: 'x' }, { collation: { locale: 'simple' } }).collated).to.equal(false);
  });

  it('give $expr the values of let', () => {
    const filter = compileFilter(typed({ $expr: { $eq: ['$a', '$$wanted'] } }), {
      vars: typed({ wanted: 5 }),
    });
    expect([5, 6].map((a) => filter.matches(typed({ a })))).to.deep.equal([true, false]);
  });

  it('tell which top-level fields they read', () => {
    const fields = (filter: Doc): string[] | null => {
      const read = compileFilter(filter).fields;
      return read && [...read].sort();
    };
    expect(fields({ 'a.b': 1, $or: [{ c: 1 }, { $nor: [{ 'd.0': 1 }] }] })).to.deep.equal(['a', 'c', 'd']);
    expect(fields({ a: { $elemMatch: { x: 1, y: { $gt: 2 } } } })).to.deep.equal(['a']);
    expect(fields({ $expr: '$a' })).to.equal(null);
    expect(fields({ a: { $elemMatch: { $and: [{ $expr: true }] } } })).to.equal(null);
  });
});

describe('The matched position', () => {
  const rows: readonly (readonly [Doc, Doc, number | undefined])[] = [
    [{ a: 2 }, { a: [1, 2, 2] }, 1],
    [{ 'a.b': 2 }, { a: [{ b: 1 }, { b: 2 }] }, 1],
    // The outermost array counts.
    [{ 'a.b.c': 2 }, { a: [{ b: [] }, { b: [{ c: 1 }, { c: 3 }, { c: 2 }] }] }, 1],
    [{ a: { $elemMatch: { b: 2, c: 1 } } }, { a: [{ b: 2 }, { b: 2, c: 1 }] }, 1],
    [{ 'a.b': { $elemMatch: { c: 1 } } }, { a: [{}, { b: [{}, {}, { c: 1 }] }] }, 1],
    // The last condition that names an element wins.
    [{ a: 1, b: 2 }, { a: [1], b: [0, 2] }, 1],
    [{ $or: [{ a: 9 }, { a: 2 }] }, { a: [1, 2] }, 1],
    [{ a: { $in: [5, 7] } }, { a: [1, 7] }, 1],
    [{ a: [1, 2] }, { a: [1, 2] }, undefined],
    [{ a: { $ne: 5 } }, { a: [1] }, undefined],
    [{ b: 1 }, { a: [1], b: 1 }, undefined],
    [{ a: 1 }, { a: [2] }, undefined],
  ];
  for (const [filter, doc, expected] of rows) {
    it(`of ${shown(filter)} in ${shown(doc)} is ${expected ?? 'none'}`, () => {
      expect(position(filter, doc)).to.equal(expected);
    });
  }
});

describe('What is no filter', () => {
  const rows: readonly (readonly [Doc, number, RegExp])[] = [
    [{ a: { $foo: 1 } }, 2, /unknown operator: \$foo/],
    [{ a: { $gt: 1, b: 1 } }, 2, /unknown operator: b/],
    [{ $foo: 1 }, 2, /unknown top level operator: \$foo/],
    [{ $and: [] }, 2, /nonempty array/],
    [{ $or: [1] }, 2, /full objects/],
    [{ $nor: {} }, 2, /must be an array/],
    [{ a: { $in: 1 } }, 2, /\$in needs an array/],
    [{ a: { $in: [{ $gt: 1 }] } }, 2, /cannot nest \$ under \$in/],
    [{ a: { $ne: new BSONRegExp('x') } }, 2, /regex/],
    [{ a: { $gt: new BSONRegExp('x') } }, 2, /RegEx/],
    [{ a: { $not: 1 } }, 2, /\$not needs/],
    [{ a: { $not: {} } }, 2, /cannot be empty/],
    [{ a: { $all: 1 } }, 2, /\$all needs an array/],
    [{ a: { $all: [{ $gt: 1 }] } }, 2, /no \$ expressions in \$all/],
    [{ a: { $size: -1 } }, 2, /non-negative/],
    [{ a: { $size: 1.5 } }, 2, /integer/],
    [{ a: { $elemMatch: 1 } }, 2, /needs an Object/],
    [{ a: { $mod: [0, 1] } }, 2, /divisor cannot be 0/],
    [{ a: { $mod: [1] } }, 2, /not enough elements/],
    [{ a: { $mod: [double(NaN), 1] } }, 2, /divisor value is invalid/],
    [{ a: { $type: 'nothing' } }, 2, /Unknown type name alias/],
    [{ a: { $type: 99 } }, 2, /Invalid numerical type code/],
    [{ a: { $bitsAllSet: 1.5 } }, 9, /Expected an integer/],
    [{ a: { $bitsAllSet: [-1] } }, 2, /bit positions/],
    [{ a: { $options: 'i' } }, 2, /\$options needs a \$regex/],
    [{ a: { $regex: '(' } }, 51091, /Regular expression is invalid/],
    [{ a: { $regex: 'x', $options: 'q' } }, 51108, /invalid flag/],
    [{ $where: 'true' }, 238, /\$where is not supported/],
    [{ $text: { $search: 'x' } }, 238, /\$text is not supported/],
    [{ $jsonSchema: {} }, 238, /\$jsonSchema is not supported/],
    [{ a: { $near: [0, 0] } }, 238, /\$near is not supported/],
    [{ a: { $geoWithin: {} } }, 238, /\$geoWithin is not supported/],
  ];
  for (const [filter, code, message] of rows) {
    it(`${shown(filter)} is refused with ${code}`, () => {
      const refused = expect(() => compileFilter(typed(filter))).to.throw(MongoFault, message);
      refused.with.property('code', code);
    });
  }

  it('nests no deeper than a hundred levels', () => {
    let filter: Doc = { a: 1 };
    for (let depth = 0; depth < 99; depth++) filter = { $and: [filter] };
    expect(compileFilter(filter).matches({ a: 1 })).to.equal(true);
    for (let depth = 0; depth < 5; depth++) filter = { $and: [filter] };
    expect(() => compileFilter(filter)).to.throw(MongoFault, /depth/);
  });
});

describe('An ObjectId in a filter', () => {
  it('is found by its bytes', () => {
    const id = new ObjectId();
    expect(matches({ _id: id }, { _id: new ObjectId(id.toHexString()) })).to.equal(true);
    expect(matches({ _id: id.toHexString() }, { _id: id })).to.equal(false);
  });
});
