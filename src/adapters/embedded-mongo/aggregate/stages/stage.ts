import { CODE, MongoFault } from '../../errors.ts';
import type { Doc } from '../../values/decode.ts';
import { isDocument, isNumber, kindOf } from '../../values/kind.ts';
import { show } from '../../values/show.ts';
import { compileExpression } from '../expression.ts';
import type { Expression, Scope } from '../expression.ts';

/** What a stage needs while it runs. */
export interface Sources {
  lookup(collection: string): Iterable<Doc>;
}

/** A compiled stage: documents in, documents out. It never mutates what it is given. */
export type Stage = (docs: Iterable<Doc>, sources: Sources) => Iterable<Doc>;

/** What a stage needs while it is compiled. */
export interface StageScope extends Scope {
  /** The values of `let` and of the variables around this pipeline. */
  readonly vars: Doc;
  readonly collation?: Doc | undefined;
  /** Compiles a pipeline inside this one (`$facet`, `$lookup`), with further variables. */
  inner(stages: unknown, vars?: Doc): Stage;
}

export type CompileStage = (argument: unknown, scope: StageScope) => Stage;

/** An expression of this stage, ready to be asked for each document. */
export function perDocument(source: unknown, scope: StageScope): (doc: Doc) => unknown {
  const vars = new Map(Object.entries(scope.vars));
  const expression: Expression = compileExpression(source, scope);
  return (root) => expression({ root, vars });
}

export function documentArgument(argument: unknown, code: number, name: string): Doc {
  if (isDocument(argument)) return argument;
  throw new MongoFault(code, `the ${name} specification must be an object, but found ${kindOf(argument)}`);
}

/** Refuses options that MongoDB does not know, too: they might change the meaning. */
export function checkOptions(given: Doc, known: readonly string[], name: string): void {
  const foreign = Object.keys(given).find((key) => !known.includes(key));
  if (foreign !== undefined)
    throw new MongoFault(CODE.FailedToParse, `Unrecognized option to ${name}: ${foreign}`);
}

export function wholeNumber(value: unknown, least: number, code: number, name: string): number {
  const number = isNumber(value) ? Number(value) : Number.NaN;
  if (Number.isSafeInteger(number) && number >= least) return number;
  const wanted = least > 0 ? 'the limit must be positive' : `Expected a non-negative whole number`;
  throw new MongoFault(code, `invalid argument to ${name} stage: ${wanted}, found ${show(value)}`);
}
