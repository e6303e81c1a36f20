import { Router } from 'express';
import type { Parts } from '../../parts.ts';
import { forStaff, staffForms } from '../../request/routes.ts';
import { showAccount, takeLanguage } from './page.ts';
import { takePassword } from './password.ts';
import { takeRevoke, takeToken } from './tokens.ts';

/** The own account, for everybody who may sign in. */
export function accountPages(parts: Parts): Router {
  const router = Router();
  router.get('/account', forStaff(parts, showAccount));
  router.post('/account/password', staffForms(parts, takePassword));
  router.post('/account/language', staffForms(parts, takeLanguage));
  router.post('/account/tokens', staffForms(parts, takeToken));
  router.post('/account/tokens/:token/revoke', staffForms(parts, takeRevoke));
  return router;
}
