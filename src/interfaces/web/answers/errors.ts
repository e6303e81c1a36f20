import type { ErrorRequestHandler, Request, RequestHandler } from 'express';
import type { DomainError, Problem } from '../../../domain/errors.ts';
import type { Parts } from '../parts.ts';
import { MalformedForm } from '../request/form.ts';
import { guestVisit, staffVisit, type Visit } from '../request/visit.ts';
import { problemWords } from './problems.ts';
import { Refused } from './refused.ts';
import { show } from './show.ts';

const STATUS: Readonly<Record<DomainError['kind'], number>> = {
  'invalid-input': 422,
  'not-allowed': 403,
  'not-found': 404,
  'stale-version': 409,
  'stage-gate-closed': 409,
  'wrong-state': 409,
  'seal-broken': 409,
};

/** Whether the client asks for JSON rather than a page. */
export function wantsJson(request: Request): boolean {
  return request.accepts(['html', 'json']) === 'json';
}

interface Told {
  readonly status: number;
  /** Names the kind of error, in the words and in the address of its type. */
  readonly key: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly problems: readonly Problem[];
  /** The id under which an unknown error stands in the log. */
  readonly fault: string | null;
}

/** Answers an expected error of a use case by a page that says what to do, or by a problem document. */
export function refuse(visit: Visit, error: DomainError): void {
  tell(visit, toldOf(visit, error));
}

function toldOf(visit: Visit, error: DomainError): Told {
  const base = { status: STATUS[error.kind], problems: [], fault: null };
  switch (error.kind) {
    case 'invalid-input':
      return { ...base, key: 'invalid-input', values: {}, problems: error.problems };
    case 'not-allowed': {
      const key = `not-allowed-${error.reason ?? 'role'}`;
      const known = visit.parts.words.has('en', `errors.${key}.heading`);
      return { ...base, key: known ? key : 'not-allowed-role', values: error.values ?? {} };
    }
    case 'not-found':
      return { ...base, key: error.what === 'link' ? 'link-spent' : 'not-found', values: {} };
    case 'stale-version':
      return { ...base, key: 'stale-version', values: {} };
    case 'stage-gate-closed':
      return {
        ...base,
        key: 'stage-gate-closed',
        values: { count: error.tasks.length + error.facts.length },
      };
    case 'wrong-state': {
      const state = `notice.state.${error.state}`;
      const words = visit.parts.words.has('en', state) ? visit.say(state) : error.state;
      return {
        ...base,
        key: 'wrong-state',
        values: { why: visit.say(`problem.${error.key}`, { state: words }) },
      };
    }
    case 'seal-broken':
      return { ...base, key: 'seal-broken', values: { part: error.part } };
  }
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
