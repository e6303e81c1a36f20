import type { Request } from 'express';
import { bearerOf } from '../../../application/access/api-tokens.ts';
import type { User } from '../../../application/ports/staff.ts';
import type { Actor } from '../../../domain/access/roles.ts';
import { Refused } from '../../shared/refused.ts';
import type { ApiParts } from '../parts.ts';

const BEARER = /^Bearer +([\w.~+/=-]{1,200})$/i;

/**
 * Who sends the request, by `Authorization: Bearer`: a person with the roles they have now.
 * @throws Refused 401 without a token that opens anything, 429 after too many requests
 */
export async function bearer(
  { house, throttle }: ApiParts,
  request: Request,
): Promise<{ readonly actor: Actor; readonly user: User }> {
  const secret = BEARER.exec(request.get('authorization') ?? '')?.[1];
  const found = secret === undefined ? null : await bearerOf(house, secret);
  if (!found) {
    const tries = await throttle.address.consume(`api:${request.ip ?? ''}`);
    if (!tries.allowed) throw new Refused(429, 'api-too-many', { retryAfter: tries.retryAfter });
    throw new Refused(401, secret === undefined ? 'api-token-missing' : 'api-token-wrong');
  }
  const { allowed, retryAfter } = await throttle.token.consume(found.token.id);
  if (!allowed) throw new Refused(429, 'api-too-many', { retryAfter });
  return found;
}
