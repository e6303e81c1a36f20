import { ANY_AUTHORITY } from './conditions/questions.ts';
import { nearest } from './nearest.ts';
import type { Reference } from './regime/lint-file.ts';
import type { Regime } from './regime/parse.ts';
import type { Authority, LintProblem } from './types.ts';

/** What only shows when all law files lie side by side. */
export function lintBook(
  regimes: readonly Regime[],
  authorities: readonly Authority[],
): readonly LintProblem[] {
  const problems: LintProblem[] = [];
  const duties = new Map<string, Regime>();
  const bodies = new Set(authorities.map((authority) => authority.id));
  const ids = new Set(regimes.flatMap((regime) => regime.raw.duties.map((duty) => duty.id)));
  const titles = new Set<string>();
  for (const regime of regimes) {
    if (titles.has(regime.id)) problems.push(problem(regime, undefined, 'two-regimes', { given: regime.id }));
    titles.add(regime.id);
    for (const reference of regime.references) {
      if (reference.by === 'id') {
        const first = duties.get(reference.duty);
        if (first)
          problems.push(
            problem(regime, reference, 'two-duties', { given: reference.duty, also: first.file }),
          );
        duties.set(reference.duty, regime);
        continue;
      }
      if (reference.implied) continue;
      const known = reference.by === 'to' ? bodies : ids;
      if (known.has(reference.duty) || (reference.by === 'owed' && reference.duty === ANY_AUTHORITY))
        continue;
      const key = reference.by === 'to' ? 'unknown-authority' : 'unknown-duty';
      const values = { given: reference.duty, by: reference.by, nearest: nearest(reference.duty, known) };
      problems.push(problem(regime, reference, key, values));
    }
    problems.push(...incomplete(regime));
  }
  const circles = ([['owed'], ['formOf'], ['clock', 'with', 'before']] as const).flatMap((kinds) =>
    cycles(regimes, kinds),
  );
  // A circle of forms is one of what is owed too: told once.
  const told = new Set<string>();
  for (const circle of circles) {
    const place = `${circle.file}:${circle.line}:${circle.column}`;
    if (!told.has(place)) problems.push(circle);
    told.add(place);
  }
  return problems;
}

/** What a duty must say itself unless it is a form, which inherits. */
function incomplete(regime: Regime): readonly LintProblem[] {
  return regime.raw.duties.flatMap((duty) => {
    if (duty.formOf !== undefined) return [];
    const missing = (['notify', 'whom', 'clock', 'period', 'counting'] as const).filter(
      (key) => duty[key] === undefined,
    );
    if (missing.length === 0) return [];
    const at = regime.references.find((reference) => reference.by === 'id' && reference.duty === duty.id);
    return [problem(regime, at, 'required', { missing: missing.join(', '), duty: duty.id })];
  });
}

interface Edge {
  readonly regime: Regime;
  readonly reference: Reference;
}

/** Circles among references of some kinds, each told once, where its first duty names the next. */
function cycles(regimes: readonly Regime[], kinds: readonly Reference['by'][]): readonly LintProblem[] {
  const edges = new Map<string, Edge[]>();
  for (const regime of regimes) {
    for (const reference of regime.references) {
      const edge = edgeOf(reference, kinds);
      if (edge) edges.set(edge.from, [...(edges.get(edge.from) ?? []), { regime, reference: edge }]);
    }
  }
  const problems: LintProblem[] = [];
  const done = new Set<string>();
  const walk = (id: string, trail: readonly string[]): void => {
    if (done.has(id)) return;
    for (const { regime, reference } of edges.get(id) ?? []) {
      const start = [...trail, id].indexOf(reference.duty);
      if (start >= 0) {
        const circle = [...[...trail, id].slice(start), reference.duty].join(' > ');
        problems.push(problem(regime, reference, 'cycle', { by: reference.by, circle }));
      } else walk(reference.duty, [...trail, id]);
    }
    done.add(id);
  };
  for (const id of edges.keys()) walk(id, []);
  return problems;
}

/** Whether a duty is owed is asked of its forms too, so that a circle can close by one of them. */
function edgeOf(reference: Reference, kinds: readonly Reference['by'][]): Reference | undefined {
  if (kinds.includes(reference.by)) return reference;
  const byForm = reference.by === 'formOf' && kinds.includes('owed') && reference.from !== reference.duty;
  return byForm ? { ...reference, from: reference.duty, duty: reference.from } : undefined;
}

function problem(
  regime: Regime,
  at: { readonly line: number; readonly column: number } | undefined,
  key: string,
  values: Record<string, unknown>,
): LintProblem {
  const told = Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name} ${String(value)}`);
  const { line, column } = at ?? { line: 1, column: 1 };
  return { file: regime.file, line, column, key, values, message: `${key}: ${told.join('; ')}` };
}
