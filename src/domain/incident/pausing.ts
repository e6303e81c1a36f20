import { invalid, type DomainError, type WrongState } from '../errors.ts';
import type { Notice, PauseReason } from '../notice/notice.ts';
import type { Happening } from '../register/entry.ts';
import { fail, ok, type Result } from '../result.ts';
import type { Change, Context } from './change.ts';
import type { Incident, NoteRef } from './incident.ts';
import { onNotice } from './notices.ts';

type Outcome = Result<Change, DomainError>;
type Dispatch = NonNullable<Notice['dispatch']>;

/** The fastest pace that can be said, in mails a minute. */
const FASTEST = 1_000_000;

/** Sending waits from here on; calls under way come to their end. */
export function pauseDispatch(incident: Incident, id: string, why: PauseReason, context: Context): Outcome {
  return onDispatch(incident, id, context, (dispatch) => {
    if (dispatch.paused) return fail(wrong('dispatch.paused'));
    const paused = { at: context.at, by: context.actor.user, why };
    return ok({ dispatch: { ...dispatch, paused }, type: 'dispatch-paused', data: { why } });
  });
}

/**
 * Sending goes on.
 * @param turnedAway how many mails came back so far: whoever goes on has seen that, and is asked again only for more
 */
export function resumeDispatch(
  incident: Incident,
  id: string,
  turnedAway: number,
  context: Context,
): Outcome {
  return onDispatch(incident, id, context, (dispatch) => {
    const { paused, ...rest } = dispatch;
    if (!paused) return fail(wrong('dispatch.not-paused'));
    return ok({
      dispatch: { ...rest, tolerated: turnedAway },
      type: 'dispatch-resumed',
      data: { why: paused.why, turnedAway },
    });
  });
}

/** Nothing of it leaves any more; who was not written to must be told otherwise. It cannot be taken back. */
export function stopDispatch(incident: Incident, id: string, reason: NoteRef, context: Context): Outcome {
  return onDispatch(incident, id, context, (dispatch) => {
    const stopped = { at: context.at, by: context.actor.user, reason };
    const data = { reason: reason.id, hash: reason.hash };
    return ok({ dispatch: { ...dispatch, stopped }, type: 'dispatch-stopped', data });
  });
}

/** How many may leave in a minute; null: as fast as the mail service takes them. */
export function paceDispatch(
  incident: Incident,
  id: string,
  perMinute: number | null,
  context: Context,
): Outcome {
  if (perMinute !== null && (!Number.isInteger(perMinute) || perMinute < 1 || perMinute > FASTEST))
    return fail(invalid('perMinute', 'dispatch.pace', { most: FASTEST }));
  return onDispatch(incident, id, context, ({ perMinute: _before, ...rest }) =>
    ok({
      dispatch: { ...rest, ...(perMinute === null ? {} : { perMinute }) },
      type: 'dispatch-paced',
      data: { perMinute },
    }),
  );
}

function onDispatch(
  incident: Incident,
  id: string,
  context: Context,
  turn: (
    dispatch: Dispatch,
  ) => Result<
    { readonly dispatch: Dispatch; readonly type: string; readonly data: Happening['data'] },
    DomainError
  >,
): Outcome {
  return onNotice(incident, id, 'letters.dispatch', ['sending'], context, (notice) => {
    const { dispatch } = notice;
    if (!dispatch) return fail(wrong('notice.state'));
    if (dispatch.stopped) return fail(wrong('dispatch.stopped'));
    const turned = turn(dispatch);
    if (!turned.ok) return turned;
    const { type, data } = turned.value;
    const happening = { type, data: { notice: id, ...data } };
    return ok({ notice: { ...notice, dispatch: turned.value.dispatch }, happenings: [happening] });
  });
}

function wrong(key: string): WrongState {
  return { kind: 'wrong-state', what: 'notice', state: 'sending', key };
}
