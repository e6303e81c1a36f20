import { allow } from '../../domain/access/permissions.ts';
import type { Actor } from '../../domain/access/roles.ts';
import type { DomainError } from '../../domain/errors.ts';
import { stillKnown } from '../../domain/incident/forgetting.ts';
import type { DeliveryState, Person } from '../../domain/people/person.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { findIncident } from '../incident/find.ts';
import type { House } from '../ports/house.ts';
import { recordInOrganisation } from '../register/record.ts';

export interface PersonRow {
  readonly batch: number;
  readonly position: number;
  readonly person: Person;
  readonly state: DeliveryState;
}

/** The people on a letter with their addresses: only for those who may, and each look is recorded. */
export async function viewPeople(
  house: Pick<House, 'clock' | 'ids' | 'incidents' | 'lists' | 'organisations' | 'register'>,
  actor: Actor,
  form: { readonly incident: string; readonly notice: string },
): Promise<Result<readonly PersonRow[], DomainError>> {
  const allowed = allow(actor, 'people.see');
  if (!allowed.ok) return allowed;
  const incident = await findIncident(house, actor, form.incident);
  const notice = incident?.notices.find(({ id }) => id === form.notice);
  const list = notice?.list;
  if (!incident || !list) return fail({ kind: 'not-found', what: 'list', id: form.notice });
  const known = stillKnown(incident, notice);
  if (!known.ok) return known;
  const head = await house.lists.head(actor.organisation, list.id);
  if (!head) return fail({ kind: 'not-found', what: 'list', id: list.id });
  await recordInOrganisation(house, actor, {
    type: 'people-seen',
    data: { incident: form.incident, notice: form.notice, list: list.id, count: head.count },
  });
  const rows: PersonRow[] = [];
  for (let batch = 0; batch < head.batches.length; batch += 1) {
    const people = await house.lists.open(actor.organisation, list.id, batch);
    const deliveries = await house.lists.deliveries(actor.organisation, list.id, batch);
    people.forEach((person, position) => {
      const state = deliveries.find((delivery) => delivery.position === position)?.state ?? 'waiting';
      rows.push({ batch, position, person, state });
    });
  }
  return ok(rows);
}
