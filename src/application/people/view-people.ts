import { allow } from '../../domain/access/permissions.ts';
import type { Actor } from '../../domain/access/roles.ts';
import { invalid, type DomainError } from '../../domain/errors.ts';
import { stillKnown } from '../../domain/incident/forgetting.ts';
import { DELIVERY_STATES, type DeliveryState } from '../../domain/people/person.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { findIncident } from '../incident/find.ts';
import type { House } from '../ports/house.ts';
import type { ListHead } from '../ports/people.ts';
import { recordInOrganisation } from '../register/record.ts';
import { peopleRows, type PersonRow } from './people-rows.ts';

export type { PersonRow } from './people-rows.ts';

type Deps = Pick<House, 'clock' | 'ids' | 'incidents' | 'lists' | 'organisations' | 'register'>;

interface Form {
  readonly incident: string;
  readonly notice: string;
  /** One of `DELIVERY_STATES`; empty or missing: everybody. */
  readonly state?: string;
}

/** The people on a letter with their addresses: only for those who may, and each look is recorded. */
export async function viewPeople(
  house: Deps,
  actor: Actor,
  form: Form,
): Promise<Result<readonly PersonRow[], DomainError>> {
  const asked = await askedFor(house, actor, form);
  if (!asked.ok) return asked;
  const { head, states } = asked.value;
  await record(house, actor, form, head, 'people-seen');
  const rows: PersonRow[] = [];
  for await (const row of peopleRows(house, head, states)) rows.push(row);
  return ok(rows);
}

/** The same to take along, row by row as they are read: for everybody or those in one state. Each export is recorded. */
export async function exportPeople(
  house: Deps,
  actor: Actor,
  form: Form,
): Promise<Result<AsyncIterable<PersonRow>, DomainError>> {
  const asked = await askedFor(house, actor, form);
  if (!asked.ok) return asked;
  const { head, states } = asked.value;
  await record(house, actor, form, head, 'people-exported');
  return ok(peopleRows(house, head, states));
}

async function askedFor(
  house: Deps,
  actor: Actor,
  form: Form,
): Promise<
  Result<{ readonly head: ListHead; readonly states: readonly DeliveryState[] | null }, DomainError>
> {
  const allowed = allow(actor, 'people.see');
  if (!allowed.ok) return allowed;
  const { state = '' } = form;
  const known = DELIVERY_STATES.find((one) => one === state);
  if (state !== '' && !known) return fail(invalid('state', 'choice.unknown', { value: state }));
  const incident = await findIncident(house, actor, form.incident);
  const notice = incident?.notices.find(({ id }) => id === form.notice);
  const list = notice?.list;
  if (!incident || !list) return fail({ kind: 'not-found', what: 'list', id: form.notice });
  const still = stillKnown(incident, notice);
  if (!still.ok) return still;
  const head = await house.lists.head(actor.organisation, list.id);
  if (!head) return fail({ kind: 'not-found', what: 'list', id: list.id });
  return ok({ head, states: known ? [known] : null });
}

async function record(
  house: Deps,
  actor: Actor,
  { incident, notice, state = '' }: Form,
  { id, count }: ListHead,
  type: 'people-seen' | 'people-exported',
): Promise<void> {
  const which = state === '' ? {} : { state };
  await recordInOrganisation(house, actor, { type, data: { incident, notice, list: id, count, ...which } });
}
