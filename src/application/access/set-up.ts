import { ALL_HANDS } from '../../domain/access/roles.ts';
import { invalid, type DomainError, type Problem } from '../../domain/errors.ts';
import { EMPTY_CHAIN } from '../../domain/register/chain.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { House } from '../ports/house.ts';
import type { Organisation, User } from '../ports/staff.ts';
import { recordInOrganisation } from '../register/record.ts';
import {
  emailProblems,
  hashOfSecret,
  nameProblems,
  passwordProblems,
  SETUP_LASTS,
  tidyEmail,
} from './credentials.ts';
import { isZone } from '../../domain/law/moments.ts';

type Deps = Pick<House, 'clock' | 'ids' | 'passwords' | 'organisations' | 'users' | 'tokens' | 'register'>;

export interface SetUpForm {
  readonly secret: string;
  readonly organisation: string;
  readonly zone: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/** Whether nobody can sign in yet: also where setting up was cut short before its first person was made. */
export async function needsSetUp(house: Pick<House, 'organisations' | 'users'>): Promise<boolean> {
  for (const { id } of await house.organisations.all()) {
    const staff = await house.users.of(id);
    if (staff.some(({ active, password }) => active && password !== null)) return false;
  }
  return true;
}

/** A new one-time link's secret for the first person; older links are void. Valid for a day. */
export async function issueSetUpLink(house: Deps): Promise<string> {
  const secret = house.ids.secret();
  await house.tokens.clear('setup');
  await house.tokens.put({
    hash: hashOfSecret(secret),
    purpose: 'setup',
    expiresAt: house.clock.now().add(SETUP_LASTS),
  });
  return secret;
}

/** Whether the link would still work. */
export async function isSetUpLink(house: Deps, secret: string): Promise<boolean> {
  const token = await house.tokens.byHash(hashOfSecret(secret));
  return (
    token?.purpose === 'setup' && house.clock.now().epochMilliseconds < token.expiresAt.epochMilliseconds
  );
}

/** Creates the organisation and its first person, with all roles, by the one-time link. */
export async function setUp(house: Deps, form: SetUpForm): Promise<Result<User, DomainError>> {
  const problems = [...organisationProblems(form), ...personProblems(form)];
  if (problems.length > 0) return fail({ kind: 'invalid-input', problems });
  if (!(await isSetUpLink(house, form.secret))) return fail({ kind: 'not-found', what: 'link', id: 'setup' });
  if (!(await house.tokens.spend(hashOfSecret(form.secret))))
    return fail({ kind: 'not-found', what: 'link', id: 'setup' });
  return createFirst(house, form);
}

/**
 * The same for scripts, at any start: creates the person with all roles if the address is unknown, and the
 * organisation if there is none. @returns null if the person exists already
 */
export async function ensureAdministrator(
  house: Deps,
  form: Omit<SetUpForm, 'secret'>,
): Promise<Result<User | null, DomainError>> {
  const email = tidyEmail(form.email);
  if (await house.users.byEmail(email)) return ok(null);
  const problems = personProblems(form);
  if (problems.length > 0) return fail({ kind: 'invalid-input', problems });
  const [existing] = await house.organisations.all();
  return existing ? createPerson(house, existing.id, form) : createFirst(house, form);
}

async function createFirst(house: Deps, form: Omit<SetUpForm, 'secret'>): Promise<Result<User, DomainError>> {
  const [begun] = await house.organisations.all();
  if (begun) return completeFirst(house, begun.id, form);
  const organisation: Organisation = {
    id: house.ids.id(),
    name: form.organisation.trim(),
    zone: form.zone,
    locale: 'en',
    profile: { role: 'controller' },
    contact: { email: tidyEmail(form.email), phone: '', address: '', website: '', dpo: '' },
    version: 1,
    register: EMPTY_CHAIN,
    outbox: [],
    seen: [],
  };
  await house.organisations.insert(organisation);
  await recordInOrganisation(
    house,
    { user: 'tocsin', organisation: organisation.id },
    { type: 'organisation-created', data: {} },
    { key: 'created' },
  );
  return createPerson(house, organisation.id, form);
}

/** The organisation stands since an attempt that was cut short: it gets the names of this one. */
async function completeFirst(
  house: Deps,
  organisation: string,
  form: Omit<SetUpForm, 'secret'>,
): Promise<Result<User, DomainError>> {
  await recordInOrganisation(
    house,
    { user: 'tocsin', organisation },
    { type: 'organisation-created', data: {} },
    { changes: { name: form.organisation.trim(), zone: form.zone } },
  );
  return createPerson(house, organisation, form);
}

async function createPerson(
  house: Deps,
  organisation: string,
  form: Omit<SetUpForm, 'secret'>,
): Promise<Result<User, DomainError>> {
  const user: User = {
    id: house.ids.id(),
    email: tidyEmail(form.email),
    name: form.name.trim(),
    password: await house.passwords.hash(form.password),
    active: true,
    locale: 'en',
    memberships: [{ organisation, roles: ALL_HANDS }],
    createdAt: house.clock.now(),
    version: 1,
  };
  if (!(await house.users.insert(user))) return fail(invalid('email', 'email.taken'));
  await recordInOrganisation(
    house,
    { user: 'tocsin', organisation },
    { type: 'person-created', data: { user: user.id, roles: [...ALL_HANDS] } },
    { key: `person-${user.id}` },
  );
  return ok(user);
}

function organisationProblems(form: Pick<SetUpForm, 'organisation' | 'zone'>): Problem[] {
  const problems = nameProblems(form.organisation).map((problem) => ({ ...problem, path: 'organisation' }));
  return isZone(form.zone)
    ? problems
    : [...problems, { path: 'zone', key: 'zone.unknown', values: { value: form.zone } }];
}

function personProblems(form: Pick<SetUpForm, 'name' | 'email' | 'password'>): Problem[] {
  return [
    ...nameProblems(form.name),
    ...emailProblems(tidyEmail(form.email)),
    ...passwordProblems(form.password),
  ];
}
