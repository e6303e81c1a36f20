import { allow } from '../../domain/access/permissions.ts';
import type { Actor } from '../../domain/access/roles.ts';
import type { DomainError } from '../../domain/errors.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { House } from '../ports/house.ts';
import { logIncident, type Logged } from '../incident/log-incident.ts';
import { readVeris, type MappedVeris } from './veris.ts';

export type ImportedVeris = Logged & Pick<MappedVeris, 'unmapped' | 'assumed'>;

/**
 * Turns a VERIS record into an incident. The same record imported again, also in another version of the schema, is the
 * incident that it made the first time (`repeated`).
 */
export async function importVeris(
  house: Parameters<typeof logIncident>[0] & Pick<House, 'law'>,
  actor: Actor,
  record: unknown,
): Promise<Result<ImportedVeris, DomainError>> {
  const allowed = allow(actor, 'incident.log');
  if (!allowed.ok) return allowed;
  const organisation = await house.organisations.byId(actor.organisation);
  if (!organisation) return fail({ kind: 'not-found', what: 'organisation', id: actor.organisation });
  const mapped = readVeris(record, {
    zone: organisation.zone,
    hasPlaybook: (id) => house.playbooks.byId(id) !== null,
    isPlace: (code) => house.law.isPlace(code),
  });
  if (!mapped.ok) return mapped;
  const { form, identity, unmapped, assumed } = mapped.value;
  const logged = await logIncident(house, actor, form, `veris:${identity}`);
  return logged.ok ? ok({ ...logged.value, unmapped, assumed }) : logged;
}
