import { Router, type RequestHandler } from 'express';
import type { Parts } from '../../parts.ts';
import { forStaff } from '../../request/routes.ts';
import { onlyFiles } from '../../request/upload.ts';
import { ownPagesOnly } from '../../security/csrf.ts';
import { saveEvidence } from './save.ts';
import { showEvidence } from './page.ts';
import { takeEvidence } from './take.ts';

/** The evidence of an incident: its files, each with its hash, and saving one. */
export function evidencePages(parts: Parts): Router {
  const router = Router();
  router.get('/incidents/:incident/evidence', forStaff(parts, showEvidence));
  router.get('/incidents/:incident/evidence/:evidence', forStaff(parts, saveEvidence));
  return router;
}

/**
 * Keeping a file. Its form is the only one with a file in it, and is read as it comes, never as a whole: so it stands
 * before what reads all other forms.
 */
export function evidenceUploads(parts: Parts, session: RequestHandler): Router {
  const router = Router();
  router.post(
    '/incidents/:incident/evidence',
    onlyFiles,
    session,
    ownPagesOnly(parts.config),
    takeEvidence(parts),
  );
  return router;
}
