import { Temporal } from 'temporal-polyfill';
import { allow } from '../../domain/access/permissions.ts';
import type { Actor } from '../../domain/access/roles.ts';
import { invalid, type DomainError } from '../../domain/errors.ts';
import { sha256 } from '../../domain/register/entry.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { ApiToken } from '../ports/api.ts';
import type { House } from '../ports/house.ts';
import type { User } from '../ports/staff.ts';
import { recordInOrganisation } from '../register/record.ts';
import { nameProblems, tidyEmail } from './credentials.ts';
import { actorOf } from './sign-in.ts';

type Deps = Pick<House, 'clock' | 'ids' | 'users' | 'apiTokens' | 'organisations' | 'register'>;

/** So that scanners for leaked secrets can know one by its looks. */
const PREFIX = 'tocsin_';
const USED_TO_THE = Temporal.Duration.from({ hours: 1 });

/** A token as settings show it; the secret is in nobody's hands but the caller's. */
export interface TokenRow {
  readonly id: string;
  readonly name: string;
  readonly user: string;
  readonly userName: string;
  readonly createdAt: Temporal.Instant;
  readonly lastUsedAt: Temporal.Instant | null;
}

function hashOf(secret: string): string {
  return sha256(`tocsin-api:${secret}`);
}

/**
 * Makes a token for a person by their e-mail, also before they accepted their invitation.
 * @returns the token to send as `Authorization: Bearer …`; it cannot be told again
 */
export async function createToken(
  house: Deps,
  actor: Actor,
  form: { readonly email: string; readonly name: string },
): Promise<Result<{ readonly id: string; readonly token: string }, DomainError>> {
  const allowed = allow(actor, 'settings.change');
  if (!allowed.ok) return allowed;
  const problems = nameProblems(form.name);
  if (problems.length > 0) return fail({ kind: 'invalid-input', problems });
  const user = await house.users.byEmail(tidyEmail(form.email));
  const isOurs = user?.memberships.some(({ organisation }) => organisation === actor.organisation);
  if (!user?.active || !isOurs) return fail(invalid('email', 'user.unknown'));
  return ok(await issue(house, actor, user.id, form.name));
}

/**
 * Makes a token for oneself: it carries no right that the person has not.
 * @returns the token to send as `Authorization: Bearer …`; it cannot be told again
 */
export async function createOwnToken(
  house: Deps,
  actor: Actor,
  form: { readonly name: string },
): Promise<Result<{ readonly id: string; readonly token: string }, DomainError>> {
  const problems = nameProblems(form.name);
  if (problems.length > 0) return fail({ kind: 'invalid-input', problems });
  return ok(await issue(house, actor, actor.user, form.name));
}

async function issue(
  house: Deps,
  actor: Actor,
  user: string,
  name: string,
): Promise<{ readonly id: string; readonly token: string }> {
  const secret = PREFIX + house.ids.secret();
  const token: ApiToken = {
    id: house.ids.id(),
    organisation: actor.organisation,
    user,
    name: name.trim(),
    createdAt: house.clock.now(),
    createdBy: actor.user,
  };
  await house.apiTokens.put(token, hashOf(secret));
  await recordInOrganisation(house, actor, {
    type: 'token-created',
    data: { token: token.id, user },
  });
  return { id: token.id, token: secret };
}

/** The tokens of the organisation, the newest first. */
export async function viewTokens(
  house: Pick<House, 'users' | 'apiTokens'>,
  actor: Actor,
): Promise<Result<readonly TokenRow[], DomainError>> {
  const allowed = allow(actor, 'settings.change');
  if (!allowed.ok) return allowed;
  return ok(await rowsOf(house, actor));
}

/** One's own tokens, the newest first. */
export async function viewOwnTokens(
  house: Pick<House, 'users' | 'apiTokens'>,
  actor: Actor,
): Promise<readonly TokenRow[]> {
  return (await rowsOf(house, actor)).filter(({ user }) => user === actor.user);
}

async function rowsOf(house: Pick<House, 'users' | 'apiTokens'>, actor: Actor): Promise<readonly TokenRow[]> {
  const tokens = await house.apiTokens.of(actor.organisation);
  const names = new Map((await house.users.of(actor.organisation)).map(({ id, name }) => [id, name]));
  const rows = tokens.map(({ id, name, user, createdAt, lastUsedAt }) => ({
    id,
    name,
    user,
    userName: names.get(user) ?? user,
    createdAt,
    lastUsedAt: lastUsedAt ?? null,
  }));
  return rows.sort((a, b) => Temporal.Instant.compare(b.createdAt, a.createdAt));
}

/** Takes a token back: it opens nothing from here on. */
export async function revokeToken(
  house: Deps,
  actor: Actor,
  form: { readonly token: string },
): Promise<Result<undefined, DomainError>> {
  const allowed = allow(actor, 'settings.change');
  if (!allowed.ok) return allowed;
  return remove(house, actor, form.token);
}

/** Takes an own token back; another person's is not there for who asks. */
export async function revokeOwnToken(
  house: Deps,
  actor: Actor,
  form: { readonly token: string },
): Promise<Result<undefined, DomainError>> {
  const own = await viewOwnTokens(house, actor);
  if (!own.some(({ id }) => id === form.token))
    return fail({ kind: 'not-found', what: 'token', id: form.token });
  return remove(house, actor, form.token);
}

async function remove(house: Deps, actor: Actor, id: string): Promise<Result<undefined, DomainError>> {
  const token = await house.apiTokens.remove(actor.organisation, id);
  if (!token) return fail({ kind: 'not-found', what: 'token', id });
  await recordInOrganisation(house, actor, {
    type: 'token-revoked',
    data: { token: token.id, user: token.user },
  });
  return ok(undefined);
}

/** Who comes with this secret, with the roles they have now; null if nobody may by it. */
export async function bearerOf(
  house: Pick<House, 'clock' | 'users' | 'apiTokens'>,
  secret: string,
): Promise<{ readonly actor: Actor; readonly user: User; readonly token: ApiToken } | null> {
  if (!secret.startsWith(PREFIX)) return null;
  const token = await house.apiTokens.byHash(hashOf(secret));
  const found = token && (await actorOf(house, token.user));
  if (!token || !found || found.actor.organisation !== token.organisation) return null;
  const now = house.clock.now();
  const known = token.lastUsedAt?.add(USED_TO_THE);
  if (!known || Temporal.Instant.compare(known, now) <= 0)
    await house.apiTokens.used(token.organisation, token.id, now);
  return { ...found, token };
}
