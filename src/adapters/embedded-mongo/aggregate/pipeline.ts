import { Int32 } from 'bson';
import { CODE, MongoFault } from '../errors.ts';
import { compileCollation } from '../values/collation.ts';
import type { Doc } from '../values/decode.ts';
import { isArray, isDocument, isNumber } from '../values/kind.ts';
import { newScope } from './expression.ts';
import { parseMerge, parseOut } from './output.ts';
import type { Output } from './output.ts';
import {
  documents,
  facet,
  limit,
  match,
  replaceRoot,
  replaceWith,
  sample,
  skip,
  sort,
  unwind,
} from './stages/documents.ts';
import { bucket, count, countName, group, sortByCount } from './stages/group.ts';
import { lookup } from './stages/lookup.ts';
import { addFields, project, unset } from './stages/project.ts';
import type { CompileStage, Stage, StageScope } from './stages/stage.ts';

export type { Output } from './output.ts';

/** A compiled pipeline. `run` returns new documents and never mutates those that it is given. */
export interface Pipeline {
  /** The conditions of the leading `$match` stages, for the planner; `{}` when there are none. */
  readonly leadingFilter: Doc;
  /** The `$sort` that follows the leading `$match`, if there is one. */
  readonly leadingSort?: Doc;
  /** The name of the count, when the pipeline does nothing but count what `leadingFilter` finds. */
  readonly countOnly?: string;
  /** The result of a pipeline that only counts, from the number of documents; present with `countOnly`. */
  readonly counted?: (total: number) => Doc[];
  readonly output?: Output;
  /** All stages in turn, the leading ones too. `lookup` gives the documents of another collection. */
  run(docs: Iterable<Doc>, lookup: (collection: string) => Iterable<Doc>): Doc[];
}

export interface PipelineOptions {
  /** The values (not expressions) of the command's `let`. */
  readonly vars?: Doc;
  readonly collation?: Doc;
}

/** The whitelist: every stage that this engine runs, `$out` and `$merge` aside. */
const STAGES: Readonly<Record<string, CompileStage>> = {
  $addFields: addFields,
  $bucket: bucket,
  $count: count,
  $documents: documents,
  $facet: facet,
  $group: group,
  $limit: limit,
  $lookup: lookup,
  $match: match,
  $project: project,
  $replaceRoot: replaceRoot,
  $replaceWith: replaceWith,
  $sample: sample,
  $set: addFields,
  $skip: skip,
  $sort: sort,
  $sortByCount: sortByCount,
  $unset: unset,
  $unwind: unwind,
};

/** What MongoDB 7.0 knows and this engine refuses by name (238). */
const REFUSED_STAGES: ReadonlySet<string> = new Set([
  '$bucketAuto',
  '$changeStreamSplitLargeEvent',
  '$collStats',
  '$currentOp',
  '$densify',
  '$fill',
  '$geoNear',
  '$graphLookup',
  '$indexStats',
  '$listLocalSessions',
  '$listSampledQueries',
  '$listSearchIndexes',
  '$listSessions',
  '$planCacheStats',
  '$querySettings',
  '$queryStats',
  '$redact',
  '$search',
  '$searchMeta',
  '$setWindowFields',
  '$shardedDataDistribution',
  '$unionWith',
  '$vectorSearch',
]);

/** Compiles a pipeline. Throws MongoFault for what MongoDB refuses and for what this engine does not do. */
export function compilePipeline(stages: Doc[], options: PipelineOptions = {}): Pipeline {
  const { vars = {}, collation } = options;
  const { stages: reading, output } = splitOutput(stages);
  const run = compileStages(reading, scopeOf(vars, collation));
  return {
    ...leadingParts(reading),
    ...(output ? { output } : {}),
    run: (docs, find) => [...run(docs, { lookup: find })],
  };
}

function scopeOf(vars: Doc, collation: Doc | undefined): StageScope {
  return {
    ...newScope(Object.keys(vars), compileCollation(collation)),
    vars,
    collation,
    inner: (stages, more = {}) => {
      if (!isArray(stages)) throw new MongoFault(CODE.FailedToParse, 'a pipeline must be an array of stages');
      return compileStages(stages, scopeOf({ ...vars, ...more }, collation));
    },
  };
}

function compileStages(stages: readonly unknown[], scope: StageScope): Stage {
  const compiled = stages.map((stage) => compileStage(stage, scope));
  return (docs, sources) => compiled.reduce<Iterable<Doc>>((flow, stage) => stage(flow, sources), docs);
}

function compileStage(source: unknown, scope: StageScope): Stage {
  const [name, argument] = entryOf(source);
  const compile = Object.hasOwn(STAGES, name) ? STAGES[name] : undefined;
  if (compile) return compile(argument, scope);
  if (name === '$out' || name === '$merge')
    throw new MongoFault(40601, `${name} can only be the final stage in the pipeline`);
  if (name === '$changeStream') {
    throw new MongoFault(
      CODE.ChangeStreamNeedsReplicaSet,
      'The $changeStream stage is only supported on replica sets',
    );
  }
  if (REFUSED_STAGES.has(name)) {
    throw new MongoFault(CODE.NotImplemented, `This store does not implement the stage ${name}`);
  }
  throw new MongoFault(40324, `Unrecognized pipeline stage name: '${name}'`);
}

function entryOf(stage: unknown): [string, unknown] {
  if (!isDocument(stage))
    throw new MongoFault(CODE.TypeMismatch, 'Each element of the pipeline array must be an object');
  const entries = Object.entries(stage);
  const [entry] = entries;
  if (!entry || entries.length > 1) {
    throw new MongoFault(40323, 'A pipeline stage specification object must contain exactly one field.');
  }
  return entry;
}

function splitOutput(stages: Doc[]): { stages: Doc[]; output?: Output } {
  const last = stages.at(-1);
  if (!last) return { stages };
  const [name, argument] = entryOf(last);
  if (name !== '$out' && name !== '$merge') return { stages };
  return { stages: stages.slice(0, -1), output: name === '$out' ? parseOut(argument) : parseMerge(argument) };
}

function leadingParts(
  stages: Doc[],
): Pick<Pipeline, 'leadingFilter' | 'leadingSort' | 'countOnly' | 'counted'> {
  const split = stages.findIndex((stage) => !Object.hasOwn(stage, '$match'));
  const leading = split === -1 ? stages : stages.slice(0, split);
  const rest = split === -1 ? [] : stages.slice(split);
  const filters = leading.map((stage) => stage['$match'] as Doc);
  const [only = {}] = filters;
  const leadingFilter = filters.length > 1 ? { $and: filters } : only;
  const order = rest[0]?.['$sort'];
  return { leadingFilter, ...(isDocument(order) ? { leadingSort: order } : {}), ...countParts(rest) };
}

/** `countDocuments` sends `{$group: {_id: 1, n: {$sum: 1}}}`: that needs no document, only their number. */
function countParts(rest: Doc[]): Pick<Pipeline, 'countOnly' | 'counted'> {
  const [stage, more] = rest;
  if (!stage || more) return {};
  if (Object.hasOwn(stage, '$count')) {
    const name = countName(stage['$count']);
    return { countOnly: name, counted: (total) => (total === 0 ? [] : [{ [name]: new Int32(total) }]) };
  }
  const groupBy = stage['$group'];
  if (!isDocument(groupBy) || Object.keys(groupBy).length !== 2) return {};
  const { _id: id, ...fields } = groupBy;
  const [[name, accumulator] = ['', undefined]] = Object.entries(fields);
  const constant = id === null || isNumber(id);
  const counts =
    isDocument(accumulator) && Object.keys(accumulator).length === 1 && isOne(accumulator['$sum']);
  if (!constant || !counts) return {};
  return {
    countOnly: name,
    counted: (total) => (total === 0 ? [] : [{ _id: id, [name]: new Int32(total) }]),
  };
}

const isOne = (value: unknown): boolean => value === 1 || (value instanceof Int32 && value.value === 1);
