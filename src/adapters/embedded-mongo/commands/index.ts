import { CODE, MongoFault } from '../errors.ts';
import type { Doc } from '../values/decode.ts';
import { isNumeric, notImplemented, toNumber } from './call.ts';
import type { Call, Command } from './call.ts';
import { adminCommands } from './admin.ts';
import { aggregateCommands } from './aggregate.ts';
import { catalogueCommands } from './catalogue.ts';
import { cursorCommands } from './cursors.ts';
import { explainCommands } from './explain.ts';
import { findAndModifyCommands } from './find-and-modify.ts';
import { helloCommands } from './hello.ts';
import { indexCommands } from './indexes.ts';
import { readCommands } from './read.ts';
import { writeCommands } from './write.ts';

const COMMANDS = new Map<string, Command>(
  [
    helloCommands,
    adminCommands,
    catalogueCommands,
    indexCommands,
    readCommands,
    writeCommands,
    findAndModifyCommands,
    aggregateCommands,
    cursorCommands,
    explainCommands,
  ].flatMap((commands) => Object.entries(commands)),
);

/** Commands of transactions: code 20 with MongoDB's own words, on which drivers key. */
const TRANSACTION_COMMANDS = new Set(['commitTransaction', 'abortTransaction']);

/** Real commands of MongoDB 7.0 that are refused by their name, so that nobody takes it for a typo. */
const NOT_BUILT = new Set([
  'mapReduce',
  'mapreduce',
  'geoNear',
  'geoSearch',
  'bulkWrite',
  'validate',
  'compact',
  'convertToCapped',
  'cloneCollectionAsCapped',
]);

export const COMMAND_NAMES: readonly string[] = [...COMMANDS.keys()];

/** The command of a call. Throws 59 for an unknown one, 20 for anything of a transaction. */
export function commandOf({ name, body }: Pick<Call, 'name' | 'body'>): Command {
  if (TRANSACTION_COMMANDS.has(name) || body.txnNumber !== undefined || body.startTransaction !== undefined) {
    throw new MongoFault(
      CODE.IllegalOperation,
      'Transaction numbers are only allowed on a replica set member or mongos',
    );
  }
  if (NOT_BUILT.has(name)) throw notImplemented(`the command '${name}'`);
  const command = COMMANDS.get(name);
  if (!command) throw new MongoFault(CODE.CommandNotFound, `no such command: '${name}'`);
  checkConcerns(body);
  return command;
}

/** Promises that a single store cannot keep are refused, not ignored. */
function checkConcerns(body: Doc): void {
  const w = (body.writeConcern as Doc | undefined)?.w;
  if (isNumeric(w) && toNumber(w) > 1) {
    throw new MongoFault(CODE.BadValue, "cannot use 'w' > 1 when a host is not replicated");
  }
  const level = (body.readConcern as Doc | undefined)?.level;
  if (level === 'snapshot') {
    throw new MongoFault(CODE.InvalidOptions, 'read concern level snapshot is only valid in a transaction');
  }
}
