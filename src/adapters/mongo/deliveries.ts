import { setTimeout as sleep } from 'node:timers/promises';
import type { Deliveries } from '../../application/ports/deliveries.ts';
import { isOpen, type Batch } from '../../domain/people/batch.ts';
import { receive, type PlacedReceipt } from '../../domain/people/receipt.ts';
import type { ListKey, Vault } from '../crypto/vault.ts';
import { bytesOf } from './binary.ts';
import { fromColumns, toColumns, type Columns } from './columns.ts';
import type { Mongo } from './connection.ts';
import type { DeliveriesDocument, ListDocument } from './list-document.ts';
import { ours } from './settings.ts';

const TRIES = 50;
const JITTER_MS = 5;

/** The columns, without tags and what people recorded. */
const COLUMNS = {
  batch: 1,
  states: 1,
  attempts: 1,
  receipts: 1,
  movedAt: 1,
  attempt: 1,
  open: 1,
  owner: 1,
  leasedUntil: 1,
  version: 1,
} as const;

type Stored = Columns & Pick<DeliveriesDocument, 'batch' | 'version'>;

/** The name of a batch's documents. */
export function batchId(list: string, batch: number): string {
  return `${list}/${batch}`;
}

/** A change to the columns, and what is written with them in the same breath. */
interface Written {
  readonly batch: Batch;
  readonly beside?: Readonly<Record<string, unknown>>;
}

/**
 * Changes the columns of one batch by compare-and-set, the pure command again when somebody was faster.
 * @param command null leaves everything as it is
 * @returns the batch after it, or null if there is none or nothing was changed
 */
export async function changeBatch(
  { models: { deliveries } }: Pick<Mongo, 'models'>,
  where: { readonly _id: string; readonly organisation: string },
  command: (batch: Batch) => Written | null,
): Promise<Batch | null> {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const stored = await deliveries.findOne(where, COLUMNS).lean<Stored>();
    if (!stored) return null;
    const before = fromColumns(stored);
    const written = command(before);
    if (!written) return null;
    const { batch, beside = {} } = written;
    if (batch === before) return batch;
    const { modifiedCount } = await deliveries.updateOne(
      { ...where, version: stored.version },
      { $set: { ...toColumns(batch, isOpen(batch)), version: stored.version + 1 }, ...beside },
    );
    if (modifiedCount === 1) return batch;
    await sleep(Math.random() * JITTER_MS * attempt);
  }
  throw new Error(`the batch ${where._id} was changed by others ${TRIES} times in a row`);
}

export function mongoDeliveries(mongo: Mongo, vault: Vault): Deliveries {
  const { deliveries, lists } = mongo.models;

  return {
    async claim(organisation, list, owner, { now, until }, except) {
      const free = {
        organisation,
        list,
        open: true,
        leasedUntil: ours({ $lte: new Date(now * 1000) }),
        ...(except.length > 0 ? { batch: ours({ $nin: [...except] }) } : {}),
      };
      const claimed = await deliveries
        .findOneAndUpdate(
          free,
          { $set: { owner, leasedUntil: new Date(until * 1000) }, $inc: { version: 1 } },
          { projection: COLUMNS, returnDocument: 'after' },
        )
        .lean<Stored>();
      return claimed && { number: claimed.batch, batch: fromColumns(claimed) };
    },

    async renew(organisation, list, owner, until) {
      await deliveries.updateMany(
        { organisation, list, open: true, owner },
        { $set: { leasedUntil: new Date(until * 1000) }, $inc: { version: 1 } },
      );
    },

    change: (organisation, list, batch, command) =>
      changeBatch(mongo, { _id: batchId(list, batch), organisation }, (before) => ({
        batch: command(before),
      })),

    async one(organisation, list, batch) {
      const stored = await deliveries
        .findOne({ _id: batchId(list, batch), organisation }, COLUMNS)
        .lean<Stored>();
      return stored && fromColumns(stored);
    },

    async open(organisation, list, now) {
      const open = await deliveries
        .find({ organisation, list, open: true }, { leasedUntil: 1 })
        .lean<Pick<DeliveriesDocument, 'leasedUntil'>[]>();
      const held = open.filter(({ leasedUntil }) => leasedUntil.getTime() > now * 1000);
      return { open: open.length, held: held.length };
    },

    async *all(organisation, list) {
      const stored = deliveries.find({ organisation, list }, COLUMNS).sort({ batch: 1 }).lean<Stored>();
      for await (const one of stored as AsyncIterable<Stored>)
        yield { number: one.batch, batch: fromColumns(one) };
    },

    async receive(list, batch, receipts, now) {
      const _id = batchId(list, batch);
      const found = await deliveries
        .findOne({ _id }, { organisation: 1, tags: 1, amendments: 1 })
        .lean<Pick<DeliveriesDocument, 'organisation' | 'tags' | 'amendments'>>();
      if (!found) return null;
      const { organisation } = found;
      const head = await lists
        .findOne({ _id: list, organisation }, { key: 1, incident: 1, notice: 1 })
        .lean<Pick<ListDocument, 'key' | 'incident' | 'notice'>>();
      if (!head?.key) return null;
      const key = vault.listKey(organisation, list, bytesOf(head.key));
      const places = placesOf(found);
      const placed = receipts.flatMap(({ email, kind, attempt }): PlacedReceipt[] =>
        (places.get(tagName(key.tag(email))) ?? []).map((position) => ({ position, kind, attempt })),
      );
      let before: Batch | undefined;
      const after = await changeBatch(mongo, { _id, organisation }, (standing) => {
        before = standing;
        return { batch: placed.length === 0 ? standing : receive(standing, placed, now) };
      });
      if (!after || !before) return null;
      const { incident, notice } = head;
      return { organisation, incident, notice, before, after };
    },
  };
}

const TAG = 8;

function tagName(tag: Uint8Array): string {
  return Buffer.from(tag).toString('base64');
}

/** The bytes that find each address again; the key alone tells which address. */
export function tagsOf(key: ListKey, emails: readonly string[]): Buffer {
  return Buffer.concat(emails.map((email) => key.tag(email)));
}

/** Positions by the tag of their address: of the one that was sealed, and of those that were put right since. */
function placesOf({
  tags,
  amendments = [],
}: Pick<DeliveriesDocument, 'tags' | 'amendments'>): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  const add = (tag: Uint8Array, position: number): void => {
    const name = tagName(tag);
    const there = places.get(name);
    if (there === undefined) places.set(name, [position]);
    else if (!there.includes(position)) there.push(position);
  };
  const all = tags === undefined ? Buffer.alloc(0) : bytesOf(tags);
  for (let at = 0; at + TAG <= all.length; at += TAG) add(all.subarray(at, at + TAG), at / TAG);
  for (const { position, tag } of amendments) add(bytesOf(tag), position);
  return places;
}
