import type { Temporal } from 'temporal-polyfill';
import { allow } from '../../domain/access/permissions.ts';
import type { Actor } from '../../domain/access/roles.ts';
import type { DomainError, Problem } from '../../domain/errors.ts';
import type { Incident, Supplier } from '../../domain/incident/incident.ts';
import { changeSupplier as change } from '../../domain/incident/supplier.ts';
import type { Playbook } from '../../domain/playbook/types.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { House } from '../ports/house.ts';
import { readMoment } from '../law/facts-of.ts';
import { changeIncident, type Changing } from './change.ts';
import { findIncident } from './find.ts';
import { playbookOf } from './playbook-view.ts';
import { sealNote } from './seal-note.ts';

/** The supplier whole, as it is known now: what is left out or empty is not known. */
export interface SupplierForm {
  readonly incident: string;
  readonly name: string;
  /** ISO 8601 with offset, or local in the incident's zone. */
  readonly knewAt?: string;
  readonly toldUsAt?: string;
  readonly role?: string;
  readonly confirmed?: boolean;
  /** `supplier.revision` as the page showed it; 0 where there was none. */
  readonly shown: number;
}

export const SUPPLIER_ROLES = ['processor', 'controller', 'joint-controller'] as const;

/** Puts down or corrects who the supplier is. */
export async function changeSupplier(
  house: Changing & Pick<House, 'notes' | 'playbooks'>,
  actor: Actor,
  form: SupplierForm,
  key?: string,
): Promise<Result<undefined, DomainError>> {
  const allowed = allow(actor, 'fact.change');
  if (!allowed.ok) return allowed;
  const incident = await findIncident(house, actor, form.incident);
  if (!incident) return fail({ kind: 'not-found', what: 'incident', id: form.incident });
  const read = readSupplier(form, incident.zone);
  if (!read.ok) return read;
  const name = await sealNote(house, actor, { ...form, text: form.name, path: 'supplier.name' });
  if (!name.ok) return name;
  // Questions answered before there was a supplier to settle them on.
  const answered = incident.supplier ? {} : answeredOf(incident, await playbookOf(house, incident));
  const supplier: Supplier = { ...answered, ...read.value };
  const done = await changeIncident(
    house,
    actor,
    form.incident,
    (fresh, context) => change(fresh, { supplier, name: name.value.ref, shown: form.shown }, context),
    key,
    [name.value],
  );
  return done.ok ? ok(undefined) : done;
}

function readSupplier(form: SupplierForm, zone: string): Result<Supplier, DomainError> {
  const problems: Problem[] = [];
  const moments: { knewAt?: Temporal.Instant; toldUsAt?: Temporal.Instant } = {};
  for (const name of ['knewAt', 'toldUsAt'] as const) {
    const text = (form[name] ?? '').trim();
    if (text === '') continue;
    const read = readMoment(text, zone, `supplier.${name}`);
    if (read.ok) moments[name] = read.value;
    else problems.push(...read.error.problems);
  }
  const role = SUPPLIER_ROLES.find((known) => known === form.role);
  if (!role && (form.role ?? '') !== '') {
    problems.push({ path: 'supplier.role', key: 'choice.unknown', values: { value: form.role } });
  }
  if (problems.length > 0) return fail({ kind: 'invalid-input', problems });
  const { confirmed } = form;
  return ok({
    name: form.name.trim(),
    ...moments,
    ...(role ? { role } : {}),
    ...(confirmed === undefined ? {} : { confirmed }),
  });
}

const SETTLES = 'supplier.';

function answeredOf(incident: Incident, playbook: Playbook): Partial<Supplier> {
  const settled = playbook.asks.flatMap(({ id, sets }) => {
    const answer = incident.answers[id];
    if (!sets?.fact.startsWith(SETTLES) || !answer || !('value' in answer)) return [];
    const given = answer.value;
    if (typeof given !== 'string' && typeof given !== 'boolean') return [];
    const value = sets.by[String(given)];
    return value === undefined ? [] : [[sets.fact.slice(SETTLES.length), value] as const];
  });
  return Object.fromEntries(settled);
}
