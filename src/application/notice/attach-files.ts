import { allow } from '../../domain/access/permissions.ts';
import type { Actor } from '../../domain/access/roles.ts';
import type { DomainError } from '../../domain/errors.ts';
import { attachFiles as attach } from '../../domain/incident/attaching.ts';
import type { Attachment, Notice } from '../../domain/notice/notice.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { evidenceOf } from '../evidence/view-evidence.ts';
import { changeIncident, type Changing } from '../incident/change.ts';
import { findIncident } from '../incident/find.ts';
import type { House } from '../ports/house.ts';

export interface AttachForm {
  readonly incident: string;
  readonly notice: string;
  /** Ids of evidence of this incident, in the order in which they go along; none: nothing goes along. */
  readonly evidence: readonly string[];
}

/** Puts files of evidence along with a notice. Like any edit it makes an approval void. */
export async function attachFiles(
  house: Changing & Pick<House, 'evidence'>,
  actor: Actor,
  form: AttachForm,
  key?: string,
): Promise<Result<undefined, DomainError>> {
  const allowed = allow(actor, 'notice.write');
  if (!allowed.ok) return allowed;
  const incident = await findIncident(house, actor, form.incident);
  if (!incident) return fail({ kind: 'not-found', what: 'incident', id: form.incident });
  const files = new Map((await evidenceOf(house, incident)).map((file) => [file.id, file.sha256]));
  const attachments: Attachment[] = [];
  for (const evidence of new Set(form.evidence)) {
    const sha256 = files.get(evidence);
    if (sha256 === undefined) return fail({ kind: 'not-found', what: 'evidence', id: evidence });
    attachments.push({ evidence, sha256 });
  }
  const done = await changeIncident(
    house,
    actor,
    form.incident,
    (fresh, context) => attach(fresh, form.notice, attachments, context),
    key,
  );
  return done.ok ? ok(undefined) : done;
}

/** The hash of each attachment by the bytes that lie in the store now; of one that cannot be read, none. */
export function attachmentsAtHand(
  { evidence }: Pick<House, 'evidence'>,
  organisation: string,
  { attachments = [] }: Pick<Notice, 'attachments'>,
): Promise<readonly string[]> {
  return Promise.all(attachments.map(({ evidence: id }) => evidence.hashOf(organisation, id)));
}
