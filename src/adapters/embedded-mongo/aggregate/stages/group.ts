import { Int32 } from 'bson';
import { CODE, MongoFault } from '../../errors.ts';
import { setField } from '../../values/decode.ts';
import type { Doc } from '../../values/decode.ts';
import { isArray, isDocument } from '../../values/kind.ts';
import { partOf } from '../../values/key.ts';
import { parseAccumulator } from '../accumulators.ts';
import { order } from '../operators/arguments.ts';
import { checkOptions, documentArgument, perDocument } from './stage.ts';
import type { CompileStage, Stage, StageScope } from './stage.ts';

interface Field {
  readonly name: string;
  readonly create: ReturnType<typeof parseAccumulator>['create'];
  readonly value: (doc: Doc) => unknown;
}

interface Group {
  readonly id: unknown;
  readonly gathered: readonly { readonly field: Field; readonly into: ReturnType<Field['create']> }[];
}

function compileFields(source: Doc, scope: StageScope): Field[] {
  return Object.entries(source).map(([name, accumulator]) => {
    if (name.includes('.')) throw new MongoFault(40235, `The field name '${name}' cannot contain '.'`);
    if (name.startsWith('$'))
      throw new MongoFault(40236, `The field name '${name}' cannot be an operator name`);
    const { create, operand } = parseAccumulator(name, accumulator);
    return { name, create, value: perDocument(operand, scope) };
  });
}

/** `$group`: one document a key, in the order in which the keys first appear. */
export const group: CompileStage = (argument, scope) => {
  const source = documentArgument(argument, 15947, "$group's");
  if (!Object.hasOwn(source, '_id')) throw new MongoFault(15955, 'a group specification must include an _id');
  const { _id, ...rest } = source;
  const keyOf = perDocument(_id, scope);
  return grouping((doc) => keyOf(doc) ?? null, compileFields(rest, scope), scope);
};

function grouping(keyOf: (doc: Doc) => unknown, fields: readonly Field[], scope: StageScope): Stage {
  return function* (docs) {
    const groups = new Groups(fields, scope);
    for (const doc of docs) {
      for (const { field, into } of groups.of(keyOf(doc)).gathered) into.take(field.value(doc));
    }
    for (const { id, gathered } of groups.all()) {
      const made: Doc = { _id: id };
      for (const { field, into } of gathered) setField(made, field.name, into.result());
      yield made;
    }
  };
}

/** The groups so far. Keys that compare equal (5 and NumberLong(5)) are one; the first gives the `_id`. */
class Groups {
  private readonly byKey = new Map<string, Group>();
  private readonly collated: Group[] = [];
  private readonly fields: readonly Field[];
  private readonly scope: StageScope;

  constructor(fields: readonly Field[], scope: StageScope) {
    this.fields = fields;
    this.scope = scope;
  }

  of(id: unknown): Group {
    if (this.scope.strings) return this.ofCollated(id);
    const key = partOf(id, 1);
    const known = this.byKey.get(key);
    if (known) return known;
    const made = this.create(id);
    this.byKey.set(key, made);
    return made;
  }

  all(): Iterable<Group> {
    return this.scope.strings ? this.collated : this.byKey.values();
  }

  private ofCollated(id: unknown): Group {
    const known = this.collated.find((other) => order(other.id, id, this.scope) === 0);
    if (known) return known;
    const made = this.create(id);
    this.collated.push(made);
    return made;
  }

  private create(id: unknown): Group {
    return { id, gathered: this.fields.map((field) => ({ field, into: field.create(this.scope) })) };
  }
}

/** `$sortByCount`: groups by an expression and sorts by their number, the largest first. */
export const sortByCount: CompileStage = (argument, scope) => {
  const expression = isDocument(argument) ? Object.keys(argument).some((name) => name.startsWith('$')) : true;
  const reference = typeof argument === 'string' && argument.startsWith('$');
  if (!reference && !(isDocument(argument) && expression)) {
    throw new MongoFault(
      40147,
      'the sortByCount field must be defined as a $-prefixed path or an expression',
    );
  }
  const counted = group({ _id: argument, count: { $sum: new Int32(1) } }, scope);
  return function* (docs, sources) {
    yield* [...counted(docs, sources)].sort((a, b) => order(b['count'], a['count'], scope));
  };
};

/** `$bucket`: groups by the half-open range in which a value falls, in the order of the boundaries. */
export const bucket: CompileStage = (argument, scope) => {
  const source = documentArgument(argument, 40201, '$bucket');
  checkOptions(source, ['groupBy', 'boundaries', 'default', 'output'], '$bucket');
  const boundaries = boundariesOf(source, scope);
  const value = perDocument(source['groupBy'], scope);
  const fallback = Object.hasOwn(source, 'default')
    ? { id: perDocument(source['default'], scope)({}) }
    : undefined;
  const keyOf = (doc: Doc): unknown => {
    const at = bucketOf(value(doc), boundaries, scope);
    if (at !== undefined) return at;
    if (fallback) return fallback.id;
    throw new MongoFault(
      40066,
      '$switch could not find a matching branch for an input, and no default was specified.',
    );
  };
  const output = source['output'] ?? { count: { $sum: new Int32(1) } };
  if (!isDocument(output)) throw new MongoFault(40196, "The $bucket 'output' field must be an object");
  const grouped = grouping(keyOf, compileFields(output, scope), scope);
  return function* (docs, sources) {
    yield* [...grouped(docs, sources)].sort((a, b) => order(a['_id'], b['_id'], scope));
  };
};

function boundariesOf(source: Doc, scope: StageScope): readonly unknown[] {
  const { boundaries } = source;
  if (!Object.hasOwn(source, 'groupBy') || !isArray(boundaries)) {
    throw new MongoFault(40198, "$bucket requires 'groupBy' and 'boundaries' to be specified.");
  }
  if (boundaries.length < 2)
    throw new MongoFault(40192, "The $bucket 'boundaries' field must have at least 2 values");
  const values = boundaries.map((boundary) => perDocument(boundary, scope)({}));
  const unsorted = values.some((value, at) => at > 0 && order(values[at - 1], value, scope) >= 0);
  if (unsorted)
    throw new MongoFault(40194, "The 'boundaries' option to $bucket must be sorted in ascending order");
  return values;
}

function bucketOf(value: unknown, boundaries: readonly unknown[], scope: StageScope): unknown {
  const above = boundaries.findIndex((boundary) => order(value, boundary, scope) < 0);
  return above > 0 ? boundaries[above - 1] : undefined;
}

/** `$count`: one document with the number of documents; none for none. */
export const count: CompileStage = (argument) => {
  const name = countName(argument);
  return function* (docs) {
    const total = [...docs].length;
    if (total > 0) yield { [name]: new Int32(total) };
  };
};

export function countName(argument: unknown): string {
  if (typeof argument !== 'string' || argument === '')
    throw new MongoFault(40156, 'the count field must be a non-empty string');
  if (argument.startsWith('$')) throw new MongoFault(40158, 'the count field cannot be a $-prefixed path');
  if (argument.includes('.')) throw new MongoFault(40160, "the count field cannot contain '.'");
  if (argument === '_id') throw new MongoFault(CODE.BadValue, "the count field cannot be '_id'");
  return argument;
}
