import { timeIn } from '../../domain/incident/drill-time.ts';
import { allow } from '../../domain/access/permissions.ts';
import type { Actor } from '../../domain/access/roles.ts';
import { invalid, type DomainError } from '../../domain/errors.ts';
import type { Context } from '../../domain/incident/change.ts';
import { stillKnown } from '../../domain/incident/forgetting.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { recordAmendment } from '../../domain/incident/settling.ts';
import type { DeliveryState } from '../../domain/people/person.ts';
import { readPeople } from '../../domain/people/typed-list.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { changeIncident, type Changing } from '../incident/change.ts';
import { findIncident } from '../incident/find.ts';
import type { House } from '../ports/house.ts';

/**
 * Puts the address of one person right. It is an amendment beside the sealed list: the approval holds, since neither
 * words nor people changed. The register says that it happened, not what.
 */
export async function correctAddress(
  house: Changing & Pick<House, 'lists'>,
  actor: Actor,
  form: {
    readonly incident: string;
    readonly notice: string;
    readonly batch: number;
    readonly position: number;
    readonly email: string;
    readonly postal: string;
  },
  key?: string,
): Promise<Result<undefined, DomainError>> {
  const allowed = allow(actor, 'people.see');
  if (!allowed.ok) return allowed;
  const incident = await findIncident(house, actor, form.incident);
  const notice = incident?.notices.find(({ id }) => id === form.notice);
  const list = notice?.list;
  if (!incident || !list) return fail({ kind: 'not-found', what: 'notice', id: form.notice });
  const known = stillKnown(incident, notice);
  if (!known.ok) return known;
  const { batch, position } = form;
  const missing = fail({ kind: 'not-found', what: 'letter', id: `${batch}/${position}` } as const);
  const head = await house.lists.head(actor.organisation, list.id);
  if (!head || batch < 0 || batch >= head.batches.length) return missing;
  const person = (await house.lists.open(actor.organisation, list.id, batch))[position];
  if (!person) return missing;
  const read = readPeople([{ name: person.name, email: form.email, postal: form.postal }], () => true);
  if (!read.ok) {
    const problems = read.error.problems.map((one) => ({ ...one, path: one.path.replace('people[0].', '') }));
    return fail({ kind: 'invalid-input', problems });
  }
  const [right] = read.value;
  if (!right) return fail(invalid('email', 'postal.missing'));
  const record = (fresh: Incident, context: Context) =>
    recordAmendment(fresh, form.notice, { batch, position }, context);
  const tried = record(incident, { at: timeIn(incident, house.clock.now()), actor });
  if (!tried.ok) return tried;
  const { email, postal } = right;
  const address = { email, ...(postal ? { postal } : {}) };
  await house.lists.amend(actor.organisation, list.id, batch, position, address);
  await followAddress(house, actor.organisation, list.id, { batch, position, hasMail: email !== '' });
  const done = await changeIncident(house, actor, form.incident, record, key);
  if (!done.ok) return done;
  await house.scheduler.dispatch(actor.organisation, form.incident, form.notice);
  return ok(undefined);
}

/** Who got an e-mail address can be written to, and who lost it cannot. */
async function followAddress(
  house: Pick<House, 'clock' | 'lists'>,
  organisation: string,
  list: string,
  {
    batch,
    position,
    hasMail,
  }: { readonly batch: number; readonly position: number; readonly hasMail: boolean },
): Promise<void> {
  const move = (from: readonly DeliveryState[], to: DeliveryState): Promise<boolean> =>
    house.lists.move(organisation, list, batch, position, from, to, house.clock.now());
  await (hasMail ? move(['no-mail'], 'waiting') : move(['waiting', 'failed'], 'no-mail'));
}
