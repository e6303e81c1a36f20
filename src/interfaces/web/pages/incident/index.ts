import { Router } from 'express';
import type { Parts } from '../../parts.ts';
import { forStaff, staffForms } from '../../request/routes.ts';
import { takeFact, takeNarrative } from './change-facts.ts';
import { takeDecision, takePrepare, takeTelling, takeControllers, takePrepareEach } from './change-duties.ts';
import { takeAssignee, takeClose, takeReopen, takeTask } from './change-tasks.ts';
import { showDuties, showDuty } from './duty-page.ts';
import { showFact } from './fact-page.ts';
import { showFacts } from './facts-page.ts';
import { showIncident } from './page.ts';
import { showTask } from './task-page.ts';
import { showTimeline } from './timeline-page.ts';
import { showTogether, takeTogether } from './together-page.ts';

/** One incident, and what can be changed of it. */
export function incidentPages(parts: Parts): Router {
  const router = Router();
  router.get('/incidents/:incident', forStaff(parts, showIncident));
  router.get('/incidents/:incident/tasks/:task', forStaff(parts, showTask));
  router.post('/incidents/:incident/tasks/:task', staffForms(parts, takeTask));
  router.post('/incidents/:incident/tasks/:task/assignee', staffForms(parts, takeAssignee));
  router.get('/incidents/:incident/timeline', forStaff(parts, showTimeline));
  router.post('/incidents/:incident/stages/:stage/close', staffForms(parts, takeClose));
  router.post('/incidents/:incident/stages/:stage/reopen', staffForms(parts, takeReopen));
  router.get('/incidents/:incident/facts', forStaff(parts, showFacts));
  router.get('/incidents/:incident/facts/:name', forStaff(parts, showFact));
  router.post('/incidents/:incident/facts/:name', staffForms(parts, takeFact));
  router.post('/incidents/:incident/narrative/:name', staffForms(parts, takeNarrative));
  router.get('/incidents/:incident/duties', forStaff(parts, showDuties));
  router.get('/incidents/:incident/duties/:key', forStaff(parts, showDuty));
  router.post('/incidents/:incident/duties/:key', staffForms(parts, takeDecision));
  router.post('/incidents/:incident/duties/:key/told', staffForms(parts, takeTelling));
  router.get('/incidents/:incident/duties-together', forStaff(parts, showTogether));
  router.post('/incidents/:incident/duties-together', staffForms(parts, takeTogether));
  router.post('/incidents/:incident/notices', staffForms(parts, takePrepare));
  router.post('/incidents/:incident/notices/each', staffForms(parts, takePrepareEach));
  router.post('/incidents/:incident/duties/:key/controllers', staffForms(parts, takeControllers));
  return router;
}
