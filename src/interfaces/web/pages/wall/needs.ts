import type { Wall } from '../../../../application/wall/view-wall.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { pillFor, stretchWords, type Pill } from '../../words/standing.ts';

interface Need {
  readonly href: string;
  readonly title: string;
  readonly small: string;
  readonly pill: Pill;
}

/** What waits for this person: notices to approve, and own incidents whose next deadline is near or past. */
export function needsYou(visit: StaffVisit, wall: Wall): readonly Need[] {
  return [...approvals(visit, wall), ...ownIncidents(visit, wall)];
}

function approvals(visit: StaffVisit, wall: Wall): Need[] {
  const { say } = visit;
  return wall.waiting.map(({ incident, notice, kind, reference, title, since }) => ({
    href: `/incidents/${incident}/notices/${notice}`,
    title: say(`needs.approve.${kind}`, { title }),
    small: `${reference} · ${say('needs.waits', { time: stretchWords(visit, since, wall.now) })}`,
    pill: { look: 'waiting', icon: 'waiting', word: say('standing.waiting') },
  }));
}

function ownIncidents(visit: StaffVisit, wall: Wall): Need[] {
  const { say, times, actor } = visit;
  return wall.open
    .filter(
      ({ card, standing }) =>
        card.owner === actor.user && (standing === 'overdue' || standing === 'due-soon'),
    )
    .map(({ id, card, standing }) => ({
      href: `/incidents/${id}`,
      title: say('needs.go-on', { title: card.title }),
      small: [card.reference, ...(card.nextDueAt ? [times.full(card.nextDueAt)] : [])].join(' · '),
      pill: pillFor(visit, standing ?? 'on-time', { dueAt: card.nextDueAt }),
    }));
}
