import { csrfSync } from 'csrf-sync';
import type { Request, RequestHandler } from 'express';
import { Refused } from '../../shared/refused.ts';
import type { WebConfig } from '../parts.ts';

/** The hidden field of every form that holds the session's token. */
export const CSRF_FIELD = '_csrf';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

const { generateToken, isRequestValid } = csrfSync({
  size: 32,
  getTokenFromRequest: (request) => {
    const body = request.body as Record<string, unknown> | undefined;
    const given = body?.[CSRF_FIELD];
    return typeof given === 'string' ? given : request.get('x-csrf-token');
  },
});

/** The token that a form of this session carries. */
export function csrfToken(request: Request): string {
  return generateToken(request);
}

/** Refuses what changes something unless it comes from a page of ours: by the browser's word, then by the token. */
export function ownFormsOnly(config: WebConfig): RequestHandler {
  const fromHere = ownPagesOnly(config);
  return (request, response, next) => {
    if (SAFE.has(request.method)) {
      next();
      return;
    }
    fromHere(request, response, () => {
      checkToken(request);
      next();
    });
  };
}

/** The first half alone, by the headers: for a form whose fields are not read yet. */
export function ownPagesOnly(config: WebConfig): RequestHandler {
  const origin = new URL(config.url).origin;
  return (request, _response, next) => {
    if (!isFromHere(request, origin)) throw new Refused(403, 'foreign-page');
    next();
  };
}

/** The other half. @throws Refused where the form does not carry the token of its session */
export function checkToken(request: Request): void {
  if (!isRequestValid(request)) throw new Refused(403, 'stale-page');
}

/**
 * What the browser says of where the form stood. Sec-Fetch-Site cannot be forged by a page; older browsers send
 * Origin; what sends neither (a script with the token) goes on to the token.
 */
function isFromHere(request: Request, ours: string): boolean {
  const site = request.get('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const origin = request.get('origin');
  if (origin === undefined) return true;
  if (origin === ours) return true;
  return URL.canParse(origin) && new URL(origin).host === request.get('host');
}
