import { Temporal } from 'temporal-polyfill';
import { may } from '../../domain/access/permissions.ts';
import type { Actor } from '../../domain/access/roles.ts';
import { momentOf } from '../../domain/incident/facts.ts';
import { currentStage, type Incident, type Obligation } from '../../domain/incident/incident.ts';
import { isOpen } from '../../domain/incident/standing.ts';
import { recordOf } from '../../domain/incident/tasks.ts';
import { undecidedDuties, unmetDuties } from '../../domain/incident/unsettled.ts';
import type { Facts } from '../../domain/law/types.ts';
import { dueOf, gateOf, tasksFor } from '../../domain/playbook/index.ts';
import { turnsOn } from '../../domain/playbook/tasks.ts';
import type {
  Answer,
  Answers,
  Ask,
  DueMoment,
  DutiesAtStake,
  GateState,
  Matter,
  ObligationMoment,
  Playbook,
  Shows,
  Stage,
  Task,
  TaskState,
} from '../../domain/playbook/types.ts';
import type { Json } from '../../domain/register/entry.ts';
import type { House } from '../ports/house.ts';

/** The playbook in the words that the incident started with. @throws if its text is gone from the store */
export async function playbookOf(house: Pick<House, 'playbooks'>, incident: Incident): Promise<Playbook> {
  const playbook = await house.playbooks.byHash(incident.playbook.hash);
  if (!playbook)
    throw new Error(`the playbook ${incident.playbook.id} (${incident.playbook.hash}) is not in the store`);
  return playbook;
}

/** No duty ends as a missing row: neither telling nor the incident closes before each is decided and met. */
const DUTIES: readonly Matter[] = ['incident.dutiesDecided', 'incident.dutiesSettled'];
const ENDING: readonly Stage[] = ['notify', 'review'];

/** What the gate of a stage still waits for; of telling and review also duties, though a playbook may not name them. */
export function stageGate(incident: Incident, playbook: Playbook, stage: Stage, facts: Facts): GateState {
  const matters = mattersOf(incident);
  const { missing } = gateOf(playbook, stage, {
    facts,
    answers: answersOf(incident, playbook),
    unknownBecause: unknownBecause(incident),
    matters,
    duties: dutiesAtStake(incident),
    tasks: taskStates(incident),
  });
  const duties = ENDING.includes(stage) ? DUTIES.filter((matter) => !matters.has(matter)) : [];
  const names = new Set([...missing.facts, ...duties]);
  return {
    open: missing.tasks.length === 0 && names.size === 0,
    missing: { tasks: missing.tasks, facts: [...names] },
  };
}

export interface TaskView {
  readonly task: Task;
  readonly stage: Stage;
  readonly shows: Shows;
  readonly missing: readonly string[];
  readonly state: TaskState;
  readonly revision: number;
  readonly assignee?: string;
  readonly at?: Temporal.Instant;
  readonly by?: string;
  readonly noteId?: string;
  /** The house's own target, never a legal deadline. */
  readonly dueAt: Temporal.Instant | null;
  /** Why that moment, or for what it waits. */
  readonly due: DueMoment;
  readonly pastTarget: boolean;
}

/** Every task that shows (or may apply), in the playbook's order. */
export function tasksOf(
  incident: Incident,
  playbook: Playbook,
  facts: Facts,
  now: Temporal.Instant,
): readonly TaskView[] {
  const shown = tasksFor(playbook, {
    facts,
    answers: answersOf(incident, playbook),
    duties: dutiesAtStake(incident),
  });
  return shown
    .filter(({ task, shows }) => shows !== 'no' || recordOf(incident, task.id).state !== 'open')
    .map(({ task, stage, shows, missing }) => {
      const { state, revision, assignee, at, by, note } = recordOf(incident, task.id);
      const due = targetOf(incident, task);
      const dueAt = due.at;
      return {
        task,
        stage,
        shows,
        missing,
        state,
        revision,
        ...(assignee === undefined ? {} : { assignee }),
        ...(at === undefined ? {} : { at }),
        ...(by === undefined ? {} : { by }),
        ...(note === undefined ? {} : { noteId: note.id }),
        dueAt,
        due,
        pastTarget: state === 'open' && dueAt !== null && Temporal.Instant.compare(now, dueAt) > 0,
      };
    });
}

/** A task that does not apply as things stand, with the facts and answers on which that turns. */
export interface HiddenTask {
  readonly task: Task;
  readonly stage: Stage;
  readonly turnsOn: readonly string[];
}

/** The tasks that {@link tasksOf} leaves out: what is known rules them out, and nobody worked on them. */
export function hiddenTasksOf(incident: Incident, playbook: Playbook, facts: Facts): readonly HiddenTask[] {
  const names = turnsOn(playbook);
  return tasksFor(playbook, {
    facts,
    answers: answersOf(incident, playbook),
    duties: dutiesAtStake(incident),
  })
    .filter(({ task, shows }) => shows === 'no' && recordOf(incident, task.id).state === 'open')
    .map(({ task, stage }) => ({ task, stage, turnsOn: names.get(task.id) ?? [] }));
}

/**
 * The one thing to do now: the first required open task of the current stage that this person may complete. A closed
 * incident leads nobody anywhere: what remained is told, and it can be opened again.
 */
export function nextTask(incident: Incident, tasks: readonly TaskView[], actor: Actor): TaskView | null {
  const stage = currentStage(incident.stages);
  if (stage === 'closed' || !may(actor, 'task.complete')) return null;
  const open = tasks.filter(({ state, shows }) => state === 'open' && shows !== 'no');
  const here = open.filter((view) => view.stage === stage && !view.task.openUntilEnd);
  return here.find(({ task }) => task.required) ?? here[0] ?? open.find(({ task }) => task.required) ?? null;
}

/** The playbook's questions with their answers, those of the current stage first. */
export interface AskView {
  readonly ask: Ask;
  readonly answer: Answer | null;
  readonly revision: number;
  readonly unknown: boolean;
}

export function asksOf(incident: Incident, playbook: Playbook): readonly AskView[] {
  const answers = answersOf(incident, playbook);
  return playbook.asks.map((ask) => {
    const fact = incident.answers[ask.id];
    return {
      ask,
      answer: answers[ask.id] ?? null,
      revision: fact?.revision ?? 0,
      unknown: fact !== undefined && 'unknown' in fact,
    };
  });
}

function targetOf(incident: Incident, task: Task): DueMoment {
  const detectedAt = momentOf(incident, 'detectedAt') ?? incident.loggedAt;
  const awareAt = momentOf(incident, 'awareAt');
  const closed = incident.stages.flatMap(({ stage, state, at }) =>
    state === 'closed' && at ? [[stage, at] as const] : [],
  );
  return dueOf(task, {
    detectedAt,
    ...(awareAt ? { awareAt } : {}),
    obligations: incident.obligations.map(asMoment),
    stageClosedAt: Object.fromEntries(closed),
  });
}

function asMoment(obligation: Obligation): ObligationMoment {
  const { dueAt, waitsFor } = obligation;
  return {
    to: sideOf(obligation),
    open: isOpen(obligation),
    dueAt,
    ...(waitsFor === undefined ? {} : { waitsFor }),
  };
}

function sideOf(obligation: Obligation): 'authority' | 'people' | 'other' {
  if (obligation.notify === 'authority' || obligation.notify === 'people') return obligation.notify;
  return 'other';
}

/** A duty that a person decided not to be owed asks for no task; one that was met still shows what was done. */
function dutiesAtStake(incident: Incident): DutiesAtStake {
  const stands = (to: string): boolean =>
    incident.obligations.some(
      ({ notify, decision, decided }) => notify === to && decision !== 'does-not-apply' && !decided,
    );
  return { authority: stands('authority'), people: stands('people') };
}

function answersOf(incident: Incident, playbook: Playbook): Answers {
  const answers: Record<string, Answer> = {};
  for (const ask of playbook.asks) {
    const fact = incident.answers[ask.id];
    if (!fact || !('value' in fact)) continue;
    const { value } = fact;
    const answer = answerFor(ask, value);
    if (answer !== undefined) answers[ask.id] = answer;
  }
  return answers;
}

/** The answer as the question wants it; one that was given to an earlier text of the question may be none now. */
function answerFor({ type, values }: Ask, value: Json): Answer | undefined {
  if (type === 'instant') {
    return typeof value === 'string' && INSTANT.test(value) ? Temporal.Instant.from(value) : undefined;
  }
  if (type === 'bool') return typeof value === 'boolean' ? value : undefined;
  if (type === 'int') return typeof value === 'number' ? value : undefined;
  return typeof value === 'string' && Object.hasOwn(values ?? {}, value) ? value : undefined;
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

function unknownBecause(incident: Incident): ReadonlySet<string> {
  const names = (facts: Incident['facts'], prefix: string): string[] =>
    Object.entries(facts).flatMap(([name, fact]) => ('unknown' in fact ? [`${prefix}${name}`] : []));
  return new Set([...names(incident.facts, ''), ...names(incident.answers, 'answers.')]);
}

function taskStates(incident: Incident): Record<string, TaskState> {
  return Object.fromEntries(incident.tasks.map(({ id, state }) => [id, state]));
}

/** What stands of the matters that a gate may ask for. */
function mattersOf(incident: Incident): ReadonlySet<Matter> {
  const { supplier, notices, obligations, facts } = incident;
  const letters = notices.filter(({ kind }) => kind === 'letter');
  const awareness = facts['awareAt'];
  const risk = facts['risk'];
  const stands: Readonly<Record<Matter, boolean>> = {
    'incident.kind': true,
    'incident.reporter': incident.narrative['reporter'] !== undefined,
    'incident.leader': incident.leader !== undefined,
    'incident.awareness': awareness !== undefined,
    'incident.riskReason': risk !== undefined && ('unknown' in risk || risk.because !== undefined),
    'incident.dutiesDecided': undecidedDuties(obligations).length === 0,
    'incident.dutiesSettled': unmetDuties(obligations).length === 0,
    'incident.lettersSettled': letters.every(({ state }) => state === 'told'),
    'incident.questionsOwned': incident.questions.every(
      ({ owner, answered }) => owner !== undefined || answered !== undefined,
    ),
    'supplier.name': supplier !== undefined,
    'supplier.knewAt': supplier?.knewAt !== undefined,
    'supplier.toldUsAt': supplier?.toldUsAt !== undefined,
  };
  return new Set((Object.keys(stands) as Matter[]).filter((matter) => stands[matter]));
}
