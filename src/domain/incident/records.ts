import { may } from '../access/permissions.ts';
import { invalid, type DomainError, type InvalidInput } from '../errors.ts';
import { fail, ok, type Result } from '../result.ts';
import { settle, type Change, type Context } from './change.ts';
import type { Incident, NoteRef } from './incident.ts';

/** Entries of these types are the incident's notes and evidence: the chain itself is their list. */
export const NOTE_ADDED = 'note-added';
export const EVIDENCE_ADDED = 'evidence-added';

/** Adds a note in free words. They lie sealed; the chain holds who wrote it, when, and its salted hash. */
export function addNote(
  incident: Incident,
  note: NoteRef,
  context: Context,
): Result<Change<string>, DomainError> {
  if (!may(context.actor, 'task.complete')) return fail({ kind: 'not-allowed', permission: 'task.complete' });
  const happening = { type: NOTE_ADDED, data: { note: note.id, hash: note.hash } };
  return ok(settle(incident, {}, [happening], context, note.id));
}

export interface EvidenceAdded {
  readonly id: string;
  /** Bytes of the file as it was given. */
  readonly size: number;
  /** SHA-256 of these bytes, in lower-case hexadecimal. */
  readonly sha256: string;
  /** The task whose evidence it is. */
  readonly task?: string;
}

const MEGABYTE = 1024 * 1024;

/** A file of more than `limit` bytes; people are told the limit in megabytes, with one digit after the point. */
export function fileTooLarge(limit: number): InvalidInput {
  return invalid('file', 'file.too-large', { limit, megabytes: Math.floor((10 * limit) / MEGABYTE) / 10 });
}

/** Records a file that lies sealed in the store. Its name may be personal data and stands beside the file only. */
export function addEvidence(
  incident: Incident,
  { id, size, sha256, task }: EvidenceAdded,
  context: Context,
): Result<Change<string>, DomainError> {
  if (!may(context.actor, 'evidence.attach')) {
    return fail({ kind: 'not-allowed', permission: 'evidence.attach' });
  }
  const happening = { type: EVIDENCE_ADDED, data: { evidence: id, size, sha256, task: task ?? null } };
  return ok(settle(incident, {}, [happening], context, id));
}
