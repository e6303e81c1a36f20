import { CODE, MongoFault } from '../../errors.ts';
import { compileFilter } from '../../query/match.ts';
import type { Doc } from '../../values/decode.ts';
import { isArray, isDocument } from '../../values/kind.ts';
import { fieldPath, walkPath } from '../expression.ts';
import { checkVariableName } from '../operators/logic.ts';
import { replaceAt } from './nested.ts';
import { checkOptions, documentArgument, perDocument } from './stage.ts';
import type { CompileStage, StageScope } from './stage.ts';

const failed = (message: string): MongoFault => new MongoFault(CODE.FailedToParse, message);

const OPTIONS = ['from', 'as', 'localField', 'foreignField', 'let', 'pipeline'];

/** `$lookup`: by equal fields, by a pipeline with variables, or by both. */
export const lookup: CompileStage = (argument, scope) => {
  const source = documentArgument(argument, CODE.FailedToParse, '$lookup');
  checkOptions(source, OPTIONS, '$lookup');
  const { from, as, pipeline } = source;
  if (typeof from !== 'string') throw failed("missing 'from' option to $lookup stage specification");
  if (typeof as !== 'string') throw failed("must specify 'as' field for a $lookup");
  const equality = equalityOf(source, scope);
  if (!equality && pipeline === undefined) {
    throw failed(
      "$lookup requires either 'pipeline' or both 'localField' and 'foreignField' to be specified",
    );
  }
  const bound = pipeline === undefined ? undefined : boundPipeline(source, scope);
  const path = fieldPath(as);
  return function* (docs, sources) {
    const foreign = [...sources.lookup(from)];
    for (const doc of docs) {
      const test = equality?.(doc);
      const matching = test ? foreign.filter(test) : foreign;
      yield replaceAt(doc, path, bound ? [...bound(doc)(matching, sources)] : matching);
    }
  };
};

function equalityOf(source: Doc, scope: StageScope): ((doc: Doc) => (other: Doc) => boolean) | undefined {
  const { localField: local, foreignField: foreign } = source;
  if (local === undefined && foreign === undefined) return undefined;
  if (typeof local !== 'string' || typeof foreign !== 'string') {
    throw failed("$lookup requires both or neither of 'localField' and 'foreignField' to be specified");
  }
  const path = fieldPath(local);
  fieldPath(foreign);
  const options = scope.collation ? { collation: scope.collation } : {};
  return (doc) => {
    const value = walkPath(doc, path, 0) ?? null;
    // `$in` would take a regular expression for a pattern.
    const tests = (isArray(value) ? value : [value]).map((wanted) =>
      compileFilter({ [foreign]: { $eq: wanted } }, options),
    );
    return (other) => tests.some((filter) => filter.matches(other));
  };
}

/** The inner pipeline for one document: its `let` is evaluated there. */
function boundPipeline(source: Doc, scope: StageScope): (doc: Doc) => ReturnType<StageScope['inner']> {
  const given = source['let'] ?? {};
  if (!isDocument(given)) throw failed("$lookup argument 'let: …' must be an object");
  Object.keys(given).forEach(checkVariableName);
  const variables = Object.entries(given).map(([name, value]) => [name, perDocument(value, scope)] as const);
  // A fault in the pipeline must come to light even when there is no document to join.
  scope.inner(source['pipeline'], Object.fromEntries(variables.map(([name]) => [name, null])));
  return (doc) =>
    scope.inner(source['pipeline'], Object.fromEntries(variables.map(([name, value]) => [name, value(doc)])));
}
