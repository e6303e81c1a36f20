import { Router } from 'express';
import { logIncident } from '../../../../application/incident/log-incident.ts';
import { previewIncident, type Preview } from '../../../../application/incident/preview-incident.ts';
import type { DomainError } from '../../../../domain/errors.ts';
import type { Result } from '../../../../domain/result.ts';
import { refuse } from '../../answers/errors.ts';
import { formErrors, NO_ERRORS, type FormErrors } from '../../answers/problems.ts';
import { go, show, showPart } from '../../answers/show.ts';
import type { Parts } from '../../parts.ts';
import type { Form } from '../../request/form.ts';
import { forStaff, staffForms } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { forgetTyped, keepTyped, openLogPage, type LogPage } from './draft.ts';
import { logModel } from './model.ts';
import { changeRows } from './rows.ts';
import { barWords, triggersModel } from './triggers.ts';
import { fieldOf, isTouched, previewFormOf, readLogForm, typedOf, type Typed } from './typed.ts';

/** Logging an incident: one page, five questions, kept while they are answered. */
export function logPages(parts: Parts): Router {
  const router = Router();
  router.get('/incidents/new', forStaff(parts, showLog));
  router.post('/incidents/new', staffForms(parts, takeLog));
  router.post('/incidents/new/triggers', staffForms(parts, showTriggers));
  router.post('/incidents/new/discard', staffForms(parts, discard));
  return router;
}

async function showLog(visit: StaffVisit): Promise<void> {
  if (mayLog(visit)) await showLogPage(visit, await openLogPage(visit), NO_ERRORS, 200);
}

function mayLog(visit: StaffVisit): boolean {
  if (visit.may('incident.log')) return true;
  refuse(visit, { kind: 'not-allowed', permission: 'incident.log' });
  return false;
}

/** Without JavaScript the buttons for more places and for 'what does this trigger' come here too. */
async function takeLog(visit: StaffVisit, form: Form): Promise<void> {
  if (!mayLog(visit)) return;
  const typed = typedOf(form);
  const page = { typed, key: form.key ?? visit.parts.house.ids.id(), since: null };
  const changed = changeRows(typed, form);
  if (changed || form.has('triggers')) {
    await keepTyped(visit, typed, form.key);
    await showLogPage(visit, { ...page, typed: changed ?? typed }, NO_ERRORS, 200);
    return;
  }
  const read = readLogForm(typed);
  const logged = read.ok ? await logIncident(visit.parts.house, visit.actor, read.value, form.key) : read;
  if (logged.ok) {
    await forgetTyped(visit);
    go(visit, `/incidents/${logged.value.id}`, 'logged');
    return;
  }
  await keepTyped(visit, typed, form.key);
  if (logged.error.kind !== 'invalid-input') {
    refuse(visit, logged.error);
    return;
  }
  await showLogPage(visit, page, formErrors(visit, logged.error, fieldOf), 422);
}

async function showLogPage(
  visit: StaffVisit,
  page: LogPage,
  errors: FormErrors,
  status: number,
): Promise<void> {
  const preview = await previewOf(visit, page.typed);
  if (preview && !preview.ok) {
    refuse(visit, preview.error);
    return;
  }
  const suggested = preview?.value.suggested ?? [];
  const model = {
    ...logModel(visit, page, { errors, suggested }),
    ...besideModel(visit, page.typed, preview?.value),
  };
  show(visit, 'log/log', model, status);
}

/** What is typed so far, kept and judged: the part of the page beside the questions. */
async function showTriggers(visit: StaffVisit, form: Form): Promise<void> {
  if (!mayLog(visit)) return;
  const typed = typedOf(form);
  const [saved, preview] = await Promise.all([keepTyped(visit, typed, form.key), previewOf(visit, typed)]);
  if (preview && !preview.ok) {
    refuse(visit, preview.error);
    return;
  }
  const words = saved === null ? '' : visit.say('log.saved', { time: saved });
  showPart(visit, 'log/triggers', { ...besideModel(visit, typed, preview?.value), saved: words });
}

/** Nothing is judged before anything is typed. */
async function previewOf(visit: StaffVisit, typed: Typed): Promise<Result<Preview, DomainError> | null> {
  return isTouched(typed) ? previewIncident(visit.parts.house, visit.actor, previewFormOf(typed)) : null;
}

/** The part beside the questions: before anything is typed it says what will stand there. */
function besideModel(visit: StaffVisit, typed: Typed, preview: Preview | undefined): object {
  if (!preview) return { triggers: null, suggests: '', bar: '' };
  return {
    triggers: triggersModel(visit, preview, typed.kind),
    suggests: preview.suggested.join(' '),
    bar: barWords(visit, preview),
  };
}

async function discard(visit: StaffVisit): Promise<void> {
  await forgetTyped(visit);
  go(visit, '/incidents/new');
}
