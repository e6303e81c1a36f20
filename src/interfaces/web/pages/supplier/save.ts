import { Temporal } from 'temporal-polyfill';
import { changeSupplier } from '../../../../application/incident/change-supplier.ts';
import { viewIncident } from '../../../../application/incident/view-incident.ts';
import { momentsOf } from '../../../../domain/incident/supplier.ts';
import type { Supplier } from '../../../../domain/incident/incident.ts';
import type { StaleVersion } from '../../../../domain/errors.ts';
import { refuse } from '../../answers/errors.ts';
import { formErrors } from '../../answers/problems.ts';
import { go } from '../../answers/show.ts';
import type { Form } from '../../request/form.ts';
import { param } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { showBoth } from '../incident/both.ts';
import { momentText } from '../log/typed.ts';
import { showSupplierPage, supplierWords, type Typed } from './page.ts';

/** The supplier as it is known now, whole: what is left empty is not known. */
export async function takeSupplier(visit: StaffVisit, form: Form): Promise<void> {
  const typed: Typed = {
    name: form.text('name'),
    role: form.text('role'),
    confirmed: form.text('confirmed'),
    knewDay: form.text('knewDay'),
    knewTime: form.text('knewTime'),
    toldDay: form.text('toldDay'),
    toldTime: form.text('toldTime'),
  };
  const incident = param(visit, 'incident');
  const { name, role, confirmed } = typed;
  const done = await changeSupplier(
    visit.parts.house,
    visit.actor,
    {
      incident,
      name,
      role,
      knewAt: momentText(typed.knewDay, typed.knewTime),
      toldUsAt: momentText(typed.toldDay, typed.toldTime),
      ...(confirmed === 'yes' || confirmed === 'no' ? { confirmed: confirmed === 'yes' } : {}),
      shown: form.int('shown', 0),
    },
    form.key,
  );
  if (done.ok) go(visit, `/incidents/${incident}/supplier`, 'supplier');
  else if (done.error.kind === 'invalid-input')
    await showSupplierPage(visit, formErrors(visit, done.error, fieldOf), 422, typed);
  else if (done.error.kind === 'stale-version') await showConflict(visit, name, done.error, form);
  else refuse(visit, done.error);
}

const FIELDS: Readonly<Record<string, string>> = { knewAt: 'knewDay', toldUsAt: 'toldDay' };

function fieldOf(path: string): string {
  const bare = path.replace(/^supplier\./, '');
  return FIELDS[bare] ?? bare;
}

async function showConflict(visit: StaffVisit, name: string, stale: StaleVersion, form: Form): Promise<void> {
  const view = await viewIncident(visit.parts.house, visit.actor, param(visit, 'incident'));
  if (!view.ok || !view.value.incident.supplier) {
    refuse(visit, view.ok ? { kind: 'not-found', what: 'supplier', id: '' } : view.error);
    return;
  }
  const { incident } = view.value;
  const { supplier } = view.value.incident;
  const theirs = supplierWords(visit, supplier);
  const yours = supplierWords(visit, { name, ...ofMoments(stale.yours as ReturnType<typeof momentsOf>) });
  const page = `/incidents/${incident.id}/supplier`;
  showBoth(visit, {
    incident,
    crumb: visit.say('supplier-page.crumb'),
    rows: Object.keys(theirs).map((what) => ({
      what,
      theirs: theirs[what] ?? '',
      yours: yours[what] ?? '',
    })),
    back: page,
    action: page,
    shown: stale.current,
    form,
  });
}

/** The own version as the command read it, back from the form in which errors carry it. */
function ofMoments({
  knewAt,
  toldUsAt,
  role,
  confirmed,
}: ReturnType<typeof momentsOf>): Omit<Supplier, 'name' | 'revision'> {
  return {
    ...(typeof knewAt === 'string' ? { knewAt: Temporal.Instant.from(knewAt) } : {}),
    ...(typeof toldUsAt === 'string' ? { toldUsAt: Temporal.Instant.from(toldUsAt) } : {}),
    ...(typeof role === 'string' ? { role: role as NonNullable<Supplier['role']> } : {}),
    ...(typeof confirmed === 'boolean' ? { confirmed } : {}),
  };
}
