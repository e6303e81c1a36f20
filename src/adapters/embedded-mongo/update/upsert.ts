import { CODE, MongoFault } from '../errors.ts';
import type { Doc } from '../values/decode.ts';
import { isDocument, kindOf } from '../values/kind.ts';
import { modifyAt } from './paths.ts';
import type { Update } from './update.ts';

/**
 * The document that an upsert starts from: the equalities of its filter (plain values, `$eq`, one-element
 * `$in` and `$all`, through `$and` and one-branch `$or`). A replacement takes only `_id` from it.
 *
 * Throws 54 when the filter gives one path two values, and 53 for an `_id` that no document can have.
 */
export function upsertSeed(filter: Doc, kind: Update['kind']): Doc {
  const found = new Map<string, unknown>();
  collect(filter, found);
  const paths = [...found.keys()].filter((path) => kind !== 'replacement' || path === '_id');
  return paths.reduce<Doc>((seed, path) => place(seed, path, found), {});
}

function collect(filter: Doc, found: Map<string, unknown>): void {
  for (const [key, value] of Object.entries(filter)) {
    if (key === '$and' || (key === '$or' && Array.isArray(value) && value.length === 1)) {
      for (const branch of value as Doc[]) collect(branch, found);
    } else if (!key.startsWith('$')) {
      for (const fixed of equalities(value)) note(found, key, fixed);
    }
  }
}

/** The values that a condition on one field fixes: none or one, save for contradictions. */
function equalities(condition: unknown): unknown[] {
  if (kindOf(condition) === 'regex' || condition === undefined) return [];
  if (!isCondition(condition)) return [condition];
  return Object.entries(condition).flatMap(([operator, operand]) => {
    if (operator === '$eq') return [operand];
    const one = (operator === '$in' || operator === '$all') && Array.isArray(operand) && operand.length === 1;
    return one && kindOf(operand[0]) !== 'regex' && !isCondition(operand[0]) ? [operand[0] as unknown] : [];
  });
}

const REFERENCE_FIELDS = ['$ref', '$id', '$db'];

function isCondition(value: unknown): value is Doc {
  if (!isDocument(value)) return false;
  const [first] = Object.keys(value);
  return first !== undefined && first.startsWith('$') && !REFERENCE_FIELDS.includes(first);
}

function note(found: Map<string, unknown>, path: string, value: unknown): void {
  for (const other of found.keys()) {
    const inside = path.startsWith(`${other}.`) || other.startsWith(`${path}.`);
    if (inside || other === path) {
      throw new MongoFault(
        CODE.NotSingleValueField,
        other === path
          ? `cannot infer query fields to set, path '${path}' is matched twice`
          : `cannot infer query fields to set, both paths '${other}' and '${path}' are matched`,
      );
    }
  }
  found.set(path, value);
}

function place(seed: Doc, path: string, found: ReadonlyMap<string, unknown>): Doc {
  const parts = path.split('.');
  if (parts.every((part) => part !== '')) {
    return modifyAt(seed, parts, true, () => found.get(path)) as Doc;
  }
  return seed;
}
