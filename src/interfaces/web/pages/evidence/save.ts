import { openEvidence } from '../../../../application/evidence/view-evidence.ts';
import { giveFile } from '../../../shared/give-file.ts';
import { refuse } from '../../answers/errors.ts';
import { param } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';

/** Sends a file for saving, and never for showing; that it was opened stands in the organisation's record. */
export async function saveEvidence(visit: StaffVisit): Promise<void> {
  const opened = await openEvidence(visit.parts.house, visit.actor, {
    incident: param(visit, 'incident'),
    evidence: param(visit, 'evidence'),
  });
  if (!opened.ok) {
    refuse(visit, opened.error);
    return;
  }
  const { file, content } = opened.value;
  await giveFile(visit.response, { name: file.name, size: file.size, content });
}
