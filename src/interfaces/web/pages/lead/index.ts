import { Router } from 'express';
import type { Parts } from '../../parts.ts';
import { forStaff, staffForms } from '../../request/routes.ts';
import { showLead } from './page.ts';
import { takeLeader, takeRestriction, takeTitle } from './take.ts';

/** Who leads an incident, who may see it, and what it is called. */
export function leadPages(parts: Parts): Router {
  const router = Router();
  router.get('/incidents/:incident/lead', forStaff(parts, showLead));
  router.post('/incidents/:incident/lead/leader', staffForms(parts, takeLeader));
  router.post('/incidents/:incident/lead/restriction', staffForms(parts, takeRestriction));
  router.post('/incidents/:incident/lead/title', staffForms(parts, takeTitle));
  return router;
}
