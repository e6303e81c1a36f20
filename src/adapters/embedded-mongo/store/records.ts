import { open } from 'lmdb';
import type { Database, RootDatabase } from 'lmdb';

/** A record number is 48 bits: at a million inserts a second it lasts nine years. */
const KEY_LENGTH = 10;

/** What the catalogue keeps about one collection, by namespace. */
export interface Entry {
  readonly ns: string;
  readonly bytes: Buffer;
}

function keyOf(collection: number, record: number): Buffer {
  const key = Buffer.allocUnsafe(KEY_LENGTH);
  key.writeUInt32BE(collection, 0);
  key.writeUIntBE(record, 4, 6);
  return key;
}

function recordOf(key: Uint8Array): number {
  return Buffer.from(key.buffer, key.byteOffset, key.byteLength).readUIntBE(4, 6);
}

/**
 * The file: documents by collection number and rising record number, and the catalogue.
 * One LMDB database holds all documents, so that the number of collections has no limit.
 */
export class Records {
  readonly #root: RootDatabase<Buffer, string>;
  readonly #documents: Database<Buffer, Uint8Array>;
  readonly #catalogue: Database<Buffer, string>;

  /** Opens or makes the file `file`. Throws what LMDB throws. */
  constructor(file: string) {
    // overlappingSync false: a transaction returns only after its pages are synced, so that an acknowledged
    // write outlives a power cut too.
    this.#root = open({ path: file, noSubdir: true, maxDbs: 4, overlappingSync: false, encoding: 'binary' });
    this.#documents = this.#root.openDB('documents', { encoding: 'binary', keyEncoding: 'binary' });
    this.#catalogue = this.#root.openDB('catalogue', { encoding: 'binary' });
  }

  get(collection: number, record: number): Buffer | undefined {
    return this.#documents.get(keyOf(collection, record));
  }

  /** Records of a collection in the order of their insertion, from number `from` on. */
  *range(collection: number, from = 0): Generator<[record: number, bytes: Buffer]> {
    const range = this.#documents.getRange({ start: keyOf(collection, from), end: keyOf(collection + 1, 0) });
    for (const { key, value } of range) yield [recordOf(key), value];
  }

  /** The same backwards, from number `from` down. */
  *rangeBack(collection: number, from: number): Generator<[record: number, bytes: Buffer]> {
    const ends = { start: keyOf(collection, from), end: keyOf(collection, 0), reverse: true };
    for (const { key, value } of this.#documents.getRange(ends)) yield [recordOf(key), value];
  }

  /** The highest record number in use, or 0. */
  last(collection: number): number {
    const start = keyOf(collection + 1, 0);
    for (const key of this.#documents.getKeys({
      start,
      end: keyOf(collection, 0),
      reverse: true,
      limit: 1,
    })) {
      return recordOf(key);
    }
    return 0;
  }

  put(collection: number, record: number, bytes: Buffer): void {
    this.#documents.putSync(keyOf(collection, record), bytes);
  }

  remove(collection: number, record: number): void {
    this.#documents.removeSync(keyOf(collection, record));
  }

  /** Removes every record of a collection. */
  clear(collection: number): void {
    const range = { start: keyOf(collection, 0), end: keyOf(collection + 1, 0) };
    for (const key of [...this.#documents.getKeys(range)]) this.#documents.removeSync(key);
  }

  entries(): Entry[] {
    return [...this.#catalogue.getRange()].map(({ key, value }) => ({ ns: key, bytes: value }));
  }

  putEntry(ns: string, bytes: Buffer): void {
    this.#catalogue.putSync(ns, bytes);
  }

  removeEntry(ns: string): void {
    this.#catalogue.removeSync(ns);
  }

  /** Bytes of the file that are in use. */
  size(): number {
    const stats = this.#root.getStats() as { pageSize: number; lastPageNumber: number };
    return stats.pageSize * (stats.lastPageNumber + 1);
  }

  /**
   * Runs `work` as one durable transaction: on return everything it put is on the disk, if it throws (or the
   * disk is full) nothing is.
   */
  transaction(work: () => void): void {
    this.#root.transactionSync(() => {
      work();
    });
  }

  async close(): Promise<void> {
    await this.#root.close();
  }
}
