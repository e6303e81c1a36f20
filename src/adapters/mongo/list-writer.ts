import type { Lists, NewBatch } from '../../application/ports/people.ts';
import { isOpen, newBatch } from '../../domain/people/batch.ts';
import { Seen } from '../../domain/people/list-file/seen.ts';
import type { Person } from '../../domain/people/person.ts';
import { BATCH_SIZE } from '../../domain/people/typed-list.ts';
import { sha256 } from '../../domain/register/entry.ts';
import type { ListKey, Vault } from '../crypto/vault.ts';
import { packPeople } from './batch-blob.ts';
import { bytesOf } from './binary.ts';
import { statesIn, toColumns } from './columns.ts';
import type { Mongo } from './connection.ts';
import { toStored } from './convert.ts';
import { batchId, tagsOf } from './deliveries.ts';
import type { BatchDocument, DeliveriesDocument, ListDocument } from './list-document.ts';
import { toHead } from './list-head.ts';

/** How many bytes of tags stand for one address. */
const TAG = 8;
/** Batches that are stored by one command: each command costs more than a batch does. */
const GROUP = 5;
const GROUPS_AT_ONCE = 2;

interface SealedBatch {
  readonly batch: BatchDocument;
  readonly deliveries: DeliveriesDocument;
  readonly digest: string;
}

/**
 * How people come into the store: batch after batch under a key that lies nowhere until the head does. Whoever dies
 * before the head has written what nobody can open.
 */
export function mongoListWriter(
  { models: { lists, batches, deliveries } }: Mongo,
  vault: Vault,
): Pick<Lists, 'create' | 'write' | 'discard' | 'holds'> {
  /** Seals one batch; answers its documents and the digest of the sealed bytes. */
  async function sealBatch(
    of: { readonly organisation: string; readonly id: string; readonly batch: number },
    key: ListKey,
    { people, states }: NewBatch,
  ): Promise<SealedBatch> {
    const { organisation, id: list, batch } = of;
    const sealed = key.seal(String(batch), await packPeople(people));
    const document = { _id: batchId(list, batch), organisation, list, batch };
    const standing = states ? { ...newBatch(people), states } : newBatch(people);
    const tags = tagsOf(
      key,
      people.map(({ email }) => email),
    );
    return {
      batch: { ...document, sealed },
      deliveries: { ...document, ...toColumns(standing, isOpen(standing)), version: 0, tags },
      digest: sha256(sealed),
    };
  }

  const write: Lists['write'] = async ({ id, organisation, incident, notice, at }, parts) => {
    const { key, wrapped } = vault.newListKey(organisation, id);
    const digests: string[] = [];
    const languages = new Tally();
    const countries = new Tally();
    let count = 0;
    await sideBySide(GROUPS_AT_ONCE, inGroups(parts), async (group, place) => {
      const sealed: SealedBatch[] = [];
      for (const [at, part] of group.entries())
        sealed.push(await sealBatch({ organisation, id, batch: place * GROUP + at }, key, part));
      await Promise.all([
        batches.insertMany(
          sealed.map(({ batch }) => batch),
          { lean: true },
        ),
        deliveries.insertMany(
          sealed.map((one) => one.deliveries),
          { lean: true },
        ),
      ]);
      sealed.forEach(({ digest }, at) => {
        digests[place * GROUP + at] = digest;
      });
      for (const { people } of group) {
        count += people.length;
        for (const { language, country } of people) {
          languages.add(language);
          countries.add(country);
        }
      }
    });
    const document: ListDocument = {
      _id: id,
      organisation,
      incident,
      notice,
      createdAt: toStored(at),
      count,
      batches: digests,
      languages: languages.rows(),
      countries: countries.rows(),
      key: wrapped,
    };
    await lists.create(document);
    return toHead(document);
  };

  return {
    write,

    create: (of, people) => write(of, inBatches(people)),

    async discard(organisation, id) {
      await lists.deleteOne({ _id: id, organisation });
      await deliveries.deleteMany({ organisation, list: id });
      await batches.deleteMany({ organisation, list: id });
    },

    async holds(organisation, id, states) {
      const head = await lists
        .findOne({ _id: id, organisation }, { key: 1 })
        .lean<Pick<ListDocument, 'key'>>();
      if (!head?.key) return () => false;
      const key = vault.listKey(organisation, id, bytesOf(head.key));
      const held = new Seen();
      const stored = deliveries
        .find({ organisation, list: id }, { states: 1, tags: 1, amendments: 1 })
        .lean<Pick<DeliveriesDocument, 'states' | 'tags' | 'amendments'>>();
      for await (const { states: letters, tags, amendments = [] } of stored as AsyncIterable<
        Pick<DeliveriesDocument, 'states' | 'tags' | 'amendments'>
      >) {
        const standing = statesIn(letters);
        const all = tags ? bytesOf(tags) : Buffer.alloc(0);
        standing.forEach((state, position) => {
          if (states === 'any' || states.includes(state))
            held.add(all.toString('latin1', position * TAG, (position + 1) * TAG));
        });
        for (const { position, tag } of amendments) {
          const state = standing[position];
          if (states === 'any' || (state !== undefined && states.includes(state)))
            held.add(bytesOf(tag).toString('latin1'));
        }
      }
      // Who has no address has the tag of no address.
      return (email) => email !== '' && held.has(key.tag(email).toString('latin1'));
    },
  };
}

// eslint-disable-next-line @typescript-eslint/require-await -- people who are at hand already
async function* inBatches(people: readonly Person[]): AsyncGenerator<NewBatch> {
  for (let at = 0; at < people.length; at += BATCH_SIZE) yield { people: people.slice(at, at + BATCH_SIZE) };
}

async function* inGroups(parts: AsyncIterable<NewBatch>): AsyncGenerator<readonly NewBatch[]> {
  let group: NewBatch[] = [];
  for await (const part of parts) {
    group.push(part);
    if (group.length < GROUP) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

/**
 * Works on what comes, a few at a time, so that one batch is compressed while another is made durable. Nothing is under
 * way any more when it ends, or throws.
 */
async function sideBySide<T>(
  most: number,
  items: AsyncIterable<T>,
  work: (item: T, place: number) => Promise<void>,
): Promise<void> {
  const running = new Set<Promise<void>>();
  const failed: unknown[] = [];
  let place = 0;
  try {
    for await (const item of items) {
      while (running.size >= most) await Promise.race(running);
      if (failed.length > 0) break;
      const one: Promise<void> = work(item, place)
        .catch((error: unknown) => void failed.push(error))
        .finally(() => running.delete(one));
      running.add(one);
      place += 1;
    }
  } finally {
    await Promise.all(running);
  }
  if (failed.length > 0) throw failed[0];
}

/** How often each stands there; what is not known is not counted. */
class Tally {
  private readonly counts = new Map<string, number>();

  add(name: string | undefined): void {
    if (name !== undefined) this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
  }

  rows(): { name: string; count: number }[] {
    return [...this.counts].map(([name, count]) => ({ name, count }));
  }
}
