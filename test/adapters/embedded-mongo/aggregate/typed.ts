import { compilePipeline } from '../../../../src/adapters/embedded-mongo/aggregate/pipeline.ts';
import type { PipelineOptions } from '../../../../src/adapters/embedded-mongo/aggregate/pipeline.ts';
import { evaluate } from '../../../../src/adapters/embedded-mongo/aggregate/expression.ts';
import type { Doc } from '../../../../src/adapters/embedded-mongo/values/decode.ts';
import { shown, typed } from '../update/typed.ts';

export { double, faultOf, int, long, shown, typed } from '../update/typed.ts';

/** The value of an expression over one document, both in plain JavaScript; `undefined` for missing. */
export function value(expression: unknown, doc: Doc = {}): unknown {
  const { e } = typed({ e: expression });
  const result = evaluate(e, typed(doc));
  return result === undefined ? undefined : typed({ result })['result'];
}

/** Runs a pipeline over some documents and checks that they stay as they were. */
export function results(
  docs: Doc[],
  stages: Doc[],
  { others = {}, ...options }: PipelineOptions & { readonly others?: Readonly<Record<string, Doc[]>> } = {},
): Doc[] {
  const before = docs.map(typed);
  const copy = shown({ before });
  const pipeline = compilePipeline(stages.map(typed), options);
  const after = pipeline.run(before, (name) => (others[name] ?? []).map(typed));
  if (shown({ before }) !== copy) throw new Error('the pipeline changed its input');
  return after.map(typed);
}
