import type { WallClock } from '../../../../application/wall/view-wall.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { recipientWords } from '../../words/recipients.ts';

/** What a clock is for: the duty, and whom it tells where there are several. */
export function clockTitle(
  visit: Pick<StaffVisit, 'parts' | 'locale'>,
  clock: Pick<WallClock, 'dutyTitle' | 'recipient' | 'authority'>,
): string {
  const recipient = recipientWords(visit, clock.recipient, clock.authority, clock.dutyTitle);
  return recipient === null ? clock.dutyTitle : `${clock.dutyTitle}: ${recipient}`;
}
