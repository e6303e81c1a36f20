import { CODE, MongoFault } from '../errors.ts';
import { compileProjection } from '../query/project.ts';
import type { Collection } from '../store/collection.ts';
import { decode } from '../values/decode.ts';
import type { Doc } from '../values/decode.ts';
import type { Reply } from '../wire.ts';
import { document, flag, target } from './call.ts';
import type { Call, Command } from './call.ts';
import { queryOf } from './read.ts';
import { Search } from './search.ts';
import { applyTo, gather, insertUpsert, updateOf } from './statement.ts';

function checkCombination(body: Doc): void {
  const fault = (message: string): MongoFault => new MongoFault(CODE.FailedToParse, message);
  const update = body.update !== undefined && body.update !== null;
  if (flag(body, 'remove')) {
    if (update) throw fault('Cannot specify both an update and remove=true');
    if (flag(body, 'upsert')) throw fault('Cannot specify both upsert=true and remove=true');
    if (flag(body, 'new')) {
      throw fault(
        "Cannot specify both new=true and remove=true; 'remove' always returns the deleted document",
      );
    }
  } else if (!update) throw fault('Either an update or remove=true must be specified');
}

/** One document found, changed and answered: as it was, or with `new` as it is. */
function findAndModify(call: Call): Reply {
  const { body, engine } = call;
  const ns = target(call);
  checkCombination(body);
  const query = queryOf(body, 'query');
  const remove = flag(body, 'remove');
  const change = remove ? undefined : updateOf(body.update, body, { vars: query.vars });
  const upsert = flag(body, 'upsert');
  const collection = upsert ? engine.store.collectionForWrite(ns) : engine.store.collection(ns);
  const search = new Search(collection, query);
  const project = projection(body, search, query.vars);
  if (!collection) return nothing(remove);
  const [hit] = gather(search, 1);
  if (hit && !change) {
    collection.remove(hit.record, hit.bytes);
    return { doc: { lastErrorObject: { n: 1 }, value: project(decode(hit.bytes)), ok: 1 } };
  }
  if (hit && change) {
    const { before, after } = applyTo(collection, search, hit, change);
    const lastErrorObject = { n: 1, updatedExisting: true };
    return { doc: { lastErrorObject, value: project(flag(body, 'new') ? after : before), ok: 1 } };
  }
  if (!upsert || !change) return nothing(remove);
  return upserted(collection, search, change, flag(body, 'new'), project);
}

function upserted(
  collection: Collection,
  search: Search,
  change: ReturnType<typeof updateOf>,
  answerNew: boolean,
  project: (doc: Doc) => Doc,
): Reply {
  const doc = insertUpsert(collection, search, change);
  const lastErrorObject = { n: 1, updatedExisting: false, upserted: doc._id };
  return { doc: { lastErrorObject, value: answerNew ? project(doc) : null, ok: 1 } };
}

function nothing(remove: boolean): Reply {
  const lastErrorObject = remove ? { n: 0 } : { n: 0, updatedExisting: false };
  return { doc: { lastErrorObject, value: null, ok: 1 } };
}

function projection(body: Doc, search: Search, vars: Doc | undefined): (doc: Doc) => Doc {
  const fields = document(body, 'fields') ?? {};
  if (Object.keys(fields).length === 0) return (doc) => doc;
  return compileProjection(fields, search.filter, vars);
}

const command: Command = {
  writes: true,
  fields: [
    'query',
    'sort',
    'remove',
    'update',
    'new',
    'fields',
    'upsert',
    'bypassDocumentValidation',
    'collation',
    'arrayFilters',
    'hint',
    'let',
  ],
  run: findAndModify,
};

/** Both spellings are MongoDB's. */
export const findAndModifyCommands: Record<string, Command> = {
  findAndModify: command,
  findandmodify: command,
};
