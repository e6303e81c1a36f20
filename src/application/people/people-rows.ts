import type { DeliveryState, Person } from '../../domain/people/person.ts';
import type { House } from '../ports/house.ts';
import type { ListHead } from '../ports/people.ts';

/** A person on a list, and where their letter stands. */
export interface PersonRow {
  readonly batch: number;
  readonly position: number;
  readonly person: Person;
  readonly state: DeliveryState;
}

/**
 * The people of a list in order, those in one of these states; batches in which nobody is in one stay sealed.
 * @param states null: everybody
 */
export async function* peopleRows(
  house: Pick<House, 'lists'>,
  { id, organisation, batches }: ListHead,
  states: readonly DeliveryState[] | null,
): AsyncGenerator<PersonRow> {
  for (let batch = 0; batch < batches.length; batch += 1) {
    const deliveries = await house.lists.deliveries(organisation, id, batch);
    const wanted = deliveries.filter(({ state }) => states === null || states.includes(state));
    if (wanted.length === 0) continue;
    const people = await house.lists.open(organisation, id, batch);
    for (const { position, state } of wanted) {
      const person = people[position];
      if (person) yield { batch, position, person, state };
    }
  }
}
