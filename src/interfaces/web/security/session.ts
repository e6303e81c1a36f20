import session, { type Store } from 'express-session';
import type { Request, RequestHandler } from 'express';
import type { Temporal } from 'temporal-polyfill';
import type { User } from '../../../application/ports/staff.ts';
import type { WebConfig } from '../parts.ts';

declare module 'express-session' {
  interface SessionData {
    user?: string;
    organisation?: string;
    /** When it began, in milliseconds of the epoch: a password changed later ends it. */
    since?: number;
  }
}

const HOURS_12 = 12 * 3600 * 1000;

/**
 * Sessions by cookie, HttpOnly and SameSite=Lax; over https also Secure and bound to this host (`__Host-`). They end
 * twelve hours after the last page.
 */
export function sessions(store: Store, config: WebConfig): RequestHandler {
  const https = isHttps(config);
  return session({
    store,
    secret: [...config.secrets],
    name: https ? '__Host-tocsin' : 'tocsin',
    resave: false,
    saveUninitialized: false,
    rolling: true,
    cookie: { httpOnly: true, sameSite: 'lax', secure: https, path: '/', maxAge: HOURS_12 },
  });
}

/**
 * express-session sends no Secure cookie over what looks like http. Where people come by https, something in front of
 * us ends TLS, whether or not it says so in a header.
 */
export function behindTls(config: WebConfig): RequestHandler {
  const https = isHttps(config);
  return (request, _response, next) => {
    if (https) Object.defineProperty(request, 'secure', { value: true });
    next();
  };
}

export function isHttps(config: Pick<WebConfig, 'url'>): boolean {
  return new URL(config.url).protocol === 'https:';
}

/**
 * Begins a session of a person under a new id, so that an id known before the sign-in opens nothing.
 * @param now by the house's clock, which also says when a password was changed
 */
export async function beginSession(
  request: Request,
  user: Pick<User, 'id' | 'memberships'>,
  now: Temporal.Instant,
): Promise<void> {
  await called((done) => request.session.regenerate(done));
  request.session.user = user.id;
  request.session.organisation = user.memberships[0]?.organisation ?? '';
  request.session.since = now.epochMilliseconds;
  await called((done) => request.session.save(done));
}

export function endSession(request: Request): Promise<void> {
  return called((done) => request.session.destroy(done));
}

function called(run: (done: (error?: unknown) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    run((error) => {
      if (error === undefined || error === null) resolve();
      else reject(error instanceof Error ? error : new Error('the session store failed', { cause: error }));
    });
  });
}
