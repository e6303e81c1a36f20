import { tidyEmail } from '../../../../application/access/credentials.ts';
import { sha256 } from '../../../../domain/register/entry.ts';
import type { Visit } from '../../request/visit.ts';

export interface Tries {
  readonly allowed: boolean;
  /** How many more at this account from this address. */
  readonly left: number;
  /** Seconds until the next one is taken. */
  readonly retryAfter: number;
  /** To be called after a try that was right. */
  readonly succeeded: () => Promise<void>;
}

/**
 * Counts a try to come in before anything is looked at, whether or not the account exists: all answers are the same
 * for both.
 */
export async function countTry(visit: Visit, email: string): Promise<Tries> {
  const { throttle } = visit.parts;
  const from = visit.request.ip ?? 'nowhere';
  const account = sha256(`account:${tidyEmail(email)}`);
  const here = sha256(`${account} from ${from}`);
  const counted = [
    await throttle.address.consume(from),
    await throttle.account.consume(here),
    await throttle.anywhere.consume(account),
  ];
  return {
    allowed: counted.every(({ allowed }) => allowed),
    left: counted[1]?.left ?? 0,
    retryAfter: Math.max(...counted.map(({ retryAfter }) => retryAfter)),
    succeeded: async () => {
      await throttle.address.giveBack(from);
      await throttle.account.forget(here);
      await throttle.anywhere.giveBack(account);
    },
  };
}
