import { Router } from 'express';
import type { Parts } from '../../parts.ts';
import { forStaff, staffForms } from '../../request/routes.ts';
import { showQuestions } from './page.ts';
import { takeAnswer, takeAsk, takeOwner } from './save.ts';

/** The questions of authorities about an incident. */
export function questionPages(parts: Parts): Router {
  const router = Router();
  router.get('/incidents/:incident/questions', forStaff(parts, showQuestions));
  router.post('/incidents/:incident/questions', staffForms(parts, takeAsk));
  router.post('/incidents/:incident/questions/:question/owner', staffForms(parts, takeOwner));
  router.post('/incidents/:incident/questions/:question/answer', staffForms(parts, takeAnswer));
  return router;
}
