import { expect } from 'chai';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { fromNamed, fromStored, toNamed, toStored } from '../../../src/adapters/mongo/convert.ts';
import { mongoose, schemaOf, Mixed } from '../../../src/adapters/mongo/settings.ts';
import { sha256, canonical } from '../../../src/domain/register/entry.ts';
import { withStore } from '../../support/store.ts';

const NASTY = [
  '$gt',
  '$ref',
  '$id',
  '_bsontype',
  'a.b',
  '',
  '__proto__',
  'constructor',
  'toObject',
  'toBSON',
  '0',
  'pairs~',
  'instant~',
];
const names = fc.oneof(
  fc.constantFrom(...NASTY),
  fc.string({ maxLength: 8 }),
  fc.string({ unit: 'grapheme', maxLength: 4 }),
);
const instants = fc
  .tuple(fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 }), fc.constantFrom(0, 1, 999_999))
  .map(([ms, nanoseconds]) => Temporal.Instant.fromEpochMilliseconds(ms).add({ nanoseconds }));
const scalars = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.boolean(),
  fc.constant(null),
);
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    scalars,
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(names, tie('json'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));
const values = fc.dictionary(
  names,
  fc.oneof(json, instants, fc.array(fc.record({ at: instants, json }), { maxLength: 3 })),
  {
    noNullPrototype: true,
  },
);

describe('Values of the domain in documents', () => {
  const store = withStore();

  it('come back from their stored form exactly', () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(fromStored(toStored(value))).to.deep.equal(value);
      }),
    );
  });

  it('come back from Mongoose, the wire and the store exactly, with the same hash', async function () {
    this.timeout(60_000);
    const schema = schemaOf<{ _id: string; value: unknown }>({ value: Mixed });
    const model = store.mongo.connection.model('Anything', schema, 'anything');
    let last = 0;
    await fc.assert(
      fc.asyncProperty(json, async (value) => {
        const _id = `v${(last += 1)}`;
        await model.create({ _id, value: toStored(value) });
        const inserted = await model.findOne({ _id }).lean();
        expect(sha256(canonical(fromStored(inserted?.value)))).to.equal(sha256(canonical(value)));
        await model.updateOne({ _id }, { $set: { value: toStored([value]) } });
        const updated = await model.findOne({ _id }).lean();
        expect(sha256(canonical(fromStored(updated?.value)))).to.equal(sha256(canonical([value])));
      }),
      { numRuns: 150 },
    );
  });

  it('leave out what is undefined and keep what is null', () => {
    expect(toStored({ a: undefined, b: null, c: [] })).to.deep.equal({ b: null, c: [] });
  });

  it('give nobody a prototype of their choice', () => {
    const evil: unknown = JSON.parse('{"__proto__": {"admin": true}}');
    const back = fromStored<Record<string, unknown>>(toStored(evil));
    expect(back['admin']).to.equal(undefined);
    expect(Object.keys(back)).to.deep.equal(['__proto__']);
  });

  it('by names with dots become a list and come back by name', () => {
    const facts = { 'data.categories': { value: ['x'] }, __proto: { value: null } };
    expect(toNamed(facts)).to.deep.equal([
      { name: 'data.categories', value: ['x'] },
      { name: '__proto', value: null },
    ]);
    expect(fromNamed(toNamed(facts))).to.deep.equal(facts);
  });

  it('are kept to the nanosecond, and as a date where that is exact', () => {
    const fine = Temporal.Instant.from('2026-01-01T00:00:00.0000005Z');
    expect(fromStored<Temporal.Instant>(toStored(fine)).equals(fine)).to.equal(true);
    expect(toStored(Temporal.Instant.from('2026-01-01T00:00:00.001Z'))).to.deep.equal(
      new Date(1767225600001),
    );
  });

  it('are only looked for by fields that exist', async () => {
    const outcome = await store.mongo.models.users.deleteMany({ typo: 1 } as object).then(String, String);
    expect(outcome).to.contain('typo');
    expect(mongoose.get('strictQuery')).to.equal('throw');
  });
});
