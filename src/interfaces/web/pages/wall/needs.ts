import { realTimeOf, timeIn } from '../../../../domain/incident/drill-time.ts';
import type { Wall } from '../../../../application/wall/view-wall.ts';
import { standingOf } from '../../../../domain/incident/standing.ts';
import { nextClock } from './rows.ts';
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
  return wall.open.flatMap(({ id, card }) => {
    const next = card.owner === actor.user ? nextClock(card) : null;
    if (!next) return [];
    const standing = standingOf(next, timeIn(card, wall.now));
    if (standing !== 'overdue' && standing !== 'due-soon') return [];
    return [
      {
        href: `/incidents/${id}`,
        title: say('needs.go-on', { title: card.title }),
        small: `${card.reference} · ${times.full(realTimeOf(card, next.dueAt))}`,
        pill: pillFor(visit, standing, next),
      },
    ];
  });
}
