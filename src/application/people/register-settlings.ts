import { ALL_HANDS, type Actor } from '../../domain/access/roles.ts';
import { recordSettling } from '../../domain/incident/settling.ts';
import { changeIncident, type Changing } from '../incident/change.ts';
import type { House } from '../ports/house.ts';

type Deps = Changing & Pick<House, 'lists'>;

/**
 * Puts into the register what was recorded of single letters and is not there yet: a process that died between the two
 * writes lost nothing. Safe to run again, and beside itself: the register takes each once.
 */
export async function registerSettlings(house: Deps, organisation: string): Promise<void> {
  for (const { list, incident, notice, settling } of await house.lists.unregistered(organisation)) {
    const actor: Actor = { user: settling.by, organisation, roles: ALL_HANDS };
    await changeIncident(
      house,
      actor,
      incident,
      (fresh, context) => recordSettling(fresh, notice, settling, context),
      settling.id,
    );
    await house.lists.registered(organisation, list, settling);
  }
}
