import { timeIn } from '../../domain/incident/drill-time.ts';
import { allow } from '../../domain/access/permissions.ts';
import type { Actor } from '../../domain/access/roles.ts';
import type { DomainError } from '../../domain/errors.ts';
import { tellDirectly as tell } from '../../domain/incident/telling.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { readMoment } from '../law/facts-of.ts';
import type { House } from '../ports/house.ts';
import { changeIncident, type Changing } from './change.ts';
import { findIncident } from './find.ts';
import { sealIfGiven, sealNote } from './seal-note.ts';

export interface TellingForm {
  readonly incident: string;
  /** Key of the obligation. */
  readonly obligation: string;
  /** ISO 8601 with offset, or local in the incident's zone; empty: now. */
  readonly at: string;
  /** Who was told, how, and by whom. */
  readonly how: string;
  readonly lateBecause?: string;
}

/** Records that a duty was met by telling somebody directly, to whom no notice is written here. */
export async function tellDirectly(
  house: Changing & Pick<House, 'notes'>,
  actor: Actor,
  form: TellingForm,
  key?: string,
): Promise<Result<undefined, DomainError>> {
  const allowed = allow(actor, 'notice.file');
  if (!allowed.ok) return allowed;
  const incident = await findIncident(house, actor, form.incident);
  if (!incident) return fail({ kind: 'not-found', what: 'incident', id: form.incident });
  const at =
    form.at.trim() === ''
      ? ok(timeIn(incident, house.clock.now()))
      : readMoment(form.at, incident.zone, 'at');
  if (!at.ok) return at;
  const how = await sealNote(house, actor, { ...form, text: form.how, path: 'how' });
  if (!how.ok) return how;
  const late = await sealIfGiven(house, actor, { ...form, text: form.lateBecause, path: 'lateBecause' });
  if (!late.ok) return late;
  const telling = {
    key: form.obligation,
    at: at.value,
    how: how.value.ref,
    ...(late.value ? { lateBecause: late.value.ref } : {}),
  };
  const done = await changeIncident(
    house,
    actor,
    form.incident,
    (fresh, context, { judge }) => tell(fresh, telling, judge, context),
    key,
    [how.value, ...(late.value ? [late.value] : [])],
  );
  return done.ok ? ok(undefined) : done;
}
