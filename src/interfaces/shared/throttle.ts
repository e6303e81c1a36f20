import type { RateLimiterAbstract } from 'rate-limiter-flexible';

/** Counts tries by a key over a window; shared by all processes. */
export interface Throttle {
  /** Counts one try. When there were too many, `retryAfter` says in how many seconds the next one is taken. */
  consume(
    key: string,
  ): Promise<{ readonly allowed: boolean; readonly left: number; readonly retryAfter: number }>;
  /** Forgets what was counted, after a success. */
  forget(key: string): Promise<void>;
  /** Takes one counted try back: it was a good one, and those of others under the key still count. */
  giveBack(key: string): Promise<void>;
}

/** A throttle over any limiter of rate-limiter-flexible, which rejects with the count where we answer it. */
export function throttleOver(limiter: Pick<RateLimiterAbstract, 'consume' | 'delete' | 'reward'>): Throttle {
  return {
    async consume(key) {
      try {
        const { remainingPoints } = await limiter.consume(key);
        return { allowed: true, left: remainingPoints, retryAfter: 0 };
      } catch (refused) {
        if (refused instanceof Error) throw refused;
        const { msBeforeNext = 1000 } = refused as { msBeforeNext?: number };
        return { allowed: false, left: 0, retryAfter: Math.max(1, Math.ceil(msBeforeNext / 1000)) };
      }
    },
    async forget(key) {
      await limiter.delete(key);
    },
    async giveBack(key) {
      await limiter.reward(key);
    },
  };
}

/** What is counted where somebody wants in; each over a window of its own. */
export interface Throttles {
  /** By the client's address: many tries at many accounts from one place. Good ones are taken back. */
  readonly address: Throttle;
  /** By account and address, so that a stranger elsewhere cannot lock a person out. */
  readonly account: Throttle;
  /** By the account alone, with much more room: many addresses that guess at one account. */
  readonly anywhere: Throttle;
  /** By the token of a program. */
  readonly token: Throttle;
}
