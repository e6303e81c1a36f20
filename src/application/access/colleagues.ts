import { allow } from '../../domain/access/permissions.ts';
import type { Actor, Role } from '../../domain/access/roles.ts';
import type { DomainError } from '../../domain/errors.ts';
import { ok, type Result } from '../../domain/result.ts';
import { staffOf } from '../notice/approvers.ts';
import type { House } from '../ports/house.ts';

/** A person of the organisation, as far as others who work there need to know them. */
export interface Colleague {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
}

/** The active people of the organisation by their names: those to whom something can be given. */
export async function viewColleagues(
  house: Pick<House, 'users'>,
  actor: Actor,
): Promise<Result<readonly Colleague[], DomainError>> {
  const allowed = allow(actor, 'incident.see');
  if (!allowed.ok) return allowed;
  const staff = await staffOf(house, actor.organisation);
  return ok(
    staff
      .map(({ user, name, roles }) => ({ id: user, name, roles }))
      .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)),
  );
}
