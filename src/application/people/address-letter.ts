import { allow } from '../../domain/access/permissions.ts';
import type { Actor } from '../../domain/access/roles.ts';
import type { DomainError } from '../../domain/errors.ts';
import { replayed } from '../../domain/incident/change.ts';
import { stillKnown } from '../../domain/incident/forgetting.ts';
import { addressLetter as address } from '../../domain/incident/notices.ts';
import { digestOfList } from '../../domain/notice/seal.ts';
import { readPeople, type PersonRow } from '../../domain/people/typed-list.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { findIncident } from '../incident/find.ts';
import type { House } from '../ports/house.ts';
import { changeIncident, type Changing } from '../incident/change.ts';

export type Row = PersonRow;

/**
 * Puts people on a letter, typed or pasted in. They are sealed before the incident names their list; every fault is
 * told with its row, and then nothing is stored. The same `key` lists them once.
 */
export async function addressLetter(
  house: Changing & Pick<House, 'lists'>,
  actor: Actor,
  form: { readonly incident: string; readonly notice: string; readonly people: readonly Row[] },
  key?: string,
): Promise<Result<{ readonly count: number }, DomainError>> {
  const allowed = allow(actor, 'people.import');
  if (!allowed.ok) return allowed;
  const read = readPeople(form.people, (country) => house.law.isPlace(country));
  if (!read.ok) return read;
  const incident = await findIncident(house, actor, form.incident);
  const notice = incident?.notices.find(({ id }) => id === form.notice);
  if (!incident || !notice) return fail({ kind: 'not-found', what: 'notice', id: form.notice });
  // A repeat must not seal the same people a second time, under a list that nothing names.
  if (replayed(incident, key)) return ok({ count: notice.list?.count ?? read.value.length });
  const known = stillKnown(incident, notice);
  if (!known.ok) return known;
  const of = {
    id: house.ids.id(),
    organisation: actor.organisation,
    incident: form.incident,
    notice: form.notice,
    at: house.clock.now(),
  };
  const head = await house.lists.create(of, read.value);
  const list = { id: head.id, count: head.count, digest: digestOfList(head.batches) };
  const done = await changeIncident(
    house,
    actor,
    form.incident,
    (fresh, context) => address(fresh, form.notice, list, context),
    key,
  );
  if (done.ok) return ok({ count: list.count });
  // A list that nothing names would outlive the forgetting of its people.
  await house.lists.destroyKey(actor.organisation, head.id);
  await house.lists.clear(actor.organisation, head.id);
  return done;
}
