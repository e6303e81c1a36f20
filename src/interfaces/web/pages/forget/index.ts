import { Router } from 'express';
import type { Parts } from '../../parts.ts';
import { forStaff, staffForms } from '../../request/routes.ts';
import { showForget } from './page.ts';
import { takeForget } from './take.ts';

/** Forgetting the people of an incident: what goes, what stays, and why it is done. */
export function forgetPages(parts: Parts): Router {
  const router = Router();
  router.get('/incidents/:incident/forget', forStaff(parts, showForget));
  router.post('/incidents/:incident/forget', staffForms(parts, takeForget));
  return router;
}
