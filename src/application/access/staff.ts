import { Temporal } from 'temporal-polyfill';
import { allow } from '../../domain/access/permissions.ts';
import { ROLES, type Actor, type Role } from '../../domain/access/roles.ts';
import { invalid, type DomainError, type Problem } from '../../domain/errors.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { House } from '../ports/house.ts';
import type { User } from '../ports/staff.ts';
import { asRecipient } from '../notice/approvers.ts';
import { recordInOrganisation } from '../register/record.ts';
import {
  emailProblems,
  hashOfSecret,
  INVITATION_LASTS,
  nameProblems,
  passwordProblems,
  tidyEmail,
} from './credentials.ts';

type Deps = Pick<
  House,
  'clock' | 'ids' | 'users' | 'tokens' | 'organisations' | 'register' | 'staffPost' | 'url' | 'passwords'
>;

/** One person of the staff as settings show them; never the password's hash. */
export interface StaffRow {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly Role[];
  readonly active: boolean;
  readonly invited: boolean;
  readonly version: number;
}

export async function viewStaff(
  house: Pick<House, 'users'>,
  actor: Actor,
): Promise<Result<readonly StaffRow[], DomainError>> {
  const allowed = allow(actor, 'settings.change');
  if (!allowed.ok) return allowed;
  const users = await house.users.of(actor.organisation);
  return ok(
    users.map((user) => rowOf(user, actor.organisation)).sort((a, b) => a.name.localeCompare(b.name, 'en')),
  );
}

function rowOf(user: User, organisation: string): StaffRow {
  const { id, name, email, active, version } = user;
  return {
    id,
    name,
    email,
    active,
    version,
    roles: asRecipient(user, organisation).roles,
    invited: user.password === null,
  };
}

/** Invites a person: a link, valid for a week, by which they choose their name and password. @returns the link */
export async function invite(
  house: Deps,
  actor: Actor,
  form: { readonly email: string; readonly name?: string; readonly roles: readonly string[] },
): Promise<Result<{ readonly link: string; readonly user: string }, DomainError>> {
  const allowed = allow(actor, 'settings.change');
  if (!allowed.ok) return allowed;
  const email = tidyEmail(form.email);
  const problems = [...emailProblems(email), ...roleProblems(form.roles)];
  if (problems.length > 0) return fail({ kind: 'invalid-input', problems });
  const existing = await house.users.byEmail(email);
  if (existing && (existing.password !== null || !isMember(existing, actor.organisation)))
    return fail(invalid('email', 'email.taken'));
  const user = existing ?? (await insertInvited(house, actor, email, form));
  if (!user) return fail(invalid('email', 'email.taken'));
  const secret = house.ids.secret();
  const link = `${house.url}/invitation/${secret}`;
  await house.tokens.put({
    hash: hashOfSecret(secret),
    purpose: 'invitation',
    user: user.id,
    organisation: actor.organisation,
    expiresAt: house.clock.now().add(INVITATION_LASTS),
  });
  const roles = asRecipient(user, actor.organisation).roles;
  await recordInOrganisation(house, actor, {
    type: 'person-invited',
    data: { user: user.id, roles: [...roles] },
  });
  await house.staffPost.send({
    name: `invitation-${hashOfSecret(secret).slice(0, 16)}`,
    to: [asRecipient(user, actor.organisation)],
    template: 'invitation',
    values: { link },
  });
  return ok({ link, user: user.id });
}

async function insertInvited(
  house: Deps,
  actor: Actor,
  email: string,
  form: { readonly name?: string; readonly roles: readonly string[] },
): Promise<User | null> {
  const user: User = {
    id: house.ids.id(),
    email,
    name: (form.name ?? '').trim() || email,
    password: null,
    active: true,
    locale: 'en',
    memberships: [{ organisation: actor.organisation, roles: form.roles as readonly Role[] }],
    createdAt: house.clock.now(),
    version: 1,
  };
  return (await house.users.insert(user)) ? user : null;
}

/** Whom an invitation is for, or null if the link is spent, expired or wrong. */
export async function invited(
  house: Pick<House, 'clock' | 'tokens' | 'users'>,
  secret: string,
): Promise<User | null> {
  const token = await house.tokens.byHash(hashOfSecret(secret));
  if (token?.purpose !== 'invitation' || token.user === undefined) return null;
  if (Temporal.Instant.compare(house.clock.now(), token.expiresAt) >= 0) return null;
  return house.users.byId(token.user);
}

/** Accepts an invitation: the link works once. */
export async function acceptInvitation(
  house: Deps,
  form: { readonly secret: string; readonly name: string; readonly password: string },
): Promise<Result<User, DomainError>> {
  const problems = [...nameProblems(form.name), ...passwordProblems(form.password)];
  if (problems.length > 0) return fail({ kind: 'invalid-input', problems });
  const user = await invited(house, form.secret);
  const spent = fail({ kind: 'not-found', what: 'link', id: 'invitation' } as const);
  if (!user) return spent;
  const next = {
    ...user,
    name: form.name.trim(),
    password: await house.passwords.hash(form.password),
    version: user.version + 1,
  };
  if (!(await house.users.replace(next, user.version))) return spent;
  // Spent last: whoever is cut short before can use the link again.
  await house.tokens.spend(hashOfSecret(form.secret));
  const organisation = user.memberships[0]?.organisation ?? '';
  await recordInOrganisation(
    house,
    { user: user.id, organisation },
    { type: 'invitation-accepted', data: { user: user.id } },
    { key: `accepted-${user.id}` },
  );
  return ok(next);
}

/** Changes a person's roles, or whether they may sign in at all. The last administrator cannot lock everybody out. */
export async function changeStaff(
  house: Deps,
  actor: Actor,
  form: {
    readonly user: string;
    readonly roles: readonly string[];
    readonly active: boolean;
    readonly shown: number;
  },
): Promise<Result<undefined, DomainError>> {
  const allowed = allow(actor, 'settings.change');
  if (!allowed.ok) return allowed;
  const problems = roleProblems(form.roles);
  if (problems.length > 0) return fail({ kind: 'invalid-input', problems });
  const staff = await house.users.of(actor.organisation);
  const before = staff.find(({ id }) => id === form.user);
  if (!before) return fail({ kind: 'not-found', what: 'user', id: form.user });
  const roles = form.roles as readonly Role[];
  const others = staff.some((user) => user.id !== form.user && isAdministrator(user, actor.organisation));
  if (!others && !(form.active && roles.includes('administrator')))
    return fail(invalid('roles', 'role.last-administrator'));
  const next: User = {
    ...before,
    active: form.active,
    memberships: before.memberships.map((membership) =>
      membership.organisation === actor.organisation ? { ...membership, roles } : membership,
    ),
    version: form.shown + 1,
  };
  if (!(await house.users.replace(next, form.shown))) {
    return fail({
      kind: 'stale-version',
      subject: form.user,
      shown: form.shown,
      current: before.version,
      theirs: rowOf(before, actor.organisation).roles,
      yours: form.roles,
    });
  }
  await recordInOrganisation(house, actor, {
    type: 'person-changed',
    data: { user: form.user, roles: [...roles], active: form.active },
  });
  return ok(undefined);
}

function roleProblems(roles: readonly string[]): Problem[] {
  if (roles.length === 0) return [{ path: 'roles', key: 'role.none' }];
  const known: readonly string[] = ROLES;
  return roles
    .filter((role) => !known.includes(role))
    .map((value) => ({ path: 'roles', key: 'role.unknown', values: { value } }));
}

function isMember(user: User, organisation: string): boolean {
  return user.memberships.some((membership) => membership.organisation === organisation);
}

function isAdministrator(user: User, organisation: string): boolean {
  return (
    user.active && user.password !== null && asRecipient(user, organisation).roles.includes('administrator')
  );
}
