import { Router } from 'express';
import { addNote, viewNotes, type NoteView } from '../../../../application/incident/notes.ts';
import { viewIncident, type IncidentView } from '../../../../application/incident/view-incident.ts';
import { refuse } from '../../answers/errors.ts';
import { field } from '../../answers/fields.ts';
import { formErrors, NO_ERRORS, type FormErrors } from '../../answers/problems.ts';
import { go, show } from '../../answers/show.ts';
import type { Parts } from '../../parts.ts';
import type { Form } from '../../request/form.ts';
import { forStaff, param, staffForms } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { ofIncident } from '../incident/of-incident.ts';

/** Notes on an incident, in free words. */
export function notesPages(parts: Parts): Router {
  const router = Router();
  router.get('/incidents/:incident/notes', forStaff(parts, showNotes));
  router.post('/incidents/:incident/notes', staffForms(parts, takeNote));
  return router;
}

async function showNotes(visit: StaffVisit): Promise<void> {
  await showNotesPage(visit, NO_ERRORS, 200, '');
}

async function takeNote(visit: StaffVisit, form: Form): Promise<void> {
  const incident = param(visit, 'incident');
  const text = form.text('text');
  const done = await addNote(visit.parts.house, visit.actor, { incident, text }, form.key);
  if (done.ok) go(visit, `/incidents/${incident}/notes#n-${done.value.note}`, 'note');
  else if (done.error.kind === 'invalid-input')
    await showNotesPage(visit, formErrors(visit, done.error), 422, text);
  else refuse(visit, done.error);
}

async function showNotesPage(
  visit: StaffVisit,
  errors: FormErrors,
  status: number,
  typed: string,
): Promise<void> {
  const { house } = visit.parts;
  const id = param(visit, 'incident');
  const view = await viewIncident(house, visit.actor, id);
  const notes = view.ok ? await viewNotes(house, visit.actor, id) : view;
  if (!view.ok || !notes.ok) {
    if (!notes.ok) refuse(visit, notes.error);
    return;
  }
  const { say } = visit;
  const heading = say('notes.title-count', { count: notes.value.length });
  const model = {
    title: heading,
    section: 'incidents' as const,
    of: ofIncident(view.value.incident, say('notes.title')),
    errors: errors.summary,
    heading,
    notes: notes.value.map((note) => noteModel(visit, view.value, note)),
    add: visit.may('task.complete')
      ? {
          action: `/incidents/${id}/notes`,
          text: field(
            'text',
            { label: say('notes.text'), hint: say('notes.text-hint'), rows: 4, value: typed },
            errors,
          ),
        }
      : null,
  };
  show(visit, 'notes/notes', model, status);
}

/** A note with who wrote it and when. */
export function noteModel(
  { times, say }: Pick<StaffVisit, 'times' | 'say'>,
  { names }: Pick<IncidentView, 'names'>,
  { id, text, at, by }: NoteView,
): object {
  // Nobody writes an empty note: its words were forgotten with the people.
  const said = text === '' ? say('forget.note-gone') : text;
  return { id: `n-${id}`, text: said, by: names.get(by) ?? by, when: times.full(at), iso: at.toString() };
}
