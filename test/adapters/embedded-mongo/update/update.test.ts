import { ObjectId } from 'bson';
import { expect } from 'chai';
import { upsertSeed } from '../../../../src/adapters/embedded-mongo/update/upsert.ts';
import { double, faultOf, int, long, shown, typed, updated } from './typed.ts';

const same = (actual: unknown, expected: object): void => {
  expect(shown(actual)).to.equal(shown(typed(expected as never)));
};

describe('Positional updates', () => {
  it('$ stands for the element that the filter matched', () => {
    const doc = { _id: 1, a: [{ k: 1 }, { k: 2 }, { k: 2 }] };
    same(updated(doc, { $set: { 'a.$.v': 9 } }, { filter: { 'a.k': 2 } }), {
      _id: 1,
      a: [{ k: 1 }, { k: 2, v: 9 }, { k: 2 }],
    });
    const { code, message } = faultOf(() => updated(doc, { $set: { 'a.$.v': 9 } }, { filter: { _id: 1 } }));
    expect(code).to.equal(2);
    expect(message).to.match(/did not find the match needed/);
  });

  it('$[] stands for every element and insists on an array', () => {
    same(updated({ _id: 1, a: [1, 2] }, { $inc: { 'a.$[]': 10 } }), { _id: 1, a: [11, 12] });
    same(updated({ _id: 1, a: [[1], [2, 3]] }, { $inc: { 'a.$[].$[]': 10 } }), {
      _id: 1,
      a: [[11], [12, 13]],
    });
    same(updated({ _id: 1, a: [] }, { $inc: { 'a.$[]': 10 } }), { _id: 1, a: [] });
    expect(faultOf(() => updated({ _id: 1 }, { $inc: { 'a.$[]': 1 } })).code).to.equal(2);
    expect(faultOf(() => updated({ _id: 1, a: 5 }, { $inc: { 'a.$[]': 1 } })).code).to.equal(2);
  });

  it('$[name] stands for the elements that its filter matches', () => {
    const doc = {
      _id: 1,
      a: [
        { g: 80, m: 1 },
        { g: 90, m: 1 },
        { g: 95, m: 1 },
      ],
    };
    same(updated(doc, { $set: { 'a.$[high].m': 2 } }, { arrayFilters: [{ 'high.g': { $gte: 90 } }] }), {
      _id: 1,
      a: [
        { g: 80, m: 1 },
        { g: 90, m: 2 },
        { g: 95, m: 2 },
      ],
    });
    same(
      updated({ _id: 1, a: [1, 5, 9] }, { $set: { 'a.$[e]': 0 } }, { arrayFilters: [{ e: { $gt: 4 } }] }),
      {
        _id: 1,
        a: [1, 0, 0],
      },
    );
  });

  it('an array filter must have one good name, be used, and be there', () => {
    const doc = { _id: 1, a: [1] };
    const code = (path: string, arrayFilters: object[]): number =>
      faultOf(() => updated(doc, { $set: { [path]: 1 } }, { arrayFilters: arrayFilters as never })).code;
    expect(code('a.$[i]', [])).to.equal(2);
    expect(code('a.0', [{ i: 1 }])).to.equal(9);
    expect(code('a.$[i]', [{ i: 1 }, { i: 2 }])).to.equal(9);
    expect(code('a.$[i]', [{ i: 1, j: 2 }])).to.equal(9);
    expect(code('a.$[I]', [{ I: 1 }])).to.equal(2);
  });
});

describe('Path conflicts', () => {
  const code = (update: object, options: object = {}): number =>
    faultOf(() => updated({ _id: 1, a: [{ b: 1, c: 1 }] }, update as never, options)).code;

  it('two paths of which one contains the other are refused with 40', () => {
    expect(code({ $set: { x: 1 }, $inc: { x: 1 } })).to.equal(40);
    expect(code({ $set: { x: 1, 'x.y': 1 } })).to.equal(40);
    expect(code({ $rename: { x: 'y' }, $set: { x: 1 } })).to.equal(40);
    expect(code({ $set: { 'a.$[]': 1, 'a.0': 1 } })).to.equal(40);
  });

  it('two names for one element are refused when they meet', () => {
    const arrayFilters = [{ 'i.b': 1 }, { 'j.c': 1 }];
    expect(code({ $set: { 'a.$[i].z': 1, 'a.$[j].z': 1 } }, { arrayFilters })).to.equal(40);
    expect(code({ $set: { 'a.$.b': 1, 'a.0.b': 1 } }, { filter: { 'a.b': 1 } })).to.equal(40);
  });

  it('two paths through one array are no conflict', () => {
    const doc = {
      _id: 1,
      a: [
        { b: 1, c: 1 },
        { b: 2, c: 2 },
      ],
    };
    same(updated(doc, { $set: { 'a.$.b': 7, 'a.$.c': 8 } }, { filter: { 'a.b': 2 } }), {
      _id: 1,
      a: [
        { b: 1, c: 1 },
        { b: 7, c: 8 },
      ],
    });
    same(updated(doc, { $set: { 'a.$[].b': 7, 'a.$[].c': 8 } }), {
      _id: 1,
      a: [
        { b: 7, c: 8 },
        { b: 7, c: 8 },
      ],
    });
    same(updated(doc, { $set: { 'a.0.b': 7, 'a.1.b': 8 } }), {
      _id: 1,
      a: [
        { b: 7, c: 1 },
        { b: 8, c: 2 },
      ],
    });
  });
});

describe('The identity of a document', () => {
  it('may be set to what it is, in any way, and never to anything else', () => {
    const id = new ObjectId();
    same(updated({ _id: id, a: 1 }, { $set: { _id: id, a: 2 } }), { _id: id, a: 2 });
    same(updated({ _id: int(1) }, { $set: { _id: long(1) } }), { _id: int(1) });
    same(updated({ _id: 1, a: 1 }, { _id: 1, b: 1 }), { _id: 1, b: 1 });
    const code = (update: object): number => faultOf(() => updated({ _id: 1, x: 9 }, update as never)).code;
    expect(code({ $set: { _id: 2 } })).to.equal(66);
    expect(code({ $unset: { _id: '' } })).to.equal(66);
    expect(code({ $inc: { _id: 1 } })).to.equal(66);
    expect(code({ $rename: { _id: 'b' } })).to.equal(66);
    expect(code({ $rename: { x: '_id' } })).to.equal(66);
    expect(code({ _id: 2 })).to.equal(66);
    expect(code([{ $set: { _id: 2 } }] as never)).to.equal(66);
  });

  it('is kept and stays in front when a replacement or a pipeline leaves it out', () => {
    same(updated({ _id: 1, a: 1 }, { b: 2 }), { _id: 1, b: 2 });
    same(updated({ _id: 1, a: { b: 2 } }, [{ $replaceWith: '$a' }]), { _id: 1, b: 2 });
    same(updated({ _id: 1, a: 1 }, [{ $project: { _id: 0 } }]), { _id: 1, a: 1 });
  });
});

describe('Kinds of updates', () => {
  const code = (update: object, options: object = {}): number =>
    faultOf(() => updated({ _id: 1 }, update as never, options)).code;

  it('unknown modifiers, mixed updates and multi with a replacement are refused', () => {
    expect(code({ $foo: { a: 1 } })).to.equal(9);
    expect(code({ $set: { a: 1 }, b: 1 })).to.equal(9);
    expect(code({ $set: 5 })).to.equal(9);
    expect(code({ b: 1, $set: { a: 1 } })).to.equal(52);
    expect(code({ b: 1 }, { multi: true })).to.equal(9);
    expect(code({ $set: { $a: 1 } })).to.equal(52);
    expect(code({ $set: { '': 1 } })).to.equal(56);
    expect(code({ $set: { 'a..b': 1 } })).to.equal(56);
    expect(code({ $set: { '$.b': 1 } })).to.equal(2);
    expect(code({ $set: { 'a.$.b.$.c': 1 } })).to.equal(2);
  });

  it('an update that changes nothing gives the very same bytes', () => {
    const doc = { _id: 1, a: double(1), b: [1, { c: 1 }] };
    for (const update of [
      { $set: { a: double(1) } },
      { $inc: { a: 0 } },
      { $addToSet: { b: 1 } },
      { $unset: { x: 1 } },
    ]) {
      same(updated(doc, update), doc);
    }
  });

  it('a pipeline keeps types, sees let and refuses stages that are no update', () => {
    same(
      updated(
        { _id: 1, n: long(5), d: double(2) },
        [{ $set: { sum: { $add: ['$n', '$$by'] } } }, { $unset: 'd' }],
        {
          vars: { by: int(3) },
        },
      ),
      { _id: 1, n: long(5), sum: long(8) },
    );
    expect(code([{ $match: {} }])).to.equal(72);
    expect(code([{ $set: { a: 1 } }], { arrayFilters: [{ i: 1 }] })).to.equal(9);
  });
});

describe('The seed of an upsert', () => {
  it('holds the equalities of the filter', () => {
    same(
      upsertSeed(
        typed({
          a: 1,
          'b.c': 2,
          d: { $eq: 3 },
          e: { $in: [4] },
          f: { $all: [5] },
          g: { $gt: 6 },
          h: { $in: [1, 2] },
        }),
        'operators',
      ),
      { a: 1, b: { c: 2 }, d: 3, e: 4, f: 5 },
    );
    same(
      upsertSeed(typed({ $and: [{ a: 1 }, { $or: [{ b: 2 }] }], $or: [{ c: 1 }, { c: 2 }] }), 'operators'),
      { a: 1, b: 2 },
    );
    same(upsertSeed(typed({ a: /x/, b: { c: 1 } }), 'operators'), { b: { c: 1 } });
  });

  it('gives a replacement nothing but the identity', () => {
    same(upsertSeed(typed({ _id: 7, a: 1 }), 'replacement'), { _id: 7 });
  });

  it('is refused with 54 when two values meet at one path', () => {
    expect(faultOf(() => upsertSeed(typed({ $and: [{ a: 1 }, { a: 2 }] }), 'operators')).code).to.equal(54);
    expect(faultOf(() => upsertSeed(typed({ a: { b: 1 }, 'a.b': 1 }), 'operators')).code).to.equal(54);
  });

  it('gets an ObjectId in front when nothing gives it an identity', () => {
    const after = updated({ a: 1 }, { $set: { b: 2 } }, { inserting: true });
    expect(Object.keys(after)).to.deep.equal(['_id', 'a', 'b']);
    expect(after['_id']).to.be.instanceOf(ObjectId);
    expect(Object.keys(updated({ a: 1 }, { $set: { _id: 5 } }, { inserting: true }))).to.deep.equal([
      '_id',
      'a',
    ]);
  });

  it('may insert a field whose name begins with a dollar, which no later update may write', () => {
    const update = { $set: { $note: 'x' } };
    same(updated({ _id: 1 }, update, { inserting: true }), { _id: 1, $note: 'x' });
    expect(faultOf(() => updated({ _id: 1 }, update)).code).to.equal(52);
  });
});
