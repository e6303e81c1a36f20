import type { Temporal } from 'temporal-polyfill';
import type { Actor } from '../access/roles.ts';
import { chain } from '../register/chain.ts';
import type { Happening, Json } from '../register/entry.ts';
import { cardOf } from './card.ts';
import type { Incident } from './incident.ts';

/** What every command is given besides its input: never taken from the machine. */
export interface Context {
  readonly at: Temporal.Instant;
  readonly actor: Actor;
  /** The key of idempotency under which the command came, if any. */
  readonly key?: string;
}

/** An incident as a command leaves it: new state, what happened, and what the caller is answered. */
export interface Change<T = undefined> {
  readonly incident: Incident;
  readonly answer: T;
}

const KEYS_KEPT = 20;

/**
 * Closes a command: chains its happenings, raises the version, remembers its key and draws the card anew.
 * Without a happening nothing has changed, and the incident comes back as it was.
 */
export function settle<T extends Json | undefined>(
  before: Incident,
  changes: Partial<Incident>,
  happenings: readonly Happening[],
  context: Context,
  answer: T,
): Change<T> {
  if (happenings.length === 0) return { incident: before, answer };
  const { head, entries } = chain(
    before.register,
    { organisation: before.organisation, chain: chainOf(before.id) },
    happenings,
    { at: context.at, by: context.actor.user },
  );
  const seen = context.key
    ? [...before.seen, { key: context.key, result: answer ?? null }].slice(-KEYS_KEPT)
    : before.seen;
  const next: Incident = {
    ...before,
    ...changes,
    version: before.version + 1,
    register: head,
    outbox: [...before.outbox, ...entries],
    seen,
  };
  return { incident: { ...next, card: cardOf(next) }, answer };
}

/** The answer that this key got before, if it has been seen: the repeat of a double click changes nothing. */
export function replayed(incident: Incident, key: string | undefined): { readonly result: Json } | undefined {
  if (key === undefined) return undefined;
  return incident.seen.find((seen) => seen.key === key);
}

export function chainOf(incidentId: string): string {
  return `incident:${incidentId}`;
}
