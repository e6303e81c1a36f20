import { Temporal } from 'temporal-polyfill';
import { allow } from '../../domain/access/permissions.ts';
import type { Actor } from '../../domain/access/roles.ts';
import { invalid, type DomainError } from '../../domain/errors.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { House } from '../ports/house.ts';
import type { User } from '../ports/staff.ts';
import { asRecipient } from '../notice/approvers.ts';
import { recordInOrganisation } from '../register/record.ts';
import { hashOfSecret, passwordProblems, RESET_LASTS, tidyEmail } from './credentials.ts';

type Deps = Pick<
  House,
  'clock' | 'ids' | 'users' | 'tokens' | 'organisations' | 'register' | 'staffPost' | 'url' | 'passwords'
>;

/**
 * Changes the own password; the old one is asked, so that an open browser changes nothing. Every session that began
 * before is over: the caller begins a new one for the person.
 */
export async function changePassword(
  house: Deps,
  actor: Actor,
  form: { readonly old: string; readonly password: string },
): Promise<Result<User, DomainError>> {
  const user = await house.users.byId(actor.user);
  if (!user?.active) return fail({ kind: 'not-found', what: 'user', id: actor.user });
  if (!(await house.passwords.verify(user.password, form.old))) return fail(invalid('old', 'password.wrong'));
  const problems = passwordProblems(form.password);
  if (problems.length > 0) return fail({ kind: 'invalid-input', problems });
  const changed = await withPassword(house, user, form.password);
  if (!changed) return fail(stale(user));
  await house.tokens.clear('reset', user.id);
  await record(house, user, actor.organisation, 'password-changed');
  return ok(changed);
}

/**
 * Mails a link by which the person chooses a new password, if the address is that of somebody who has one. Answers
 * nothing, and the caller does not wait for it: neither the answer nor its time tells who has an account.
 */
export async function requestReset(house: Deps, form: { readonly email: string }): Promise<void> {
  const user = await house.users.byEmail(tidyEmail(form.email));
  const organisation = user?.memberships[0]?.organisation;
  if (!user?.active || user.password === null || organisation === undefined) return;
  const { link, hash, expiresAt } = await issue(house, user, organisation);
  await record(house, user, organisation, 'password-reset-asked');
  const of = await house.organisations.byId(organisation);
  await house.staffPost.send({
    name: `reset-${hash.slice(0, 16)}`,
    to: [asRecipient(user, organisation)],
    template: 'reset',
    values: { link, organisation: of?.name ?? '', expiresAt, zone: of?.zone ?? 'UTC' },
  });
}

/** The same link for who runs the command line or administers staff; the person need not read mail. */
export async function resetLink(
  house: Deps,
  actor: Actor,
  email: string,
): Promise<Result<{ readonly link: string; readonly expiresAt: Temporal.Instant }, DomainError>> {
  const allowed = allow(actor, 'settings.change');
  if (!allowed.ok) return allowed;
  const user = await house.users.byEmail(tidyEmail(email));
  const isOurs = user?.memberships.some(({ organisation }) => organisation === actor.organisation);
  if (!user?.active || !isOurs) return fail(invalid('email', 'user.unknown'));
  // Who never accepted an invitation has no password to reset.
  if (user.password === null) return fail(invalid('email', 'user.not-joined'));
  const { link, expiresAt } = await issue(house, user, actor.organisation);
  await recordInOrganisation(house, actor, { type: 'password-reset-asked', data: { user: user.id } });
  return ok({ link, expiresAt });
}

/** Whose password the link would set, or null if it is spent, expired or wrong. */
export async function resettable(
  house: Pick<House, 'clock' | 'tokens' | 'users'>,
  secret: string,
): Promise<User | null> {
  const token = await house.tokens.byHash(hashOfSecret(secret));
  if (token?.purpose !== 'reset' || token.user === undefined) return null;
  if (Temporal.Instant.compare(house.clock.now(), token.expiresAt) >= 0) return null;
  const user = await house.users.byId(token.user);
  return user?.active ? user : null;
}

/** Sets a new password by a link, which works once. Every session of the person is over. */
export async function resetPassword(
  house: Deps,
  form: { readonly secret: string; readonly password: string },
): Promise<Result<User, DomainError>> {
  const problems = passwordProblems(form.password);
  if (problems.length > 0) return fail({ kind: 'invalid-input', problems });
  const user = await resettable(house, form.secret);
  const spent = fail({ kind: 'not-found', what: 'link', id: 'reset' } as const);
  // Taken before it is used: cut short in between, the person asks for another one, and no link works twice.
  if (!user || !(await house.tokens.spend(hashOfSecret(form.secret)))) return spent;
  const changed = await withPassword(house, user, form.password);
  if (!changed) return fail(stale(user));
  await record(house, user, user.memberships[0]?.organisation ?? '', 'password-reset');
  return ok(changed);
}

async function issue(
  house: Deps,
  user: User,
  organisation: string,
): Promise<{ readonly link: string; readonly hash: string; readonly expiresAt: Temporal.Instant }> {
  const secret = house.ids.secret();
  const hash = hashOfSecret(secret);
  const expiresAt = house.clock.now().add(RESET_LASTS);
  // A newer link makes older ones void.
  await house.tokens.clear('reset', user.id);
  await house.tokens.put({ hash, purpose: 'reset', user: user.id, organisation, expiresAt });
  return { link: `${house.url}/reset/${secret}`, hash, expiresAt };
}

async function withPassword(house: Deps, user: User, password: string): Promise<User | null> {
  const next: User = {
    ...user,
    password: await house.passwords.hash(password),
    sessionsFrom: house.clock.now(),
    version: user.version + 1,
  };
  return (await house.users.replace(next, user.version)) ? next : null;
}

async function record(house: Deps, user: User, organisation: string, type: string): Promise<void> {
  await recordInOrganisation(house, { user: user.id, organisation }, { type, data: { user: user.id } });
}

/** Somebody changed the person (their roles, say) in the same moment: trying again is enough. */
function stale(user: User): DomainError {
  return {
    kind: 'stale-version',
    subject: user.id,
    shown: user.version,
    current: user.version + 1,
    theirs: null,
    yours: null,
  };
}
