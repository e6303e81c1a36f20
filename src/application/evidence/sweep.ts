import { EVIDENCE_ADDED } from '../../domain/incident/records.ts';
import type { House } from '../ports/house.ts';
import { entriesOf, textIn } from '../register/entries-of.ts';

/** No upload lasts so long: whatever began before that and is still unsettled was left by a process that died. */
const LONGEST_HOURS = 24;

/**
 * Takes away what uploads left behind that were cut off: pieces of a file that never became whole, and a whole one
 * that its incident never came to name. What the chain names stays, whatever else got lost.
 * @returns how many were taken away
 */
export async function sweepUploads(
  house: Pick<House, 'clock' | 'evidence' | 'incidents' | 'register'>,
  organisation: string,
): Promise<number> {
  const before = house.clock.now().subtract({ hours: LONGEST_HOURS });
  let swept = 0;
  for (const { id, incident } of await house.evidence.unsettled(organisation, before)) {
    if (await names(house, organisation, incident, id)) await house.evidence.settle(organisation, id);
    else {
      await house.evidence.remove(organisation, id);
      swept += 1;
    }
  }
  return swept;
}

async function names(
  house: Pick<House, 'incidents' | 'register'>,
  organisation: string,
  id: string,
  file: string,
): Promise<boolean> {
  const incident = await house.incidents.byId(organisation, id);
  const entries = incident ? await entriesOf(house, incident, [EVIDENCE_ADDED]) : [];
  return entries.some((entry) => textIn(entry, 'evidence') === file);
}
