import { Router } from 'express';
import { viewPlaybook, viewPlaybooks } from '../../../../application/playbook/view-playbooks.ts';
import { refuse } from '../../answers/errors.ts';
import { show } from '../../answers/show.ts';
import type { Parts } from '../../parts.ts';
import { forStaff, param } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { outlineModel } from './outline.ts';
import { shelfModel } from './shelf.ts';

/** The playbooks, to be read on a quiet day by everybody who may be led by one. */
export function playbookPages(parts: Parts): Router {
  const router = Router();
  router.get('/playbooks', forStaff(parts, showPlaybooks));
  router.get('/playbooks/:playbook', forStaff(parts, showPlaybook));
  return router;
}

function showPlaybooks(visit: StaffVisit): void {
  const shelf = viewPlaybooks(visit.parts.house, visit.actor);
  if (shelf.ok) show(visit, 'playbooks/playbooks', shelfModel(visit, shelf.value));
  else refuse(visit, shelf.error);
}

function showPlaybook(visit: StaffVisit): void {
  const view = viewPlaybook(visit.parts.house, visit.actor, param(visit, 'playbook'));
  if (view.ok) show(visit, 'playbooks/playbook', outlineModel(visit, view.value));
  else refuse(visit, view.error);
}
