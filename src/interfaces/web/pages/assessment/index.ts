import { Router } from 'express';
import type { Parts } from '../../parts.ts';
import { forStaff, staffForms } from '../../request/routes.ts';
import { showAssessment } from './page.ts';
import { showSum, takeAssessment, takeDecision } from './save.ts';

/** How severe an incident is: the calculator's advice, cases like it, and what a person decides. */
export function assessmentPages(parts: Parts): Router {
  const router = Router();
  router.get('/incidents/:incident/assessment', forStaff(parts, showAssessment));
  router.post('/incidents/:incident/assessment', staffForms(parts, takeAssessment));
  router.post('/incidents/:incident/assessment/sum', staffForms(parts, showSum));
  router.post('/incidents/:incident/assessment/decision', staffForms(parts, takeDecision));
  return router;
}
