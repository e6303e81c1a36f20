import { viewIncident, type IncidentView } from '../../../../application/incident/view-incident.ts';
import { SUPPLIER_ROLES } from '../../../../application/incident/change-supplier.ts';
import type { Supplier } from '../../../../domain/incident/incident.ts';
import { choices, field } from '../../answers/fields.ts';
import { refuse } from '../../answers/errors.ts';
import { NO_ERRORS, type FormErrors } from '../../answers/problems.ts';
import { show, type Shown } from '../../answers/show.ts';
import { param } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { momentFields } from '../incident/fact-fields.ts';
import { ofIncident } from '../incident/of-incident.ts';

/** What stands in the form, as typed. */
export interface Typed {
  readonly name: string;
  readonly role: string;
  readonly confirmed: string;
  readonly knewDay: string;
  readonly knewTime: string;
  readonly toldDay: string;
  readonly toldTime: string;
}

export async function showSupplier(visit: StaffVisit): Promise<void> {
  await showSupplierPage(visit, NO_ERRORS, 200);
}

/** Who had the data for us, what is known of its part, and when it knew and told us. */
export async function showSupplierPage(
  visit: StaffVisit,
  errors: FormErrors,
  status: number,
  typed?: Typed,
): Promise<void> {
  const view = await viewIncident(visit.parts.house, visit.actor, param(visit, 'incident'));
  if (view.ok) show(visit, 'supplier/supplier', pageModel(visit, view.value, errors, typed), status);
  else refuse(visit, view.error);
}

function pageModel(
  visit: StaffVisit,
  { incident }: IncidentView,
  errors: FormErrors,
  typed: Typed | undefined,
): Shown {
  const { say } = visit;
  const { supplier } = incident;
  return {
    title: `${say('supplier-page.crumb')} · ${incident.reference}`,
    section: 'incidents',
    of: ofIncident(incident, say('supplier-page.crumb')),
    errors: errors.summary,
    heading: supplier
      ? say('supplier-page.heading', { name: supplier.name, told: supplier.toldUsAt ? 'yes' : 'no' })
      : say('supplier-page.none'),
    rows: supplier
      ? Object.entries(supplierWords(visit, supplier)).map(([what, words]) => ({ what, words }))
      : [],
    form: visit.may('fact.change') ? formModel(visit, incident.zone, supplier, errors, typed) : null,
    action: `/incidents/${incident.id}/supplier`,
  };
}

/** What is known of a supplier, by what it is called: for the page and for two versions side by side. */
export function supplierWords(
  { say, times }: StaffVisit,
  { name, role, knewAt, toldUsAt, confirmed }: Omit<Supplier, 'revision'>,
): Readonly<Record<string, string>> {
  const unknown = say('facts.not-known');
  return {
    [say('supplier-page.name')]: name,
    [say('supplier-page.role')]: say(`supplier.role.${role ?? 'unknown'}`),
    [say('supplier-page.knew')]: knewAt ? times.full(knewAt) : unknown,
    [say('supplier-page.told')]: toldUsAt ? times.full(toldUsAt) : unknown,
    [say('supplier-page.confirmed')]: confirmed === undefined ? unknown : say(`bool.${confirmed}`),
  };
}

interface Moment {
  readonly day: object;
  readonly time: object;
}

function formModel(
  visit: StaffVisit,
  zone: string,
  supplier: Supplier | undefined,
  errors: FormErrors,
  typed: Typed | undefined,
): object {
  const { say } = visit;
  const moment = (name: 'knew' | 'told', at: string | undefined): Moment => {
    const names = { day: `${name}Day`, time: `${name}Time` };
    const fields = momentFields(visit, `${name}Day`, at, zone, errors, names) as Moment;
    if (!typed) return fields;
    const [day, time] = [typed[`${name}Day`], typed[`${name}Time`]];
    return { day: { ...fields.day, value: day }, time: { ...fields.time, value: time } };
  };
  const roles = SUPPLIER_ROLES.map((value) => ({ value, label: say(`supplier.role.${value}`) }));
  const confirmed = supplier?.confirmed === undefined ? '' : supplier.confirmed ? 'yes' : 'no';
  return {
    shown: supplier?.revision ?? 0,
    name: field(
      'name',
      { label: say('supplier-page.name'), value: typed?.name ?? supplier?.name ?? '', max: 120 },
      errors,
    ),
    role: choices(
      'role',
      { legend: say('supplier-page.role'), kind: 'radio', columns: 'flow' },
      [...roles, { value: '', label: say('supplier-page.not-known') }],
      [typed?.role ?? supplier?.role ?? ''],
      errors,
    ),
    knew: moment('knew', supplier?.knewAt?.toString()),
    told: moment('told', supplier?.toldUsAt?.toString()),
    confirmed: choices(
      'confirmed',
      { legend: say('supplier-page.confirmed'), kind: 'radio', columns: 'flow' },
      [
        { value: 'yes', label: say('answer.yes') },
        { value: 'no', label: say('answer.no') },
        { value: '', label: say('supplier-page.not-known') },
      ],
      [typed?.confirmed ?? confirmed],
      errors,
    ),
  };
}
