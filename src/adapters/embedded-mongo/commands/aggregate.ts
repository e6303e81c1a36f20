import { compilePipeline } from '../aggregate/pipeline.ts';
import type { Output, Pipeline } from '../aggregate/pipeline.ts';
import { CODE, MongoFault } from '../errors.ts';
import { namespace } from '../store/namespace.ts';
import { decode, encode } from '../values/decode.ts';
import type { Doc } from '../values/decode.ts';
import type { Reply } from '../wire.ts';
import { collStats } from './admin.ts';
import {
  deadlineOf,
  document,
  documents,
  flag,
  hintOf,
  isDoc,
  isNumeric,
  notImplemented,
  target,
  wholeNumber,
} from './call.ts';
import type { Call, Command } from './call.ts';
import { ListSupply } from './cursors.ts';
import { explainSearch } from './plan.ts';
import { mergeInto, replaceBy } from './output.ts';
import { countHits, letOf } from './read.ts';
import { Search } from './search.ts';
import type { Query } from './search.ts';

/** Stages that stand for documents of the server itself, first in a pipeline on a whole database. */
const SOURCE_STAGES = new Set(['$listLocalSessions', '$documents']);

type Compile = (stages: Doc[]) => Pipeline;

interface Input {
  readonly ns: string;
  readonly stages: Doc[];
  /** Documents that come from no collection. */
  readonly given?: Doc[];
}

function inputOf(call: Call): Input {
  const stages = documents(call.body, 'pipeline');
  if (!stages) throw new MongoFault(CODE.TypeMismatch, "'pipeline' option must be specified as an array");
  const first = Object.keys(stages[0] ?? {})[0] ?? '';
  if (first === '$changeStream') {
    throw new MongoFault(
      CODE.ChangeStreamNeedsReplicaSet,
      'The $changeStream stage is only supported on replica sets',
    );
  }
  if (first === '$collStats') return statistics(call, stages);
  if (!isNumeric(call.body.aggregate)) return { ns: target(call), stages };
  if (!SOURCE_STAGES.has(first)) {
    // A stage that this engine does not do ($currentOp) is refused as such.
    compilePipeline(stages);
    throw new MongoFault(
      CODE.InvalidNamespace,
      `{aggregate: 1} is not valid for '${first}'; a collection is required.`,
    );
  }
  const ns = `${call.db}.$cmd.aggregate`;
  if (first === '$documents') return { ns, stages, given: [] };
  return { ns, stages: stages.slice(1), given: [{ _id: {} }] };
}

/** `$collStats`, with which shells ask for the size of a collection and older drivers for its count. */
function statistics(call: Call, stages: Doc[]): Input {
  const ns = target(call);
  const asked = stages[0]?.$collStats;
  const known = ['storageStats', 'count'];
  if (!isDoc(asked) || !Object.keys(asked).every((part) => known.includes(part))) {
    throw notImplemented(`$collStats for anything but ${known.join(' and ')}`);
  }
  const { doc } = collStats(call);
  const given: Doc = {
    ns,
    localTime: new Date(),
    ...('storageStats' in asked && { storageStats: doc }),
    ...('count' in asked && { count: doc.count }),
  };
  return { ns, stages: stages.slice(1), given: [given] };
}

function queryOf(body: Doc, pipeline: Pipeline, vars: Doc | undefined): Query {
  return {
    filter: pipeline.leadingFilter,
    sort: pipeline.leadingSort,
    hint: hintOf(body),
    collation: document(body, 'collation'),
    vars,
    deadline: deadlineOf(body),
  };
}

/** The stages behind those that the search does itself: the leading matches and the sort that follows them. */
function afterSearch(stages: readonly Doc[], pipeline: Pipeline): Doc[] {
  const matches = stages.findIndex((stage) => !('$match' in stage));
  if (matches < 0) return [];
  return stages.slice(matches + (pipeline.leadingSort ? 1 : 0));
}

function* decoded(search: Search): Generator<Doc> {
  for (const { bytes } of search.hits()) yield decode(bytes);
}

function run({ engine: { store }, db }: Call, input: Input, compile: Compile, query: Query): Doc[] {
  const pipeline = compile(input.stages);
  const lookup = (name: string): Iterable<Doc> => {
    const other = store.collection(namespace(db, name));
    return other ? decoded(new Search(other, { filter: {} })) : [];
  };
  if (input.given) return pipeline.run(input.given, lookup);
  const collection = store.collection(input.ns);
  if (!collection) return pipeline.run([], lookup);
  const search = new Search(collection, query);
  // What drivers send as countDocuments: nothing is decoded but what the filter reads.
  if (pipeline.counted) return pipeline.counted(countHits(search));
  return compile(afterSearch(input.stages, pipeline)).run(decoded(search), lookup);
}

function aggregate(call: Call): Reply {
  const { body, engine } = call;
  const input = inputOf(call);
  const vars = letOf(body);
  const collation = document(body, 'collation');
  const compile: Compile = (stages) =>
    compilePipeline(stages, { ...(vars && { vars }), ...(collation && { collation }) });
  const pipeline = compile(input.stages);
  const query = queryOf(body, pipeline, vars);
  if (flag(body, 'explain')) return { doc: explainSearch(engine, input.ns, query, 'queryPlanner') };
  const cursor = document(body, 'cursor');
  if (!cursor) {
    const message = "The 'cursor' option is required, except for aggregate with the explain argument";
    throw new MongoFault(CODE.FailedToParse, message);
  }
  const results = run(call, input, compile, query);
  if (pipeline.output) write(call, pipeline.output, results);
  const answer = pipeline.output ? [] : results.map((doc) => encode(doc));
  const options = cursor.batchSize === undefined ? {} : { batchSize: wholeNumber(cursor, 'batchSize', 0) };
  return engine.cursors.first(input.ns, new ListSupply(answer), options);
}

function write({ engine: { store }, db }: Call, output: Output, results: readonly Doc[]): void {
  const ns = namespace(output.db ?? db, output.collection);
  if (output.kind === 'out') replaceBy(store, ns, results);
  else mergeInto(store, ns, output, results);
}

function lastStageWrites({ body }: Call): boolean {
  const stages = Array.isArray(body.pipeline) ? (body.pipeline as unknown[]) : [];
  const last = stages.at(-1);
  return typeof last === 'object' && last !== null && ('$out' in last || '$merge' in last);
}

/** Aggregation, read and written. */
export const aggregateCommands: Record<string, Command> = {
  aggregate: {
    writes: lastStageWrites,
    fields: [
      'pipeline',
      'cursor',
      'allowDiskUse',
      'explain',
      'hint',
      'let',
      'collation',
      'bypassDocumentValidation',
    ],
    run: aggregate,
  },
};
