import type { Store } from 'express-session';
import type { House } from '../../application/ports/house.ts';
import type { Log } from '../shared/log.ts';
import type { Throttles } from '../shared/throttle.ts';
import type { Words } from '../shared/words.ts';

/** Prints pages: the folder `templates/pages`, compiled with the helpers of `pageHelpers`. */
export interface Pages {
  /** @throws Error if there is no such page, or it prints a name that was not given */
  render(name: string, values: Readonly<Record<string, unknown>>): string;
}

export interface WebConfig {
  /** The address of this installation as people type it (TOCSIN_URL), without a slash at the end. */
  readonly url: string;
  /** Express's `trust proxy`: false, a count of hops, or addresses. */
  readonly trustProxy: boolean | number | string;
  /** Signs the session cookies; at least 32 characters. The first signs, all are accepted. */
  readonly secrets: readonly string[];
  /** SendGrid's public key for receipts (base64 of its DER); without it none are taken. */
  readonly sendGridKey?: string | null;
}

/** Everything that the pages need of the world; `main` puts it together. */
export interface Parts {
  readonly house: House;
  readonly pages: Pages;
  readonly words: Words;
  /** Where sessions lie: one store for all processes. */
  readonly sessions: Store;
  /** Tries at signing in, counted by the client's address and by the account; requests to the API by token. */
  readonly throttle: Throttles;
  readonly config: WebConfig;
  readonly log: Log;
}
