/**
 * The expected failures of Tocsin, as values. Sentences for people are made at the edges from
 * `templates/messages/<locale>.yaml`: here stand keys and values only.
 */

/** One fault of an input: where it is (`facts.awareAt`, `people[3].email`), which rule it breaks, with what. */
export interface Problem {
  readonly path: string;
  readonly key: string;
  readonly values?: Readonly<Record<string, unknown>>;
}

/** What was given cannot be taken; every problem at once, and nothing of it was stored. */
export interface InvalidInput {
  readonly kind: 'invalid-input';
  readonly problems: readonly Problem[];
}

/** The person may not do this; `reason` says why beyond the table of permissions (the author of a notice, say). */
export interface NotAllowed {
  readonly kind: 'not-allowed';
  readonly permission: string;
  readonly reason?: string;
  readonly values?: Readonly<Record<string, unknown>>;
}

/** There is no such thing, or not for this organisation: the two are not told apart. */
export interface NotFound {
  readonly kind: 'not-found';
  readonly what: string;
  readonly id: string;
}

/** Someone changed exactly this in the meantime; both versions are given so that nothing typed is lost. */
export interface StaleVersion {
  readonly kind: 'stale-version';
  readonly subject: string;
  readonly shown: number;
  readonly current: number;
  readonly theirs: unknown;
  readonly yours: unknown;
}

/** The stage cannot be closed yet; the tasks and facts it waits for are named. */
export interface StageGateClosed {
  readonly kind: 'stage-gate-closed';
  readonly stage: string;
  readonly tasks: readonly string[];
  readonly facts: readonly string[];
}

/** The thing is not in a state in which this can be done (`filed` cannot be submitted again). */
export interface WrongState {
  readonly kind: 'wrong-state';
  readonly what: string;
  readonly state: string;
  readonly key: string;
}

/** What is about to leave the house is not what was approved. */
export interface SealBroken {
  readonly kind: 'seal-broken';
  readonly notice: string;
  readonly part: string;
}

export type DomainError =
  InvalidInput | NotAllowed | NotFound | StaleVersion | StageGateClosed | WrongState | SealBroken;

/** An {@link InvalidInput} with a single problem. */
export function invalid(path: string, key: string, values?: Record<string, unknown>): InvalidInput {
  return { kind: 'invalid-input', problems: [values ? { path, key, values } : { path, key }] };
}
