import type { Temporal } from 'temporal-polyfill';

/** A bearer token of a person, for programs. The secret itself is told once and stored nowhere. */
export interface ApiToken {
  readonly id: string;
  readonly organisation: string;
  /** Whose rights it carries, as they stand at each request. */
  readonly user: string;
  /** What it is for, in the words of who made it. */
  readonly name: string;
  readonly createdAt: Temporal.Instant;
  readonly createdBy: string;
  /** To the hour: enough to find those that nobody uses. */
  readonly lastUsedAt?: Temporal.Instant;
}

export interface ApiTokens {
  /** @param hash SHA-256 of the secret, in hexadecimal */
  put(token: ApiToken, hash: string): Promise<void>;
  byHash(hash: string): Promise<ApiToken | null>;
  of(organisation: string): Promise<readonly ApiToken[]>;
  /** @returns the token that was there, or null */
  remove(organisation: string, id: string): Promise<ApiToken | null>;
  used(organisation: string, id: string, at: Temporal.Instant): Promise<void>;
}

/** A request that came before under the same key of idempotency. */
export interface Claimed {
  /** Says which request it was, so that another one under the same key is found out. */
  readonly fingerprint: string;
  /** What it was answered; null while it is still worked on. */
  readonly answer: string | null;
}

/** The answers of the last day to requests that came with a key of idempotency; sealed at rest. */
export interface Answers {
  /**
   * Takes the key for a request. One that was taken before `staleBefore` and never answered (its process died) is
   * taken over. @returns null if the key is the caller's now
   */
  claim(
    of: { readonly organisation: string; readonly id: string; readonly fingerprint: string },
    at: Temporal.Instant,
    staleBefore: Temporal.Instant,
  ): Promise<Claimed | null>;
  keep(organisation: string, id: string, answer: string): Promise<void>;
  /** Gives the key back: the request changed nothing, so it may be sent again. */
  release(organisation: string, id: string): Promise<void>;
}
