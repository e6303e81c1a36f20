import { Router, type RequestHandler } from 'express';
import type { Parts } from '../../../parts.ts';
import { forStaff, staffForms } from '../../../request/routes.ts';
import { onlyFiles } from '../../../request/upload.ts';
import { ownPagesOnly } from '../../../security/csrf.ts';
import { showCheck } from './check-page.ts';
import { takeAccept, takeReading, takeRefuse } from './decide.ts';
import { giveRejects } from './rejects.ts';
import { showImport, takeList } from './take.ts';

const AT = '/incidents/:incident/notices/:notice/people/import';

/** Lists in: what was found in one that was sent in, and whether it is taken over. */
export function importPages(parts: Parts): Router {
  const router = Router();
  router.get(AT, forStaff(parts, showImport));
  router.get(`${AT}/:upload`, forStaff(parts, showCheck));
  router.get(`${AT}/:upload/rejects.csv`, forStaff(parts, giveRejects));
  router.post(`${AT}/:upload/read`, staffForms(parts, takeReading));
  router.post(`${AT}/:upload/accept`, staffForms(parts, takeAccept));
  router.post(`${AT}/:upload/refuse`, staffForms(parts, takeRefuse));
  return router;
}

/** The list itself comes as a file: like evidence it stands before what reads all other forms. */
export function listUploads(parts: Parts, session: RequestHandler): Router {
  const router = Router();
  router.post(AT, onlyFiles, session, ownPagesOnly(parts.config), takeList(parts));
  return router;
}
