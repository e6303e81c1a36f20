import { realTimeOf, timeIn } from '../../domain/incident/drill-time.ts';
import { Temporal } from 'temporal-polyfill';
import type { Actor } from '../../domain/access/roles.ts';
import type { DomainError } from '../../domain/errors.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { House } from '../ports/house.ts';
import type { Organisation } from '../ports/staff.ts';
import { findIncident } from '../incident/find.ts';
import { playbookOf, tasksOf } from '../incident/playbook-view.ts';
import { factsOf } from '../law/facts-of.ts';
import { viewWall, type WallClock, type WallRow } from '../wall/view-wall.ts';

/** A required task with a target of the house's own; never a legal deadline. */
export interface CalendarTask {
  readonly incident: string;
  readonly reference: string;
  readonly incidentTitle: string;
  readonly task: string;
  readonly title: string;
  readonly at: Temporal.Instant;
}

export interface Calendar {
  readonly now: Temporal.Instant;
  /** Every open clock with a date, longest overdue first. */
  readonly clocks: readonly WallClock[];
  /** The earliest target first. */
  readonly tasks: readonly CalendarTask[];
  /** Open incidents whose tasks are not among them: those with the latest deadlines, where there are very many. */
  readonly unread: number;
}

type Deps = Pick<House, 'clock' | 'incidents' | 'users' | 'law' | 'organisations' | 'playbooks'>;

/** Tasks stand in the incidents themselves, and reading a thousand of them would keep the page waiting. */
const INCIDENTS_READ = 100;

/** What falls due when: deadlines of the law from the cards, the house's own targets from the incidents. */
export async function viewCalendar(house: Deps, actor: Actor): Promise<Result<Calendar, DomainError>> {
  const wall = await viewWall(house, actor);
  if (!wall.ok) return wall;
  const organisation = await house.organisations.byId(actor.organisation);
  if (!organisation) return fail({ kind: 'not-found', what: 'organisation', id: actor.organisation });
  const { open, dated, now } = wall.value;
  const tasks = await Promise.all(
    open.slice(0, INCIDENTS_READ).map((row) => targetsOf(house, actor, organisation, row, now)),
  );
  return ok({
    now,
    clocks: dated,
    tasks: tasks.flat().sort((a, b) => Temporal.Instant.compare(a.at, b.at)),
    unread: Math.max(0, open.length - INCIDENTS_READ),
  });
}

async function targetsOf(
  house: Deps,
  actor: Actor,
  organisation: Organisation,
  { id, card }: WallRow,
  now: Temporal.Instant,
): Promise<readonly CalendarTask[]> {
  const incident = await findIncident(house, actor, id);
  if (!incident) return [];
  const playbook = await playbookOf(house, incident);
  return tasksOf(incident, playbook, factsOf(incident, organisation), timeIn(card, now)).flatMap(
    ({ task, state, shows, dueAt }) =>
      dueAt && state === 'open' && task.required && shows === 'yes'
        ? [
            {
              incident: id,
              reference: card.reference,
              incidentTitle: card.title,
              task: task.id,
              title: task.title,
              at: realTimeOf(card, dueAt),
            },
          ]
        : [],
  );
}
