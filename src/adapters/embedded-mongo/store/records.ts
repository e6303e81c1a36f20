import { closeSync, openSync } from 'node:fs';
import { open } from 'lmdb';
import type { Database, RootDatabase } from 'lmdb';
import { PAGE, Room } from './room.ts';
import type { Pages } from './room.ts';

/** A record number is 48 bits: at a million inserts a second it lasts nine years. */
const KEY_LENGTH = 10;

/** What the catalogue keeps about one collection, by namespace. */
export interface Entry {
  readonly ns: string;
  readonly bytes: Buffer;
}

/** The two pages at the file's beginning, which say where everything is. */
const META_PAGES = 2;

/** What LMDB tells of a tree; of the whole file beside it. */
interface Tree {
  readonly treeBranchPageCount: number;
  readonly treeLeafPageCount: number;
  readonly overflowPages: number;
}

interface Stats extends Tree {
  readonly lastPageNumber: number;
  readonly root: Tree;
  readonly free: Tree;
}

function keyOf(collection: number, record: number): Buffer {
  const key = Buffer.allocUnsafe(KEY_LENGTH);
  key.writeUInt32BE(collection, 0);
  key.writeUIntBE(record, 4, 6);
  return key;
}

/** The last six bytes of a key, without a buffer object made for each: scans spend a tenth of their time there. */
function recordOf(key: Uint8Array): number {
  let record = 0;
  for (let at = 4; at < KEY_LENGTH; at++) record = record * 256 + (key[at] ?? 0);
  return record;
}

/**
 * The file: documents by collection number and rising record number, and the catalogue.
 * One LMDB database holds all documents, so that the number of collections has no limit.
 */
export class Records {
  readonly #root: RootDatabase<Buffer, string>;
  readonly #documents: Database<Buffer, Uint8Array>;
  readonly #catalogue: Database<Buffer, string>;
  /** Windows gives the file its whole size at once: there is nothing to see to. */
  readonly #room: Room | undefined;

  /** Opens or makes the file `file`. Throws what LMDB throws. */
  constructor(file: string) {
    // LMDB would make it readable for everybody; an empty file is a new one to it.
    closeSync(openSync(file, 'a', 0o600));
    // overlappingSync false: a transaction returns only after its pages are synced, so that an acknowledged
    // write outlives a power cut too.
    this.#root = open({
      path: file,
      noSubdir: true,
      maxDbs: 4,
      pageSize: PAGE,
      overlappingSync: false,
      encoding: 'binary',
    });
    this.#documents = this.#root.openDB('documents', { encoding: 'binary', keyEncoding: 'binary' });
    this.#catalogue = this.#root.openDB('catalogue', { encoding: 'binary' });
    this.#room = process.platform === 'win32' ? undefined : new Room(file);
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

  insert(collection: number, record: number, bytes: Buffer): void {
    this.#room?.inserts(collection, record, bytes.length);
    this.#documents.putSync(keyOf(collection, record), bytes);
  }

  replace(collection: number, record: number, bytes: Buffer): void {
    this.#room?.replaces(collection, record, bytes.length);
    this.#documents.putSync(keyOf(collection, record), bytes);
  }

  remove(collection: number, record: number): void {
    this.#room?.removes(collection, record);
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
    this.#room?.catalogue(bytes.length);
    this.#catalogue.putSync(ns, bytes);
  }

  removeEntry(ns: string): void {
    this.#catalogue.removeSync(ns);
  }

  /** Up to which byte the file was ever used. */
  end(): number {
    return this.#pages().end * PAGE;
  }

  /** Bytes of the file that are in use. */
  size(): number {
    const { end, free } = this.#pages();
    return (end - free) * PAGE;
  }

  /**
   * Runs `work` as one durable transaction: on return everything it put is on the disk, if it throws (or the
   * disk is full: DiskFull) nothing is.
   */
  transaction(work: () => void): void {
    this.#root.transactionSync(() => {
      this.#room?.begin();
      work();
      this.#room?.ensure(() => this.#pages());
    });
  }

  #pages(): Pages {
    const documents = this.#documents.getStats() as Stats;
    const catalogue = this.#catalogue.getStats() as Stats;
    const end = documents.lastPageNumber + 1;
    const held = [documents, catalogue, documents.root, documents.free].reduce(
      (sum, tree) => sum + tree.treeBranchPageCount + tree.treeLeafPageCount + tree.overflowPages,
      META_PAGES,
    );
    return { end, free: Math.max(0, end - held), leaves: documents.treeLeafPageCount };
  }

  async close(): Promise<void> {
    this.#room?.close();
    await this.#root.close();
  }
}
