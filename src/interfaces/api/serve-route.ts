import type { Request, RequestHandler, Response } from 'express';
import { sha256 } from '../../domain/register/entry.ts';
import type { DomainError } from '../../domain/errors.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { ApiParts } from './parts.ts';
import { refuse } from './problem.ts';
import { serveFile } from './serve-file.ts';
import { bearer } from './request/bearer.ts';
import { check } from './request/check.ts';
import { boundKey, keyOf, once, type Sent } from './request/once.ts';
import type { Call, Route } from './route.ts';

/** Serves one route: who asks, whether what was sent has its shape, whether it came before, and then the use case. */
export function serveRoute(parts: ApiParts, route: Route): RequestHandler {
  return async (request, response) => {
    const { actor, user } = await bearer(parts, request);
    const read = readRequest(route, request);
    if (!read.ok) {
      refuse(parts, request, response, read.error);
      return;
    }
    const given = keyOf(request.get('idempotency-key'));
    const address = `${request.method} ${request.originalUrl}`;
    const key = route.method === 'get' || given === undefined ? undefined : boundKey(actor, address, given);
    const { body, query } = read.value;
    const call: Call = {
      parts,
      house: parts.house,
      actor,
      user,
      body,
      at: (name) => String(request.params[name] ?? ''),
      query: (name) => query[name],
      request,
      key,
    };
    if (route.file) {
      await serveFile(parts, route, call, response);
      return;
    }
    let refused: DomainError | undefined;
    const work = async (): Promise<Sent | null> => {
      const done = await route.run(call);
      if (done.ok) return sentOf(route, done.value);
      refused = done.error;
      return null;
    };
    const of = { organisation: actor.organisation, fingerprint: fingerprintOf(request) };
    const { sent, repeated } =
      key === undefined
        ? { sent: await work(), repeated: false }
        : await once(parts, { ...of, id: key }, work);
    if (refused) refuse(parts, request, response, refused, route.fieldOf);
    else if (sent) send(response, sent, repeated);
  };
}

function sentOf(route: Route, value: unknown): Sent {
  return { status: route.status, body: route.status === 204 ? '' : JSON.stringify(value) };
}

function send(response: Response, { status, body }: Sent, repeated: boolean): void {
  if (repeated) response.setHeader('Idempotent-Replayed', 'true');
  if (body === '') response.status(status).end();
  else response.status(status).type('application/json').send(body);
}

interface Read {
  readonly body: unknown;
  readonly query: Readonly<Record<string, string | undefined>>;
}

function readRequest(route: Route, request: Request): Result<Read, DomainError> {
  const query = route.query ? check(route.query, { ...request.query }) : ok({});
  if (!query.ok) return query;
  const body = route.body ? check(route.body, request.body ?? {}) : ok(undefined);
  if (!body.ok) return body;
  return ok({ body: body.value, query: query.value as Read['query'] });
}

function fingerprintOf(request: Request): string {
  return sha256(request.rawBody ?? '');
}
