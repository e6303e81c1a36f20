import { may } from '../../domain/access/permissions.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { maySee } from '../../domain/incident/restriction.ts';
import type { House } from '../ports/house.ts';
import type { Recipient } from '../ports/staff.ts';
import type { User } from '../ports/staff.ts';

/**
 * Those of the staff who may approve a notice of this incident. Who may not see a restricted incident cannot approve
 * anything in it: a lone approver among the named is alone, whoever else the organisation has.
 */
export function approversOf(
  incident: Pick<Incident, 'organisation' | 'restrictedTo'>,
  staff: readonly Recipient[],
): readonly Recipient[] {
  const { organisation } = incident;
  return staff.filter(
    ({ user, roles }) => maySee({ user }, incident) && may({ user, organisation, roles }, 'notice.approve'),
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
