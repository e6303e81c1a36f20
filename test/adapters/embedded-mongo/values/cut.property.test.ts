import { EJSON, ObjectId } from 'bson';
import { expect } from 'chai';
import fc from 'fast-check';
import { compileProjection, keptWhole } from '../../../../src/adapters/embedded-mongo/query/project.ts';
import { cut } from '../../../../src/adapters/embedded-mongo/values/cut.ts';
import { decode, encode, type Doc } from '../../../../src/adapters/embedded-mongo/values/decode.ts';
import { IN_ORDER } from './typed-values.ts';

/** Some begin like others, some are words of JavaScript, one is not ASCII: their bytes must not be confused. */
const NAMES = ['_id', 'a', 'aa', 'ab', 'card', 'cards', 'größe', 'constructor', '$ref', '$id'];
const VALUES = [...IN_ORDER.flat().filter((value) => value !== undefined), new ObjectId(), { a: { _id: 1 } }];

const documents = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom<unknown>(...VALUES)), {
    selector: ([name]) => name,
  })
  .map((fields): Doc => Object.fromEntries(fields));

const shown = (doc: Doc): string => EJSON.stringify(doc, { relaxed: false });

describe('Embedded engine: a projection cut out of the bytes', () => {
  it('shows what decoding the whole document and projecting it shows', () => {
    const asked = fc
      .subarray(NAMES.filter((name) => !name.startsWith('$')))
      .filter((names) => names.length > 0)
      .chain((names) =>
        fc.boolean().map((withId): Doc => {
          const spec: Doc = Object.fromEntries(names.map((name) => [name, 1]));
          return withId || names.every((name) => name === '_id') ? spec : { ...spec, _id: 0 };
        }),
      );
    fc.assert(
      fc.property(documents, asked, (document, spec) => {
        const bytes = encode(document);
        const names = keptWhole(spec);
        if (!names) throw new Error('a flat inclusion is cut');
        expect(shown(decode(cut(bytes, names)))).to.equal(shown(compileProjection(spec)(decode(bytes))));
      }),
      { numRuns: 2000 },
    );
  });

  const others: readonly Doc[] = [
    {},
    { a: 0 },
    { _id: 0 },
    { 'a.b': 1 },
    { a: { b: 1 } },
    { a: { $slice: 1 } },
    { a: { $elemMatch: { b: 1 } } },
    { 'a.$': 1 },
    { a: '$b' },
    { a: 1, b: { $add: [1, 1] } },
  ];
  for (const spec of others) {
    it(`leaves ${JSON.stringify(spec)} to the whole document`, () => {
      expect(keptWhole(spec)).to.equal(undefined);
    });
  }
});
