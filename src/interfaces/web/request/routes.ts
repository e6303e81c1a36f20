import type { Request, RequestHandler, Response } from 'express';
import { Refused } from '../../shared/refused.ts';
import type { Parts } from '../parts.ts';
import { formOf, type Form } from './form.ts';
import { guestVisit, staffVisit, type StaffVisit, type Visit } from './visit.ts';
import { wantsJson } from './wants.ts';

/** A path of the site: a local one, so that no link can send people elsewhere after signing in. */
export function localPath(path: unknown): string {
  return typeof path === 'string' && /^\/(?![/\\])[^\\\s]*$/.test(path) ? path : '/';
}

export function forGuests(parts: Parts, show: (visit: Visit) => Promise<void> | void): RequestHandler {
  return async (request, response) => show(guestVisit(parts, request, response));
}

export function guestForms(
  parts: Parts,
  take: (visit: Visit, form: Form) => Promise<void> | void,
): RequestHandler {
  return async (request, response) => take(guestVisit(parts, request, response), formOf(request));
}

/** A page for staff: who is not signed in is asked to, and comes back here. */
export function forStaff(parts: Parts, show: (visit: StaffVisit) => Promise<void> | void): RequestHandler {
  return async (request, response) => {
    const visit = await staffVisit(parts, request, response);
    if (visit) await show(visit);
    else askToSignIn(request, response);
  };
}

export function staffForms(
  parts: Parts,
  take: (visit: StaffVisit, form: Form) => Promise<void> | void,
): RequestHandler {
  return async (request, response) => {
    const visit = await staffVisit(parts, request, response);
    if (!visit) throw new Refused(401, 'signed-out');
    await take(visit, formOf(request));
  };
}

function askToSignIn(request: Request, response: Response): void {
  if (wantsJson(request)) throw new Refused(401, 'signed-out');
  const next = localPath(request.originalUrl);
  response.redirect(303, next === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`);
}

/** A parameter of the path, as text. */
export function param(visit: Visit, name: string): string {
  const value = visit.request.params[name];
  return typeof value === 'string' ? value : '';
}

/** A parameter of the path that is a whole number; -1 for anything else, which no list has. */
export function paramNumber(visit: Visit, name: string): number {
  const value = param(visit, name);
  return /^\d{1,7}$/.test(value) ? Number(value) : -1;
}

/** A parameter of the query, as text; '' where it is missing or repeated. */
export function query(visit: Visit, name: string): string {
  const value = visit.request.query[name];
  return typeof value === 'string' ? value : '';
}
