import { MAX_DEPTH, MAX_DOCUMENT, tooLarge, validate } from '../bytes.ts';
import { CODE, MongoFault } from '../errors.ts';
import { CollectionIndex } from '../index/index.ts';
import type { IndexSpec } from '../index/index.ts';
import { compileFilter } from '../query/match.ts';
import { decode, encode } from '../values/decode.ts';
import type { Doc } from '../values/decode.ts';
import { pick } from '../values/pick.ts';
import type { Records } from './records.ts';

/** What the catalogue remembers of a collection. */
export interface CollectionRecord {
  readonly number: number;
  readonly uuid: Uint8Array;
  readonly options: Doc;
  readonly indexes: readonly IndexSpec[];
}

export const ID_INDEX: IndexSpec = {
  name: '_id_',
  key: [['_id', 1]],
  unique: true,
  sparse: false,
  raw: { v: 2, key: { _id: 1 }, name: '_id_' },
};

/** Names of the top-level fields that `spec` reads, or undefined when it needs the whole document. */
function fieldsOf(spec: IndexSpec): Iterable<string> | null {
  const own = spec.key.map(([path]) => path.split('.', 1)[0] ?? path);
  if (!spec.partial) return own;
  const partial = compileFilter(spec.partial).fields;
  return partial === null ? null : [...own, ...partial];
}

/**
 * One collection: its documents in the file, its indexes in memory. The indexes are built at the first use
 * and thrown away when a transaction failed, so that they never hold what the file does not.
 */
export class Collection {
  readonly ns: string;
  readonly #records: Records;
  readonly #onWrite: (collection: Collection) => void;
  #record: CollectionRecord;
  #loaded: { indexes: CollectionIndex[]; fields: ReadonlySet<string> | null; next: number } | undefined;

  constructor(
    ns: string,
    record: CollectionRecord,
    records: Records,
    onWrite: (collection: Collection) => void,
  ) {
    this.ns = ns;
    this.#record = record;
    this.#records = records;
    this.#onWrite = onWrite;
  }

  get record(): CollectionRecord {
    return this.#record;
  }

  /** The indexes, `_id_` first, with what is in them; builds them when nobody did since the start. */
  get indexes(): readonly CollectionIndex[] {
    return this.#load().indexes;
  }

  get count(): number {
    return this.#load().indexes[0]?.size ?? 0;
  }

  get(record: number): Buffer | undefined {
    return this.#records.get(this.#record.number, record);
  }

  range(from = 0): Generator<[record: number, bytes: Buffer]> {
    return this.#records.range(this.#record.number, from);
  }

  /** Newest first, from record `from` down. */
  rangeBack(from = this.#load().next): Generator<[record: number, bytes: Buffer]> {
    return this.#records.rangeBack(this.#record.number, from);
  }

  /** Forgets what is in memory: the next use builds it from the file. */
  unload(): void {
    this.#loaded = undefined;
  }

  /** Takes another catalogue entry: options changed, or indexes hidden. Indexes are built anew if they differ. */
  redefine(record: CollectionRecord): void {
    this.#record = record;
    this.unload();
  }

  /** Stores a document that has passed `toStored`. Throws E11000 before anything is written. */
  insert(bytes: Buffer): void {
    const loaded = this.#load();
    const doc = this.#indexed(bytes);
    const record = loaded.next;
    for (const index of loaded.indexes) this.#check(index, doc, undefined);
    this.#onWrite(this);
    loaded.next = record + 1;
    this.#records.insert(this.#record.number, record, bytes);
    for (const index of loaded.indexes) index.add(record, doc);
  }

  /** Puts `after` in the place of `before`. False when the bytes are equal and nothing was written. */
  replace(record: number, before: Buffer, after: Doc): boolean {
    const bytes = encode(after);
    if (bytes.equals(before)) return false;
    if (bytes.length > MAX_DOCUMENT) throw tooLarge(bytes.length);
    validate(bytes, MAX_DEPTH);
    const { indexes } = this.#load();
    const old = this.#indexed(before);
    const next = this.#indexed(bytes);
    const changed = indexes.filter((index) => this.#check(index, next, record, old));
    this.#onWrite(this);
    this.#records.replace(this.#record.number, record, bytes);
    for (const index of changed) {
      index.remove(record, old);
      index.add(record, next);
    }
    return true;
  }

  remove(record: number, bytes: Buffer): void {
    const { indexes } = this.#load();
    const doc = this.#indexed(bytes);
    this.#onWrite(this);
    this.#records.remove(this.#record.number, record);
    for (const index of indexes) index.remove(record, doc);
  }

  /** The fields that indexes read; the rest of the document is not decoded. */
  #indexed(bytes: Buffer): Doc {
    const { fields } = this.#load();
    return fields === null ? decode(bytes) : pick(bytes, fields);
  }

  /**
   * Whether `doc` changes what `index` holds of this record. Throws E11000 when another record has a key of
   * it, and 171 for two arrays, before anything is written.
   */
  #check(index: CollectionIndex, doc: Doc, self: number | undefined, old?: Doc): boolean {
    const keys = index.fits(doc) ? index.keysOf(doc) : [];
    if (old) {
      const oldKeys = index.fits(old) ? index.keysOf(old) : [];
      if (keys.length === oldKeys.length && keys.every((key, at) => key === oldKeys[at])) return false;
    }
    if (!index.spec.unique || keys.length === 0) return true;
    const conflict = index.conflict(keys, self);
    if (conflict) throw duplicate(this.ns, index.spec, conflict.keyValue);
    return true;
  }

  #load(): { indexes: CollectionIndex[]; fields: ReadonlySet<string> | null; next: number } {
    if (this.#loaded) return this.#loaded;
    const specs = this.#record.indexes.filter((spec) => !spec.noop);
    const indexes = specs.map((spec) => new CollectionIndex(spec));
    let fields: Set<string> | null = new Set();
    for (const spec of specs) {
      const own = fieldsOf(spec);
      if (own === null || fields === null) fields = null;
      else for (const name of own) fields.add(name);
    }
    this.#loaded = { indexes, fields, next: this.#records.last(this.#record.number) + 1 };
    for (const [record, bytes] of this.range()) {
      const doc = this.#indexed(bytes);
      for (const index of indexes) index.add(record, doc);
    }
    return this.#loaded;
  }

  /** Builds one more index over what is there. Throws 11000 and leaves everything as it was. */
  checkNewIndex(spec: IndexSpec): void {
    if (spec.noop) return;
    const index = new CollectionIndex(spec);
    const fields = fieldsOf(spec);
    const set = fields && new Set(fields);
    for (const [record, bytes] of this.range()) {
      const doc = set ? pick(bytes, set) : decode(bytes);
      this.#check(index, doc, record);
      index.add(record, doc);
    }
  }
}

/** E11000 in MongoDB's words: clients read the index's name and the value out of it. */
function duplicate(ns: string, spec: IndexSpec, keyValue: Doc): MongoFault {
  const shown = Object.entries(keyValue)
    .map(([name, value]) => `${name}: ${show(value)}`)
    .join(', ');
  return new MongoFault(
    CODE.DuplicateKey,
    `E11000 duplicate key error collection: ${ns} index: ${spec.name} dup key: { ${shown} }`,
    { keyPattern: spec.raw.key, keyValue },
  );
}

function show(value: unknown): string {
  if (value === undefined || value === null) return 'null';
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  const kind = (value as { _bsontype?: string })._bsontype;
  if (kind === 'ObjectId') return `ObjectId('${String(value)}')`;
  if (kind !== undefined) return String(value);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
