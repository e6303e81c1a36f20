import { Temporal } from 'temporal-polyfill';
import type { Permission } from '../access/permissions.ts';
import { invalid, type DomainError } from '../errors.ts';
import type { NoticeState } from '../notice/notice.ts';
import type { Settling, SettlingKind } from '../people/settling.ts';
import type { Happening } from '../register/entry.ts';
import { fail, ok, type Result } from '../result.ts';
import type { Change, Context } from './change.ts';
import type { Incident } from './incident.ts';
import { onNotice } from './notices.ts';

/** Tellings count from the approval on, and what comes back comes back after everybody was told as well. */
const STATES: readonly NoticeState[] = ['approved', 'sending', 'told'];

/** Clocks of two machines need not agree to the second. */
const SKEW = { minutes: 5 };

/** That somebody cannot be reached is decided as a duty is; the rest is recorded by who sends. */
export function permissionFor(kind: SettlingKind): Permission {
  return kind === 'given-up' ? 'duty.decide' : 'letters.dispatch';
}

const HAPPENED: Readonly<Record<SettlingKind, string>> = {
  told: 'person-told',
  bounced: 'letter-bounced',
  arrived: 'letter-arrived',
  again: 'letter-written-again',
  'given-up': 'person-given-up',
};

/**
 * Puts into the record what was settled of one person's letter. Who it is stands nowhere in it: batch and position
 * name a place on the sealed list.
 */
export function recordSettling(
  incident: Incident,
  notice: string,
  settling: Settling,
  context: Context,
): Result<Change, DomainError> {
  const { kind, at, channel, note } = settling;
  return onNotice(incident, notice, permissionFor(kind), STATES, context, (found) => {
    if (found.kind !== 'letter') {
      return fail({ kind: 'wrong-state', what: 'notice', state: found.state, key: 'notice.not-a-letter' });
    }
    if (Temporal.Instant.compare(at, context.at.add(SKEW)) > 0)
      return fail(invalid('at', 'moment.in-future', { moment: at.toString() }));
    const approvedAt = found.approved?.at;
    if (approvedAt && Temporal.Instant.compare(at, approvedAt.subtract(SKEW)) < 0)
      return fail(invalid('at', 'telling.before-approval', { moment: approvedAt.toString() }));
    if (kind === 'told' && channel === undefined)
      return fail(invalid('channel', 'choice.unknown', { value: '' }));
    if (kind === 'given-up' && !note) return fail(invalid('note', 'text.missing'));
    const happening: Happening = {
      type: HAPPENED[kind],
      data: {
        notice,
        list: found.list?.id ?? null,
        batch: settling.batch,
        position: settling.position,
        at: at.toString(),
        channel: channel ?? null,
        note: note?.id ?? null,
        hash: note?.hash ?? null,
      },
    };
    return ok({ notice: found, happenings: [happening] });
  });
}

/** That letters were made ready to print: how many, and on which paper. */
export function recordPrinting(
  incident: Incident,
  notice: string,
  { count, paper }: { readonly count: number; readonly paper: string },
  context: Context,
): Result<Change, DomainError> {
  return recordOnly(incident, notice, 'letters.dispatch', context, 'letters-printed', { count, paper });
}

/** That the address of one person was put right; the seal of the approval holds (the list itself is untouched). */
export function recordAmendment(
  incident: Incident,
  notice: string,
  { batch, position }: { readonly batch: number; readonly position: number },
  context: Context,
): Result<Change, DomainError> {
  return recordOnly(incident, notice, 'people.import', context, 'address-corrected', { batch, position });
}

/** Something about a letter that stands in the record and changes nothing else. */
function recordOnly(
  incident: Incident,
  notice: string,
  permission: Permission,
  context: Context,
  type: string,
  data: Happening['data'],
): Result<Change, DomainError> {
  return onNotice(incident, notice, permission, STATES, context, (found) =>
    ok({
      notice: found,
      happenings: [{ type, data: { notice, list: found.list?.id ?? null, ...data } }],
    }),
  );
}

/**
 * What somebody decided of letters in doubt of which no receipt came: that they are written once more, or count as
 * arrived. The record says which: places on the sealed list, never who.
 */
export function recordDoubtDecided(
  incident: Incident,
  notice: string,
  decided: {
    readonly decision: 'again' | 'arrived';
    readonly count: number;
    /** By batch, as ranges of positions: `0-3,7`. */
    readonly places: readonly { readonly batch: number; readonly positions: string }[];
  },
  context: Context,
): Result<Change, DomainError> {
  const { decision, count, places } = decided;
  const data = { outcome: decision, count, places: places.map((place) => ({ ...place })) };
  return recordOnly(incident, notice, 'letters.dispatch', context, 'doubt-decided', data);
}
