import { compilePipeline } from '../aggregate/pipeline.ts';
import { CODE, MongoFault } from '../errors.ts';
import { namespace } from '../store/namespace.ts';
import type { Doc } from '../values/decode.ts';
import type { Reply } from '../wire.ts';
import { checkFields, document, documents, text } from './call.ts';
import type { Call, Command } from './call.ts';
import { aggregateCommands } from './aggregate.ts';
import { findAndModifyCommands } from './find-and-modify.ts';
import { explainSearch } from './plan.ts';
import { letOf, queryOf, readCommands } from './read.ts';
import type { Query } from './search.ts';
import { writeCommands } from './write.ts';

/** Commands whose plan can be told. */
const EXPLAINED: Record<string, Command> = {
  ...readCommands,
  ...writeCommands,
  ...findAndModifyCommands,
  ...aggregateCommands,
};

/** The statement inside a command whose plan is asked for. */
function queryIn(name: string, body: Doc): Query {
  switch (name) {
    case 'find':
      return queryOf(body, 'filter');
    case 'count':
    case 'distinct':
    case 'findAndModify':
    case 'findandmodify':
      return queryOf(body, 'query');
    case 'update':
      return queryOf(documents(body, 'updates')?.[0] ?? {}, 'q');
    case 'delete':
      return queryOf(documents(body, 'deletes')?.[0] ?? {}, 'q');
    case 'aggregate': {
      const vars = letOf(body);
      const { leadingFilter, leadingSort } = compilePipeline(
        documents(body, 'pipeline') ?? [],
        vars ? { vars } : {},
      );
      return { ...queryOf(body, ''), filter: leadingFilter, sort: leadingSort };
    }
    default:
      throw new MongoFault(CODE.IllegalOperation, `Explain failed due to unsupported command: ${name}`);
  }
}

function explain(call: Call): Reply {
  const inner = document(call.body, 'explain') ?? {};
  const name = Object.keys(inner)[0] ?? '';
  const body: Doc = { ...inner, $db: call.db };
  checkFields({ ...call, name, body }, EXPLAINED[name]?.fields ?? Object.keys(body));
  const query = queryIn(name, body);
  const verbosity = call.body.verbosity === undefined ? 'allPlansExecution' : text(call.body, 'verbosity');
  return { doc: explainSearch(call.engine, namespace(call.db, text(inner, name)), query, verbosity) };
}

/** How a command would be run. */
export const explainCommands: Record<string, Command> = {
  explain: { writes: false, fields: ['verbosity'], run: explain },
};
