import type { ErrorRequestHandler, Request, RequestHandler } from 'express';
import type { DomainError } from '../../../domain/errors.ts';
import { refusalOf, type Refusal } from '../../shared/refusals.ts';
import type { Parts } from '../parts.ts';
import { MalformedForm } from '../request/form.ts';
import { guestVisit, staffVisit, type Visit } from '../request/visit.ts';
import { problemWords } from './problems.ts';
import { Refused } from '../../shared/refused.ts';
import { wantsJson } from '../request/wants.ts';
import { show } from './show.ts';

interface Told extends Refusal {
  /** The id under which an unknown error stands in the log. */
  readonly fault: string | null;
}

/** Answers an expected error of a use case by a page that says what to do, or by a problem document. */
export function refuse(visit: Visit, error: DomainError): void {
  tell(visit, { ...refusalOf(error, visit.parts.words, visit.locale), fault: null });
}

function tell(visit: Visit, told: Told): void {
  const { response, say } = visit;
  const heading = say(`errors.${told.key}.heading`, told.values);
  const what = say(`errors.${told.key}.what`, told.values);
  const problems = told.problems.map((problem) => ({
    field: problem.path,
    words: problemWords(visit, problem),
  }));
  if (wantsJson(visit.request)) {
    const { status, key, fault } = told;
    response
      .status(status)
      .type('application/problem+json')
      .send(
        JSON.stringify({
          type: `urn:tocsin:problem:${key}`,
          title: heading,
          status,
          detail: what,
          ...(problems.length > 0 ? { problems } : {}),
          ...(fault === null ? {} : { fault }),
        }),
      );
    return;
  }
  show(visit, 'error', { title: heading, heading, what, problems, fault: told.fault }, told.status);
}

/** Nothing stands at this address. */
export function nothingHere(parts: Parts): RequestHandler {
  return async (request, response) => {
    const visit = (await staffVisit(parts, request, response)) ?? guestVisit(parts, request, response);
    tell(visit, { status: 404, key: 'not-found', values: {}, problems: [], fault: null });
  };
}

/**
 * The last handler: what the edge refused is told with its words; what nobody expected is logged under an id, and
 * the page shows that id and nothing else.
 */
export function lastHandler(parts: Parts): ErrorRequestHandler {
  return async (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const told = toldOfThrown(parts, request, error);
    // Where the session itself failed, or was not read yet, nobody is known.
    const known = 'session' in request && told.status !== 500;
    const visit =
      (known ? await staffVisit(parts, request, response) : null) ?? guestVisit(parts, request, response);
    if ('session' in request) tell(visit, told);
    else tellBare(visit, told);
  };
}

function toldOfThrown(parts: Parts, request: Request, error: unknown): Told {
  if (error instanceof Refused) {
    return { status: error.status, key: error.key, values: error.values, problems: [], fault: null };
  }
  if (error instanceof MalformedForm) {
    return { status: 422, key: 'invalid-input', values: {}, problems: error.error.problems, fault: null };
  }
  const known = ofBodyParser(error);
  if (known) return { ...known, values: { limit: 1, type: '?' }, problems: [], fault: null };
  const fault = parts.house.ids.id().slice(0, 8).toUpperCase();
  parts.log.error({ fault, err: error, method: request.method, path: request.path }, 'a request failed');
  return { status: 500, key: 'fault', values: { fault }, problems: [], fault };
}

/** The body parser's and the router's own refusals, by their status. */
function ofBodyParser(error: unknown): Pick<Told, 'status' | 'key'> | null {
  const status = (error as { status?: unknown } | null)?.status;
  if (status === 413) return { status, key: 'too-large' };
  if (status === 415) return { status, key: 'not-a-form' };
  if (status === 400) return { status, key: 'unreadable' };
  return null;
}

/** A page without a session: no token, no forms. */
function tellBare(visit: Visit, told: Told): void {
  Object.assign(visit.request, { session: {} });
  tell(visit, told);
}
