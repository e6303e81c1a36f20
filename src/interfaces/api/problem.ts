import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import type { DomainError } from '../../domain/errors.ts';
import { problemWords, refusalOf, type Refusal } from '../shared/refusals.ts';
import { Refused } from '../shared/refused.ts';
import { localeOf, type Locale } from '../shared/words.ts';
import type { ApiParts } from './parts.ts';

/** More of the error than its words: both versions of a conflict, what a gate waits for. */
type More = Readonly<Record<string, unknown>>;

/** Answers an expected error as a problem document (RFC 9457). */
export function refuse(
  parts: ApiParts,
  request: Request,
  response: Response,
  error: DomainError,
  fieldOf: (path: string) => string = (path) => path,
): void {
  const refusal = refusalOf(error, parts.words, languageOf(request));
  const placed = refusal.problems.map((problem) => ({ ...problem, path: fieldOf(problem.path) }));
  // Two readers of one value may find the same fault.
  const seen = new Set<string>();
  const problems = placed.filter(
    ({ path, key }) => !seen.has(`${path} ${key}`) && seen.add(`${path} ${key}`),
  );
  tell(parts, request, response, { ...refusal, problems }, moreOf(error));
}

function moreOf(error: DomainError): More {
  switch (error.kind) {
    case 'not-allowed':
      return {
        permission: error.permission,
        ...(error.reason === undefined ? {} : { reason: error.reason }),
      };
    case 'stale-version': {
      const { subject, shown, current, theirs, yours } = error;
      return { subject, shown, current, theirs, yours };
    }
    case 'stage-gate-closed':
      return { stage: error.stage, tasks: error.tasks, facts: error.facts };
    case 'wrong-state':
      return { what: error.what, state: error.state, key: error.key };
    case 'not-found':
      return { what: error.what };
    case 'seal-broken':
      return { part: error.part };
    default:
      return {};
  }
}

function tell(parts: ApiParts, request: Request, response: Response, refusal: Refusal, more: More): void {
  const { words } = parts;
  const locale = languageOf(request);
  const { status, key, values, problems } = refusal;
  // Where a page would say 'go back', a program is told something of its own.
  const say = (part: string): string => {
    const own = `errors.api-${key}.${part}`;
    return words.say(locale, words.has('en', own) ? own : `errors.${key}.${part}`, values);
  };
  const errors = problems.map((problem) => ({
    path: problem.path,
    key: problem.key,
    detail: problemWords(words, locale, problem),
  }));
  // RFC 6750, section 3: a 401 says how to come in.
  if (status === 401) response.setHeader('WWW-Authenticate', 'Bearer realm="tocsin"');
  response
    .status(status)
    .type('application/problem+json')
    .setHeader('Content-Language', locale)
    .send(
      JSON.stringify({
        type: `urn:tocsin:problem:${key.replace(/^api-/, '')}`,
        title: say('heading'),
        status,
        detail: say('what'),
        ...more,
        ...(errors.length > 0 ? { errors } : {}),
      }),
    );
}

function languageOf(request: Request): Locale {
  return localeOf(undefined, request.get('accept-language'));
}

/** Nothing stands at this address. */
export const nothingHere: RequestHandler = () => {
  throw new Refused(404, 'not-found');
};

/** The last handler: what nobody expected is logged under an id, and the caller is told that id and nothing else. */
export function lastHandler(parts: ApiParts): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    // Who hung up in the middle of a file is told nothing, and it is no fault of ours.
    if (request.socket.destroyed) return;
    if (response.headersSent) {
      // A file whose bytes were altered is found out while it is sent: the connection breaks, and the log says why.
      parts.log.error({ err: error, path: request.path }, 'an answer of the API broke off');
      next(error);
      return;
    }
    const known = known4xx(error);
    if (known) {
      const { retryAfter } = known.values;
      if (typeof retryAfter === 'number') response.setHeader('Retry-After', String(retryAfter));
      tell(parts, request, response, { ...known, problems: [] }, {});
      return;
    }
    const fault = parts.house.ids.id().slice(0, 8).toUpperCase();
    const { method, path } = request;
    parts.log.error({ fault, err: error, method, path }, 'a request to the API failed');
    const told = { status: 500, key: 'fault', values: { fault }, problems: [] };
    tell(parts, request, response, told, { fault });
  };
}

/** What the edge refused itself, and the body parser's own refusals, by their status. */
function known4xx(error: unknown): Omit<Refusal, 'problems'> | null {
  if (error instanceof Refused) return { status: error.status, key: error.key, values: error.values };
  const status = (error as { status?: unknown } | null)?.status;
  if (status === 413) return { status, key: 'api-too-large', values: { limit: 1 } };
  if (status === 415) return { status, key: 'api-not-json', values: {} };
  if (status === 400) return { status, key: 'unreadable', values: {} };
  return null;
}
