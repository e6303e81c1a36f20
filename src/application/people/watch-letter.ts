import { allow } from '../../domain/access/permissions.ts';
import type { Actor } from '../../domain/access/roles.ts';
import type { DomainError } from '../../domain/errors.ts';
import type { Notice } from '../../domain/notice/notice.ts';
import type { Totals } from '../../domain/people/person.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { findIncident } from '../incident/find.ts';
import type { House } from '../ports/house.ts';

/** Where a letter stands at a moment, and where its people do. */
export interface LetterGlance {
  readonly notice: Notice;
  readonly totals: Totals | null;
  readonly names: ReadonlyMap<string, string>;
}

/** Looks at a letter that is being sent: less than its page reads, since it is asked every second. */
export async function glanceAtLetter(
  house: Pick<House, 'incidents' | 'lists' | 'users'>,
  actor: Actor,
  place: { readonly incident: string; readonly notice: string },
): Promise<Result<LetterGlance, DomainError>> {
  const allowed = allow(actor, 'incident.see');
  if (!allowed.ok) return allowed;
  const incident = await findIncident(house, actor, place.incident);
  const notice = incident?.notices.find(({ id }) => id === place.notice);
  if (notice?.kind !== 'letter') return fail({ kind: 'not-found', what: 'notice', id: place.notice });
  const users = await house.users.of(actor.organisation);
  return ok({
    notice,
    totals: notice.list ? await house.lists.totals(actor.organisation, notice.list.id) : null,
    names: new Map(users.map(({ id, name }) => [id, name])),
  });
}
