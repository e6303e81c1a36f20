import type { CommandStartedEvent } from 'mongodb';
import type { Connection } from 'mongoose';

type Document = Record<string, unknown>;

/** One way in which the code looks for documents. */
export interface Shape {
  readonly collection: string;
  readonly filter: Document;
  readonly sort?: Document;
}

/**
 * Collections that may be scanned, by name: of a size that does not grow with the work (one document each, or one an
 * organisation), and those that belong to packages with indexes of their own.
 */
export const EXEMPT: readonly string[] = ['installation', 'organisations', 'sessions', 'jobs', 'throttles'];

/** Collects every filter that the driver sends on this connection, once a shape. */
export function collectShapes(connection: Connection): () => readonly Shape[] {
  const shapes = new Map<string, Shape>();
  connection.getClient().on('commandStarted', (event: CommandStartedEvent) => {
    for (const shape of shapesIn(event.commandName, event.command)) {
      shapes.set(JSON.stringify([shape.collection, outline(shape.filter), shape.sort]), shape);
    }
  });
  return () => [...shapes.values()];
}

function shapesIn(name: string, command: Document): Shape[] {
  const collection = String(command[name]);
  if (asksWhetherEmpty(name, command)) return [];
  if (name === 'find' || name === 'distinct' || name === 'count') {
    return [shape(collection, command['filter'] ?? command['query'], command['sort'])];
  }
  if (name === 'findAndModify') return [shape(collection, command['query'], command['sort'])];
  if (name === 'update') return (command['updates'] as Document[]).map(({ q }) => shape(collection, q));
  if (name === 'delete') return (command['deletes'] as Document[]).map(({ q }) => shape(collection, q));
  if (name === 'aggregate') {
    const first = (command['pipeline'] as Document[])[0] ?? {};
    return [shape(collection, first['$match'])];
  }
  return [];
}

/** GridFS looks so before it makes its indexes: the first document of all answers, so there is nothing to search. */
function asksWhetherEmpty(name: string, { filter, limit, sort }: Document): boolean {
  const isEmpty = isPlain(filter) && Object.keys(filter).length === 0;
  return name === 'find' && isEmpty && limit === 1 && sort === undefined;
}

function shape(collection: string, filter: unknown, sort?: unknown): Shape {
  const found = { collection, filter: (filter ?? {}) as Document };
  return sort ? { ...found, sort: Object.fromEntries(entriesOf(sort)) } : found;
}

function entriesOf(sort: unknown): [string, unknown][] {
  return sort instanceof Map ? [...(sort as Map<string, unknown>)] : Object.entries(sort as Document);
}

/** The names and operators of a filter, without what is looked for. */
function outline(value: unknown): unknown {
  if (Array.isArray(value)) return value.length > 0 && isPlain(value[0]) ? value.map(outline) : '[]';
  if (!isPlain(value)) return '?';
  return Object.entries(value).map(([name, item]) => [name.replace(/\.\d+$/, '.#'), outline(item)]);
}

function isPlain(value: unknown): value is Document {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** The shapes that no index serves, in words, by the store's own explanation of how it would search. */
export async function unserved(connection: Connection, shapes: readonly Shape[]): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const { collection, filter, sort } of shapes) {
    if (EXEMPT.includes(collection)) continue;
    const explain = { find: collection, filter, ...(sort ? { sort } : {}) };
    const plan = await connection
      .getClient()
      .db(connection.name)
      .command({ explain, verbosity: 'queryPlanner' });
    const stages = stagesIn((plan['queryPlanner'] as Document)['winningPlan']);
    const scans = stages.filter((stage) => stage === 'COLLSCAN' || stage === 'SORT');
    if (stages.length === 0 || scans.length > 0) {
      faults.push(`${collection} ${JSON.stringify({ filter, sort })}: ${stages.join(' < ')}`);
    }
  }
  return faults;
}

function stagesIn(plan: unknown): string[] {
  if (Array.isArray(plan)) return plan.flatMap(stagesIn);
  if (typeof plan !== 'object' || plan === null) return [];
  const { stage, ...rest } = plan as Document;
  const below = Object.values(rest).flatMap(stagesIn);
  return typeof stage === 'string' ? [stage, ...below] : below;
}
