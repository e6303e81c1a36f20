import { begin, end } from '../../../domain/people/batch.ts';
import type { DeliveryState } from '../../../domain/people/person.ts';
import type { Handed } from '../../ports/post.ts';
import type { Ledger } from './ledger.ts';
import { letterFor, type Wave } from './letters.ts';
import type { Placed } from './mailings.ts';
import { secondsNow, type Deps, type Ground, type Halt } from './ground.ts';

/** Mails under way at once. Only these can be in doubt when the process dies. */
const AT_ONCE = 5;
/** One mailbox that is full says nothing of the next; so many in a row say that the server takes nothing now. */
const TURNED_AWAY_IN_A_ROW = 3;

const STATE_AFTER: Readonly<Record<Handed, DeliveryState>> = {
  accepted: 'accepted',
  refused: 'refused',
  later: 'failed',
  uncertain: 'uncertain',
};

/** Sends a batch mail by mail, some at once; attempt and answer are written down for each person. */
export async function sendEach(
  house: Deps,
  ground: Ground,
  wave: Wave,
  people: readonly Placed[],
  ledger: Ledger,
): Promise<Halt | null> {
  const left = [...people];
  let halt: Halt | null = null;
  let turnedAway = 0;
  const one = async (): Promise<void> => {
    while (!halt) {
      if (ground.worker.stopping()) return;
      if (!(await ground.gate.isOpen())) {
        halt ??= { shut: true };
        return;
      }
      const share = ground.gate.isPaced && left.length > 0 ? await ground.gate.take(1) : null;
      if (share?.now === 0) {
        halt ??= { afterSeconds: share.afterSeconds };
        return;
      }
      const next = left.shift();
      if (!next) return;
      const handed = await sendOne(house, ground, wave, next, ledger);
      if (handed !== null) turnedAway = handed === 'later' ? turnedAway + 1 : 0;
      if (turnedAway >= TURNED_AWAY_IN_A_ROW) halt ??= {};
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, left.length) }, one));
  return halt;
}

/** @returns how it ended; null where the person was told meanwhile, or the batch is somebody else's by now */
async function sendOne(
  house: Deps,
  { drill, worker }: Ground,
  wave: Wave,
  { position, person }: Placed,
  ledger: Ledger,
): Promise<Handed | null> {
  let attempt = 0;
  let isOurs = false;
  await ledger.write((batch) => {
    const made = begin(batch, [position], { owner: worker.owner, seconds: secondsNow(house) });
    attempt = made.attempt;
    isOurs = made.begun.length === 1;
    return made.batch;
  });
  if (!isOurs) return null;
  const handed = drill
    ? 'accepted'
    : await house.letterPost.deliver(letterFor(house, wave, position, person));
  const outcome = new Map([[position, STATE_AFTER[handed]]]);
  await ledger.write((batch) => end(batch, attempt, outcome, secondsNow(house)));
  return handed;
}
