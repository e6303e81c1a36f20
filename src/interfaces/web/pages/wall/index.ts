import { Router } from 'express';
import { viewWall } from '../../../../application/wall/view-wall.ts';
import { listIncidents } from '../../../../application/wall/list-incidents.ts';
import { refuse } from '../../answers/errors.ts';
import { show } from '../../answers/show.ts';
import type { Parts } from '../../parts.ts';
import { forStaff } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { incidentRow } from './rows.ts';
import { toSettle } from './settle.ts';
import { wallModel } from './wall.ts';

/** The wall, and the list of all incidents. */
export function wallPages(parts: Parts): Router {
  const router = Router();
  router.get('/', forStaff(parts, showWall));
  router.get('/incidents', forStaff(parts, showIncidents));
  return router;
}

async function showWall(visit: StaffVisit): Promise<void> {
  const wall = await viewWall(visit.parts.house, visit.actor);
  if (!wall.ok) {
    refuse(visit, wall.error);
    return;
  }
  const settle = wall.value.open.length === 0 ? await toSettle(visit) : [];
  show(visit, 'wall/wall', wallModel(visit, wall.value, settle));
}

async function showIncidents(visit: StaffVisit): Promise<void> {
  const list = await listIncidents(visit.parts.house, visit.actor);
  if (!list.ok) {
    refuse(visit, list.error);
    return;
  }
  const model = {
    title: visit.say('incidents.title'),
    section: 'incidents' as const,
    rows: list.value.map((row) => incidentRow(visit, row)),
    mayLog: visit.may('incident.log'),
  };
  show(visit, 'wall/incidents', model);
}
