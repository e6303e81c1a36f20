import { CODE, MongoFault } from '../errors.ts';
import type { Doc } from '../values/decode.ts';
import { isArray, isDocument, kindOf } from '../values/kind.ts';
import { show } from '../values/show.ts';
import { checkOptions, documentArgument } from './stages/stage.ts';

/** Where the results of a pipeline go instead of to the client. */
export type Output =
  | { readonly kind: 'out'; readonly db?: string; readonly collection: string }
  | {
      readonly kind: 'merge';
      readonly db?: string;
      readonly collection: string;
      /** The fields that identify a document in the target; `_id` by default. */
      readonly on: readonly string[];
      readonly whenMatched: 'replace' | 'keepExisting' | 'merge' | 'fail' | Doc[];
      readonly whenNotMatched: 'insert' | 'discard' | 'fail';
      /** The constants that a `whenMatched` pipeline sees beside `$$new`. */
      readonly vars?: Doc;
    };

export function parseOut(argument: unknown): Output {
  if (typeof argument === 'string') return { kind: 'out', collection: argument };
  if (!isDocument(argument)) {
    throw new MongoFault(
      16990,
      `$out only supports a string or object argument, but found ${kindOf(argument)}`,
    );
  }
  if (Object.hasOwn(argument, 'timeseries')) {
    throw new MongoFault(CODE.NotImplemented, 'This store does not implement time series collections');
  }
  checkOptions(argument, ['db', 'coll'], '$out');
  const { db, coll } = argument;
  if (typeof db !== 'string' || typeof coll !== 'string') {
    throw new MongoFault(
      16994,
      "If an object is passed to $out it must have exactly 2 fields: 'db' and 'coll'",
    );
  }
  return { kind: 'out', db, collection: coll };
}

const MATCHED = ['replace', 'keepExisting', 'merge', 'fail'] as const;
const NOT_MATCHED = ['insert', 'discard', 'fail'] as const;

export function parseMerge(argument: unknown): Output {
  const source =
    typeof argument === 'string' ? { into: argument } : documentArgument(argument, 51182, '$merge');
  checkOptions(source, ['into', 'on', 'let', 'whenMatched', 'whenNotMatched'], '$merge');
  const { into, on = '_id', let: variables, whenMatched = 'merge', whenNotMatched = 'insert' } = source;
  if (variables !== undefined && (!isDocument(variables) || !isArray(whenMatched))) {
    throw new MongoFault(51199, "Cannot use 'let' variables with the default or a named 'whenMatched' mode");
  }
  if (isDocument(variables) && !Object.values(variables).every(isConstant)) {
    throw new MongoFault(CODE.NotImplemented, "This store takes only constants in the 'let' of $merge");
  }
  return {
    kind: 'merge',
    ...targetOf(into),
    on: fieldsOf(on),
    whenMatched: isArray(whenMatched) ? (whenMatched as Doc[]) : oneOf(whenMatched, MATCHED, 'whenMatched'),
    whenNotMatched: oneOf(whenNotMatched, NOT_MATCHED, 'whenNotMatched'),
    ...(variables === undefined ? {} : { let: variables }),
  };
}

function targetOf(into: unknown): { db?: string; collection: string } {
  if (typeof into === 'string' && into !== '') return { collection: into };
  if (isDocument(into) && typeof into['coll'] === 'string') {
    checkOptions(into, ['db', 'coll'], "$merge 'into'");
    return { collection: into['coll'], ...(typeof into['db'] === 'string' ? { db: into['db'] } : {}) };
  }
  throw new MongoFault(
    51178,
    "$merge 'into' field must specify a 'coll' that is not empty, null or undefined",
  );
}

function fieldsOf(on: unknown): readonly string[] {
  const fields = isArray(on) ? on : [on];
  if (fields.length > 0 && fields.every((field) => typeof field === 'string')) return fields;
  throw new MongoFault(51186, "$merge 'on' field must be a string or a non-empty array of strings");
}

function oneOf<T extends string>(value: unknown, allowed: readonly T[], name: string): T {
  const found = allowed.find((known) => known === value);
  if (found) return found;
  throw new MongoFault(
    CODE.BadValue,
    `Enumeration value ${show(value)} for field '$merge.${name}' is not a valid value.`,
  );
}

function isConstant(value: unknown): boolean {
  if (typeof value === 'string') return !value.startsWith('$');
  if (isArray(value)) return value.every(isConstant);
  if (!isDocument(value)) return true;
  return Object.entries(value).every(([name, inner]) => !name.startsWith('$') && isConstant(inner));
}
