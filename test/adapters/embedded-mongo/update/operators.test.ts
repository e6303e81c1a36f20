import { Binary, Decimal128, Timestamp } from 'bson';
import { expect } from 'chai';
import { double, faultOf, int, long, shown, typed, updated } from './typed.ts';

const gives = (doc: object, update: object, expected: object): void => {
  expect(shown(updated(doc as never, update as never))).to.equal(shown(typed(expected as never)));
};

const codeOf = (doc: object, update: object): number =>
  faultOf(() => updated(doc as never, update as never)).code;

describe('Update operators', () => {
  it('$set replaces in place and appends new fields in the order of their names, numbers by value', () => {
    gives({ _id: 1, b: 1, a: 1 }, { $set: { z: 1, b: 2, c: 3 } }, { _id: 1, b: 2, a: 1, c: 3, z: 1 });
    const after = updated({ _id: 1, l: {} }, { $set: { 'l.x10': 1, 'l.x9': 1, 'l.b': 1 } });
    expect(Object.keys(after['l'] as object)).to.deep.equal(['b', 'x10', 'x9']);
  });

  it('$set makes missing parents, fills arrays up with null and refuses to lead through a scalar', () => {
    gives({ _id: 1 }, { $set: { 'a.b.c': 1 } }, { _id: 1, a: { b: { c: 1 } } });
    gives({ _id: 1, a: [1] }, { $set: { 'a.3': 4 } }, { _id: 1, a: [1, null, null, 4] });
    expect(codeOf({ _id: 1, a: 5 }, { $set: { 'a.b': 1 } })).to.equal(28);
    expect(codeOf({ _id: 1, a: [5] }, { $set: { 'a.b': 1 } })).to.equal(28);
    expect(codeOf({ _id: 1, a: null }, { $set: { 'a.b': 1 } })).to.equal(28);
  });

  it('$set takes constructor and __proto__ for names like any other', () => {
    const after = updated({ _id: 1 }, { $set: { constructor: 1, 'a.__proto__': 2 } });
    expect(Object.hasOwn(after, 'constructor')).to.equal(true);
    expect(Object.getOwnPropertyDescriptor(after['a'], '__proto__')?.value).to.deep.equal(int(2));
    expect(Object.getPrototypeOf(after['a'])).to.equal(Object.prototype);
  });

  it('$setOnInsert does nothing at all to a document that is there', () => {
    gives({ _id: 1, a: 5 }, { $setOnInsert: { 'a.b': 1 } }, { _id: 1, a: 5 });
    expect(
      shown(updated({ _id: 1 }, { $setOnInsert: { b: 1 }, $set: { a: 2 } }, { inserting: true })),
    ).to.equal(shown(typed({ _id: 1, a: 2, b: 1 })));
  });

  it('$unset removes a field, makes an array element null and ignores what is not there', () => {
    gives({ _id: 1, a: { b: 1, c: 2 } }, { $unset: { 'a.b': '' } }, { _id: 1, a: { c: 2 } });
    gives({ _id: 1, a: [1, 2] }, { $unset: { 'a.0': '' } }, { _id: 1, a: [null, 2] });
    gives({ _id: 1, a: 5 }, { $unset: { 'a.b': '', x: '', 'y.z': '' } }, { _id: 1, a: 5 });
  });

  it('$inc keeps the wider type, and an int that overflows becomes a long', () => {
    gives({ _id: 1, n: int(1) }, { $inc: { n: int(2) } }, { _id: 1, n: int(3) });
    gives({ _id: 1, n: long(1) }, { $inc: { n: int(2) } }, { _id: 1, n: long(3) });
    gives({ _id: 1, n: double(1) }, { $inc: { n: int(2) } }, { _id: 1, n: double(3) });
    gives({ _id: 1, n: int(2147483647) }, { $inc: { n: int(1) } }, { _id: 1, n: long(2147483648n) });
    gives({ _id: 1 }, { $inc: { n: long(5) } }, { _id: 1, n: long(5) });
    gives(
      { _id: 1, n: Decimal128.fromString('0.1') },
      { $inc: { n: Decimal128.fromString('0.2') } },
      { _id: 1, n: Decimal128.fromString('0.3') },
    );
  });

  it('$inc refuses what is no number with 14, and a long that overflows with 2', () => {
    expect(codeOf({ _id: 1, n: 'x' }, { $inc: { n: 1 } })).to.equal(14);
    expect(codeOf({ _id: 1, n: null }, { $inc: { n: 1 } })).to.equal(14);
    expect(codeOf({ _id: 1, n: 1 }, { $inc: { n: 'x' } })).to.equal(14);
    expect(codeOf({ _id: 1, n: long(2n ** 63n - 1n) }, { $inc: { n: int(1) } })).to.equal(2);
  });

  it('$mul of a missing field gives a zero of its own type', () => {
    gives({ _id: 1, n: int(4) }, { $mul: { n: int(3) } }, { _id: 1, n: int(12) });
    gives({ _id: 1 }, { $mul: { n: long(3) } }, { _id: 1, n: long(0) });
    gives({ _id: 1 }, { $mul: { n: double(3) } }, { _id: 1, n: double(0) });
  });

  it('$min and $max compare by the order of types and keep the old value when they are equal', () => {
    gives({ _id: 1, n: int(5) }, { $min: { n: long(5) } }, { _id: 1, n: int(5) });
    gives({ _id: 1, n: int(5) }, { $min: { n: 4 }, $max: { m: 1 } }, { _id: 1, n: 4, m: 1 });
    gives({ _id: 1, n: int(5) }, { $max: { n: 'text' } }, { _id: 1, n: 'text' });
    gives({ _id: 1, n: int(5) }, { $min: { n: null } }, { _id: 1, n: null });
  });

  it('$rename moves a value, over one that is there, and never through an array', () => {
    gives({ _id: 1, a: 1, b: 2 }, { $rename: { a: 'b' } }, { _id: 1, b: 1 });
    gives({ _id: 1, a: 1 }, { $rename: { a: 'c.d', x: 'y' } }, { _id: 1, c: { d: 1 } });
    expect(codeOf({ _id: 1, a: [{ b: 1 }] }, { $rename: { 'a.0': 'c' } })).to.equal(2);
    expect(codeOf({ _id: 1, a: 1, b: [1] }, { $rename: { a: 'b.0' } })).to.equal(2);
    expect(codeOf({ _id: 1, a: 1 }, { $rename: { a: 'a' } })).to.equal(2);
    expect(codeOf({ _id: 1, a: 1 }, { $rename: { a: 5 } })).to.equal(2);
  });

  it('$currentDate gives one instant for all its dates, or a timestamp', () => {
    const after = updated(
      { _id: 1 },
      { $currentDate: { a: true, b: { $type: 'date' }, c: { $type: 'timestamp' } } },
    );
    expect(after['a']).to.be.instanceOf(Date);
    expect(after['b']).to.deep.equal(after['a']);
    expect(after['c']).to.be.instanceOf(Timestamp);
    expect(codeOf({ _id: 1 }, { $currentDate: { a: 'now' } })).to.equal(2);
    expect(codeOf({ _id: 1 }, { $currentDate: { a: { $type: 'day' } } })).to.equal(2);
  });

  it('$bit works on ints and longs and refuses doubles', () => {
    gives({ _id: 1, n: int(13) }, { $bit: { n: { and: int(10) } } }, { _id: 1, n: int(8) });
    gives({ _id: 1, n: int(3) }, { $bit: { n: { or: int(5) } } }, { _id: 1, n: int(7) });
    gives({ _id: 1, n: int(1) }, { $bit: { n: { xor: long(5) } } }, { _id: 1, n: long(4) });
    gives({ _id: 1 }, { $bit: { n: { or: int(5) } } }, { _id: 1, n: int(5) });
    expect(codeOf({ _id: 1, n: double(1.5) }, { $bit: { n: { and: int(1) } } })).to.equal(2);
    expect(codeOf({ _id: 1 }, { $bit: { n: { and: double(1.5) } } })).to.equal(2);
    expect(codeOf({ _id: 1 }, { $bit: { n: { not: int(1) } } })).to.equal(2);
  });

  it('leaves the subtype of binaries and the types of untouched numbers as they were', () => {
    const binary = new Binary(Buffer.from('key'), 0x80);
    const after = updated({ _id: 1, binary, whole: double(5), big: long(5), n: 1 }, { $inc: { n: 1 } });
    expect(shown(after)).to.equal(shown(typed({ _id: 1, binary, whole: double(5), big: long(5), n: 2 })));
  });
});

describe('Array operators', () => {
  it('$push appends, makes the array, and refuses other values with 2', () => {
    gives({ _id: 1, a: [1] }, { $push: { a: 2, b: 3 } }, { _id: 1, a: [1, 2], b: [3] });
    gives({ _id: 1 }, { $push: { a: [1, 2] } }, { _id: 1, a: [[1, 2]] });
    expect(codeOf({ _id: 1, a: 5 }, { $push: { a: 1 } })).to.equal(2);
    expect(codeOf({ _id: 1, a: null }, { $push: { a: 1 } })).to.equal(2);
  });

  it('$push knows $each, $position, $slice and $sort, in that order of work', () => {
    gives(
      { _id: 1, a: [1, 2] },
      { $push: { a: { $each: [8, 9], $position: 1 } } },
      { _id: 1, a: [1, 8, 9, 2] },
    );
    gives({ _id: 1, a: [1, 2] }, { $push: { a: { $each: [9], $position: -1 } } }, { _id: 1, a: [1, 9, 2] });
    gives(
      { _id: 1, a: [3, 1] },
      { $push: { a: { $each: [2], $sort: -1, $slice: 2 } } },
      { _id: 1, a: [3, 2] },
    );
    gives({ _id: 1, a: [3, 1] }, { $push: { a: { $each: [2], $slice: -2 } } }, { _id: 1, a: [1, 2] });
    gives({ _id: 1, a: [3, 1] }, { $push: { a: { $each: [], $slice: 0 } } }, { _id: 1, a: [] });
    gives(
      { _id: 1, a: [{ s: 2, n: 'b' }] },
      { $push: { a: { $each: [{ s: 1 }, { s: 2, n: 'a' }], $sort: { s: -1, n: 1 } } } },
      { _id: 1, a: [{ s: 2, n: 'a' }, { s: 2, n: 'b' }, { s: 1 }] },
    );
    expect(codeOf({ _id: 1 }, { $push: { a: { $each: 5 } } })).to.equal(2);
    expect(codeOf({ _id: 1 }, { $push: { a: { $each: [], $slice: 1.5 } } })).to.equal(2);
    expect(codeOf({ _id: 1 }, { $push: { a: { $each: [], $sort: 2 } } })).to.equal(2);
    expect(codeOf({ _id: 1 }, { $push: { a: { $each: [], $other: 2 } } })).to.equal(2);
  });

  it('$addToSet adds what no element equals, numbers by value and documents field by field in order', () => {
    gives({ _id: 1, a: [int(1)] }, { $addToSet: { a: { $each: [long(1), 2, 2] } } }, { _id: 1, a: [1, 2] });
    gives(
      { _id: 1, a: [{ x: 1, y: 2 }] },
      { $addToSet: { a: { y: 2, x: 1 } } },
      {
        _id: 1,
        a: [
          { x: 1, y: 2 },
          { y: 2, x: 1 },
        ],
      },
    );
    gives({ _id: 1 }, { $addToSet: { a: [1] } }, { _id: 1, a: [[1]] });
    expect(codeOf({ _id: 1, a: 5 }, { $addToSet: { a: 1 } })).to.equal(2);
    expect(codeOf({ _id: 1 }, { $addToSet: { a: { $each: 1 } } })).to.equal(14);
  });

  it('$pull takes values, conditions on elements and filters on documents', () => {
    gives({ _id: 1, a: [1, 2, 1] }, { $pull: { a: 1 } }, { _id: 1, a: [2] });
    gives({ _id: 1, a: [1, 5, 9] }, { $pull: { a: { $gte: 5 } } }, { _id: 1, a: [1] });
    gives({ _id: 1, a: [1, 5, 9] }, { $pull: { a: { $in: [1, 9] } } }, { _id: 1, a: [5] });
    gives({ _id: 1, a: ['ab', 'cd'] }, { $pull: { a: /^a/ } }, { _id: 1, a: ['cd'] });
    gives(
      { _id: 1, a: [{ x: 1, y: 1 }, { x: 2 }, 7] },
      { $pull: { a: { x: 1 } } },
      { _id: 1, a: [{ x: 2 }, 7] },
    );
    gives(
      { _id: 1, a: [{ x: 1 }, { x: 5 }] },
      { $pull: { a: { $or: [{ x: 5 }, { y: 1 }] } } },
      { _id: 1, a: [{ x: 1 }] },
    );
    gives({ _id: 1, a: [[1], 1] }, { $pull: { a: 1 } }, { _id: 1, a: [[1]] });
    gives({ _id: 1, b: 1 }, { $pull: { a: 1 } }, { _id: 1, b: 1 });
    expect(codeOf({ _id: 1, a: 5 }, { $pull: { a: 5 } })).to.equal(2);
  });

  it('$pullAll takes exact values, $pop an end', () => {
    gives({ _id: 1, a: [1, 2, 3, 1] }, { $pullAll: { a: [1, 3] } }, { _id: 1, a: [2] });
    gives({ _id: 1, a: [1, 2, 3] }, { $pop: { a: 1 } }, { _id: 1, a: [1, 2] });
    gives({ _id: 1, a: [1, 2, 3] }, { $pop: { a: -1 } }, { _id: 1, a: [2, 3] });
    expect(codeOf({ _id: 1, a: [1] }, { $pullAll: { a: 1 } })).to.equal(2);
    expect(codeOf({ _id: 1, a: [1] }, { $pop: { a: 2 } })).to.equal(9);
    expect(codeOf({ _id: 1, a: 1 }, { $pop: { a: 1 } })).to.equal(14);
  });
});
