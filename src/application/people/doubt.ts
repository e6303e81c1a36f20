import { allow } from '../../domain/access/permissions.ts';
import type { Actor } from '../../domain/access/roles.ts';
import { invalid, type DomainError } from '../../domain/errors.ts';
import { replayed } from '../../domain/incident/change.ts';
import { recordDoubtDecided } from '../../domain/incident/settling.ts';
import { move, type Batch } from '../../domain/people/batch.ts';
import { rangesOf } from '../../domain/people/ranges.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { changeIncident, type Changing } from '../incident/change.ts';
import { findIncident } from '../incident/find.ts';
import type { House } from '../ports/house.ts';
import { secondsNow } from './dispatch/ground.ts';
import { settleDispatch } from './dispatch/settle.ts';

type Looking = Pick<House, 'deliveries' | 'letterPost' | 'sending' | 'clock'>;

export const DOUBT_DECISIONS = ['again', 'arrived'] as const;

/**
 * Decides what becomes of every letter in doubt whose receipt did not come within the grace period: written once more, or
 * taken as arrived. The decision stands in the register, with which letters it was about, before anything is written;
 * whoever was settled by a receipt meanwhile is left alone.
 * @returns how many letters it was about
 */
export async function decideDoubt(
  house: Changing & Looking & Pick<House, 'lists'>,
  actor: Actor,
  form: { readonly incident: string; readonly notice: string; readonly decision: string },
  key?: string,
): Promise<Result<{ readonly count: number }, DomainError>> {
  const allowed = allow(actor, 'letters.dispatch');
  if (!allowed.ok) return allowed;
  const decision = DOUBT_DECISIONS.find((known) => known === form.decision);
  if (!decision) return fail(invalid('decision', 'choice.unknown', { value: form.decision }));
  const incident = await findIncident(house, actor, form.incident);
  const notice = incident?.notices.find(({ id }) => id === form.notice);
  if (!incident || !notice?.list) return fail({ kind: 'not-found', what: 'notice', id: form.notice });
  if (replayed(incident, key)) return ok({ count: 0 });
  const { organisation } = actor;
  const ripe = await ripeDoubt(house, organisation, notice.list.id);
  const count = ripe.reduce((sum, { positions }) => sum + positions.length, 0);
  if (count === 0)
    return fail({ kind: 'wrong-state', what: 'notice', state: notice.state, key: 'doubt.none' });
  const places = ripe.map(({ batch, positions }) => ({ batch, positions: rangesOf(positions) }));
  const recorded = await changeIncident(
    house,
    actor,
    form.incident,
    (fresh, context) => recordDoubtDecided(fresh, notice.id, { decision, count, places }, context),
    key,
  );
  if (!recorded.ok) return recorded;
  const to = decision === 'again' ? 'waiting' : 'accepted';
  const now = secondsNow(house);
  for (const { batch, positions } of ripe)
    await house.deliveries.change(organisation, notice.list.id, batch, (standing) =>
      move(standing, positions, ['uncertain'], to, now),
    );
  if (decision === 'again') await house.scheduler.dispatch(organisation, form.incident, notice.id);
  else if (notice.state === 'sending') await settleDispatch(house, organisation, form.incident, notice);
  return ok({ count });
}

/** Whether a receipt may still come for a letter in doubt, so that nobody writes it once more before. */
export async function isDoubtYoung(
  house: Looking,
  organisation: string,
  list: string,
  { batch, position }: { readonly batch: number; readonly position: number },
): Promise<boolean> {
  const standing = await house.deliveries.one(organisation, list, batch);
  return standing?.states[position] === 'uncertain' && !isRipe(house, standing, position);
}

/** How many letters in doubt may be decided on by now. */
export async function countRipeDoubt(house: Looking, organisation: string, list: string): Promise<number> {
  const ripe = await ripeDoubt(house, organisation, list);
  return ripe.reduce((sum, { positions }) => sum + positions.length, 0);
}

async function ripeDoubt(
  house: Looking,
  organisation: string,
  list: string,
): Promise<readonly { readonly batch: number; readonly positions: readonly number[] }[]> {
  const found: { batch: number; positions: readonly number[] }[] = [];
  for await (const { number, batch } of house.deliveries.all(organisation, list)) {
    const positions = batch.states.flatMap((state, position) =>
      state === 'uncertain' && isRipe(house, batch, position) ? [position] : [],
    );
    if (positions.length > 0) found.push({ batch: number, positions });
  }
  return found;
}

function isRipe(house: Looking, { movedAt }: Batch, position: number): boolean {
  // Where nobody tells what became of a letter, there is nothing to wait for.
  if (!house.letterPost.hasReceipts) return true;
  return secondsNow(house) - (movedAt[position] ?? 0) >= house.sending.graceHours * 3600;
}
