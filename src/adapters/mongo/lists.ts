import type { Temporal } from 'temporal-polyfill';
import type { Address, Lists, Unregistered } from '../../application/ports/people.ts';
import { move } from '../../domain/people/batch.ts';
import { DELIVERY_STATES, type DeliveryState, type Person } from '../../domain/people/person.ts';
import { CHANNELS, type Channel } from '../../domain/people/settling.ts';
import { sha256 } from '../../domain/register/entry.ts';
import type { ListKey, Vault } from '../crypto/vault.ts';
import { unpackPeople } from './batch-blob.ts';
import { bytesOf } from './binary.ts';
import { fromColumns, statesIn, type Columns } from './columns.ts';
import type { Mongo } from './connection.ts';
import { fromStored, toStored } from './convert.ts';
import { batchId as idOf, changeBatch } from './deliveries.ts';
import type { DeliveriesDocument, ListDocument } from './list-document.ts';
import { toHead } from './list-head.ts';
import { looseEndsOf } from './loose-ends.ts';
import { mongoListKeys } from './list-keys.ts';
import { mongoListWriter } from './list-writer.ts';

/** The list, or one batch of it, is not in the store, or its people were forgotten. */
export class PeopleMissing extends Error {
  override readonly name = 'PeopleMissing';

  constructor(list: string, batch: number) {
    super(`Batch ${batch} of the list ${list} is not in the store, or its key was deleted.`);
  }
}

export function mongoLists(mongo: Mongo, vault: Vault): Lists {
  const { lists, batches, deliveries } = mongo.models;

  async function keyOf(organisation: string, id: string, batch: number): Promise<ListKey> {
    const head = await lists.findOne({ _id: id, organisation }, { key: 1 }).lean<Pick<ListDocument, 'key'>>();
    if (!head?.key) throw new PeopleMissing(id, batch);
    return vault.listKey(organisation, id, bytesOf(head.key));
  }

  async function read(
    organisation: string,
    id: string,
    batch: number,
  ): Promise<{ readonly people: readonly Person[]; readonly digest: string }> {
    const where = { _id: idOf(id, batch), organisation };
    const [stored, key, beside] = await Promise.all([
      batches.findOne(where).lean(),
      keyOf(organisation, id, batch),
      deliveries.findOne(where, { amendments: 1 }).lean<Pick<DeliveriesDocument, 'amendments'>>(),
    ]);
    if (!stored) throw new PeopleMissing(id, batch);
    const sealed = bytesOf(stored.sealed);
    const people = await unpackPeople(key.open(String(batch), sealed));
    const right = new Map(
      (beside?.amendments ?? []).map((amended) => [
        amended.position,
        JSON.parse(
          key.open(amendedIn(batch, amended.position), bytesOf(amended.sealed)).toString('utf8'),
        ) as Address,
      ]),
    );
    const standing =
      right.size === 0 ? people : people.map((person, position) => ({ ...person, ...right.get(position) }));
    return { people: standing, digest: sha256(sealed) };
  }

  return {
    ...mongoListWriter(mongo, vault),
    ...looseEndsOf(lists),

    async head(organisation, id) {
      const document = await lists.findOne({ _id: id, organisation }, { key: 0 }).lean<ListDocument>();
      return document && toHead(document);
    },

    async digests(organisation, id) {
      const found: string[] = [];
      const stored = batches.find({ organisation, list: id }).sort({ batch: 1 }).lean();
      for await (const { sealed } of stored) found.push(sha256(bytesOf(sealed)));
      return found;
    },

    async open(organisation, id, batch) {
      return (await read(organisation, id, batch)).people;
    },

    read,

    async amend(organisation, id, batch, position, address) {
      const key = await keyOf(organisation, id, batch);
      const sealed = key.seal(amendedIn(batch, position), Buffer.from(JSON.stringify(address)));
      await deliveries.updateOne(
        { _id: idOf(id, batch), organisation },
        { $push: { amendments: { position, sealed, tag: key.tag(address.email) } } },
      );
    },

    async deliveries(organisation, id, batch) {
      const stored = await deliveries
        .findOne({ _id: idOf(id, batch), organisation }, { tags: 0, settlings: 0, amendments: 0 })
        .lean<Columns>();
      if (!stored) return [];
      const { states, attempts } = fromColumns(stored);
      return states.map((state, position) => ({ position, state, attempt: attempts[position] ?? 0 }));
    },

    async move(organisation, id, batch, position, from, to, at) {
      const moved = await changeBatch(mongo, { _id: idOf(id, batch), organisation }, (before) => {
        const after = move(before, [position], from, to, secondsOf(at));
        return after === before ? null : { batch: after };
      });
      return moved !== null;
    },

    async settle(organisation, id, settling, { from, to }) {
      const { id: settlingId, batch, position, at, kind, by, channel, note } = settling;
      const where = { _id: idOf(id, batch), organisation };
      const settlings = {
        id: settlingId,
        kind,
        position,
        at: toStored(at),
        by,
        ...(channel ? { channel } : {}),
        ...(note ? { note } : {}),
        registered: false,
      };
      const recorded = await deliveries.findOne({ ...where, 'settlings.id': settlingId }, { _id: 1 }).lean();
      if (recorded) return false;
      const moved = await changeBatch(mongo, where, (before) => {
        const after = move(before, [position], from, to, secondsOf(at));
        return after === before ? null : { batch: after, beside: { $push: { settlings } } };
      });
      return moved !== null;
    },

    async settlings(organisation, id, batch) {
      const stored = await deliveries
        .findOne({ _id: idOf(id, batch), organisation }, { settlings: 1 })
        .lean<Pick<DeliveriesDocument, 'settlings'>>();
      return (stored?.settlings ?? []).map(({ at, ...settling }) => ({
        ...settling,
        batch,
        at: fromStored(at),
      }));
    },

    async registered(organisation, id, settling) {
      await deliveries.updateOne(
        { _id: idOf(id, settling.batch), organisation, 'settlings.id': settling.id },
        { $set: { 'settlings.$.registered': true } },
      );
    },

    async unregistered(organisation) {
      const found: Unregistered[] = [];
      const stored = deliveries.find(
        { organisation, 'settlings.registered': false },
        { list: 1, batch: 1, settlings: 1 },
      );
      for await (const { list, batch, settlings = [] } of stored.lean()) {
        const head = await lists
          .findOne({ _id: list, organisation }, { incident: 1, notice: 1 })
          .lean<Pick<ListDocument, 'incident' | 'notice'>>();
        if (!head) continue;
        const { incident, notice } = head;
        for (const { registered, at, ...settling } of settlings)
          if (!registered)
            found.push({ list, incident, notice, settling: { ...settling, batch, at: fromStored(at) } });
      }
      return found;
    },

    async totals(organisation, id) {
      const sum = Object.fromEntries(DELIVERY_STATES.map((state) => [state, 0])) as Record<
        DeliveryState,
        number
      >;
      const stored = deliveries.find({ organisation, list: id }, { states: 1 }).sort({ batch: 1 }).lean();
      for await (const { states } of stored) for (const state of statesIn(states)) sum[state] += 1;
      return sum;
    },

    async channels(organisation, id) {
      const sum = Object.fromEntries(CHANNELS.map((channel) => [channel, 0])) as Record<Channel, number>;
      const stored = deliveries.find({ organisation, list: id }, { states: 1, settlings: 1 }).lean();
      for await (const { states, settlings = [] } of stored) {
        const how = new Map(
          settlings.flatMap(({ position, channel }) => (channel ? [[position, channel] as const] : [])),
        );
        const standing = statesIn(states);
        for (const [position, channel] of how) if (standing[position] === 'told') sum[channel] += 1;
      }
      return sum;
    },

    ...mongoListKeys(mongo),
  };
}

/** The name under which an address is sealed: none can be put in another's place. */
function amendedIn(batch: number, position: number): string {
  return `${batch}/${position}/address`;
}

function secondsOf(at: Temporal.Instant): number {
  return Math.floor(at.epochMilliseconds / 1000);
}
