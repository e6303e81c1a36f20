import type { Temporal } from 'temporal-polyfill';
import { allow } from '../../domain/access/permissions.ts';
import type { Actor } from '../../domain/access/roles.ts';
import type { DomainError } from '../../domain/errors.ts';
import { addNote as add, NOTE_ADDED } from '../../domain/incident/records.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { House } from '../ports/house.ts';
import { entriesOf, textIn } from '../register/entries-of.ts';
import { changeIncident, type Changing } from './change.ts';
import { findIncident } from './find.ts';
import { sealNote } from './seal-note.ts';

/** A note on the incident, as its page shows it. */
export interface NoteView {
  readonly id: string;
  readonly text: string;
  readonly at: Temporal.Instant;
  /** The id of its author. */
  readonly by: string;
}

/** Adds a note in free words. @returns its id; the same `key` gives the same one again */
export async function addNote(
  house: Changing & Pick<House, 'notes'>,
  actor: Actor,
  form: { readonly incident: string; readonly text: string },
  key?: string,
): Promise<Result<{ readonly note: string }, DomainError>> {
  const allowed = allow(actor, 'task.complete');
  if (!allowed.ok) return allowed;
  const note = await sealNote(house, actor, { ...form, path: 'text' });
  if (!note.ok) return note;
  const done = await changeIncident(
    house,
    actor,
    form.incident,
    (incident, context) => add(incident, note.value.ref, context),
    key,
    [note.value],
  );
  return done.ok ? ok({ note: done.value.answer }) : done;
}

/** The notes on an incident, the newest first: what the chain names, in the words that lie sealed beside it. */
export async function viewNotes(
  house: Pick<House, 'incidents' | 'register' | 'notes'>,
  actor: Actor,
  id: string,
): Promise<Result<readonly NoteView[], DomainError>> {
  const allowed = allow(actor, 'incident.see');
  if (!allowed.ok) return allowed;
  const incident = await findIncident(house, actor, id);
  if (!incident) return fail({ kind: 'not-found', what: 'incident', id });
  const entries = await entriesOf(house, incident, [NOTE_ADDED]);
  const ids = entries.map((entry) => textIn(entry, 'note'));
  const words = await house.notes.read(actor.organisation, ids);
  return ok(
    entries
      .map((entry) => {
        const { at, by } = entry;
        const note = textIn(entry, 'note');
        return { id: note, text: words.get(note) ?? '', at, by };
      })
      .reverse(),
  );
}
