import { ObjectId } from 'bson';
import { compilePipeline } from '../aggregate/pipeline.ts';
import { CODE, MongoFault } from '../errors.ts';
import type { Filter } from '../query/match.ts';
import { equal } from '../values/compare.ts';
import type { Doc } from '../values/decode.ts';
import { compileOperators } from './operator-update.ts';
import { show } from '../values/show.ts';

/** What an update needs to know of the statement that runs it. */
export interface UpdateContext {
  /** The statement's filter: it knows which array element `$` stands for. */
  readonly filter: Filter;
  /** Whether the document is a seed (see `upsertSeed`) that is about to be inserted. */
  readonly inserting: boolean;
}

/** A compiled update. */
export interface Update {
  readonly kind: 'replacement' | 'operators' | 'pipeline';
  /**
   * The updated document, `_id` first; a new one, or `doc` itself when nothing changed. Never mutates `doc`;
   * the two may share parts. Throws MongoFault.
   */
  apply(doc: Doc, context: UpdateContext): Doc;
}

export interface UpdateOptions {
  readonly arrayFilters?: Doc[];
  /** The values (not expressions) of the command's `let`. */
  readonly vars?: Doc;
  readonly multi?: boolean;
}

/** Compiles the `u` of an update statement, or the `update` of a findAndModify. Throws MongoFault. */
export function compileUpdate(update: Doc | Doc[], options: UpdateOptions = {}): Update {
  if (Array.isArray(update))
    return { kind: 'pipeline', apply: withId(compilePipelineUpdate(update, options)) };
  if (Object.keys(update)[0]?.startsWith('$')) {
    return { kind: 'operators', apply: withId(compileOperators(update, options)) };
  }
  return { kind: 'replacement', apply: withId(compileReplacement(update, options)) };
}

type Apply = Update['apply'];

const failed = (message: string): MongoFault => new MongoFault(CODE.FailedToParse, message);

function compileReplacement(replacement: Doc, { arrayFilters, multi }: UpdateOptions): Apply {
  if (multi) throw failed('multi update is not supported for replacement-style update');
  if (arrayFilters?.length) throw failed('arrayFilters may not be specified for replacement-style updates');
  const dollar = Object.keys(replacement).find((name) => name.startsWith('$'));
  if (dollar !== undefined) {
    throw new MongoFault(
      CODE.DollarPrefixedFieldName,
      `The dollar ($) prefixed field '${dollar}' in '${dollar}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
    );
  }
  const given = replacement['_id'];
  return (doc) => {
    const id = doc['_id'];
    if (id === undefined) return replacement;
    if (given !== undefined && !equal(given, id)) {
      throw new MongoFault(
        CODE.ImmutableField,
        `After applying the update, the (immutable) field '_id' was found to have been altered to _id: ${show(given)}`,
      );
    }
    return { ...replacement, _id: id };
  };
}

const UPDATE_STAGES = ['$addFields', '$set', '$project', '$unset', '$replaceRoot', '$replaceWith'];

function compilePipelineUpdate(stages: Doc[], { arrayFilters, vars }: UpdateOptions): Apply {
  if (arrayFilters?.length) throw failed('arrayFilters may not be specified for pipeline-syle updates');
  const foreign = stages
    .flatMap((stage) => Object.keys(stage))
    .find((name) => name.startsWith('$') && !UPDATE_STAGES.includes(name));
  if (foreign !== undefined) {
    throw new MongoFault(CODE.InvalidOptions, `${foreign} is not allowed to be used within an update`);
  }
  const pipeline = compilePipeline(stages, vars ? { vars } : {});
  return (doc) => {
    const [after = {}] = pipeline.run([doc], () => []);
    const id = doc['_id'];
    if (id === undefined) return after;
    // A stage that drops `_id` ($replaceWith, $project) leaves the document's own in place.
    if (after['_id'] !== undefined && !equal(after['_id'], id)) {
      throw new MongoFault(
        CODE.ImmutableField,
        `Performing an update on the path '_id' would modify the immutable field '_id'`,
      );
    }
    return { ...after, _id: id };
  };
}

function withId(apply: Apply): Apply {
  return (doc, context) => {
    const after = apply(doc, context);
    if (context.inserting && after['_id'] === undefined) return { _id: new ObjectId(), ...after };
    if (after === doc || Object.keys(after)[0] === '_id' || after['_id'] === undefined) return after;
    const { _id, ...rest } = after;
    return { _id, ...rest };
  };
}
