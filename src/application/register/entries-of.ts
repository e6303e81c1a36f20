import { chainOf } from '../../domain/incident/change.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import type { Entry } from '../../domain/register/entry.ts';
import type { House } from '../ports/house.ts';

/** The entries of an incident's chain, in their order: those copied, and those that still wait in its outbox. */
export async function entriesOf(
  house: Pick<House, 'register'>,
  incident: Pick<Incident, 'organisation' | 'id' | 'outbox'>,
  types?: readonly string[],
): Promise<readonly Entry[]> {
  const copied = await house.register.read(incident.organisation, chainOf(incident.id), types);
  const waiting = types ? incident.outbox.filter(({ type }) => types.includes(type)) : incident.outbox;
  return merge(copied, waiting);
}

/** A text in an entry's data; '' where there is none. */
export function textIn({ data }: Entry, name: string): string {
  const value = data[name];
  return typeof value === 'string' ? value : '';
}

/** What is copied, and what is chained but not yet copied; an altered copy is not hidden by its original. */
export function merge(copied: readonly Entry[], outbox: readonly Entry[]): readonly Entry[] {
  const have = new Set(copied.map(({ sequence }) => sequence));
  return [...copied, ...outbox.filter(({ sequence }) => !have.has(sequence))].sort(
    (a, b) => a.sequence - b.sequence,
  );
}
