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
import type { DeliveriesDocument, ListDocument } from './list-document.ts';
import { toHead } from './list-head.ts';

/** How many bytes of tags stand for one address. */
const TAG = 8;

/**
 * How people come into the store: batch after batch under a key that lies nowhere until the head does. Whoever dies
 * before the head has written what nobody can open.
 */
export function mongoListWriter(
  { models: { lists, batches, deliveries } }: Mongo,
  vault: Vault,
): Pick<Lists, 'create' | 'write' | 'discard' | 'holds'> {
  /** Seals one batch and stores it with its deliveries; answers the digest of the sealed bytes. */
  async function createBatch(
    of: { readonly organisation: string; readonly id: string; readonly batch: number },
    key: ListKey,
    { people, states }: NewBatch,
  ): Promise<string> {
    const { organisation, id: list, batch } = of;
    const sealed = key.seal(String(batch), await packPeople(people));
    const document = { _id: batchId(list, batch), organisation, list, batch };
    const standing = states ? { ...newBatch(people), states } : newBatch(people);
    const tags = tagsOf(
      key,
      people.map(({ email }) => email),
    );
    await Promise.all([
      batches.create({ ...document, sealed }),
      deliveries.create({ ...document, ...toColumns(standing, isOpen(standing)), version: 0, tags }),
    ]);
    return sha256(sealed);
  }

  const write: Lists['write'] = async ({ id, organisation, incident, notice, at }, parts) => {
    const { key, wrapped } = vault.newListKey(organisation, id);
    const digests: string[] = [];
    const languages = new Tally();
    const countries = new Tally();
    let count = 0;
    for await (const part of parts) {
      digests.push(await createBatch({ organisation, id, batch: digests.length }, key, part));
      count += part.people.length;
      for (const { language, country } of part.people) {
        languages.add(language);
        countries.add(country);
      }
    }
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
      const held = new Seen((email) => key.tag(email));
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
            held.addTag(all.subarray(position * TAG, (position + 1) * TAG));
        });
        for (const { position, tag } of amendments) {
          const state = standing[position];
          if (states === 'any' || (state !== undefined && states.includes(state))) held.addTag(bytesOf(tag));
        }
      }
      // Who has no address has the tag of no address.
      return (email) => email !== '' && held.has(email);
    },
  };
}

// eslint-disable-next-line @typescript-eslint/require-await -- people who are at hand already
async function* inBatches(people: readonly Person[]): AsyncGenerator<NewBatch> {
  for (let at = 0; at < people.length; at += BATCH_SIZE) yield { people: people.slice(at, at + BATCH_SIZE) };
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
