import { Router } from 'express';
import type { Parts } from '../../parts.ts';
import { forStaff, staffForms } from '../../request/routes.ts';
import { givePeopleCsv } from './csv.ts';
import { showPeople } from './page.ts';
import { takePosted, takePrint } from './paper.ts';
import { takeAddress, takeSettling } from './settle.ts';

/** The people on a letter, one by one: where each stands, and what somebody records of it. */
export function peoplePages(parts: Parts): Router {
  const router = Router();
  const at = '/incidents/:incident/notices/:notice/people';
  router.get(at, forStaff(parts, showPeople));
  router.get(`${at}.csv`, forStaff(parts, givePeopleCsv));
  router.post(`${at}/print`, staffForms(parts, takePrint));
  router.post(`${at}/posted`, staffForms(parts, takePosted));
  router.post(`${at}/:batch/:position`, staffForms(parts, takeSettling));
  router.post(`${at}/:batch/:position/address`, staffForms(parts, takeAddress));
  return router;
}
