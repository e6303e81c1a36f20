import { Router } from 'express';
import type { Parts } from '../../parts.ts';
import { forStaff, staffForms } from '../../request/routes.ts';
import { showState } from './page.ts';
import { showMovesPiece, takeAwareness, takeState } from './save.ts';

/** What an incident is, and since when we are aware of it. */
export function statePages(parts: Parts): Router {
  const router = Router();
  router.get('/incidents/:incident/state', forStaff(parts, showState));
  router.post('/incidents/:incident/state', staffForms(parts, takeState));
  router.post('/incidents/:incident/state/moves', staffForms(parts, showMovesPiece));
  router.post('/incidents/:incident/awareness', staffForms(parts, takeAwareness));
  return router;
}
