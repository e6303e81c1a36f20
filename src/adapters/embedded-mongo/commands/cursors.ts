import { randomBytes } from 'node:crypto';
import { Long } from 'bson';
import { MAX_DOCUMENT } from '../bytes.ts';
import { CODE, MongoFault } from '../errors.ts';
import type { Reply } from '../wire.ts';
import { text, wholeNumber } from './call.ts';
import type { Call, Command } from './call.ts';

/** A cursor that nobody asked for ten minutes is forgotten, as in MongoDB. */
const IDLE_LIMIT = 10 * 60 * 1000;
const FIRST_BATCH = 101;

/** Where a cursor takes its documents from. */
export interface Supply {
  /** Documents from where the last call stopped. */
  documents(): Iterable<Buffer>;
  /** Puts the last document back: it did not fit, or was only looked at. */
  unread(): void;
}

/** Results that exist already. */
export class ListSupply implements Supply {
  readonly #list: readonly Buffer[];
  #at = 0;

  constructor(list: readonly Buffer[]) {
    this.#list = list;
  }

  *documents(): Generator<Buffer> {
    while (this.#at < this.#list.length) yield this.#list[this.#at++] as Buffer;
  }

  unread(): void {
    this.#at--;
  }
}

interface Cursor {
  readonly ns: string;
  readonly supply: Supply;
  used: number;
}

/** Takes up to `size` documents and 16 MB. `done` when nothing is left behind them. */
function take(supply: Supply, size: number): { batch: Buffer[]; done: boolean } {
  const batch: Buffer[] = [];
  let bytes = 0;
  for (const document of supply.documents()) {
    bytes += document.length;
    if (batch.length >= size || (bytes > MAX_DOCUMENT && batch.length > 0)) {
      supply.unread();
      return { batch, done: false };
    }
    batch.push(document);
  }
  return { batch, done: true };
}

/** The open cursors of all clients, by id. */
export class Cursors {
  readonly #open = new Map<string, Cursor>();

  get size(): number {
    return this.#open.size;
  }

  /** Answers the first batch and keeps the rest under a new id, unless there is none. */
  first(ns: string, supply: Supply, options: { batchSize?: number; singleBatch?: boolean } = {}): Reply {
    const { batchSize = FIRST_BATCH, singleBatch = false } = options;
    // An empty first batch is asked for by those who want the cursor only: it stays open.
    const { batch, done } = batchSize === 0 ? { batch: [], done: false } : take(supply, batchSize);
    const id = done || singleBatch ? Long.ZERO : this.#keep({ ns, supply, used: performance.now() });
    return { batch, batchName: 'firstBatch', id, ns };
  }

  next(id: Long, ns: string, batchSize: number): Reply {
    const key = id.toString();
    const cursor = this.#open.get(key);
    if (!cursor) throw new MongoFault(CODE.CursorNotFound, `cursor id ${key} not found`);
    if (cursor.ns !== ns) {
      const message = `Requested getMore on namespace '${ns}', but cursor belongs to a different namespace ${cursor.ns}`;
      throw new MongoFault(CODE.Unauthorized, message);
    }
    const { batch, done } = take(cursor.supply, batchSize);
    cursor.used = performance.now();
    if (done) this.#open.delete(key);
    return { batch, batchName: 'nextBatch', id: done ? Long.ZERO : id, ns };
  }

  /** True when it was there. */
  kill(id: Long): boolean {
    return this.#open.delete(id.toString());
  }

  /** Forgets cursors that were not used for ten minutes. */
  sweep(): void {
    const limit = performance.now() - IDLE_LIMIT;
    for (const [key, cursor] of this.#open) if (cursor.used < limit) this.#open.delete(key);
  }

  #keep(cursor: Cursor): Long {
    const id = Long.fromBytesLE([...randomBytes(8)]).shiftRightUnsigned(1);
    if (id.isZero() || this.#open.has(id.toString())) return this.#keep(cursor);
    this.#open.set(id.toString(), cursor);
    return id;
  }
}

function asId(value: unknown): Long {
  if (value instanceof Long) return value;
  throw new MongoFault(CODE.TypeMismatch, 'a cursor id is a long');
}

export const cursorCommands: Record<string, Command> = {
  getMore: {
    writes: false,
    fields: ['collection', 'batchSize', 'term', 'lastKnownCommittedOpTime'],
    run({ engine, body, db }: Call): Reply {
      const ns = `${db}.${text(body, 'collection')}`;
      const batchSize = wholeNumber(body, 'batchSize', 0);
      return engine.cursors.next(asId(body.getMore), ns, batchSize === 0 ? Infinity : batchSize);
    },
  },

  killCursors: {
    writes: false,
    fields: ['cursors'],
    run({ engine, body }: Call): Reply {
      const ids = (Array.isArray(body.cursors) ? body.cursors : []).map(asId);
      const cursorsKilled = ids.filter((id) => engine.cursors.kill(id));
      const cursorsNotFound = ids.filter((id) => !cursorsKilled.includes(id));
      return { doc: { cursorsKilled, cursorsNotFound, cursorsAlive: [], cursorsUnknown: [], ok: 1 } };
    },
  },
};
