import { timeIn } from '../../domain/incident/drill-time.ts';
import { allow } from '../../domain/access/permissions.ts';
import type { Actor } from '../../domain/access/roles.ts';
import { invalid, type DomainError } from '../../domain/errors.ts';
import { replayed } from '../../domain/incident/change.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { addEvidence } from '../../domain/incident/records.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { House } from '../ports/house.ts';
import { changeIncident, type Changing } from '../incident/change.ts';
import { findIncident } from '../incident/find.ts';
import { playbookOf } from '../incident/playbook-view.ts';

export interface EvidenceForm {
  readonly incident: string;
  readonly name: string;
  /** A media type; only told, never believed. */
  readonly type?: string;
  /** The id of the task whose evidence it is. */
  readonly task?: string;
  /** The bytes; read once, and not at all where the file cannot be taken. */
  readonly content: AsyncIterable<Uint8Array>;
}

export interface Attached {
  readonly evidence: string;
}

const NAME_LIMIT = 255;
const MEDIA_TYPE = /^[\w.+-]{1,64}\/[\w.+-]{1,64}$/;
const ANY_BYTES = 'application/octet-stream';

/**
 * Keeps a file as evidence: streamed into the store sealed, then recorded in the chain by id, size and SHA-256. The
 * same `key` keeps one file and gives its id again.
 */
export async function attachEvidence(
  house: Changing & Pick<House, 'evidence' | 'playbooks'>,
  actor: Actor,
  form: EvidenceForm,
  key?: string,
): Promise<Result<Attached, DomainError>> {
  const allowed = allow(actor, 'evidence.attach');
  if (!allowed.ok) return allowed;
  const incident = await findIncident(house, actor, form.incident);
  if (!incident) return fail({ kind: 'not-found', what: 'incident', id: form.incident });
  const repeat = replayed(incident, key);
  if (typeof repeat?.result === 'string') return ok({ evidence: repeat.result });
  const name = bareName(form.name);
  if (name === '') return fail(invalid('name', 'text.missing'));
  if (name.length > NAME_LIMIT) return fail(invalid('name', 'text.too-long', { limit: NAME_LIMIT }));
  if (form.task !== undefined && !(await hasTask(house, incident, form.task)))
    return fail(invalid('task', 'choice.unknown', { value: form.task }));
  const id = house.ids.id();
  const type = MEDIA_TYPE.test(form.type ?? '') ? (form.type ?? ANY_BYTES) : ANY_BYTES;
  const file = {
    id,
    organisation: actor.organisation,
    incident: form.incident,
    name,
    type,
    at: timeIn(incident, house.clock.now()),
  };
  const stored = await house.evidence.put(file, form.content);
  if (!stored.ok) return stored;
  const added = { id, ...stored.value, ...(form.task === undefined ? {} : { task: form.task }) };
  const done = await changeIncident(
    house,
    actor,
    form.incident,
    (fresh, context) => addEvidence(fresh, added, context),
    key,
  );
  // Refused, or a repeat that came while the first was still on its way: nothing names this copy.
  if (done.ok && done.value.answer === id) await house.evidence.settle(actor.organisation, id);
  else await house.evidence.remove(actor.organisation, id);
  return done.ok ? ok({ evidence: done.value.answer }) : done;
}

/** A task of the playbook, or one of an earlier text of it that was worked on. */
async function hasTask(house: Pick<House, 'playbooks'>, incident: Incident, task: string): Promise<boolean> {
  const { stages } = await playbookOf(house, incident);
  return [...stages.flatMap(({ tasks }) => tasks), ...incident.tasks].some(({ id }) => id === task);
}

/** What browsers and scripts send as a name may be a path, or hold what would break a header or a folder. */
function bareName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  return last.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '').trim();
}
