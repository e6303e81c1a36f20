import type { Request, RequestHandler, Response } from 'express';
import { Refused } from '../../shared/refused.ts';
import type { Parts } from '../parts.ts';
import { checkToken } from '../security/csrf.ts';
import { formOf, type Form } from './form.ts';
import { readUpload, type Upload } from './upload.ts';
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

/** What the fields around the file of a form may take. */
const AROUND_BYTES = 64 * 1024;

export interface Uploading {
  /** The most bytes that the file may have. */
  readonly limit: number;
  readonly tooLarge: (visit: StaffVisit) => Promise<void> | void;
  /** `file` is null where the form has none; its bytes are read once. */
  readonly take: (visit: StaffVisit, form: Form, file: Upload | null) => Promise<void> | void;
}

/** A form with a file, streamed. One whose length says that it is too large is refused before it is read. */
export function staffUploads(parts: Parts, { limit, tooLarge, take }: Uploading): RequestHandler {
  return async (request, response) => {
    const visit = await staffVisit(parts, request, response);
    if (!visit) throw new Refused(401, 'signed-out');
    if (Number(request.get('content-length') ?? 0) > limit + AROUND_BYTES) {
      await tooLarge(visit);
      return;
    }
    const file = await readUpload(request);
    try {
      checkToken(request);
      await take(visit, formOf(request), file);
    } finally {
      file?.skip();
    }
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
