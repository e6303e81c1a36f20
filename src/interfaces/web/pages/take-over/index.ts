import { Router } from 'express';
import type { Parts } from '../../parts.ts';
import { forStaff, staffForms } from '../../request/routes.ts';
import { showLaw, takeLaw } from './law.ts';
import { showLaws } from './laws.ts';
import { showPlaybook, takePlaybook } from './playbook.ts';

/** Newer texts of the playbook and of the law: what they would change for an incident, and taking them over. */
export function takeOverPages(parts: Parts): Router {
  const router = Router();
  router.get('/incidents/:incident/playbook', forStaff(parts, showPlaybook));
  router.post('/incidents/:incident/playbook', staffForms(parts, takePlaybook));
  router.get('/incidents/:incident/law', forStaff(parts, showLaw));
  router.post('/incidents/:incident/law', staffForms(parts, takeLaw));
  router.get('/law', forStaff(parts, showLaws));
  return router;
}
