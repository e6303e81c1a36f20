import type { Response } from 'express';
import { giveFile, type FileGiven } from '../shared/give-file.ts';
import { Refused } from '../shared/refused.ts';
import type { ApiParts } from './parts.ts';
import { refuse } from './problem.ts';
import type { Call, Route } from './route.ts';

const MB = 1024 * 1024;

/**
 * Serves a route whose body or answer is a file. A repeat under the same key is found out by the use case, since the
 * bytes are not read before it wants them.
 */
export async function serveFile(
  parts: ApiParts,
  route: Route,
  call: Call,
  response: Response,
): Promise<void> {
  const { request } = call;
  const limit = route.limit?.(parts.house) ?? parts.house.evidence.limit;
  if (Number(request.get('content-length') ?? 0) > limit)
    throw new Refused(413, 'api-too-large', { limit: Math.floor(limit / MB) });
  const done = await route.run(call);
  if (!done.ok) {
    refuse(parts, request, response, done.error, route.fieldOf);
    return;
  }
  if (route.file === 'taken') response.status(route.status).json(done.value);
  else await giveFile(response, done.value as FileGiven);
}
