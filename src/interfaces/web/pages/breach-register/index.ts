import { Router } from 'express';
import type { Parts } from '../../parts.ts';
import { forStaff } from '../../request/routes.ts';
import { giveExport } from './export.ts';
import { showBreachRegister } from './page.ts';

/** The breach register: the record that GDPR art. 33(5) asks for, to look at and to take along. */
export function breachRegisterPages(parts: Parts): Router {
  const router = Router();
  router.get('/breach-register', forStaff(parts, showBreachRegister));
  router.get('/breach-register/export', forStaff(parts, giveExport));
  return router;
}
