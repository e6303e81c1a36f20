import { Router } from 'express';
import type { Parts } from '../../parts.ts';
import { forStaff, staffForms } from '../../request/routes.ts';
import { takeDoubt, takePace, takePause, takeResume, takeStop } from './steer.ts';
import { watchDispatch } from './watch.ts';

/** A letter while it is being sent: wait, go on, slower, stop, and what becomes of letters in doubt. */
export function dispatchPages(parts: Parts): Router {
  const router = Router();
  const at = '/incidents/:incident/notices/:notice/dispatch';
  router.get(`${at}/watch`, forStaff(parts, watchDispatch));
  router.post(`${at}/pause`, staffForms(parts, takePause));
  router.post(`${at}/resume`, staffForms(parts, takeResume));
  router.post(`${at}/pace`, staffForms(parts, takePace));
  router.post(`${at}/stop`, staffForms(parts, takeStop));
  router.post(`${at}/doubt`, staffForms(parts, takeDoubt));
  return router;
}
