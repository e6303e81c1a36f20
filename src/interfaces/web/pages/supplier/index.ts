import { Router } from 'express';
import type { Parts } from '../../parts.ts';
import { forStaff, staffForms } from '../../request/routes.ts';
import { showSupplier } from './page.ts';
import { takeSupplier } from './save.ts';

/** The supplier of an incident. */
export function supplierPages(parts: Parts): Router {
  const router = Router();
  router.get('/incidents/:incident/supplier', forStaff(parts, showSupplier));
  router.post('/incidents/:incident/supplier', staffForms(parts, takeSupplier));
  return router;
}
