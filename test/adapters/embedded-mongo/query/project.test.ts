import { EJSON } from 'bson';
import { expect } from 'chai';
import { MongoFault } from '../../../../src/adapters/embedded-mongo/errors.ts';
import { compileFilter } from '../../../../src/adapters/embedded-mongo/query/match.ts';
import { compileProjection } from '../../../../src/adapters/embedded-mongo/query/project.ts';
import { decode, encode, type Doc } from '../../../../src/adapters/embedded-mongo/values/decode.ts';

const typed = (doc: Doc): Doc => decode(encode(doc));
const shown = (doc: Doc): string => EJSON.stringify(doc, { relaxed: false });

function projected(spec: Doc, doc: Doc, filter?: Doc): string {
  const before = typed(doc);
  const project = compileProjection(typed(spec), filter && compileFilter(typed(filter)));
  const after = shown(project(before));
  expect(shown(before), 'the document itself').to.equal(shown(typed(doc)));
  return after;
}

const DOC = { _id: 1, a: 1, b: { x: 1, y: 2 }, c: [{ x: 1, y: 2 }, 5, [{ x: 3, y: 4 }]], d: [1, 2, 3, 4] };

const ROWS: readonly (readonly [what: string, spec: Doc, expected: Doc])[] = [
  ['keeps what it names, in the order of the document', { d: 1, a: true }, { _id: 1, a: 1, d: [1, 2, 3, 4] }],
  ['leaves _id out when asked', { _id: 0, a: 1 }, { a: 1 }],
  ['keeps _id alone', { _id: 1 }, { _id: 1 }],
  ['leaves out what it names', { b: 0, c: 0, d: 0 }, { _id: 1, a: 1 }],
  ['leaves out _id alone', { _id: 0 }, { a: 1, b: DOC.b, c: DOC.c, d: DOC.d }],
  [
    'goes into arrays and drops scalars there when it includes',
    { 'c.x': 1 },
    { _id: 1, c: [{ x: 1 }, [{ x: 3 }]] },
  ],
  [
    'goes into arrays and keeps scalars there when it excludes',
    { 'c.x': 0, a: 0, b: 0, d: 0 },
    { _id: 1, c: [{ y: 2 }, 5, [{ y: 4 }]] },
  ],
  ['drops a scalar below which it looks', { 'a.x': 1 }, { _id: 1 }],
  ['reads a nested form like a path', { b: { x: 1 }, _id: 0 }, { b: { x: 1 } }],
  ['keeps all of the rest beside a $slice', { d: { $slice: 2 }, b: 0, c: 0 }, { _id: 1, a: 1, d: [1, 2] }],
  ['slices from the end', { d: { $slice: -1 }, _id: 1 }, { _id: 1, d: [4] }],
  ['slices from the middle', { d: { $slice: [1, 2] }, a: 1 }, { _id: 1, a: 1, d: [2, 3] }],
  ['slices from before the beginning', { d: { $slice: [-9, 2] }, a: 1 }, { _id: 1, a: 1, d: [1, 2] }],
  [
    'keeps the first element that $elemMatch finds',
    { c: { $elemMatch: { y: { $gt: 1 } } } },
    { _id: 1, c: [{ x: 1, y: 2 }] },
  ],
  ['keeps nothing where $elemMatch finds nothing', { d: { $elemMatch: { $gt: 9 } } }, { _id: 1 }],
  ['computes', { sum: { $add: ['$a', 1] }, _id: 0 }, { sum: 2 }],
  ['takes a field path and a literal for values', { e: '$b.x', f: 'text', _id: 0 }, { e: 1, f: 'text' }],
  ['computes below what it keeps', { 'b.z': '$a', 'b.x': 1 }, { _id: 1, b: { x: 1, z: 1 } }],
  ['leaves absent what an expression does not find', { e: '$nothing', a: 1 }, { _id: 1, a: 1 }],
];

describe('Projections', () => {
  for (const [what, spec, expected] of ROWS) {
    it(what, () => {
      expect(projected(spec, DOC)).to.equal(shown(typed(expected)));
    });
  }

  it('change nothing when they are empty', () => {
    expect(projected({}, DOC)).to.equal(shown(typed(DOC)));
  });

  it('keep legal names that JavaScript has its own use for', () => {
    const doc = JSON.parse('{"_id":1,"__proto__":{"a":1},"constructor":2}') as Doc;
    const spec = JSON.parse('{"__proto__":1}') as Doc;
    expect(projected(spec, doc)).to.equal(shown(typed(JSON.parse('{"_id":1,"__proto__":{"a":1}}') as Doc)));
    expect(projected({ _id: 1 }, doc)).to.equal(shown(typed({ _id: 1 })));
  });

  it('cut an array down to the element that the filter matched', () => {
    const doc = { _id: 1, a: [{ k: 1 }, { k: 2, v: 3 }], b: { c: [5, 6] } };
    expect(projected({ 'a.$': 1 }, doc, { 'a.k': 2 })).to.equal(
      shown(typed({ _id: 1, a: [{ k: 2, v: 3 }] })),
    );
    expect(projected({ 'b.c.$': 1 }, doc, { 'b.c': 6 })).to.equal(shown(typed({ _id: 1, b: { c: [6] } })));
    expect(() => projected({ 'a.$': 1 }, doc, { _id: 1 })).to.throw(
      MongoFault,
      /couldn't find a matching element/,
    );
  });

  const refused: readonly (readonly [Doc, number])[] = [
    [{ a: 1, b: 0 }, 31254],
    [{ a: 0, b: 1 }, 31253],
    [{ a: 0, b: '$c' }, 31252],
    [{ a: 1, 'a.b': 1 }, 31249],
    [{ 'a.b': 1, a: 1 }, 31250],
    [{ a: {} }, 51270],
    [{ 'a.$': 1, 'b.$': 1 }, 31276],
    [{ 'a.$': 0 }, 31395],
    [{ 'a.b': { $elemMatch: { x: 1 } } }, 31275],
    [{ a: { $slice: [1, 0] } }, 31272],
    [{ a: { $meta: 'textScore' } }, 238],
    [{ 'a..b': 1 }, 15998],
  ];
  for (const [spec, code] of refused) {
    it(`refuses ${EJSON.stringify(spec)} with ${code}`, () => {
      expect(() => compileProjection(typed(spec)))
        .to.throw(MongoFault)
        .with.property('code', code);
    });
  }
});
