import { CODE, MongoFault } from '../../errors.ts';
import { compare } from '../../values/compare.ts';
import { isArray, isDocument, isNumber, kindOf } from '../../values/kind.ts';
import { compileExpression } from '../expression.ts';
import type { Env, Expression, Scope } from '../expression.ts';

/** Compiles one operator's argument. */
export type Operator = (argument: unknown, scope: Scope) => Expression;

/** `{$op: x}` and `{$op: [x, …]}` are the same to MongoDB: a list of operands. */
const operandsOf = (argument: unknown): readonly unknown[] => (isArray(argument) ? argument : [argument]);

/** An operator on a list of operands, all evaluated before it runs. */
export function listed(
  name: string,
  least: number,
  most: number,
  run: (operands: unknown[], scope: Scope) => unknown,
): Operator {
  return (argument, scope) => {
    const operands = operandsOf(argument);
    checkCount(name, operands.length, least, most);
    const compiled = operands.map((operand) => compileExpression(operand, scope));
    return (env) =>
      run(
        compiled.map((operand) => operand(env)),
        scope,
      );
  };
}

function checkCount(name: string, count: number, least: number, most: number): void {
  if (count >= least && count <= most) return;
  if (least === most) {
    const noun = least === 1 ? 'argument' : 'arguments';
    throw new MongoFault(
      16020,
      `Expression ${name} takes exactly ${least} ${noun}. ${count} were passed in.`,
    );
  }
  throw new MongoFault(
    28667,
    `Expression ${name} takes at least ${least} arguments, and at most ${most}, but ${count} were passed in.`,
  );
}

/** An operator of exactly one operand. */
export const unary = (name: string, run: (value: unknown, scope: Scope) => unknown): Operator =>
  listed(name, 1, 1, ([value], scope) => run(value, scope));

/** An operator whose argument is a document of named operands; `run` gets them unevaluated. */
export function named(
  name: string,
  required: readonly string[],
  optional: readonly string[],
  build: (given: (operand: string) => unknown, scope: Scope) => Expression,
): Operator {
  return (argument, scope) => {
    if (!isDocument(argument)) {
      throw new MongoFault(
        CODE.FailedToParse,
        `${name} only supports an object as its argument, not ${kindOf(argument)}`,
      );
    }
    const foreign = Object.keys(argument).find((key) => !required.includes(key) && !optional.includes(key));
    if (foreign !== undefined) {
      throw new MongoFault(CODE.FailedToParse, `Unrecognized argument to ${name}: ${foreign}`);
    }
    const absent = required.find((key) => !Object.hasOwn(argument, key));
    if (absent !== undefined)
      throw new MongoFault(CODE.FailedToParse, `Missing '${absent}' parameter to ${name}`);
    return build((operand) => argument[operand], scope);
  };
}

/** Like `named`, with every operand evaluated; an operand that was not given is missing. */
export function namedValues(
  name: string,
  required: readonly string[],
  optional: readonly string[],
  run: (values: Readonly<Record<string, unknown>>, scope: Scope) => unknown,
): Operator {
  return named(name, required, optional, (given, scope) => {
    const compiled = [...required, ...optional]
      .filter((operand) => given(operand) !== undefined)
      .map((operand) => [operand, compileExpression(given(operand), scope)] as const);
    return (env) => run(Object.fromEntries(compiled.map(([operand, value]) => [operand, value(env)])), scope);
  });
}

/** The same environment with one more variable. */
export const bind = (env: Env, name: string, value: unknown): Env => ({
  root: env.root,
  vars: new Map(env.vars).set(name, value),
});

export const withNames = (scope: Scope, ...names: string[]): Scope => ({
  ...scope,
  names: new Set([...scope.names, ...names]),
});

export const isNullish = (value: unknown): value is null | undefined => value === null || value === undefined;

/** The order of two values in expressions, where "missing" comes before null and after MinKey only. */
export function order(a: unknown, b: unknown, scope: Pick<Scope, 'strings'>): number {
  if (a === undefined || b === undefined) {
    if (a === b) return 0;
    const other = a ?? b;
    const missingFirst = kindOf(other) === 'minKey' ? 1 : -1;
    return a === undefined ? missingFirst : -missingFirst;
  }
  return compare(a, b, scope.strings);
}

/** What counts as true: all but missing, null, false and zero. */
export function truthy(value: unknown): boolean {
  if (isNullish(value) || value === false) return false;
  return !(isNumber(value) && Number(value) === 0);
}

/** A whole number that fits JavaScript, or the fault that MongoDB answers. */
export function whole(value: unknown, code: number, message: string): number {
  const number = isNumber(value) ? Number(value) : Number.NaN;
  if (!Number.isInteger(number)) throw new MongoFault(code, message);
  return number;
}
