import { pauseDispatch } from '../../domain/incident/pausing.ts';
import { isOpen, type Batch } from '../../domain/people/batch.ts';
import type { DeliveryState } from '../../domain/people/person.ts';
import { TURNED_AWAY } from '../../domain/people/receipt.ts';
import { isTurnedAwayTooOften } from '../../domain/people/sending-rules.ts';
import { changeIncident, type Changing } from '../incident/change.ts';
import type { AddressedReceipt, Received } from '../ports/deliveries.ts';
import type { House } from '../ports/house.ts';
import { ourselves, settleDispatch } from './dispatch/settle.ts';

type Deps = Changing & Pick<House, 'lists' | 'deliveries' | 'sending'>;

/** A receipt with the batch that its call named. */
export interface Receipt extends AddressedReceipt {
  readonly notice: string;
  readonly list: string;
  readonly batch: number;
}

/**
 * Takes receipts of a mail service in, in any order and however often they come. Those of letters that we do not know
 * change nothing. Where too many mails come back, sending waits and asks; when the last person is settled, the letter is
 * told.
 * @returns how many of the receipts found their batch
 */
export async function takeReceipts(house: Deps, receipts: readonly Receipt[]): Promise<number> {
  const byBatch = new Map<string, Receipt[]>();
  for (const receipt of receipts) {
    const name = `${receipt.list}/${receipt.batch}`;
    const there = byBatch.get(name);
    if (there) there.push(receipt);
    else byBatch.set(name, [receipt]);
  }
  const now = Math.floor(house.clock.now().epochMilliseconds / 1000);
  const lists = new Map<string, { readonly received: Received; turnedAway: boolean; settled: boolean }>();
  let found = 0;
  for (const group of byBatch.values()) {
    const [first] = group;
    if (!first) continue;
    const received = await house.deliveries.receive(first.list, first.batch, group, now);
    if (received?.notice !== first.notice) continue;
    found += group.length;
    const { before, after } = received;
    const there = lists.get(first.list);
    lists.set(first.list, {
      received,
      turnedAway: (there?.turnedAway ?? false) || countIn(after, TURNED_AWAY) > countIn(before, TURNED_AWAY),
      settled: (there?.settled ?? false) || (before !== after && !isOpen(after)),
    });
  }
  for (const [list, { received, turnedAway, settled }] of lists) {
    if (turnedAway) await waitIfTooMany(house, list, received);
    if (settled) await settle(house, list, received);
  }
  return found;
}

function countIn({ states }: Batch, wanted: readonly DeliveryState[]): number {
  return states.filter((state) => wanted.includes(state)).length;
}

async function waitIfTooMany(
  house: Deps,
  list: string,
  { organisation, incident, notice }: Received,
): Promise<void> {
  const standing = await house.incidents.byId(organisation, incident);
  const dispatch = standing?.notices.find(({ id }) => id === notice)?.dispatch;
  if (!dispatch || dispatch.paused || dispatch.stopped) return;
  const totals = await house.lists.totals(organisation, list);
  const isSomethingLeft = totals.waiting + totals.failed > 0;
  if (!isSomethingLeft || !isTurnedAwayTooOften(totals, house.sending, dispatch.tolerated ?? 0)) return;
  await changeIncident(house, ourselves(organisation), incident, (fresh, context) =>
    pauseDispatch(fresh, notice, 'bounces', context),
  );
}

async function settle(
  house: Deps,
  list: string,
  { organisation, incident, notice }: Received,
): Promise<void> {
  const standing = await house.incidents.byId(organisation, incident);
  const found = standing?.notices.find(({ id }) => id === notice);
  if (found?.state === 'sending' && found.list?.id === list)
    await settleDispatch(house, organisation, incident, found);
}
