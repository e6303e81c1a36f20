import { Double, EJSON, Int32, Long } from 'bson';
import { MongoFault } from '../../../../src/adapters/embedded-mongo/errors.ts';
import { compileFilter } from '../../../../src/adapters/embedded-mongo/query/match.ts';
import { compileUpdate } from '../../../../src/adapters/embedded-mongo/update/update.ts';
import type { UpdateOptions } from '../../../../src/adapters/embedded-mongo/update/update.ts';
import { decode, encode } from '../../../../src/adapters/embedded-mongo/values/decode.ts';
import type { Doc } from '../../../../src/adapters/embedded-mongo/values/decode.ts';

export const int = (value: number): Int32 => new Int32(value);
export const double = (value: number): Double => new Double(value);
export const long = (value: number | bigint): Long => Long.fromBigInt(BigInt(value));

/** A document as it comes from the wire: every number in its BSON type. */
export const typed = (doc: Doc): Doc => decode(encode(doc));

/** A document as text that shows every type and the order of the fields. */
export const shown = (doc: unknown): string => EJSON.stringify(doc, { relaxed: false });

interface UpdateCase extends UpdateOptions {
  readonly filter?: Doc;
  readonly inserting?: boolean;
}

/** Runs one update on one document, both given in plain JavaScript, and checks that the input stays as it was. */
export function updated(doc: Doc, update: Doc | Doc[], options: UpdateCase = {}): Doc {
  const before = typed(doc);
  const copy = shown(before);
  const { filter = {}, inserting = false, ...rest } = options;
  const source = Array.isArray(update) ? update.map(typed) : typed(update);
  const compiled = compileUpdate(source, {
    ...rest,
    ...(rest.arrayFilters ? { arrayFilters: rest.arrayFilters.map(typed) } : {}),
  });
  const after = compiled.apply(before, { filter: compileFilter(typed(filter)), inserting });
  if (shown(before) !== copy) throw new Error('the update changed its input');
  return typed(after);
}

/** The code and message of the fault that `run` throws; fails when it throws none. */
export function faultOf(run: () => unknown): { code: number; message: string } {
  try {
    run();
  } catch (error) {
    if (error instanceof MongoFault) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error('expected a MongoFault, but nothing was thrown');
}
