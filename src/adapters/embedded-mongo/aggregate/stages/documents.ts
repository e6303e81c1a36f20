import { Long } from 'bson';
import { MongoFault } from '../../errors.ts';
import { compileFilter } from '../../query/match.ts';
import { compileSort } from '../../query/sort.ts';
import type { Doc } from '../../values/decode.ts';
import { isArray, isDocument, kindOf } from '../../values/kind.ts';
import { fieldPath, walkPath } from '../expression.ts';
import { replaceAt } from './nested.ts';
import { checkOptions, documentArgument, perDocument, wholeNumber } from './stage.ts';
import type { CompileStage, Stage } from './stage.ts';

export const match: CompileStage = (argument, { vars, collation }) => {
  const source = documentArgument(argument, 15959, "match filter's");
  const filter = compileFilter(source, { vars, ...(collation ? { collation } : {}) });
  return function* (docs) {
    for (const doc of docs) if (filter.matches(doc)) yield doc;
  };
};

export const sort: CompileStage = (argument, { collation }) => {
  const source = documentArgument(argument, 15973, '$sort key');
  if (Object.keys(source).length === 0)
    throw new MongoFault(15976, '$sort stage must have at least one sort key');
  const by = compileSort(source, collation ? { collation } : {});
  return (docs) => [...docs].sort((a, b) => by.compare(a, b));
};

export const skip: CompileStage = (argument) => {
  const most = wholeNumber(argument, 0, 5107200, '$skip');
  return function* (docs) {
    let passed = 0;
    for (const doc of docs) if (passed++ >= most) yield doc;
  };
};

export const limit: CompileStage = (argument) => {
  const most = wholeNumber(argument, 0, 5107201, '$limit');
  if (most === 0) throw new MongoFault(15958, 'the limit must be positive');
  return function* (docs) {
    let given = 0;
    for (const doc of docs) {
      yield doc;
      if (++given === most) return;
    }
  };
};

/** `$sample`: documents drawn by chance, none twice. */
export const sample: CompileStage = (argument) => {
  const source = documentArgument(argument, 28745, '$sample stage');
  checkOptions(source, ['size'], '$sample');
  const size = wholeNumber(source['size'], 1, 28747, '$sample');
  return (docs) => {
    const left = [...docs];
    const drawn: Doc[] = [];
    while (drawn.length < size && left.length > 0) {
      const at = Math.floor(Math.random() * left.length);
      drawn.push(left[at] as Doc);
      left[at] = left.at(-1) as Doc;
      left.pop();
    }
    return drawn;
  };
};

const replacing = (expression: unknown, scope: Parameters<CompileStage>[1]): Stage => {
  const root = perDocument(expression, scope);
  return function* (docs) {
    for (const doc of docs) {
      const next = root(doc);
      if (!isDocument(next)) {
        throw new MongoFault(
          40228,
          `'newRoot' expression must evaluate to an object, but resulting value was of type ${kindOf(next)}`,
        );
      }
      yield next;
    }
  };
};

export const replaceWith: CompileStage = (argument, scope) => replacing(argument, scope);

export const replaceRoot: CompileStage = (argument, scope) => {
  const source = documentArgument(argument, 40229, '$replaceRoot');
  checkOptions(source, ['newRoot'], '$replaceRoot');
  if (!Object.hasOwn(source, 'newRoot'))
    throw new MongoFault(40231, 'no newRoot specified for the $replaceRoot stage');
  return replacing(source['newRoot'], scope);
};

/** `$unwind`: one document for each element; what is no array passes as it is. */
export const unwind: CompileStage = (argument) => {
  const source =
    typeof argument === 'string' ? { path: argument } : documentArgument(argument, 15981, '$unwind stage');
  checkOptions(source, ['path', 'includeArrayIndex', 'preserveNullAndEmptyArrays'], '$unwind');
  const { path, includeArrayIndex: index, preserveNullAndEmptyArrays: preserve }: Doc = source;
  if (typeof path !== 'string')
    throw new MongoFault(28808, 'expected a string as the path for $unwind stage');
  if (!path.startsWith('$'))
    throw new MongoFault(28818, `path option to $unwind stage should be prefixed with a '$': ${path}`);
  if (preserve !== undefined && typeof preserve !== 'boolean') {
    throw new MongoFault(
      28809,
      'expected a boolean for the preserveNullAndEmptyArrays option to $unwind stage',
    );
  }
  if (index !== undefined && (typeof index !== 'string' || index === '')) {
    throw new MongoFault(
      28810,
      'expected a non-empty string for the includeArrayIndex option to $unwind stage',
    );
  }
  if (index?.startsWith('$'))
    throw new MongoFault(
      28822,
      `includeArrayIndex option to $unwind stage should not be prefixed with a '$': ${index}`,
    );
  const parts = fieldPath(path.slice(1));
  const indexParts = index === undefined ? undefined : fieldPath(index);
  const numbered = (doc: Doc, at: number | null): Doc =>
    indexParts ? replaceAt(doc, indexParts, at === null ? null : Long.fromNumber(at)) : doc;
  return function* (docs) {
    for (const doc of docs) {
      const value = plainValue(doc, parts);
      if (isArray(value) && value.length > 0) {
        for (const [at, item] of value.entries()) yield numbered(replaceAt(doc, parts, item), at);
      } else if (isArray(value)) {
        if (preserve) yield numbered(replaceAt(doc, parts, undefined), null);
      } else if (preserve || (value !== undefined && value !== null)) {
        yield numbered(doc, null);
      }
    }
  };
};

/** The value at a path that leads through documents only. */
function plainValue(doc: Doc, parts: readonly string[]): unknown {
  let value: unknown = doc;
  for (const part of parts) value = isDocument(value) ? walkPath(value, [part], 0) : undefined;
  return value;
}

/** `$facet`: several pipelines over the same documents, one field each. */
export const facet: CompileStage = (argument, scope) => {
  const source = documentArgument(argument, 40169, '$facet');
  if (Object.keys(source).length === 0)
    throw new MongoFault(40169, 'the $facet specification must be a non-empty object');
  const nested = Object.values(source).some(
    (stages) => isArray(stages) && stages.some((stage) => isDocument(stage) && '$facet' in stage),
  );
  if (nested) throw new MongoFault(40600, '$facet is not allowed to be used within a $facet stage');
  const pipelines = Object.entries(source).map(([name, stages]) => [name, scope.inner(stages)] as const);
  return function* (docs, sources) {
    const all = [...docs];
    yield Object.fromEntries(pipelines.map(([name, run]) => [name, [...run(all, sources)]]));
  };
};

/** `$documents`: literal documents, for a pipeline without a collection. */
export const documents: CompileStage = (argument, scope) => {
  const values = perDocument(argument, scope)({});
  if (!isArray(values) || !values.every(isDocument)) {
    throw new MongoFault(5858203, 'an array of documents is expected in $documents');
  }
  return () => values;
};
