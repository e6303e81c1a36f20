import compression from 'compression';
import express, { type Express, Router } from 'express';
import { createApi } from '../api/create-api.ts';
import { hooks } from '../hooks/index.ts';
import { lastHandler, nothingHere } from './answers/errors.ts';
import { assets } from './assets.ts';
import type { Parts } from './parts.ts';
import { accessPages } from './pages/access/index.ts';
import { assessmentPages } from './pages/assessment/index.ts';
import { accountPages } from './pages/account/index.ts';
import { calendarPages } from './pages/calendar/index.ts';
import { incidentPages } from './pages/incident/index.ts';
import { evidencePages, evidenceUploads } from './pages/evidence/index.ts';
import { leadPages } from './pages/lead/index.ts';
import { logPages } from './pages/log/index.ts';
import { dispatchPages } from './pages/dispatch/index.ts';
import { noticePages, noticeUploads } from './pages/notice/index.ts';
import { importPages, listUploads } from './pages/people/import/index.ts';
import { peoplePages } from './pages/people/index.ts';
import { playbookPages } from './pages/playbooks/index.ts';
import { notesPages } from './pages/notes/index.ts';
import { questionPages } from './pages/questions/index.ts';
import { breachRegisterPages } from './pages/breach-register/index.ts';
import { forgetPages } from './pages/forget/index.ts';
import { registerPages } from './pages/register/index.ts';
import { settingsPages } from './pages/settings/index.ts';
import { takeOverPages } from './pages/take-over/index.ts';
import { statePages } from './pages/state/index.ts';
import { supplierPages } from './pages/supplier/index.ts';
import { wallPages } from './pages/wall/index.ts';
import { onlyForms, readForms } from './security/bodies.ts';
import { ownFormsOnly } from './security/csrf.ts';
import { securityHeaders, uncached } from './security/headers.ts';
import { behindTls, isHttps, sessions } from './security/session.ts';

/**
 * The pages of Tocsin as an Express application; it does not listen. What a request meets, in this order: headers,
 * our own files, the size and kind of its body, its session, where it comes from, and only then a page.
 */
export function createApp(parts: Parts): Express {
  const { config } = parts;
  const app = express();
  app.disable('x-powered-by');
  // Express itself would print a stack trace where even our last handler failed.
  app.set('env', 'production');
  app.set('trust proxy', config.trustProxy);
  app.use(behindTls(config));
  app.use(securityHeaders(isHttps(config)));
  app.use(compression());
  app.use('/assets', assets());
  app.use(uncached);
  app.use('/hooks', hooks({ house: parts.house, log: parts.log, sendGridKey: config.sendGridKey ?? null }));
  app.use('/api/v1', createApi(parts));
  const session = sessions(parts.sessions, config);
  app.use(evidenceUploads(parts, session));
  app.use(noticeUploads(parts, session));
  app.use(listUploads(parts, session));
  app.use(onlyForms);
  app.use(readForms);
  app.use(session);
  app.use(ownFormsOnly(config));
  app.use(pages(parts));
  app.use(nothingHere(parts));
  app.use(lastHandler(parts));
  return app;
}

function pages(parts: Parts): Router {
  const router = Router();
  for (const add of [
    accessPages,
    accountPages,
    wallPages,
    logPages,
    calendarPages,
    incidentPages,
    assessmentPages,
    statePages,
    supplierPages,
    questionPages,
    evidencePages,
    notesPages,
    leadPages,
    takeOverPages,
    noticePages,
    dispatchPages,
    peoplePages,
    importPages,
    playbookPages,
    forgetPages,
    breachRegisterPages,
    registerPages,
    settingsPages,
  ]) {
    router.use(add(parts));
  }
  return router;
}
