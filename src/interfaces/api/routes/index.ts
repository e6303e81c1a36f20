import type { Route } from '../route.ts';
import { assessRoutes } from './assess.ts';
import { breachRegisterRoutes } from './breach-register.ts';
import { dispatchRoutes } from './dispatch.ts';
import { evidenceRoutes } from './evidence.ts';
import { factRoutes } from './facts.ts';
import { forgetRoutes } from './forget.ts';
import { incidentRoutes } from './incidents.ts';
import { lawRoutes } from './law.ts';
import { leadRoutes } from './lead.ts';
import { filingRoutes } from './filing.ts';
import { listRoutes } from './lists.ts';
import { noticeRoutes } from './notices.ts';
import { peopleRoutes } from './people.ts';
import { playbookRoutes } from './playbooks.ts';
import { questionRoutes } from './questions.ts';
import { registerRoutes } from './register.ts';
import { settingsRoutes } from './settings.ts';
import { workRoutes } from './work.ts';

/** Everything that can be asked of /api/v1. */
export const ROUTES: readonly Route[] = [
  ...incidentRoutes,
  ...leadRoutes,
  ...lawRoutes,
  ...factRoutes,
  ...workRoutes,
  ...assessRoutes,
  ...questionRoutes,
  ...evidenceRoutes,
  ...noticeRoutes,
  ...filingRoutes,
  ...peopleRoutes,
  ...listRoutes,
  ...dispatchRoutes,
  ...forgetRoutes,
  ...registerRoutes,
  ...breachRegisterRoutes,
  ...playbookRoutes,
  ...settingsRoutes,
];
