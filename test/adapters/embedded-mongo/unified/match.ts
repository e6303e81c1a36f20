import { EJSON, ObjectId } from 'bson';
import type { Fields } from './format.ts';

/** Compares a result with what a unified test expects of it. Throws with the place where they differ. */
export function checkMatch(expected: unknown, actual: unknown, place = 'result', atRoot = true): void {
  if (Array.isArray(expected)) {
    checkArray(expected, actual, place, atRoot);
  } else if (isFields(expected)) {
    const special = Object.keys(expected).find((key) => key.startsWith('$$'));
    if (special !== undefined) checkSpecial(special, expected[special], actual, place, atRoot);
    else checkFields(expected, actual, place, atRoot);
  } else if (EJSON.stringify({ v: expected }) !== EJSON.stringify({ v: actual })) {
    throw differs(place, expected, actual);
  }
}

function checkArray(expected: readonly unknown[], actual: unknown, place: string, atRoot: boolean): void {
  if (!Array.isArray(actual) || actual.length !== expected.length) throw differs(place, expected, actual);
  expected.forEach((item, at) => checkMatch(item, actual[at], `${place}[${at}]`, atRoot));
}

// Only at the root of a document may there be more than is expected (unified test format, "evaluating matches").
function checkFields(expected: Fields, actual: unknown, place: string, atRoot: boolean): void {
  if (typeof actual !== 'object' || actual === null) throw differs(place, expected, actual);
  const found = actual as Fields;
  for (const [name, value] of Object.entries(expected))
    checkMatch(value, found[name], `${place}.${name}`, false);
  const more = Object.keys(found).find((name) => !(name in expected));
  if (!atRoot && more !== undefined) throw differs(`${place}.${more}`, undefined, found[more]);
}

function checkSpecial(
  operator: string,
  operand: unknown,
  actual: unknown,
  place: string,
  atRoot: boolean,
): void {
  if (operator === '$$unsetOrMatches') {
    if (actual !== undefined && actual !== null) checkMatch(operand, actual, place, atRoot);
  } else if (operator === '$$exists') {
    if ((actual !== undefined) !== operand) throw differs(place, { $$exists: operand }, actual);
  } else if (operator === '$$type') {
    if (!([operand].flat() as string[]).includes(typeOf(actual)))
      throw differs(place, { $$type: operand }, actual);
  } else {
    throw new Error(`the runner does not know ${operator}`);
  }
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (value instanceof ObjectId) return 'objectId';
  if (value instanceof Date) return 'date';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'double';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function differs(place: string, expected: unknown, actual: unknown): Error {
  return new Error(
    `${place}: expected ${EJSON.stringify({ v: expected })}, found ${EJSON.stringify({ v: actual })}`,
  );
}
