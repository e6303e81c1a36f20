import type { Route } from '../route.ts';
import { factRoutes } from './facts.ts';
import { incidentRoutes } from './incidents.ts';
import { noticeRoutes } from './notices.ts';
import { peopleRoutes } from './people.ts';
import { playbookRoutes } from './playbooks.ts';
import { registerRoutes } from './register.ts';
import { settingsRoutes } from './settings.ts';
import { workRoutes } from './work.ts';

/** Everything that can be asked of /api/v1. */
export const ROUTES: readonly Route[] = [
  ...incidentRoutes,
  ...factRoutes,
  ...workRoutes,
  ...noticeRoutes,
  ...peopleRoutes,
  ...registerRoutes,
  ...playbookRoutes,
  ...settingsRoutes,
];
