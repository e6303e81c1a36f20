import { Temporal } from 'temporal-polyfill';
import type { Actor } from '../../domain/access/roles.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { NotAllowed } from '../../domain/errors.ts';
import type { House } from '../ports/house.ts';
import type { User } from '../ports/staff.ts';
import { recordInOrganisation } from '../register/record.ts';
import { tidyEmail } from './credentials.ts';

/**
 * Signs in by e-mail and password. Whether the address is unknown, the person inactive or the password wrong is
 * not told, and takes the same time.
 */
export async function signIn(
  house: Pick<House, 'clock' | 'ids' | 'users' | 'passwords' | 'organisations' | 'register'>,
  form: { readonly email: string; readonly password: string },
): Promise<Result<User, NotAllowed>> {
  const user = await house.users.byEmail(tidyEmail(form.email));
  const usable = user?.active ? user : null;
  const right = await house.passwords.verify(usable?.password ?? null, form.password);
  const organisation = usable?.memberships[0]?.organisation;
  if (!usable || !right || organisation === undefined)
    return fail({ kind: 'not-allowed', permission: 'sign-in' });
  await recordInOrganisation(
    house,
    { user: usable.id, organisation },
    { type: 'signed-in', data: { user: usable.id } },
  );
  return ok(usable);
}

/**
 * Who a signed-in person is now: roles that were taken away are gone at the next request, and so is a session that
 * began before the password was changed.
 * @param since when the session began; left out by who comes without one (a token)
 */
export async function actorOf(
  house: Pick<House, 'users'>,
  userId: string,
  since?: Temporal.Instant,
): Promise<{ readonly actor: Actor; readonly user: User } | null> {
  const user = await house.users.byId(userId);
  const membership = user?.memberships[0];
  if (!user?.active || !membership) return null;
  const { sessionsFrom } = user;
  if (since && sessionsFrom && Temporal.Instant.compare(since, sessionsFrom) < 0) return null;
  return { user, actor: { user: user.id, organisation: membership.organisation, roles: membership.roles } };
}
