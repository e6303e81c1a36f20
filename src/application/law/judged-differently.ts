import { allow } from '../../domain/access/permissions.ts';
import type { Actor } from '../../domain/access/roles.ts';
import type { DomainError } from '../../domain/errors.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { House } from '../ports/house.ts';
import type { Glance } from '../ports/stores.ts';
import { findIncident } from '../incident/find.ts';
import { changesFor, type LawChanges, type Reading } from './law-changes.ts';
import { olderTexts } from './law-of.ts';

export interface JudgedByOlderLaw {
  readonly incident: Pick<Incident, 'id' | 'reference' | 'title'>;
  readonly changes: LawChanges;
}

/**
 * The open incidents that were judged by other texts of the law than those installed now, with what would change for
 * each; those for which something changes first. Changes nothing: a person takes it over, incident by incident.
 */
export async function viewJudgedDifferently(
  house: Reading,
  actor: Actor,
): Promise<Result<readonly JudgedByOlderLaw[], DomainError>> {
  const allowed = allow(actor, 'incident.see');
  if (!allowed.ok) return allowed;
  const organisation = await house.organisations.byId(actor.organisation);
  if (!organisation) return fail({ kind: 'not-found', what: 'organisation', id: actor.organisation });
  const open = await house.incidents.cards(actor.organisation, { open: true });
  const found: JudgedByOlderLaw[] = [];
  // One after another: each is judged twice, and others are served in between.
  for await (const incident of judgedByOlder(house, actor, open)) {
    const changes = await changesFor(house, incident, organisation);
    if (changes.laws.length > 0 || changes.lost.length > 0) found.push({ incident, changes });
  }
  return ok(found.sort((a, b) => Number(b.changes.duties.length > 0) - Number(a.changes.duties.length > 0)));
}

/** Whether there is such an incident among these: cheap, for a notice on the wall. */
export async function anyJudgedByOlderLaw(
  house: Pick<House, 'incidents' | 'law'>,
  actor: Actor,
  among: readonly Glance[],
): Promise<boolean> {
  for await (const incident of judgedByOlder(house, actor, among)) return incident !== undefined;
  return false;
}

/** The lists of hashes are looked through first: nearly always none is older, and no incident is read. */
async function* judgedByOlder(
  house: Pick<House, 'incidents' | 'law'>,
  actor: Actor,
  among: readonly Glance[],
): AsyncGenerator<Incident> {
  const installed = house.law.texts();
  // Many incidents share one list of laws.
  const current = new Set<readonly string[]>();
  for (const { id, laws } of among) {
    if (current.has(laws)) continue;
    if (laws.every((hash) => installed.has(hash))) {
      current.add(laws);
      continue;
    }
    const incident = await findIncident(house, actor, id);
    if (incident && olderTexts(house.law, incident).length > 0) yield incident;
  }
}
