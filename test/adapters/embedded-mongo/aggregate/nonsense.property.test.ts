import { Double, Int32, Long, ObjectId } from 'bson';
import fc from 'fast-check';
import { evaluate } from '../../../../src/adapters/embedded-mongo/aggregate/expression.ts';
import { OPERATORS } from '../../../../src/adapters/embedded-mongo/aggregate/operators/index.ts';
import { compilePipeline } from '../../../../src/adapters/embedded-mongo/aggregate/pipeline.ts';
import { MongoFault } from '../../../../src/adapters/embedded-mongo/errors.ts';
import { compileFilter } from '../../../../src/adapters/embedded-mongo/query/match.ts';
import { OPERATORS as MODIFIERS } from '../../../../src/adapters/embedded-mongo/update/operators.ts';
import { compileUpdate } from '../../../../src/adapters/embedded-mongo/update/update.ts';
import { upsertSeed } from '../../../../src/adapters/embedded-mongo/update/upsert.ts';
import { encode } from '../../../../src/adapters/embedded-mongo/values/decode.ts';
import type { Doc } from '../../../../src/adapters/embedded-mongo/values/decode.ts';
import { typed } from './typed.ts';

const doc = typed({
  _id: 1,
  s: 'text',
  n: 5,
  l: Long.fromNumber(7),
  d: new Date(0),
  id: new ObjectId(),
  o: { a: 1, b: [1, { c: 2 }] },
  list: [3, 'x', null, { a: 1 }],
  nothing: null,
});

const leaf = fc.oneof(
  fc.constantFrom<unknown>(
    '$s',
    '$n',
    '$l',
    '$d',
    '$id',
    '$o',
    '$list',
    '$nothing',
    '$missing',
    '$o.b.c',
    '$$ROOT',
    '$$this',
  ),
  fc.constantFrom<unknown>(
    'a',
    '',
    'a.b',
    'a.$[x]',
    'list.$',
    '_id',
    'day',
    'UTC',
    null,
    true,
    false,
    new Date(0),
  ),
  fc.constantFrom(
    new Int32(-1),
    new Int32(0),
    new Int32(2),
    new Double(1.5),
    new Double(NaN),
    new Double(1e300),
    Long.MIN_VALUE,
  ),
);

const name = fc.constantFrom(
  ...[
    'input',
    'in',
    'as',
    'cond',
    'field',
    'value',
    'date',
    'unit',
    'amount',
    'startDate',
    'endDate',
    'timezone',
    'format',
  ],
  ...[
    'regex',
    'options',
    'find',
    'replacement',
    'to',
    'branches',
    'default',
    'vars',
    'initialValue',
    'inputs',
    'sortBy',
    'chars',
  ],
  ...[
    '_id',
    'a',
    'o',
    'from',
    'localField',
    'foreignField',
    'pipeline',
    'path',
    'size',
    'groupBy',
    'boundaries',
    'output',
    'newRoot',
  ],
  ...[
    '$each',
    '$slice',
    '$sort',
    '$position',
    '$type',
    'and',
    'n.x',
    'list.0',
    'o.b.1.c',
    'list.$[]',
    'toString',
    '',
  ],
);

const argument = fc.letrec<{ any: unknown; operator: Doc; fields: Doc }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    leaf,
    tie('operator'),
    tie('fields'),
    fc.array(tie('any'), { maxLength: 4 }),
  ),
  operator: fc
    .tuple(fc.constantFrom(...Object.keys(OPERATORS)), tie('any'))
    .map(([key, value]) => ({ [key]: value })),
  fields: fc.dictionary(name, tie('any'), { maxKeys: 4, noNullPrototype: true }),
}));

/** A result that can be stored, or a refusal; every other error would be a fault of ours. */
function answers(run: () => unknown): void {
  try {
    encode({ result: run() ?? null });
  } catch (error) {
    if (!(error instanceof MongoFault)) throw error;
  }
}

const STAGES = [
  '$addFields',
  '$bucket',
  '$count',
  '$documents',
  '$facet',
  '$group',
  '$limit',
  '$lookup',
  '$match',
  '$merge',
  '$out',
];
const MORE = [
  '$project',
  '$replaceRoot',
  '$replaceWith',
  '$sample',
  '$set',
  '$skip',
  '$sort',
  '$sortByCount',
  '$unset',
  '$unwind',
  '$x',
];

describe('Nonsense', () => {
  it('in expressions is answered by a value or by a refusal', () => {
    fc.assert(
      fc.property(argument.operator, (expression) =>
        answers(() => evaluate(expression, doc, { this: new Int32(1) })),
      ),
      { numRuns: 5000 },
    );
  });

  it('in pipelines is answered by documents or by a refusal', () => {
    fc.assert(
      fc.property(fc.constantFrom(...STAGES, ...MORE), argument.any, (stage, given) =>
        answers(() => compilePipeline([{ [stage]: given }]).run([doc], () => [doc])),
      ),
      { numRuns: 3000 },
    );
  });

  it('in updates is answered by a document or by a refusal', () => {
    const modifiers = [...Object.keys(MODIFIERS), '$rename', '$nonsense'];
    fc.assert(
      fc.property(
        fc.constantFrom(...modifiers),
        argument.any,
        argument.fields,
        fc.boolean(),
        (modifier, given, filter, inserting) =>
          answers(() => {
            const context = { filter: compileFilter(filter), inserting };
            const update = compileUpdate({ [modifier]: given });
            return update.apply(inserting ? upsertSeed(filter, update.kind) : doc, context);
          }),
      ),
      { numRuns: 5000 },
    );
  });
});
