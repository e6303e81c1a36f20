import type { Temporal } from 'temporal-polyfill';
import { allow } from '../../domain/access/permissions.ts';
import type { Actor } from '../../domain/access/roles.ts';
import type { DomainError } from '../../domain/errors.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { EVIDENCE_ADDED } from '../../domain/incident/records.ts';
import type { Entry } from '../../domain/register/entry.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { House } from '../ports/house.ts';
import { findIncident } from '../incident/find.ts';
import { entriesOf, textIn } from '../register/entries-of.ts';
import { recordInOrganisation } from '../register/record.ts';

/** A file as the chain names it, with its label. */
export interface EvidenceView {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** Bytes. */
  readonly size: number;
  /** SHA-256 of the bytes as they were given, in lower-case hexadecimal. */
  readonly sha256: string;
  readonly task: string | null;
  readonly at: Temporal.Instant;
  readonly by: string;
}

type Deps = Pick<House, 'incidents' | 'register' | 'evidence'>;

/** The evidence of an incident, the newest first. */
export async function viewEvidence(
  house: Deps,
  actor: Actor,
  id: string,
): Promise<Result<readonly EvidenceView[], DomainError>> {
  const allowed = allow(actor, 'incident.see');
  if (!allowed.ok) return allowed;
  const incident = await findIncident(house, actor, id);
  if (!incident) return fail({ kind: 'not-found', what: 'incident', id });
  return ok([...(await evidenceOf(house, incident))].reverse());
}

export interface OpenedEvidence {
  readonly file: EvidenceView;
  /** Throws while it is read if the bytes are not those that were sealed. */
  readonly content: AsyncIterable<Uint8Array>;
}

/**
 * Opens a file for saving: to be sent as an attachment, never inline. Evidence holds personal data, so it is for those
 * who may attach, and each opening is recorded.
 */
export async function openEvidence(
  house: Deps & Pick<House, 'clock' | 'ids' | 'organisations'>,
  actor: Actor,
  form: { readonly incident: string; readonly evidence: string },
): Promise<Result<OpenedEvidence, DomainError>> {
  const allowed = allow(actor, 'evidence.attach');
  if (!allowed.ok) return allowed;
  const incident = await findIncident(house, actor, form.incident);
  const files = incident ? await evidenceOf(house, incident) : [];
  const file = files.find(({ id }) => id === form.evidence);
  const content = file && (await house.evidence.read(actor.organisation, file.id));
  if (!file || !content) return fail({ kind: 'not-found', what: 'evidence', id: form.evidence });
  await recordInOrganisation(house, actor, {
    type: 'evidence-opened',
    data: { incident: form.incident, evidence: file.id },
  });
  return ok({ file, content });
}

/** The same for a use case that has found the incident already, the oldest first. */
export async function evidenceOf(
  house: Pick<House, 'register' | 'evidence'>,
  incident: Incident,
): Promise<readonly EvidenceView[]> {
  const entries = await entriesOf(house, incident, [EVIDENCE_ADDED]);
  const ids = entries.map(idOf);
  const labels = await house.evidence.labels(incident.organisation, ids);
  return entries.map((entry) => {
    const { data, at, by } = entry;
    return {
      id: idOf(entry),
      // The file itself may be gone from the store; the chain still says that it was there.
      ...(labels.get(idOf(entry)) ?? { name: '', type: '' }),
      size: Number(data['size']),
      sha256: textIn(entry, 'sha256'),
      task: textIn(entry, 'task') || null,
      at,
      by,
    };
  });
}

function idOf(entry: Entry): string {
  return textIn(entry, 'evidence');
}
