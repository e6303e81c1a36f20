import { Int32 } from 'bson';
import { CODE, MongoFault } from '../../errors.ts';
import { isArray, isDocument, kindOf } from '../../values/kind.ts';
import { compileExpression } from '../expression.ts';
import type { Env, Expression, Scope } from '../expression.ts';
import { bind, isNullish, listed, named, order, truthy, unary, withNames } from './arguments.ts';
import type { Operator } from './arguments.ts';

const comparison = (name: string, run: (order: number) => unknown): Operator =>
  listed(name, 2, 2, ([a, b], scope) => run(Math.sign(order(a, b, scope))));

const operands = (argument: unknown, scope: Scope): Expression[] =>
  (isArray(argument) ? argument : [argument]).map((operand) => compileExpression(operand, scope));

/** Operators that stop at the first operand which decides: the rest must not fail. */
const conjunction: Operator = (argument, scope) => {
  const all = operands(argument, scope);
  return (env) => all.every((operand) => truthy(operand(env)));
};

const disjunction: Operator = (argument, scope) => {
  const all = operands(argument, scope);
  return (env) => all.some((operand) => truthy(operand(env)));
};

const ifNull: Operator = (argument, scope) => {
  const all = operands(argument, scope);
  if (all.length < 2) {
    throw new MongoFault(1257300, `$ifNull needs at least two arguments, had: ${all.length}`);
  }
  return (env) => {
    let value: unknown;
    for (const operand of all) {
      value = operand(env);
      if (!isNullish(value)) return value;
    }
    return value;
  };
};

const branch =
  (test: Expression, then: Expression, otherwise: Expression): Expression =>
  (env) =>
    truthy(test(env)) ? then(env) : otherwise(env);

const conditionByName = named('$cond', ['if', 'then', 'else'], [], (given, scope) =>
  branch(
    compileExpression(given('if'), scope),
    compileExpression(given('then'), scope),
    compileExpression(given('else'), scope),
  ),
);

const condition: Operator = (argument, scope) => {
  if (isDocument(argument)) return conditionByName(argument, scope);
  const [test, then, otherwise, more] = operands(argument, scope);
  if (test && then && otherwise && !more) return branch(test, then, otherwise);
  throw new MongoFault(16020, `Expression $cond takes exactly 3 arguments.`);
};

const chooseBranch = named('$switch', ['branches'], ['default'], (given, scope) => {
  const branches = given('branches');
  if (!isArray(branches) || branches.length === 0) {
    throw new MongoFault(40068, '$switch requires at least one branch.');
  }
  const compiled = branches.map((source) => {
    if (!isDocument(source) || !('case' in source) || !('then' in source)) {
      throw new MongoFault(40067, "$switch requires each branch have a 'case' and a 'then' expression");
    }
    return [compileExpression(source['case'], scope), compileExpression(source['then'], scope)] as const;
  });
  const fallback = given('default') === undefined ? undefined : compileExpression(given('default'), scope);
  return (env) => {
    const hit = compiled.find(([test]) => truthy(test(env)));
    if (hit) return hit[1](env);
    if (fallback) return fallback(env);
    throw new MongoFault(
      40066,
      '$switch could not find a matching branch for an input, and no default was specified.',
    );
  };
});

const USER_NAME = /^[a-z\u0080-\uffff]\w*$/;

/** A name for `$let`, `as` and the command's own `let`: it begins with a small letter. */
export function checkVariableName(name: string): void {
  if (USER_NAME.test(name) || name === 'CURRENT') return;
  throw new MongoFault(
    CODE.FailedToParse,
    `'${name}' starts with an invalid character for a user variable name`,
  );
}

const letIn = named('$let', ['vars', 'in'], [], (given, scope) => {
  const vars = given('vars');
  if (!isDocument(vars)) throw new MongoFault(10065, `invalid parameter: expected an object (vars)`);
  const names = Object.keys(vars);
  names.forEach(checkVariableName);
  const compiled = names.map((name) => [name, compileExpression(vars[name], scope)] as const);
  const body = compileExpression(given('in'), withNames(scope, ...names));
  return (env) => {
    const bound = compiled.reduce<Env>((inner, [name, value]) => bind(inner, name, value(env)), env);
    return body(bound);
  };
});

const literal: Operator = (argument) => () => argument;

export const LOGIC_OPERATORS: Readonly<Record<string, Operator>> = {
  $cmp: comparison('$cmp', (sign) => new Int32(sign)),
  $eq: comparison('$eq', (sign) => sign === 0),
  $ne: comparison('$ne', (sign) => sign !== 0),
  $gt: comparison('$gt', (sign) => sign > 0),
  $gte: comparison('$gte', (sign) => sign >= 0),
  $lt: comparison('$lt', (sign) => sign < 0),
  $lte: comparison('$lte', (sign) => sign <= 0),
  $and: conjunction,
  $or: disjunction,
  $not: unary('$not', (value) => !truthy(value)),
  $ifNull: ifNull,
  $cond: condition,
  $switch: chooseBranch,
  $let: letIn,
  $literal: literal,
  $const: literal,
  $type: unary('$type', (value) => kindOf(value)),
};
