import { BSON, DBRef, EJSON, ObjectId } from 'bson';
import { expect } from 'chai';
import { MongoFault } from '../../../../src/adapters/embedded-mongo/errors.ts';
import { decode, encode, getField, type Doc } from '../../../../src/adapters/embedded-mongo/values/decode.ts';
import { pick } from '../../../../src/adapters/embedded-mongo/values/pick.ts';
import { IN_ORDER } from './typed-values.ts';

const shown = (doc: unknown): string => EJSON.stringify(doc, { relaxed: false });
const values = IN_ORDER.flat().filter((value) => value !== undefined);
const everything: Doc = Object.fromEntries(values.map((value, at) => [`field${at}`, value]));

describe('Typed decoding', () => {
  it('gives back byte for byte what was stored, whatever the types', () => {
    const bytes = encode(everything);
    expect(encode(decode(bytes)).equals(bytes)).to.equal(true);
  });

  it('leaves a reference a document, at any depth', () => {
    const reference = { $ref: 'people', $id: new ObjectId(), $db: 'other', note: 'x' };
    const bytes = encode({ a: reference, list: [{ b: reference }] });
    const doc = decode(bytes);
    expect(doc['a']).to.not.be.instanceOf(DBRef);
    expect(shown(doc)).to.equal(shown({ a: reference, list: [{ b: reference }] }));
    expect(encode(doc).equals(bytes)).to.equal(true);
  });

  it('takes __proto__ and constructor for names like any other', () => {
    const doc = decode(BSON.serialize(JSON.parse('{"__proto__":{"a":1},"constructor":2}') as Doc));
    expect(Object.keys(doc)).to.deep.equal(['__proto__', 'constructor']);
    expect(getField({}, '__proto__')).to.equal(undefined);
    expect(getField({}, 'constructor')).to.equal(undefined);
    expect(Object.keys(pick(encode(doc), new Set(['__proto__'])))).to.deep.equal(['__proto__']);
  });

  it('refuses bytes that are no document with 22', () => {
    expect(() => decode(Buffer.from([9, 0, 0, 0, 1, 2, 3, 4, 5])))
      .to.throw(MongoFault)
      .with.property('code', 22);
  });
});

describe('pick', () => {
  it('reads each field of any type as decode does, and no other', () => {
    const bytes = encode(everything);
    const whole = decode(bytes);
    for (const name of Object.keys(everything)) {
      expect(shown(pick(bytes, new Set([name]))), name).to.equal(shown({ [name]: whole[name] }));
    }
  });

  it('reads several, passes over what is not there and tells names apart that begin alike', () => {
    const bytes = encode({ name: 'x', names: ['y'], nam: { e: 1 }, größe: 5 });
    expect(shown(pick(bytes, new Set(['größe', 'nam', 'missing'])))).to.equal(
      shown(decode(encode({ nam: { e: 1 }, größe: 5 }))),
    );
    expect(pick(bytes, new Set())).to.deep.equal({});
  });
});
