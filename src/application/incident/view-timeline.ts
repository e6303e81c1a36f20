import { allow } from '../../domain/access/permissions.ts';
import type { Actor } from '../../domain/access/roles.ts';
import type { DomainError } from '../../domain/errors.ts';
import type { Entry, Json } from '../../domain/register/entry.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { House } from '../ports/house.ts';
import { entriesOf } from '../register/entries-of.ts';
import { findIncident } from './find.ts';

export interface Timeline {
  /** What happened, the newest first. */
  readonly entries: readonly Entry[];
  /** The words of every note that an entry names (reasons, earlier texts and titles), by its id. */
  readonly words: ReadonlyMap<string, string>;
}

/** What happened to an incident, in the words that lie sealed beside its chain. */
export async function viewTimeline(
  house: Pick<House, 'incidents' | 'register' | 'notes'>,
  actor: Actor,
  id: string,
): Promise<Result<Timeline, DomainError>> {
  const allowed = allow(actor, 'incident.see');
  if (!allowed.ok) return allowed;
  const incident = await findIncident(house, actor, id);
  if (!incident) return fail({ kind: 'not-found', what: 'incident', id });
  const entries = await entriesOf(house, incident);
  const ids = new Set(entries.flatMap(({ data }) => [...notesIn(data)]));
  const words = await house.notes.read(actor.organisation, [...ids]);
  return ok({ entries: [...entries].reverse(), words });
}

/** Fields that hold the id of a note; beside them `{id, hash}` is a reference to one. */
const NOTES: readonly string[] = ['note', 'reason', 'because', 'unknown', 'lateBecause'];

function* notesIn(value: Json): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, item] of Object.entries<Json>(value as Readonly<Record<string, Json>>)) {
    if (typeof item === 'string' && NOTES.includes(name)) yield item;
    else if (name === 'id' && typeof item === 'string' && 'hash' in value) yield item;
    else yield* notesIn(item);
  }
}
