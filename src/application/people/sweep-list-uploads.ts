import type { House } from '../ports/house.ts';
import { entriesOf, textIn } from '../register/entries-of.ts';

/** How long somebody may still be taking over a list whose hour has ended. */
const GRACE_MINUTES = 15;

/**
 * Destroys lists that nobody accepted within their hour, key first, and then what was left of taking them over by a
 * process that died. A list that its letter names stays.
 * @returns how many uploads are gone for good
 */
export async function sweepListUploads(
  house: Pick<House, 'clock' | 'incidents' | 'lists' | 'listUploads' | 'register'>,
  organisation: string,
): Promise<number> {
  const now = house.clock.now();
  for (const { id } of await house.listUploads.ended(organisation, now))
    await house.listUploads.destroy(organisation, id);
  const over = await house.listUploads.ended(organisation, now.subtract({ minutes: GRACE_MINUTES }));
  for (const { id, incident, lists } of over) {
    const named = lists.length === 0 ? [] : await everNamed(house, organisation, incident);
    for (const list of lists) if (!named.includes(list)) await house.lists.discard(organisation, list);
    await house.listUploads.settle(organisation, id);
  }
  return over.length;
}

/** By the register: a list that others took the place of was people's letter once, and is kept for the record. */
async function everNamed(
  house: Pick<House, 'incidents' | 'register'>,
  organisation: string,
  id: string,
): Promise<readonly string[]> {
  const incident = await house.incidents.byId(organisation, id);
  const entries = incident ? await entriesOf(house, incident, ['people-listed']) : [];
  return entries.map((entry) => textIn(entry, 'list'));
}
