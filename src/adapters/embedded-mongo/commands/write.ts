import { toStored } from '../bytes.ts';
import { CODE, MongoFault } from '../errors.ts';
import type { Doc } from '../values/decode.ts';
import type { Reply } from '../wire.ts';
import { checkKnown, deadlineOf, document, documents, flag, hintOf, target, wholeNumber } from './call.ts';
import type { Call, Command } from './call.ts';
import { MAX_BATCH } from './hello.ts';
import { letOf } from './read.ts';
import { Search } from './search.ts';
import type { Query } from './search.ts';
import { applyTo, gather, insertUpsert, updateOf } from './statement.ts';

/** A fault as it stands in `writeErrors`. */
function writeError(index: number, { code, message, extra }: MongoFault): Doc {
  return { index, code, errmsg: message, ...extra };
}

/**
 * Runs the statements in their order and gathers their faults by index; the first one ends an ordered batch.
 * A statement is whole or not at all; the command answers `ok: 1` whatever failed in it.
 */
function runStatements<T>(
  statements: readonly T[],
  ordered: boolean,
  run: (one: T, index: number) => void,
): Doc {
  if (statements.length === 0 || statements.length > MAX_BATCH) {
    throw new MongoFault(
      CODE.InvalidLength,
      `Write batch sizes must be between 1 and ${MAX_BATCH}. Got ${statements.length} operations.`,
    );
  }
  const writeErrors: Doc[] = [];
  for (const [index, statement] of statements.entries()) {
    try {
      run(statement, index);
    } catch (error) {
      if (!(error instanceof MongoFault)) throw error;
      writeErrors.push(writeError(index, error));
      if (ordered) break;
    }
  }
  return writeErrors.length > 0 ? { writeErrors } : {};
}

function insert(call: Call): Reply {
  const ns = target(call);
  const collection = call.engine.store.collectionForWrite(ns);
  let n = 0;
  const faults = runStatements(call.documents ?? [], flag(call.body, 'ordered', true), (bytes) => {
    collection.insert(toStored(bytes));
    n++;
  });
  return { doc: { n, ...faults, ok: 1 } };
}

const UPDATE_FIELDS = ['q', 'u', 'c', 'upsert', 'multi', 'hint', 'arrayFilters', 'collation'];
const DELETE_FIELDS = ['q', 'limit', 'hint', 'collation'];

/** What a statement searches for. */
function queryOf(statement: Doc, vars: Doc | undefined, deadline: number | undefined): Query {
  const filter = document(statement, 'q');
  if (!filter) throw new MongoFault(40414, "BSON field 'q' is missing but a required field");
  return { filter, hint: hintOf(statement), collation: document(statement, 'collation'), vars, deadline };
}

function update(call: Call): Reply {
  const ns = target(call);
  const statements = documents(call.body, 'updates') ?? [];
  for (const statement of statements) checkKnown('update.updates', statement, UPDATE_FIELDS);
  const vars = letOf(call.body);
  const deadline = deadlineOf(call.body);
  const upserted: Doc[] = [];
  let n = 0;
  let nModified = 0;
  const faults = runStatements(statements, flag(call.body, 'ordered', true), (statement, index) => {
    const result = runUpdate(call, ns, statement, letOf(statement, 'c', vars), deadline);
    n += result.n;
    nModified += result.nModified;
    if ('upserted' in result) upserted.push({ index, _id: result.upserted });
  });
  return { doc: { n, nModified, ...(upserted.length > 0 && { upserted }), ...faults, ok: 1 } };
}

function runUpdate(
  { engine: { store } }: Call,
  ns: string,
  statement: Doc,
  vars: Doc | undefined,
  deadline: number | undefined,
): { n: number; nModified: number; upserted?: unknown } {
  const multi = flag(statement, 'multi');
  const upsert = flag(statement, 'upsert');
  const query = queryOf(statement, vars, deadline);
  const change = updateOf(statement.u, statement, { vars, multi });
  const collection = upsert ? store.collectionForWrite(ns) : store.collection(ns);
  const search = new Search(collection, query);
  const hits = gather(search, multi ? Infinity : 1);
  if (hits.length === 0 && upsert && collection) {
    return { n: 1, nModified: 0, upserted: insertUpsert(collection, search, change)._id };
  }
  let nModified = 0;
  for (const hit of hits) if (collection && applyTo(collection, search, hit, change).modified) nModified++;
  return { n: hits.length, nModified };
}

function remove(call: Call): Reply {
  const ns = target(call);
  const statements = documents(call.body, 'deletes') ?? [];
  for (const statement of statements) checkKnown('delete.deletes', statement, DELETE_FIELDS);
  const vars = letOf(call.body);
  const deadline = deadlineOf(call.body);
  let n = 0;
  const faults = runStatements(statements, flag(call.body, 'ordered', true), (statement) => {
    const limit = wholeNumber(statement, 'limit', -1, -1);
    if (limit !== 0 && limit !== 1) {
      throw new MongoFault(
        CODE.FailedToParse,
        `The limit field in delete objects must be 0 or 1. Got ${limit}`,
      );
    }
    const query = queryOf(statement, vars, deadline);
    const collection = call.engine.store.collection(ns);
    const hits = gather(new Search(collection, query), limit === 0 ? Infinity : 1);
    for (const { record, bytes } of hits) collection?.remove(record, bytes);
    n += hits.length;
  });
  return { doc: { n, ...faults, ok: 1 } };
}

const COMMON = ['ordered', 'bypassDocumentValidation', 'let'];

/** Writing: insert, update, delete. */
export const writeCommands: Record<string, Command> = {
  insert: { writes: true, fields: [...COMMON, 'documents'], run: insert },
  update: { writes: true, fields: [...COMMON, 'updates'], run: update },
  delete: { writes: true, fields: [...COMMON, 'deletes'], run: remove },
};
