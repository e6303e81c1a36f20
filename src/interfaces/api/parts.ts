import type { House } from '../../application/ports/house.ts';
import type { Log } from '../shared/log.ts';
import type { Throttles } from '../shared/throttle.ts';
import type { Words } from '../shared/words.ts';

/** Everything that the API needs of the world; `main` puts it together. */
export interface ApiParts {
  readonly house: House;
  readonly words: Words;
  /**
   * Requests by token, tries with what is no token by the client's address, and tries at a password by the account:
   * the last two are those of the pages.
   */
  readonly throttle: Throttles;
  readonly log: Log;
}
