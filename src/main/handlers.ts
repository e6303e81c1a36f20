import { reconcile, type Overdue } from '../application/clock/reconcile.ts';
import { remind } from '../application/clock/remind.ts';
import { dispatchLetters } from '../application/people/dispatch.ts';
import type { House } from '../application/ports/house.ts';
import type { JobHandlers } from '../adapters/jobs/agenda.ts';

/** Rebuilds what a stop may have cost, and tells people at once of what fell due meanwhile. */
export async function catchUp(
  house: House,
  report: (error: unknown, what: string) => void,
): Promise<readonly Overdue[]> {
  const overdue = await reconcile(house);
  const untold = new Map(
    overdue.filter(({ told }) => !told).map(({ organisation, incident }) => [incident, organisation]),
  );
  for (const [incident, organisation] of untold)
    await remind(house, organisation, incident).catch((error: unknown) => report(error, 'reminder'));
  return overdue;
}

/** What the jobs do, as use cases. */
export function handlersOf(house: House): JobHandlers {
  return {
    async clock(organisation, incident) {
      await remind(house, organisation, incident);
    },
    async dispatch(organisation, incident, notice) {
      const sent = await dispatchLetters(house, organisation, incident, notice);
      if (!sent.ok) throw new Error(`letters of ${notice} stopped: ${JSON.stringify(sent.error)}`);
      if (sent.value.again) throw new Error(`letters of ${notice} are not taken just now; tried again`);
    },
    async reconcile() {
      await reconcile(house);
    },
  };
}
