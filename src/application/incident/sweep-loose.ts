import type { Incident } from '../../domain/incident/incident.ts';
import type { House } from '../ports/house.ts';
import type { Loose, LooseEnds } from '../ports/stores.ts';
import { entriesOf } from '../register/entries-of.ts';

/** Nothing is between being stored and being named for so long: whoever stored it is dead. */
const LONGEST_HOURS = 24;

type Deps = Pick<House, 'clock' | 'incidents' | 'lists' | 'notes' | 'register'>;

/**
 * Takes away the notes and the lists of people that a process stored and died before their incident named them: words
 * and addresses that nothing leads to, and that no forgetting would ever reach. What the incident or its chain names
 * stays; so does what was recorded of a letter and waits for its entry. Safe to run again and beside itself.
 * @returns how many were taken away
 */
export async function sweepLoose(house: Deps, organisation: string): Promise<number> {
  const waiting = await house.lists.unregistered(organisation);
  const recorded = waiting.map(({ settling }) => settling.note?.id ?? '').join(' ');
  const notes = await sweep(house, organisation, house.notes, recorded, (id) =>
    house.notes.remove(organisation, [id]),
  );
  const lists = await sweep(house, organisation, house.lists, '', (id) =>
    house.lists.discard(organisation, id),
  );
  return notes + lists;
}

async function sweep(
  house: Deps,
  organisation: string,
  ends: LooseEnds,
  namedElsewhere: string,
  remove: (id: string) => Promise<void>,
): Promise<number> {
  const now = house.clock.now();
  const before = now.subtract({ hours: LONGEST_HOURS });
  let removed = 0;
  for (const [incident, loose] of byIncident(await ends.loose(organisation))) {
    const told = namedElsewhere + (await wordsOf(house, organisation, incident));
    const isNamed = ({ id }: Loose): boolean => told.includes(id);
    await ends.tied(
      organisation,
      loose.filter(isNamed).map(({ id }) => id),
    );
    for (const { id, since } of loose.filter((one) => !isNamed(one))) {
      if (since === null) await ends.stillLoose(organisation, id, now);
      else if (since.epochMilliseconds <= before.epochMilliseconds) {
        await remove(id);
        removed += 1;
      }
    }
  }
  return removed;
}

function byIncident(loose: readonly Loose[]): ReadonlyMap<string, readonly Loose[]> {
  const found = new Map<string, Loose[]>();
  for (const one of loose) found.set(one.incident, [...(found.get(one.incident) ?? []), one]);
  return found;
}

/** Everything that an incident says and ever said, to look for ids in; '' where it never came to be. */
async function wordsOf(house: Deps, organisation: string, id: string): Promise<string> {
  const incident: Incident | null = await house.incidents.byId(organisation, id);
  return incident ? JSON.stringify([incident, await entriesOf(house, incident)]) : '';
}
