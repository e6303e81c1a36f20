import { Binary, Decimal128, Double, Int32, Long, ObjectId } from 'bson';
import fc from 'fast-check';
import { expect } from 'chai';
import { MongoFault } from '../../../../src/adapters/embedded-mongo/errors.ts';
import { compileFilter } from '../../../../src/adapters/embedded-mongo/query/match.ts';
import { compileUpdate } from '../../../../src/adapters/embedded-mongo/update/update.ts';
import { decode, encode } from '../../../../src/adapters/embedded-mongo/values/decode.ts';
import type { Doc } from '../../../../src/adapters/embedded-mongo/values/decode.ts';
import { shown, typed } from './typed.ts';

const scalar = fc.oneof(
  fc.integer({ min: -1000, max: 1000 }).map((value) => new Int32(value)),
  fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n }).map((value) => Long.fromBigInt(value)),
  fc.double({ noNaN: true }).map((value) => new Double(value)),
  fc.integer().map((value) => Decimal128.fromString(`${value}E-2`)),
  fc.string({ maxLength: 4 }),
  fc.boolean(),
  fc.constant(null),
  fc.date({ noInvalidDate: true }),
  fc.uint8Array({ minLength: 12, maxLength: 12 }).map((bytes) => new ObjectId(bytes)),
  fc
    .tuple(fc.uint8Array({ maxLength: 4 }), fc.constantFrom(0, 4, 5, 0x80))
    .map(([bytes, subtype]) => new Binary(Buffer.from(bytes), subtype)),
);

// No whole numbers among the names: JavaScript itself puts such keys first (see the README).
const name = fc.constantFrom('a', 'b', 'c', 'd', 'constructor', '__proto__', 'é');

const { value } = fc.letrec<{ value: unknown; doc: Doc }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    scalar,
    tie('doc'),
    fc.array(tie('value'), { maxLength: 3 }),
  ),
  doc: fc.uniqueArray(fc.tuple(name, tie('value')), { maxLength: 4, selector: ([key]) => key }).map(docOf),
}));

function docOf(fields: readonly (readonly [string, unknown])[]): Doc {
  const doc: Doc = {};
  for (const [key, field] of fields) {
    Object.defineProperty(doc, key, { value: field, writable: true, enumerable: true, configurable: true });
  }
  return doc;
}

const document = fc
  .uniqueArray(fc.tuple(name, value), { maxLength: 5, selector: ([key]) => key })
  .map((fields) => typed(docOf([['_id', new Int32(1)], ...fields])));

const operation = fc.oneof(
  fc.tuple(fc.constantFrom('$set', '$push', '$addToSet', '$min', '$max', '$pull'), value),
  fc.tuple(fc.constantFrom('$inc', '$mul'), scalar),
  fc.tuple(fc.constantFrom('$unset', '$currentDate'), fc.constant(true)),
);

/** The document after the update, and before it when it was refused. */
function apply(doc: Doc, update: Doc): Doc {
  try {
    const compiled = compileUpdate(update);
    return compiled.apply(doc, { filter: compileFilter({}), inserting: false });
  } catch (error) {
    if (error instanceof MongoFault) return doc;
    throw error;
  }
}

describe('Random updates', () => {
  it('leave every other field as it was, in type, in value and in order, and never change their input', () => {
    fc.assert(
      fc.property(document, name, operation, (doc, field, [operator, argument]) => {
        const before = shown(doc);
        const after = decode(encode(apply(doc, { [operator]: docOf([[field, argument]]) })));
        expect(shown(doc)).to.equal(before);
        const others = (from: Doc): string => shown(Object.entries(from).filter(([key]) => key !== field));
        expect(others(after)).to.equal(others(doc));
        const kept = Object.keys(after).filter((key) => Object.hasOwn(doc, key));
        expect(kept).to.deep.equal(Object.keys(doc).filter((key) => Object.hasOwn(after, key)));
        if (!Object.hasOwn(doc, field) && Object.hasOwn(after, field)) {
          expect(Object.keys(after).at(-1)).to.equal(field);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('give the very same bytes when they change nothing', () => {
    fc.assert(
      fc.property(document, (doc) => {
        const { _id, ...fields } = doc;
        const same = [{ $set: { ...doc } }, { $min: fields }, { $max: fields }, { ...fields, _id }];
        for (const update of same) {
          expect(encode(apply(doc, update)).equals(encode(doc)), shown(update)).to.equal(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('$set puts exactly what it was given where it was told', () => {
    fc.assert(
      fc.property(document, name, name, value, (doc, outer, inner, given) => {
        const after = decode(
          encode(apply({ ...doc, ...docOf([[outer, {}]]) }, { $set: docOf([[`${outer}.${inner}`, given]]) })),
        );
        const holder = Object.getOwnPropertyDescriptor(after, outer)?.value as Doc;
        const found: unknown = Object.getOwnPropertyDescriptor(holder, inner)?.value;
        expect(shown({ v: found })).to.equal(shown(typed({ v: given })));
      }),
      { numRuns: 1000 },
    );
  });
});
