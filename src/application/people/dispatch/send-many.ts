import { begin, end } from '../../../domain/people/batch.ts';
import type { DeliveryState } from '../../../domain/people/person.ts';
import type { HandedMailing, Mailing } from '../../ports/post.ts';
import type { Ledger } from './ledger.ts';
import type { Wave } from './letters.ts';
import { mailingsOf, partOf, type MailingDraft, type Placed } from './mailings.ts';
import { secondsNow, type Deps, type Ground, type Halt } from './ground.ts';

/** Calls of one batch under way at once; what they want written down goes in few changes of its document. */
const AT_ONCE = 8;

/**
 * Sends a batch in calls for many people each. What a service surely did not take goes again by itself: at once in
 * smaller parts where only the size or single addresses were wrong, later where it takes nothing now.
 */
export async function sendMany(
  house: Deps,
  ground: Ground,
  wave: Wave,
  people: readonly Placed[],
  ledger: Ledger,
): Promise<Halt | null> {
  const most = house.letterPost.many?.most ?? 1;
  const calls: MailingDraft[] = [...mailingsOf(house, ground.variants, wave, people, most)];
  let halt: Halt | null = null;
  const lane = async (): Promise<void> => {
    for (let call = calls.shift(); call && !halt; call = calls.shift()) {
      const came = await sendCall(house, ground, call, ledger);
      calls.unshift(...came.left);
      halt ??= came.halt;
    }
  };
  // A refusal in halves makes new calls while others are under way: whoever is free takes them.
  while (calls.length > 0 && !halt) await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return halt;
}

/** How one call went: what of it is to be tried at once, and whether to stop here. */
interface Came {
  readonly left: readonly MailingDraft[];
  readonly halt: Halt | null;
}

async function sendCall(house: Deps, ground: Ground, call: MailingDraft, ledger: Ledger): Promise<Came> {
  const { gate, worker } = ground;
  if (worker.stopping()) return { left: [], halt: {} };
  if (!(await gate.isOpen())) return { left: [], halt: { shut: true } };
  const share = gate.isPaced ? await gate.take(call.people.length) : null;
  if (share?.now === 0) return { left: [], halt: { afterSeconds: share.afterSeconds } };
  const now = share ? firstOf(call, share.now) : call;
  const rest = now === call ? [] : [withoutFirst(call, now.people.length)];
  const mailing = await begun(house, ground, now, ledger);
  if (mailing.people.length === 0) return { left: rest, halt: null };
  const answer = await handOver(house, ground, mailing);
  const { attempt } = mailing;
  const outcomes = outcomesOf(mailing, answer);
  await ledger.write((batch) => end(batch, attempt, outcomes, secondsNow(house)));
  if (answer.handed === 'later')
    return { left: [], halt: { ...(answer.account ? { account: true } : {}), ...after(answer.seconds) } };
  return { left: [...partsLeft(mailing, answer), ...rest], halt: null };
}

/** Writes the attempt down. Whoever was told meanwhile is not in it; nobody is, if the lease has run out. */
async function begun(
  house: Deps,
  { worker }: Ground,
  mailing: MailingDraft,
  ledger: Ledger,
): Promise<Mailing> {
  const positions = mailing.people.map(({ position }) => position);
  const { owner } = worker;
  let attempt = 0;
  let left: readonly number[] = [];
  await ledger.write((batch) => {
    const made = begin(batch, positions, { owner, seconds: secondsNow(house) });
    attempt = made.attempt;
    left = made.begun;
    return made.batch;
  });
  const part = left.length === positions.length ? mailing : partOf(mailing, left);
  return { ...part, attempt };
}

async function handOver(house: Deps, { drill }: Ground, mailing: Mailing): Promise<HandedMailing> {
  const { many } = house.letterPost;
  if (drill || !many) return { handed: 'accepted' };
  return many.deliver(mailing);
}

function outcomesOf({ people }: Mailing, answer: HandedMailing): ReadonlyMap<number, DeliveryState> {
  const all = (state: DeliveryState): ReadonlyMap<number, DeliveryState> =>
    new Map(people.map(({ position }) => [position, state]));
  const alone = people.length === 1;
  switch (answer.handed) {
    case 'accepted':
    case 'uncertain':
      return all(answer.handed);
    case 'later':
      return all('failed');
    case 'too-much':
      return all(alone ? 'refused' : 'failed');
    case 'refused': {
      const never = new Set(alone ? people.map(({ position }) => position) : answer.positions);
      return new Map(people.map(({ position }) => [position, never.has(position) ? 'refused' : 'failed']));
    }
  }
}

/** What is to be tried at once: those that the refusal was not about, or halves where it did not say about whom. */
function partsLeft(mailing: Mailing, answer: HandedMailing): readonly MailingDraft[] {
  const { people } = mailing;
  if (people.length < 2 || (answer.handed !== 'too-much' && answer.handed !== 'refused')) return [];
  if (answer.handed === 'refused' && answer.positions.length > 0) {
    const never = new Set(answer.positions);
    const rest = people.filter(({ position }) => !never.has(position));
    return rest.length > 0 ? [{ ...mailing, people: rest }] : [];
  }
  const half = Math.ceil(people.length / 2);
  return [firstOf(mailing, half), withoutFirst(mailing, half)];
}

function firstOf(mailing: MailingDraft, count: number): MailingDraft {
  return mailing.people.length <= count ? mailing : { ...mailing, people: mailing.people.slice(0, count) };
}

function withoutFirst(mailing: MailingDraft, count: number): MailingDraft {
  return { ...mailing, people: mailing.people.slice(count) };
}

function after(seconds: number | undefined): Halt {
  return seconds === undefined ? {} : { afterSeconds: seconds };
}
