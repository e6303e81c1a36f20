import { Router } from 'express';
import { Refused } from '../shared/refused.ts';
import { openApi } from './openapi.ts';
import type { ApiParts } from './parts.ts';
import { lastHandler, nothingHere } from './problem.ts';
import { onlyJson, readJson } from './request/bodies.ts';
import type { Route } from './route.ts';
import { ROUTES } from './routes/index.ts';
import { serveRoute } from './serve-route.ts';

/**
 * The JSON API, to be mounted at /api/v1 before anything that knows sessions: who asks is known by a bearer token
 * alone, so that no foreign page can ask in somebody's name, and no CORS header ever invites one.
 */
export function createApi(parts: ApiParts): Router {
  const router = Router();
  const description = JSON.stringify(openApi(ROUTES));
  router.get('/openapi.json', (_request, response) => {
    response.type('application/json').send(description);
  });
  for (const route of ROUTES) {
    const body = route.file === 'taken' ? [] : [onlyJson, readJson];
    router[route.method](pathOf(route), ...body, serveRoute(parts, route));
  }
  for (const [path, methods] of methodsByPath()) {
    router.all(path, (_request, response) => {
      response.setHeader('Allow', methods.join(', '));
      throw new Refused(405, 'api-method');
    });
  }
  router.use(nothingHere);
  router.use(lastHandler(parts));
  return router;
}

function pathOf({ path }: Route): string {
  return path.replace(/\{(\w+)\}/g, ':$1');
}

function methodsByPath(): ReadonlyMap<string, readonly string[]> {
  const methods = new Map<string, string[]>();
  for (const route of ROUTES) {
    const path = pathOf(route);
    methods.set(path, [...(methods.get(path) ?? []), route.method.toUpperCase()]);
  }
  return methods;
}
