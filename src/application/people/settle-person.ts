import { timeIn } from '../../domain/incident/drill-time.ts';
import { allow } from '../../domain/access/permissions.ts';
import type { Actor } from '../../domain/access/roles.ts';
import { invalid, type DomainError } from '../../domain/errors.ts';
import { replayed } from '../../domain/incident/change.ts';
import { permissionFor, recordSettling } from '../../domain/incident/settling.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { CHANNELS, SETTLING_RULES, SETTLINGS, type Settling } from '../../domain/people/settling.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { changeIncident, type Changing } from '../incident/change.ts';
import { findIncident } from '../incident/find.ts';
import { sealIfGiven } from '../incident/seal-note.ts';
import { readMoment } from '../law/facts-of.ts';
import type { House } from '../ports/house.ts';
import { isDoubtYoung } from './doubt.ts';
import { settleDispatch } from './dispatch/settle.ts';

type Deps = Changing & Pick<House, 'lists' | 'deliveries' | 'letterPost' | 'noticeWriter' | 'sending'>;

export interface SettlingForm {
  readonly incident: string;
  readonly notice: string;
  readonly batch: number;
  readonly position: number;
  /** One of `SETTLINGS`. */
  readonly kind: string;
  /** One of `CHANNELS`, where somebody was told. */
  readonly channel?: string;
  /** ISO 8601 with offset, or local in the incident's zone; empty: now. */
  readonly at?: string;
  /** What was said, or why. */
  readonly note?: string;
}

/**
 * Records what was settled of one person's letter: told by telephone, come back, cannot be reached. It counts from here
 * on: the dispatcher passes over who is told. When it was the last open person, the letter is told.
 */
export async function settlePerson(
  house: Deps,
  actor: Actor,
  form: SettlingForm,
  key: string,
): Promise<Result<undefined, DomainError>> {
  const kind = SETTLINGS.find((known) => known === form.kind);
  if (!kind) return fail(invalid('kind', 'choice.unknown', { value: form.kind }));
  const allowed = allow(actor, permissionFor(kind));
  if (!allowed.ok) return allowed;
  const incident = await findIncident(house, actor, form.incident);
  const notice = incident?.notices.find(({ id }) => id === form.notice);
  if (!incident || !notice?.list) return fail({ kind: 'not-found', what: 'notice', id: form.notice });
  if (replayed(incident, key)) return ok(undefined);
  const read = readSettling(house, incident, form, kind, actor.user);
  if (!read.ok) return read;
  if (kind === 'again' && (await isDoubtYoung(house, actor.organisation, notice.list.id, form)))
    return fail({ kind: 'wrong-state', what: 'letter', state: 'uncertain', key: 'letter.doubt-young' });
  const note = await sealIfGiven(house, actor, { ...form, text: form.note, path: 'note' });
  if (!note.ok) return note;
  // The record's own id is the key: whatever comes again under it is the same.
  const settling: Settling = { ...read.value, id: key, ...(note.value ? { note: note.value.ref } : {}) };
  // Asked before anything is written: what the incident would refuse moves nobody.
  const context = { at: timeIn(incident, house.clock.now()), actor, key };
  const tried = recordSettling(incident, notice.id, settling, context);
  if (!tried.ok) return tried;
  const rule = SETTLING_RULES[kind];
  if (note.value) await house.notes.keep([note.value]);
  const moved = await house.lists.settle(actor.organisation, notice.list.id, settling, rule);
  if (!moved) {
    if (note.value) await house.notes.remove(actor.organisation, [note.value.ref.id]);
    return refusedMove(house, actor, notice.list.id, settling);
  }
  const done = await changeIncident(
    house,
    actor,
    form.incident,
    (fresh, at) => recordSettling(fresh, notice.id, settling, at),
    key,
  );
  if (!done.ok) return done;
  await house.lists.registered(actor.organisation, notice.list.id, settling);
  if (kind === 'again') {
    if (notice.state !== 'approved')
      await house.scheduler.dispatch(actor.organisation, form.incident, notice.id);
    return ok(undefined);
  }
  return notice.state === 'told'
    ? ok(undefined)
    : settleDispatch(house, actor.organisation, form.incident, notice);
}

function readSettling(
  house: Pick<House, 'clock'>,
  incident: Pick<Incident, 'zone' | 'loggedAt' | 'speed'>,
  form: SettlingForm,
  kind: Settling['kind'],
  by: string,
): Result<Omit<Settling, 'id' | 'note'>, DomainError> {
  const typed = (form.at ?? '').trim();
  const at = typed === '' ? ok(timeIn(incident, house.clock.now())) : readMoment(typed, incident.zone, 'at');
  if (!at.ok) return at;
  const { batch, position } = form;
  const settling = { kind, batch, position, at: at.value, by };
  if (kind !== 'told') return ok(settling);
  const channel = CHANNELS.find((known) => known === form.channel);
  if (!channel) return fail(invalid('channel', 'choice.unknown', { value: form.channel ?? '' }));
  return ok({ ...settling, channel });
}

/** Why the letter could not be moved: there is no such person, or somebody else was faster. */
async function refusedMove(
  house: Pick<House, 'lists'>,
  actor: Actor,
  list: string,
  { batch, position, id }: Settling,
): Promise<Result<undefined, DomainError>> {
  const deliveries = await house.lists.deliveries(actor.organisation, list, batch);
  const state = deliveries.find((delivery) => delivery.position === position)?.state;
  if (state === undefined) return fail({ kind: 'not-found', what: 'letter', id: `${batch}/${position}` });
  const settlings = await house.lists.settlings(actor.organisation, list, batch);
  if (settlings.some((settling) => settling.id === id)) return ok(undefined);
  return fail({ kind: 'wrong-state', what: 'letter', state, key: `letter.${state}` });
}
