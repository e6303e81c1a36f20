import type { QueryFilter, SortOrder } from 'mongoose';
import type { Glance } from '../../application/ports/stores.ts';
import type { Mongo } from './connection.ts';
import { fromStored } from './convert.ts';
import type { IncidentDocument } from './incident-document.ts';
import { ours } from './settings.ts';

/** So many are remembered: a house that lists more reads the rest anew. */
const REMEMBERED = 5000;
/** All versions of a long list in one answer, which the driver would cut into pieces of a hundred. */
const ANSWER = 5000;

interface Remembered {
  readonly version: number;
  readonly glance: Glance;
}

type Filter = QueryFilter<IncidentDocument> & { readonly organisation: string };

/**
 * What lists show of incidents. Each time the store is asked which there are, in which order and in which version;
 * only those whose version is new are read. So a list of a thousand costs their versions, and is never older than
 * the store: a card is written with its incident, whose version each change raises.
 */
export function mongoGlances({ models: { incidents } }: Mongo) {
  const memory = new Map<string, Remembered>();
  const lists = sameLists();

  /** The incidents that the filter finds, in order; 0 sets no limit. */
  return async function glances(
    filter: Filter,
    order: Readonly<Record<string, SortOrder>>,
    limit: number,
  ): Promise<readonly Glance[]> {
    const there = await incidents
      .find(filter, { version: 1 })
      .sort(order)
      .limit(limit)
      .batchSize(ANSWER)
      .lean<Pick<IncidentDocument, '_id' | 'version'>[]>();
    const known = new Map(there.map(({ _id }) => [_id, memory.get(_id)]));
    const news = there.filter(({ _id, version }) => known.get(_id)?.version !== version);
    for (const [id, read] of await readAnew(
      filter.organisation,
      news.map(({ _id }) => _id),
    ))
      known.set(id, read);
    return there.flatMap(({ _id }) => known.get(_id)?.glance ?? []);
  };

  async function readAnew(
    organisation: string,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, Remembered>> {
    if (ids.length === 0) return new Map();
    const found = await incidents
      .find({ organisation, _id: ours({ $in: [...ids] }) }, { version: 1, card: 1, laws: 1 })
      .lean<Pick<IncidentDocument, '_id' | 'version' | 'card' | 'laws'>[]>();
    const read = new Map(
      found.map(({ _id, version, card, laws }): [string, Remembered] => [
        _id,
        { version, glance: { id: _id, card: fromStored(card), laws: lists(laws) } },
      ]),
    );
    for (const [id, one] of read) remember(id, one);
    return read;
  }

  function remember(id: string, one: Remembered): void {
    memory.delete(id);
    memory.set(id, one);
    // A map keeps the order of insertion: the first is the one that was read the longest time ago.
    for (const oldest of memory.keys()) {
      if (memory.size <= REMEMBERED) break;
      memory.delete(oldest);
    }
  }
}

/** Distinct lists of laws are few; beyond so many they are begun anew. */
const LISTS = 500;

/** Incidents that the same laws judged share one list: a thousand lists of hundreds of hashes are not kept apart. */
function sameLists(): (list: readonly string[]) => readonly string[] {
  const lists = new Map<string, readonly string[]>();
  return (list) => {
    const key = list.join();
    const known = lists.get(key);
    if (known) return known;
    if (lists.size >= LISTS) lists.clear();
    lists.set(key, list);
    return list;
  };
}
