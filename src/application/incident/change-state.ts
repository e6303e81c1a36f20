import type { Temporal } from 'temporal-polyfill';
import { allow } from '../../domain/access/permissions.ts';
import type { Actor } from '../../domain/access/roles.ts';
import { invalid, type DomainError } from '../../domain/errors.ts';
import type { IncidentState } from '../../domain/incident/incident.ts';
import { changeState as change } from '../../domain/incident/state.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { House } from '../ports/house.ts';
import { readMoment } from '../law/facts-of.ts';
import { changeIncident, type Changing } from './change.ts';
import { findIncident } from './find.ts';
import { sealIfGiven, sealNote } from './seal-note.ts';

export interface StateForm {
  readonly incident: string;
  readonly state: string;
  /** The state that the page showed. */
  readonly shown: string;
  readonly reason: string;
  /** ISO 8601 with offset, or local in the incident's zone; for a breach of which awareness is not known yet. */
  readonly awareAt?: string;
  readonly awareBecause?: string;
}

export const STATES: readonly IncidentState[] = ['suspicion', 'breach', 'near-miss'];

/** Decides, with a reason, whether it is a suspicion, a breach or a near miss. */
export async function changeState(
  house: Changing & Pick<House, 'notes'>,
  actor: Actor,
  form: StateForm,
  key?: string,
): Promise<Result<undefined, DomainError>> {
  const allowed = allow(actor, 'duty.decide');
  if (!allowed.ok) return allowed;
  const incident = await findIncident(house, actor, form.incident);
  if (!incident) return fail({ kind: 'not-found', what: 'incident', id: form.incident });
  const state = stateNamed(form.state);
  const shown = stateNamed(form.shown);
  if (!state || !shown) return fail(invalid('state', 'choice.unknown', { value: form.state }));
  const awareAt = readAwareness(form.awareAt, incident.zone);
  if (!awareAt.ok) return awareAt;
  const reason = await sealNote(house, actor, { ...form, text: form.reason, path: 'reason' });
  if (!reason.ok) return reason;
  const because = await sealIfGiven(house, actor, {
    ...form,
    text: form.awareBecause,
    path: 'awareBecause',
  });
  if (!because.ok) return because;
  const decision = {
    state,
    shown,
    reason: reason.value.ref,
    ...(awareAt.value ? { awareAt: awareAt.value } : {}),
    ...(because.value ? { awareBecause: because.value.ref } : {}),
  };
  const done = await changeIncident(
    house,
    actor,
    form.incident,
    (fresh, context, { judge }) => change(fresh, decision, judge, context),
    key,
    [reason.value, ...(because.value ? [because.value] : [])],
  );
  return done.ok ? ok(undefined) : done;
}

function stateNamed(text: string): IncidentState | undefined {
  return STATES.find((state) => state === text);
}

function readAwareness(
  text: string | undefined,
  zone: string,
): Result<Temporal.Instant | undefined, DomainError> {
  return (text ?? '').trim() === '' ? ok(undefined) : readMoment(text ?? '', zone, 'awareAt');
}
