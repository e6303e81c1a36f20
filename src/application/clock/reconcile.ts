import { timeIn } from '../../domain/incident/drill-time.ts';
import { Temporal } from 'temporal-polyfill';
import { momentAt } from '../../domain/incident/moments.ts';
import { isOpen, standingOf } from '../../domain/incident/standing.ts';
import type { House } from '../ports/house.ts';
import type { Changing } from '../incident/change.ts';
import { wakeFor } from './wakes.ts';
import { finishForgetting } from '../people/forget.ts';
import { registerSettlings } from '../people/register-settlings.ts';
import { sweepUploads } from '../evidence/sweep.ts';
import { sweepLoose } from '../incident/sweep-loose.ts';
import { sweepLogDrafts } from '../incident/log-draft.ts';
import { sweepListUploads } from '../people/sweep-list-uploads.ts';
import { copyOrganisationOutbox, copyOutbox } from '../register/copy-outbox.ts';

/** A deadline that passed while nobody watched, or that passed before and is still open. */
export interface Overdue {
  readonly organisation: string;
  readonly incident: string;
  readonly reference: string;
  readonly key: string;
  readonly dueAt: Temporal.Instant;
  /** Whether anybody was told of it yet. */
  readonly told: boolean;
}

/**
 * Builds from the truth whatever a stop may have cost: jobs of clocks, entries not yet in the register, letters not
 * yet sent, people not forgotten to the end; and takes away what cut-off uploads left. Safe to run at any time and by
 * several processes at once.
 * @returns every deadline that has passed and is still open, longest first: the first thing to say after a stop
 */
export async function reconcile(
  house: Changing & Pick<House, 'users' | 'evidence' | 'lists' | 'listUploads' | 'drafts' | 'letterPost'>,
): Promise<readonly Overdue[]> {
  const overdue: Overdue[] = [];
  for (const organisation of await house.organisations.all()) {
    await copyOrganisationOutbox(house, organisation);
    for (const id of await house.incidents.withOutbox(organisation.id)) {
      const incident = await house.incidents.byId(organisation.id, id);
      if (incident) await copyOutbox(house, incident);
    }
    for (const id of await house.incidents.open(organisation.id)) {
      overdue.push(...(await reconcileIncident(house, organisation.id, id)));
    }
    for (const id of await house.incidents.sending(organisation.id)) {
      const incident = await house.incidents.byId(organisation.id, id);
      for (const notice of incident?.notices ?? []) {
        if (notice.state === 'sending') await house.scheduler.dispatch(organisation.id, id, notice.id);
      }
    }
    await registerSettlings(house, organisation.id);
    for (const id of await house.incidents.forgetting(organisation.id))
      await finishForgetting(house, organisation.id, id);
    await sweepUploads(house, organisation.id);
    await sweepLogDrafts(house, organisation.id);
    await sweepListUploads(house, organisation.id);
    await sweepLoose(house, organisation.id);
  }
  return overdue.sort((a, b) => Temporal.Instant.compare(a.dueAt, b.dueAt));
}

async function reconcileIncident(
  house: Pick<House, 'incidents' | 'scheduler' | 'clock'>,
  organisation: string,
  id: string,
): Promise<readonly Overdue[]> {
  const incident = await house.incidents.byId(organisation, id);
  if (!incident || incident.state === 'near-miss') return [];
  await wakeFor(house, incident);
  const now = timeIn(incident, house.clock.now());
  return incident.obligations.filter(isOpen).flatMap((obligation): Overdue[] => {
    const { key, dueAt } = obligation;
    if (!dueAt || standingOf(obligation, now) !== 'overdue') return [];
    const told = momentAt(obligation, incident.zone, now) === null;
    return [{ organisation, incident: id, reference: incident.reference, key, dueAt, told }];
  });
}
