import { may } from '../../domain/access/permissions.ts';
import type { House } from '../ports/house.ts';
import type { Recipient } from '../ports/staff.ts';
import type { User } from '../ports/staff.ts';

/** Every active person of the organisation who may approve a notice. */
export async function approversOf(
  house: Pick<House, 'users'>,
  organisation: string,
): Promise<readonly Recipient[]> {
  return (await staffOf(house, organisation)).filter(({ user, roles }) =>
    may({ user, organisation, roles }, 'notice.approve'),
  );
}

/** The organisation's active people, as those to whom mail can be sent. */
export async function staffOf(
  house: Pick<House, 'users'>,
  organisation: string,
): Promise<readonly Recipient[]> {
  const users = await house.users.of(organisation);
  return users
    .filter(({ active, password }) => active && password !== null)
    .map((user) => asRecipient(user, organisation));
}

export function asRecipient({ id, email, name, locale, memberships }: User, organisation: string): Recipient {
  const roles = memberships.find((membership) => membership.organisation === organisation)?.roles ?? [];
  return { user: id, email, name, locale, roles };
}
