import { Binary, UUID } from 'bson';
import type { Int32 } from 'bson';
import { CODE, MongoFault } from '../errors.ts';
import type { IndexSpec } from '../index/index.ts';
import { decode, encode } from '../values/decode.ts';
import type { Doc } from '../values/decode.ts';
import { Collection, ID_INDEX } from './collection.ts';
import type { CollectionRecord } from './collection.ts';
import { readIndex } from './index-spec.ts';
import { splitNamespace } from './namespace.ts';
import { Records } from './records.ts';

function toEntry(record: CollectionRecord): Buffer {
  return encode({
    number: record.number,
    uuid: new Binary(record.uuid, Binary.SUBTYPE_UUID),
    options: record.options,
    indexes: record.indexes.map((index) => index.raw),
  });
}

function fromEntry(bytes: Buffer): CollectionRecord {
  const doc = decode(bytes) as unknown as { number: Int32; uuid: Binary; options: Doc; indexes: Doc[] };
  return {
    number: doc.number.value,
    uuid: doc.uuid.buffer.subarray(0, 16),
    options: doc.options,
    indexes: doc.indexes.map((raw) => (raw.name === '_id_' ? ID_INDEX : readIndex(raw))),
  };
}

/** All collections of one data folder, and the one door through which they are changed: `transaction`. */
export class Store {
  readonly #records: Records;
  readonly #collections = new Map<string, Collection>();
  readonly #touched = new Set<Collection>();
  #catalogueTouched = false;
  #nextNumber = 1;

  constructor(file: string) {
    this.#records = new Records(file);
    this.#readCatalogue();
  }

  collection(ns: string): Collection | undefined {
    return this.#collections.get(ns);
  }

  /** Collections of a database (or of all), by name. */
  collections(database?: string): Collection[] {
    const all = [...this.#collections.values()].sort((a, b) => (a.ns < b.ns ? -1 : 1));
    return database === undefined ? all : all.filter(({ ns }) => splitNamespace(ns)[0] === database);
  }

  databases(): string[] {
    return [...new Set(this.collections().map(({ ns }) => splitNamespace(ns)[0]))];
  }

  /** Bytes in use, of all databases together. */
  size(): number {
    return this.#records.size();
  }

  /**
   * Runs `work` as one durable transaction. When it throws, or the commit fails, neither the file nor the
   * memory keeps anything of it: the catalogue is read again, indexes of what was written are built again.
   */
  transaction(work: () => void): void {
    this.#touched.clear();
    this.#catalogueTouched = false;
    try {
      this.#records.transaction(work);
    } catch (error) {
      for (const collection of this.#touched) collection.unload();
      if (this.#catalogueTouched) this.#readCatalogue();
      throw error;
    }
  }

  /** The collection `ns`, made when it is not there, as a write makes it. */
  collectionForWrite(ns: string): Collection {
    return this.#collections.get(ns) ?? this.create(ns, {});
  }

  create(ns: string, options: Doc): Collection {
    if (this.#collections.has(ns))
      throw new MongoFault(CODE.NamespaceExists, `Collection ${ns} already exists.`);
    const record = { number: this.#nextNumber++, uuid: new UUID().buffer, options, indexes: [ID_INDEX] };
    const collection = this.#make(ns, record);
    this.#save(collection);
    return collection;
  }

  drop(collection: Collection): void {
    this.#catalogueTouched = true;
    this.#touched.add(collection);
    this.#records.clear(collection.record.number);
    this.#records.removeEntry(collection.ns);
    this.#collections.delete(collection.ns);
  }

  /** Gives the documents and indexes of `from` the name `to`; what had that name is dropped. */
  rename(from: Collection, to: string): void {
    const old = this.#collections.get(to);
    if (old) this.drop(old);
    this.#catalogueTouched = true;
    this.#records.removeEntry(from.ns);
    this.#collections.delete(from.ns);
    this.#save(this.#make(to, from.record));
  }

  /** Declares which indexes a collection has. They are built at its next use. */
  setIndexes(collection: Collection, indexes: readonly IndexSpec[]): void {
    this.#touched.add(collection);
    collection.redefine({ ...collection.record, indexes });
    this.#save(collection);
  }

  close(): Promise<void> {
    return this.#records.close();
  }

  #make(ns: string, record: CollectionRecord): Collection {
    const collection = new Collection(ns, record, this.#records, (written) => this.#touched.add(written));
    this.#collections.set(ns, collection);
    return collection;
  }

  #save(collection: Collection): void {
    this.#catalogueTouched = true;
    this.#records.putEntry(collection.ns, toEntry(collection.record));
  }

  #readCatalogue(): void {
    const known = new Map(this.#collections);
    this.#collections.clear();
    for (const { ns, bytes } of this.#records.entries()) {
      const record = fromEntry(bytes);
      const before = known.get(ns);
      if (before?.record.number === record.number) {
        before.redefine(record);
        this.#collections.set(ns, before);
      } else {
        this.#make(ns, record);
      }
      this.#nextNumber = Math.max(this.#nextNumber, record.number + 1);
    }
  }
}
