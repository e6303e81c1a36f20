import { reconcile, type Overdue } from '../application/clock/reconcile.ts';
import { remind } from '../application/clock/remind.ts';
import { dispatchLetters } from '../application/people/dispatch.ts';
import type { Due } from '../application/ports/dispatches.ts';
import type { House } from '../application/ports/house.ts';
import type { JobHandlers } from '../adapters/jobs/agenda.ts';
import type { DispatchHandlers } from '../adapters/jobs/dispatcher.ts';

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
    letters: lettersOf(house),
    async reconcile() {
      await reconcile(house);
    },
  };
}

/** Batches under way at once in one process: while one waits for an answer, the next is made ready. */
const LANES = 4;

/** The letters under way, as this process looks after them. */
function lettersOf(house: House): DispatchHandlers<Due> {
  const owner = house.ids.id();
  return {
    async due() {
      const organisations = await house.organisations.all();
      return (await Promise.all(organisations.map(({ id }) => house.dispatches.due(id)))).flat();
    },
    async send(due, stopping) {
      const { organisation, incident, notice } = due;
      const worker = { owner, lanes: LANES, stopping };
      const sent = await dispatchLetters(house, organisation, incident, notice, worker);
      if (sent.ok && sent.value.again) return sent.value.afterSeconds ?? 1;
      await house.dispatches.answered(due);
      if (!sent.ok) throw new Error(`letters of ${notice} stopped: ${JSON.stringify(sent.error)}`);
      return null;
    },
  };
}
