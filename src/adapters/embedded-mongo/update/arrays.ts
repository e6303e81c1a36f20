import { CODE, MongoFault } from '../errors.ts';
import { compileFilter } from '../query/match.ts';
import { compare, equal } from '../values/compare.ts';
import type { Doc } from '../values/decode.ts';
import { isArray, isDocument, isNumber, kindOf } from '../values/kind.ts';
import type { Change, Operator } from './operators.ts';
import { step } from './paths.ts';
import { show } from '../values/show.ts';
import { showId } from './words.ts';

const bad = (message: string): MongoFault => new MongoFault(CODE.BadValue, message);

interface PushPlan {
  readonly items: readonly unknown[];
  readonly position?: number;
  readonly slice?: number;
  readonly order?: (a: unknown, b: unknown) => number;
}

const PUSH_CLAUSES = ['$each', '$slice', '$sort', '$position'];

function pushPlan(argument: unknown): PushPlan {
  if (!isDocument(argument) || !Object.hasOwn(argument, '$each')) return { items: [argument] };
  const unknownClause = Object.keys(argument).find((key) => !PUSH_CLAUSES.includes(key));
  if (unknownClause !== undefined) throw bad(`Unrecognized clause in $push: ${unknownClause}`);
  const items = argument['$each'];
  if (!isArray(items)) {
    throw bad(`The argument to $each in $push must be an array but it was of type: ${kindOf(items)}`);
  }
  const position = wholeClause(argument, '$position');
  const slice = wholeClause(argument, '$slice');
  return {
    items,
    ...(position === undefined ? {} : { position }),
    ...(slice === undefined ? {} : { slice }),
    ...(Object.hasOwn(argument, '$sort') ? { order: sortOrder(argument['$sort']) } : {}),
  };
}

function wholeClause(clauses: Doc, name: string): number | undefined {
  if (!Object.hasOwn(clauses, name)) return undefined;
  const value = clauses[name];
  const whole = Number(value);
  if (!isNumber(value)) {
    throw bad(`The value for ${name} must be an integer value but was given type: ${kindOf(value)}`);
  }
  if (!Number.isInteger(whole))
    throw bad(`The value for ${name} must be an integer value, not ${show(value)}`);
  return whole;
}

function sortOrder(clause: unknown): (a: unknown, b: unknown) => number {
  if (isNumber(clause)) {
    const direction = directionOf(clause, 'The $sort element value must be either 1 or -1');
    return (a, b) => direction * compare(a, b);
  }
  if (!isDocument(clause)) {
    throw bad(
      'The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1} to sort embedded fields',
    );
  }
  const keys = Object.entries(clause).map(([path, direction]) => ({
    path: sortPath(path),
    direction: directionOf(direction, 'The $sort element value must be either 1 or -1'),
  }));
  if (keys.length === 0) throw bad('The $sort pattern is empty when it should be a set of fields.');
  return (a, b) => {
    for (const { path, direction } of keys) {
      const order = compare(at(a, path), at(b, path));
      if (order !== 0) return direction * order;
    }
    return 0;
  };
}

function sortPath(path: string): string[] {
  const parts = path.split('.');
  if (path === '') throw bad('The $sort field cannot be empty');
  if (parts.includes('')) throw bad(`The $sort field is a dotted field but has an empty part: ${path}`);
  return parts;
}

function directionOf(value: unknown, message: string): 1 | -1 {
  const direction = isNumber(value) ? Number(value) : 0;
  if (direction !== 1 && direction !== -1) throw bad(message);
  return direction;
}

/** A sort key of an element; a missing one counts as null. */
function at(element: unknown, path: readonly string[]): unknown {
  let value = element;
  for (const part of path) value = step(value, part);
  return value ?? null;
}

function push(argument: unknown, path: string): Change {
  const plan = pushPlan(argument);
  return (current, { doc }) => {
    const present = current === undefined ? [] : current;
    if (!isArray(present)) {
      throw bad(
        `The field '${path}' must be an array but is of type ${kindOf(present)} in document ${showId(doc)}`,
      );
    }
    return pushed(present, plan);
  };
}

function pushed(present: readonly unknown[], { items, position, slice, order }: PushPlan): unknown[] {
  const start = position === undefined ? present.length : startOf(position, present.length);
  const joined = [...present.slice(0, start), ...items, ...present.slice(start)];
  if (order) joined.sort(order);
  if (slice === undefined) return joined;
  return slice >= 0 ? joined.slice(0, slice) : joined.slice(slice);
}

const startOf = (position: number, length: number): number =>
  position >= 0 ? Math.min(position, length) : Math.max(0, length + position);

function addToSet(argument: unknown): Change {
  const items = setItems(argument);
  return (current, { doc }) => {
    if (current !== undefined && !isArray(current)) {
      throw bad(
        `Cannot apply $addToSet to non-array field. Field named '${show(doc['_id'])}' has non-array type ${kindOf(current)}`,
      );
    }
    const present = current === undefined ? [] : current;
    const joined = [...present];
    for (const item of items) if (!joined.some((other) => equal(other, item))) joined.push(item);
    return current !== undefined && joined.length === present.length ? current : joined;
  };
}

function setItems(argument: unknown): readonly unknown[] {
  if (!isDocument(argument) || Object.keys(argument)[0] !== '$each') return [argument];
  const items = argument['$each'];
  if (!isArray(items)) {
    throw new MongoFault(
      CODE.TypeMismatch,
      `The argument to $each in $addToSet must be an array but it was of type ${kindOf(items)}`,
    );
  }
  if (Object.keys(argument).length > 1) {
    throw bad(`Found unexpected fields after $each in $addToSet: ${show(argument)}`);
  }
  return items;
}

const removing =
  (name: string, prepare: (argument: unknown) => (element: unknown) => boolean) =>
  (argument: unknown): Change => {
    const goes = prepare(argument);
    return (current) => {
      if (current === undefined) return undefined;
      if (!isArray(current)) throw bad(`Cannot apply ${name} to a non-array value`);
      const kept = current.filter((element) => !goes(element));
      return kept.length === current.length ? current : kept;
    };
  };

/** `$pull` takes a value, a condition on the element itself, or a filter on elements that are documents. */
function pullCondition(argument: unknown): (element: unknown) => boolean {
  if (isDocument(argument) && !isCondition(argument)) {
    const filter = compileFilter(argument);
    return (element) => isDocument(element) && filter.matches(element);
  }
  if (isDocument(argument) || kindOf(argument) === 'regex') {
    const filter = compileFilter({ element: argument });
    return (element) => filter.matches({ element });
  }
  return (element) => equal(element, argument);
}

const REFERENCE_FIELDS = ['$ref', '$id', '$db'];
const TOP_LEVEL = ['$and', '$or', '$nor', '$expr', '$comment', '$alwaysTrue', '$alwaysFalse'];

function isCondition(argument: Doc): boolean {
  const [first] = Object.keys(argument);
  return (
    first !== undefined &&
    first.startsWith('$') &&
    !REFERENCE_FIELDS.includes(first) &&
    !TOP_LEVEL.includes(first)
  );
}

function pullAllCondition(argument: unknown): (element: unknown) => boolean {
  if (!isArray(argument)) {
    throw bad(`$pullAll requires an array argument but was given a ${kindOf(argument)}`);
  }
  return (element) => argument.some((item) => equal(item, element));
}

function pop(argument: unknown, path: string): Change {
  if (!isNumber(argument)) {
    throw new MongoFault(CODE.FailedToParse, `Expected a number in: ${path}: ${show(argument)}`);
  }
  const end = Number(argument);
  if (end !== 1 && end !== -1) {
    throw new MongoFault(CODE.FailedToParse, `$pop expects 1 or -1, found: ${show(argument)}`);
  }
  return (current) => {
    if (current === undefined) return undefined;
    if (!isArray(current)) {
      throw new MongoFault(
        CODE.TypeMismatch,
        `Path '${path}' contains an element of non-array type '${kindOf(current)}'`,
      );
    }
    if (current.length === 0) return current;
    return end === 1 ? current.slice(0, -1) : current.slice(1);
  };
}

export const ARRAY_OPERATORS: Readonly<Record<string, Operator>> = {
  $push: { creates: true, compile: push },
  $addToSet: { creates: true, compile: addToSet },
  $pull: { creates: false, compile: removing('$pull', pullCondition) },
  $pullAll: { creates: false, compile: removing('$pullAll', pullAllCondition) },
  $pop: { creates: false, compile: pop },
};
