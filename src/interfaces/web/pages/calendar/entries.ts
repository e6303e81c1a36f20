import { Temporal } from 'temporal-polyfill';
import type { CalendarTask } from '../../../../application/calendar/view-calendar.ts';
import type { WallClock } from '../../../../application/wall/view-wall.ts';
import { clockTitle } from '../wall/clock-title.ts';
import type { Visit } from '../../request/visit.ts';

/** One line of a calendar: what falls due, for which incident, when. */
export interface Due {
  readonly id: string;
  readonly kind: 'duty' | 'maybe' | 'task';
  readonly at: Temporal.Instant;
  readonly title: string;
  readonly incident: string;
  readonly reference: string;
  /** What people named the incident; not for a feed. */
  readonly incidentTitle: string;
  /** The clock, where one stands behind it. */
  readonly clock?: WallClock;
}

/**
 * Clocks as lines, in their order. Duties of one incident that may be owed and would fall due together are one line:
 * they wait for the same answers.
 */
export function duesOf(
  visit: Pick<Visit, 'parts' | 'locale' | 'say'>,
  clocks: readonly WallClock[],
): readonly Due[] {
  const groups = new Map<string, WallClock[]>();
  for (const clock of clocks) {
    if (!clock.dueAt) continue;
    const id =
      clock.decision === 'applies'
        ? `${clock.incident} ${clock.key}`
        : `${clock.incident} maybe ${clock.dueAt.toString()}`;
    groups.set(id, [...(groups.get(id) ?? []), clock]);
  }
  return [...groups].flatMap(([id, group]) => {
    const [clock] = group;
    if (!clock?.dueAt) return [];
    const { incident, reference, title, dueAt } = clock;
    const sure = clock.decision === 'applies';
    return [
      {
        id,
        kind: sure ? ('duty' as const) : ('maybe' as const),
        at: dueAt,
        title: sure ? clockTitle(visit, clock) : visit.say('wall.maybe', { count: group.length }),
        incident,
        reference,
        incidentTitle: title,
        clock,
      },
    ];
  });
}

export function dueOfTask(task: CalendarTask): Due {
  const { incident, reference, incidentTitle, title, at } = task;
  return { id: `${incident} task ${task.task}`, kind: 'task', at, title, incident, reference, incidentTitle };
}
