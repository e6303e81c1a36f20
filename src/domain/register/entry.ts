import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Temporal } from 'temporal-polyfill';

/** What may stand in an event: plain JSON of ids, moments, counts and hashes; never an address, never free text. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Something that happened, not yet chained. */
export interface Happening {
  readonly type: string;
  readonly data: Readonly<Record<string, Json>>;
}

/**
 * An entry of the register: a happening, who and when, and its place in the chain of one incident (or of the
 * organisation itself). `hash` covers all other fields in canonical JSON (RFC 8785), `previous` among them.
 */
export interface Entry extends Happening {
  readonly organisation: string;
  /** `incident:<id>` or `organisation:<id>`. */
  readonly chain: string;
  /** 1, 2, 3 … without a gap. */
  readonly sequence: number;
  readonly at: Temporal.Instant;
  /** The id of the person, or `tocsin`. */
  readonly by: string;
  /** The hash of the entry before, or {@link GENESIS}. */
  readonly previous: string;
  readonly hash: string;
}

/** What the first entry of every chain follows. */
export const GENESIS = '0'.repeat(64);

/** SHA-256 over the canonical JSON of everything in the entry but the hash itself; lower-case hexadecimal. */
export function hashOf(entry: Omit<Entry, 'hash'>): string {
  const { organisation, chain, sequence, at, by, type, data, previous } = entry;
  return sha256(canonical({ organisation, chain, sequence, at: at.toString(), by, type, data, previous }));
}

/** RFC 8785 canonical JSON. @throws TypeError on what JSON cannot say exactly (NaN, lone surrogates). */
export function canonical(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('undefined has no canonical JSON');
  return text;
}

/** SHA-256 of UTF-8 text or of bytes, in lower-case hexadecimal. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
