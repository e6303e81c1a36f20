import { Router } from 'express';
import { logIncident } from '../../../../application/incident/log-incident.ts';
import { refuse } from '../../answers/errors.ts';
import { formErrors, NO_ERRORS } from '../../answers/problems.ts';
import { go, show } from '../../answers/show.ts';
import type { Parts } from '../../parts.ts';
import type { Form } from '../../request/form.ts';
import { forStaff, staffForms } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { logModel } from './model.ts';
import { blank, fieldOf, readLogForm, typedOf } from './typed.ts';

/** Logging an incident: one page, five questions. */
export function logPages(parts: Parts): Router {
  const router = Router();
  router.get('/incidents/new', forStaff(parts, showLog));
  router.post('/incidents/new', staffForms(parts, takeLog));
  return router;
}

function showLog(visit: StaffVisit): void {
  if (!visit.may('incident.log')) {
    refuse(visit, { kind: 'not-allowed', permission: 'incident.log' });
    return;
  }
  show(visit, 'log/log', logModel(visit, blank(visit), NO_ERRORS));
}

async function takeLog(visit: StaffVisit, form: Form): Promise<void> {
  const typed = typedOf(form);
  if (form.has('more-places')) {
    show(visit, 'log/log', logModel(visit, { ...typed, spare: typed.spare + 2 }, NO_ERRORS));
    return;
  }
  const read = readLogForm(typed);
  const logged = read.ok ? await logIncident(visit.parts.house, visit.actor, read.value, form.key) : read;
  if (logged.ok) {
    go(visit, `/incidents/${logged.value.id}`, 'logged');
    return;
  }
  if (logged.error.kind !== 'invalid-input') {
    refuse(visit, logged.error);
    return;
  }
  show(visit, 'log/log', logModel(visit, typed, formErrors(visit, logged.error, fieldOf)), 422);
}
