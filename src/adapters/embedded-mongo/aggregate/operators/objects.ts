import { BSON, Double, Int32 } from 'bson';
import { CODE, MongoFault } from '../../errors.ts';
import { getField, setField } from '../../values/decode.ts';
import type { Doc } from '../../values/decode.ts';
import { isArray, isDocument, kindOf } from '../../values/kind.ts';
import { compileExpression } from '../expression.ts';
import type { Expression, Scope } from '../expression.ts';
import { isNullish, listed, named, unary } from './arguments.ts';
import type { Operator } from './arguments.ts';

/** Later documents win, field by field; null and missing are passed over. */
export function mergeObjects(values: readonly unknown[]): Doc {
  const merged: Doc = {};
  for (const value of values) {
    if (isNullish(value)) continue;
    if (!isDocument(value)) {
      throw new MongoFault(
        40400,
        `$mergeObjects requires object inputs, but input is of type ${kindOf(value)}`,
      );
    }
    for (const [name, field] of Object.entries(value)) setField(merged, name, field);
  }
  return merged;
}

const toPairs = unary('$objectToArray', (value) => {
  if (isNullish(value)) return null;
  if (isDocument(value)) return Object.entries(value).map(([k, v]) => ({ k, v }));
  throw new MongoFault(40390, `$objectToArray requires a document input, found: ${kindOf(value)}`);
});

/** A field name that must be known beforehand: a constant, never a reference. */
function constantName(name: string, field: unknown, scope: Scope): string {
  if (typeof field === 'string' && field.startsWith('$')) {
    throw new MongoFault(
      5654600,
      `${name} requires 'field' to be a constant; use $literal for a name that begins with '$'`,
    );
  }
  const value = compileExpression(field, scope)({ root: {}, vars: new Map() });
  if (typeof value === 'string') return value;
  throw new MongoFault(
    5654602,
    `${name} requires 'field' to evaluate to type String, but got ${kindOf(value)}`,
  );
}

const getByName = named('$getField', ['field', 'input'], [], (given, scope) =>
  reader(compileExpression(given('field'), scope), compileExpression(given('input'), scope)),
);

function reader(field: Expression, input: Expression): Expression {
  return (env) => {
    const name = field(env);
    if (typeof name !== 'string') {
      throw new MongoFault(
        5654602,
        `$getField requires 'field' to evaluate to type String, but got ${kindOf(name)}`,
      );
    }
    const value = input(env);
    if (isDocument(value)) return getField(value, name);
    return value === null ? null : undefined;
  };
}

/** `{$getField: 'name'}` reads from the document itself. */
const getFieldOf: Operator = (argument, scope) => {
  const full = isDocument(argument) && Object.keys(argument).some((key) => !key.startsWith('$'));
  if (full)
    return getByName(
      Object.hasOwn(argument, 'input') ? argument : { ...argument, input: '$$CURRENT' },
      scope,
    );
  return reader(compileExpression(argument, scope), (env) => env.root);
};

const setByName = (
  name: string,
  required: readonly string[],
  value: (given: unknown, scope: Scope) => Expression,
): Operator =>
  named(name, required, [], (given, scope) => {
    const field = constantName(name, given('field'), scope);
    const input = compileExpression(given('input'), scope);
    const compiled = value(given('value'), scope);
    return (env) => {
      const holder = input(env);
      if (isNullish(holder)) return null;
      if (!isDocument(holder)) {
        throw new MongoFault(4161105, `${name} requires 'input' to evaluate to type Object`);
      }
      const copy = { ...holder };
      const next = compiled(env);
      if (next === undefined) Reflect.deleteProperty(copy, field);
      else setField(copy, field, next);
      return copy;
    };
  });

function mergeOperands(operands: readonly unknown[]): Doc {
  const [only] = operands;
  return mergeObjects(operands.length === 1 && isArray(only) ? only : operands);
}

const size = unary('$bsonSize', (value) => {
  if (isNullish(value)) return null;
  if (isDocument(value)) return new Int32(BSON.calculateObjectSize(value));
  throw new MongoFault(31393, `$bsonSize requires a document input, found: ${kindOf(value)}`);
});

const random: Operator = (argument) => {
  if (isDocument(argument) && Object.keys(argument).length === 0) return () => new Double(Math.random());
  throw new MongoFault(CODE.FailedToParse, '$rand does not currently accept arguments');
};

export const OBJECT_OPERATORS: Readonly<Record<string, Operator>> = {
  $mergeObjects: listed('$mergeObjects', 0, Infinity, mergeOperands),
  $objectToArray: toPairs,
  $getField: getFieldOf,
  $setField: setByName('$setField', ['field', 'input', 'value'], (value, scope) =>
    compileExpression(value, scope),
  ),
  $unsetField: setByName('$unsetField', ['field', 'input'], () => () => undefined),
  $bsonSize: size,
  $rand: random,
};
