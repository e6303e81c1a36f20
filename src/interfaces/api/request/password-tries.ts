import { sha256 } from '../../../domain/register/entry.ts';
import { Refused } from '../../shared/refused.ts';
import type { Call, Outcome } from '../route.ts';

/**
 * Where the own password is asked again, tries at it are counted, together with those at the pages: a stolen token
 * must not find it out.
 * @throws Refused 429 after too many
 */
export async function countingTries({ parts, user }: Call<never>, work: () => Outcome): Outcome {
  const { account } = parts.throttle;
  const counted = sha256(`approval:${user.id}`);
  const { allowed, retryAfter } = await account.consume(counted);
  if (!allowed) throw new Refused(429, 'api-too-many', { retryAfter });
  const done = await work();
  if (done.ok) await account.forget(counted);
  return done;
}
