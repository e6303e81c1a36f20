import { timeIn } from '../../domain/incident/drill-time.ts';
import type { Temporal } from 'temporal-polyfill';
import type { Actor } from '../../domain/access/roles.ts';
import type { DomainError } from '../../domain/errors.ts';
import { currentStage, type Incident, type Obligation, type Stage } from '../../domain/incident/incident.ts';
import { standingOf, type Standing } from '../../domain/incident/standing.ts';
import type { GateState, Playbook } from '../../domain/playbook/types.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { House } from '../ports/house.ts';
import type { DutyText, Explanation } from '../ports/law.ts';
import type { Organisation } from '../ports/staff.ts';
import { factsOf } from '../law/facts-of.ts';
import { lawOf } from '../law/law-of.ts';
import { findForPerson } from './find.ts';
import {
  asksOf,
  hiddenTasksOf,
  nextTask,
  playbookOf,
  stageGate,
  tasksOf,
  type AskView,
  type HiddenTask,
  type TaskView,
} from './playbook-view.ts';

export interface ObligationView {
  readonly obligation: Obligation;
  readonly duty: DutyText | null;
  readonly standing: Standing;
  readonly explanation: Explanation | null;
}

export interface IncidentView {
  readonly now: Temporal.Instant;
  readonly incident: Incident;
  readonly organisation: Organisation;
  readonly playbook: Playbook;
  /** The playbook's text as installed now, where it is another than the one in use: a person may take it over. */
  readonly newerPlaybook: Pick<Playbook, 'id' | 'version' | 'hash'> | null;
  readonly stage: Stage | 'closed';
  /** What the gate of the current stage waits for; null when all stages are closed. */
  readonly gate: GateState | null;
  readonly next: TaskView | null;
  readonly tasks: readonly TaskView[];
  readonly hiddenTasks: readonly HiddenTask[];
  readonly asks: readonly AskView[];
  readonly obligations: readonly ObligationView[];
  /** The words of narrative, reasons and task notes, by the id of their note. */
  readonly words: ReadonlyMap<string, string>;
  /** Names of the people in it, by id. */
  readonly names: ReadonlyMap<string, string>;
}

type Deps = Pick<
  House,
  'clock' | 'incidents' | 'organisations' | 'playbooks' | 'law' | 'texts' | 'notes' | 'users'
>;

/** One incident with all that its page shows. */
export async function viewIncident(
  house: Deps,
  actor: Actor,
  id: string,
): Promise<Result<IncidentView, DomainError>> {
  const found = await findForPerson(house, actor, 'incident.see', id);
  if (!found.ok) return found;
  const { incident, organisation } = found.value;
  const playbook = await playbookOf(house, incident);
  const [words, users] = await Promise.all([
    house.notes.read(actor.organisation, noteIds(incident)),
    house.users.of(actor.organisation),
  ]);
  const now = timeIn(incident, house.clock.now());
  const facts = factsOf(incident, organisation);
  const tasks = tasksOf(incident, playbook, facts, now);
  const stage = currentStage(incident.stages);
  const { law } = await lawOf(house, incident);
  const explanations = law.explain(incident, organisation);
  return ok({
    now,
    incident,
    organisation,
    playbook,
    newerPlaybook: newerThan(house, incident),
    stage,
    gate: stage === 'closed' ? null : stageGate(incident, playbook, stage, facts),
    next: nextTask(incident, tasks, actor),
    tasks,
    hiddenTasks: hiddenTasksOf(incident, playbook, facts),
    asks: asksOf(incident, playbook),
    obligations: incident.obligations.map((obligation) => ({
      obligation,
      duty: law.duty(obligation.duty) ?? house.law.duty(obligation.duty),
      standing: standingOf(obligation, now),
      explanation: isOwedAt(incident, obligation) ? (explanations.get(obligation.key) ?? null) : null,
    })),
    words,
    names: new Map(users.map(({ id: user, name }) => [user, name])),
  });
}

function newerThan(house: Pick<House, 'playbooks'>, { playbook }: Incident): IncidentView['newerPlaybook'] {
  const installed = house.playbooks.byId(playbook.id);
  if (!installed || installed.hash === playbook.hash) return null;
  return { id: installed.id, version: installed.version, hash: installed.hash };
}

/** The law does not know near misses: for what is owed of one only to our own record, its reasons hold. */
function isOwedAt({ state }: Incident, { notify }: Obligation): boolean {
  return state !== 'near-miss' || notify === 'record';
}

function noteIds(incident: Incident): readonly string[] {
  const facts = [...Object.values(incident.facts), ...Object.values(incident.answers)];
  const refs = [
    ...Object.values(incident.narrative),
    ...facts.flatMap((fact) => ('unknown' in fact ? [fact.unknown] : [])),
    ...facts.flatMap(({ because }) => (because ? [because] : [])),
    ...incident.tasks.flatMap(({ note }) => (note ? [note] : [])),
    ...incident.stages.flatMap(({ overridden }) => (overridden ? [overridden] : [])),
    ...incident.questions.flatMap(({ text, answered }) => [text, ...(answered?.note ? [answered.note] : [])]),
    ...incident.obligations.flatMap(({ decided }) => (decided ? [decided.reason] : [])),
    ...incident.notices.flatMap(({ sentBack, approved, filed }) =>
      [sentBack?.reason, approved?.byItsAuthor, filed?.lateBecause].flatMap((ref) => (ref ? [ref] : [])),
    ),
  ];
  return refs.map(({ id }) => id);
}
