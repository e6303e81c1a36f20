import { canonical } from '../register/entry.ts';
import type { Ask, Playbook, Stage, Task } from './types.ts';

/** What a person reads of a task and would find different. */
export type TaskPart = 'title' | 'what' | 'owner' | 'required' | 'due' | 'keep' | 'when' | 'stage';

export interface TaskChange {
  readonly id: string;
  readonly before: Task;
  readonly after: Task;
  readonly parts: readonly TaskPart[];
}

/** How one text of a playbook differs from another, as far as it changes what people do. */
export interface PlaybookChanges {
  readonly added: readonly Task[];
  readonly removed: readonly Task[];
  readonly changed: readonly TaskChange[];
  readonly asksAdded: readonly Ask[];
  readonly asksRemoved: readonly Ask[];
  readonly asksChanged: readonly { readonly before: Ask; readonly after: Ask }[];
  /** Stages whose gate asks for something else. */
  readonly gates: readonly Stage[];
}

/** Compares two texts; tasks and questions are the same by their ids. */
export function playbookChanges(from: Playbook, to: Playbook): PlaybookChanges {
  const [before, after] = [placed(from), placed(to)];
  const [asked, asks] = [byId(from.asks), byId(to.asks)];
  return {
    added: [...after.values()].flatMap(({ task }) => (before.has(task.id) ? [] : [task])),
    removed: [...before.values()].flatMap(({ task }) => (after.has(task.id) ? [] : [task])),
    changed: [...after.values()].flatMap((now) => changeOf(before.get(now.task.id), now)),
    asksAdded: to.asks.filter(({ id }) => !asked.has(id)),
    asksRemoved: from.asks.filter(({ id }) => !asks.has(id)),
    asksChanged: to.asks.flatMap((now) => {
      const was = asked.get(now.id);
      return was && !same(was, now) ? [{ before: was, after: now }] : [];
    }),
    gates: to.stages.flatMap(({ id, gate }) => {
      const was = from.stages.find((stage) => stage.id === id)?.gate;
      return was && !same(was, gate) ? [id] : [];
    }),
  };
}

interface Placed {
  readonly task: Task;
  readonly stage: Stage;
}

function placed({ stages }: Playbook): ReadonlyMap<string, Placed> {
  return new Map(stages.flatMap(({ id, tasks }) => tasks.map((task) => [task.id, { task, stage: id }])));
}

const PARTS = ['title', 'what', 'owner', 'required', 'due', 'keep', 'when'] as const;

function changeOf(was: Placed | undefined, now: Placed): TaskChange[] {
  if (!was) return [];
  const parts: TaskPart[] = PARTS.filter((part) => !same(was.task[part] ?? null, now.task[part] ?? null));
  if (was.stage !== now.stage) parts.push('stage');
  return parts.length === 0 ? [] : [{ id: now.task.id, before: was.task, after: now.task, parts }];
}

function byId(asks: readonly Ask[]): ReadonlyMap<string, Ask> {
  return new Map(asks.map((ask) => [ask.id, ask]));
}

/** Parts of a playbook are plain JSON. */
function same(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}
