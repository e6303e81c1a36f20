import type { Temporal } from 'temporal-polyfill';
import type { IncidentView } from '../../../../application/incident/view-incident.ts';
import type { StaffVisit } from '../../request/visit.ts';

/** Which supplier it is and what is known of its part. */
export function supplierModel(visit: StaffVisit, { incident }: IncidentView): object | null {
  const { supplier } = incident;
  if (!supplier) return null;
  const { say, times } = visit;
  const when = (moment: Temporal.Instant | undefined): string =>
    moment ? times.full(moment) : say('facts.not-known');
  return {
    name: supplier.name,
    role: supplier.role ? say(`supplier.role.${supplier.role}`) : say('supplier.role.unknown'),
    told: say('supplier.told', { when: when(supplier.toldUsAt) }),
    knew: say('supplier.knew', { when: when(supplier.knewAt) }),
  };
}
