import type { Plan } from '../index/planner.ts';
import type { Doc } from '../values/decode.ts';
import type { Engine } from './call.ts';
import { Search } from './search.ts';
import type { Query } from './search.ts';

function stageOf(plan: Plan): Doc {
  if (plan.kind === 'scan') return { stage: 'COLLSCAN', direction: plan.reverse ? 'backward' : 'forward' };
  if (plan.kind === 'union') {
    return { stage: 'FETCH', inputStage: { stage: 'OR', inputStages: plan.plans.map(inputOf) } };
  }
  return { stage: 'FETCH', inputStage: inputOf(plan) };
}

function inputOf(plan: Plan): Doc {
  if (plan.kind !== 'index') return stageOf(plan);
  const { name, raw, unique, sparse, partial } = plan.index.spec;
  return {
    stage: 'IXSCAN',
    keyPattern: raw.key,
    indexName: name,
    isUnique: unique,
    isSparse: sparse,
    isPartial: partial !== undefined,
    direction: 'forward',
  };
}

/** `FETCH` over `IXSCAN`, `COLLSCAN`, and `SORT` around it where the order does not come from an index. */
export function explainSearch(engine: Engine, ns: string, query: Query, verbosity: string): Doc {
  const collection = engine.store.collection(ns);
  if (!collection) return { queryPlanner: planner(ns, query, { stage: 'EOF' }), ok: 1 };
  const search = new Search(collection, query);
  const inner = stageOf(search.plan);
  const winningPlan = search.sortsInMemory
    ? { stage: 'SORT', sortPattern: query.sort, inputStage: inner }
    : inner;
  const queryPlanner = planner(ns, query, winningPlan);
  if (verbosity === 'queryPlanner') return { queryPlanner, ok: 1 };
  const started = performance.now();
  let nReturned = 0;
  for (const hit of search.hits()) nReturned += hit.record > 0 ? 1 : 0;
  const executionStats = {
    executionSuccess: true,
    nReturned,
    executionTimeMillis: Math.round(performance.now() - started),
    totalKeysExamined: search.plan.kind === 'scan' ? 0 : search.examined,
    totalDocsExamined: search.examined,
    executionStages: winningPlan,
  };
  return { queryPlanner, executionStats, ok: 1 };
}

function planner(namespaceName: string, query: Query, winningPlan: Doc): Doc {
  return { namespace: namespaceName, parsedQuery: query.filter, winningPlan, rejectedPlans: [] };
}
