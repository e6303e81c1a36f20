import { timeIn } from '../../domain/incident/drill-time.ts';
import { allow } from '../../domain/access/permissions.ts';
import type { Actor } from '../../domain/access/roles.ts';
import type { DomainError } from '../../domain/errors.ts';
import { maySee } from '../../domain/incident/restriction.ts';
import { standingOf, type Standing } from '../../domain/incident/standing.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { House } from '../ports/house.ts';
import type { WallRow } from './view-wall.ts';

/** Every incident, open and closed, the newest reference first. */
export async function listIncidents(
  house: Pick<House, 'clock' | 'incidents' | 'users'>,
  actor: Actor,
): Promise<Result<readonly WallRow[], DomainError>> {
  const allowed = allow(actor, 'incident.see');
  if (!allowed.ok) return allowed;
  const now = house.clock.now();
  const all = await house.incidents.cards(actor.organisation, { open: false });
  const rows = all.filter(({ card }) => maySee(actor, card));
  const names = new Map((await house.users.of(actor.organisation)).map(({ id, name }) => [id, name]));
  return ok(
    rows.map(({ id, card }) => {
      const next = card.clocks.find(({ dueAt }) => dueAt !== null && card.nextDueAt?.equals(dueAt));
      const standing: Standing | null = next ? standingOf(next, timeIn(card, now)) : null;
      return { id, card, ownerName: names.get(card.owner) ?? '', standing };
    }),
  );
}
