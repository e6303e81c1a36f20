import { allow } from '../access/permissions.ts';
import { invalid, type DomainError, type WrongState } from '../errors.ts';
import type { Notice } from '../notice/notice.ts';
import { fail, ok, type Result } from '../result.ts';
import { settle, type Change, type Context } from './change.ts';
import type { Incident, NoteRef } from './incident.ts';

/** What an incident holds of the people affected, in counts. */
export interface HeldOfPeople {
  /** Lists whose people can still be opened; those that others took the place of count too. */
  readonly lists: number;
  readonly people: number;
  /** People on letters whom nobody has told, and of whom nobody decided that they cannot be reached. */
  readonly open: number;
  /** Notes that go with them: those of single people, and the incident's own where that is chosen. */
  readonly notes: number;
}

export interface Forgetting {
  /** As it was typed: who types it knows which incident this is. */
  readonly reference: string;
  readonly reason: NoteRef;
  readonly held: HeldOfPeople;
  /** Why it is done all the same, though a letter is being sent or people are not told yet. */
  readonly override?: NoteRef;
  /** The incident's own notes go too: names may stand in them. */
  readonly withNotes: boolean;
}

/**
 * Decides that the people of the incident are forgotten (GDPR art. 5(1)(e), 17). From here on no letter of it can be
 * sent, printed or read; what destroys their data follows, and can be run again until it came to its end.
 */
export function forgetPeople(
  incident: Incident,
  { reference, reason, held, override, withNotes }: Forgetting,
  context: Context,
): Result<Change, DomainError> {
  const allowed = allow(context.actor, 'people.forget');
  if (!allowed.ok) return allowed;
  if (reference.trim().toUpperCase() !== incident.reference)
    return fail(invalid('reference', 'forget.other-reference', { reference: incident.reference }));
  if (held.lists + held.notes === 0) return fail(wrongState(incident, 'forget.nobody'));
  const isSending = incident.notices.some(({ kind, state }) => kind === 'letter' && state === 'sending');
  if ((isSending || held.open > 0) && !override) {
    const key = isSending ? 'forget.sending' : 'forget.open';
    return fail(invalid('override', key, { count: held.open }));
  }
  const forgotten = {
    at: context.at,
    by: context.actor.user,
    reason,
    people: held.people,
    withNotes,
    ...(override ? { override } : {}),
  };
  const happening = {
    type: 'people-forgetting',
    data: {
      ...held,
      withNotes,
      reason: reason.id,
      hash: reason.hash,
      override: override ? { ...override } : null,
    },
  };
  return ok(settle(incident, { forgotten }, [happening], context, undefined));
}

/** What was destroyed, in counts. */
export interface Destroyed {
  readonly lists: number;
  readonly people: number;
  readonly notes: number;
}

/** The keys are gone from the store and what they sealed with them: this is the end of it, once. */
export function peopleForgotten(
  incident: Incident,
  destroyed: Destroyed,
  context: Context,
): Result<Change, DomainError> {
  const { forgotten } = incident;
  if (!forgotten) return fail(wrongState(incident, 'forget.not-decided'));
  if (forgotten.finishedAt) return ok({ incident, answer: undefined });
  const happening = { type: 'people-forgotten', data: { ...destroyed } };
  const changes = { forgotten: { ...forgotten, finishedAt: context.at } };
  return ok(settle(incident, changes, [happening], context, undefined));
}

/** Whether the people on this letter are forgotten; a letter that was begun later has others. */
export function areForgotten(
  { forgotten }: Pick<Incident, 'forgotten'>,
  { kind, createdAt }: Pick<Notice, 'kind' | 'createdAt'>,
): boolean {
  return (
    kind === 'letter' &&
    forgotten !== undefined &&
    createdAt.epochNanoseconds <= forgotten.at.epochNanoseconds
  );
}

/** Whether something of it is still to be destroyed: the process died before its end. */
export function isForgetting({ forgotten }: Pick<Incident, 'forgotten'>): boolean {
  return forgotten !== undefined && forgotten.finishedAt === undefined;
}

/** Refuses whatever needs the people on a letter, once they are forgotten. */
export function stillKnown(incident: Pick<Incident, 'forgotten'>, notice: Notice): Result<true, WrongState> {
  if (!areForgotten(incident, notice)) return ok(true);
  return fail({ kind: 'wrong-state', what: 'notice', state: notice.state, key: PEOPLE_FORGOTTEN });
}

/** The key of that refusal: a page shows it in its own way. */
export const PEOPLE_FORGOTTEN = 'people.forgotten';

function wrongState({ state }: Incident, key: string): WrongState {
  return { kind: 'wrong-state', what: 'incident', state, key };
}
