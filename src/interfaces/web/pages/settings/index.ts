import { Router } from 'express';
import type { Parts } from '../../parts.ts';
import { forStaff, staffForms } from '../../request/routes.ts';
import { takeAlive } from './alive.ts';
import { showSettings } from './page.ts';
import { takeInvite, takeStaff } from './staff.ts';
import { takeOrganisation } from './organisation.ts';

/** Settings, for administrators only: the organisation and its staff. */
export function settingsPages(parts: Parts): Router {
  const router = Router();
  router.get('/settings', forStaff(parts, showSettings));
  router.post('/settings/organisation', staffForms(parts, takeOrganisation));
  router.post('/settings/alive', staffForms(parts, takeAlive));
  router.post('/settings/staff', staffForms(parts, takeInvite));
  router.post('/settings/staff/:user', staffForms(parts, takeStaff));
  return router;
}
