import type { SealBroken } from '../../../domain/errors.ts';
import { giveUp, move, release, toWrite } from '../../../domain/people/batch.ts';
import { ok, type Result } from '../../../domain/result.ts';
import type { HeldBatch } from '../../ports/deliveries.ts';
import { Ledger } from './ledger.ts';
import type { Wave } from './letters.ts';
import type { Placed } from './mailings.ts';
import { secondsNow, sealedBatch, type Deps, type Ground, type Halt } from './ground.ts';
import { sendEach } from './send-each.ts';
import { sendMany } from './send-many.ts';

/**
 * Sends what is left of one batch. First what a dead worker left in flight is put in doubt, then the seal is checked,
 * then it leaves in the way of the post: many at once, or each in a mail of its own.
 * @returns null when the batch is through
 */
export async function sendBatch(
  house: Deps,
  ground: Ground,
  { number, batch }: HeldBatch,
): Promise<Result<Halt | null, SealBroken>> {
  const { organisation, notice, head, worker } = ground;
  const { letterPost } = house;
  const ledger = new Ledger(house, organisation.id, head.id, number);
  const standing = giveUp(batch, letterPost.exact, secondsNow(house));
  const abandoned =
    standing === batch
      ? undefined
      : ledger.write((fresh) => giveUp(fresh, letterPost.exact, secondsNow(house)));
  await abandoned;
  const waiting = toWrite(standing);
  const sealed = waiting.length > 0 ? await sealedBatch(house, ground, number) : null;
  if (sealed && !sealed.ok) {
    await ledger.write((fresh) => release(fresh, worker.owner));
    return sealed;
  }
  const people = sealed?.value.people ?? [];
  const wave: Wave = {
    organisation,
    notice,
    list: head.id,
    batch: number,
    texts: sealed?.value.texts ?? {},
  };
  const placed = waiting.flatMap((position): Placed[] => {
    const person = people[position];
    return person && person.email !== '' ? [{ position, person }] : [];
  });
  const unreachable = waiting.filter((position) => people[position]?.email === '');
  if (unreachable.length > 0)
    await ledger.write((fresh) =>
      move(fresh, unreachable, ['waiting', 'failed'], 'no-mail', secondsNow(house)),
    );
  const send = letterPost.many ? sendMany : sendEach;
  const halted = await send(house, ground, wave, placed, ledger);
  await ledger.write((fresh) => release(fresh, worker.owner));
  return ok(halted);
}
