import type { HandedMailing } from '../../application/ports/post.ts';

/** What SendGrid said, or what became of the call where it said nothing. */
export type Answer =
  | {
      readonly status: number;
      readonly headers: Readonly<Record<string, unknown>>;
      readonly body: unknown;
    }
  /** A code of the connection, and whether it was not even established. */
  | { readonly failure: string; readonly connecting: boolean };

/** The call never left: no address, no connection, a certificate that cannot be trusted. */
const NEVER_LEFT =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|CERT_\w+|ERR_TLS_CERT_\w+|UNABLE_TO_\w+|DEPTH_ZERO_\w+|SELF_SIGNED_\w+)$/;
/** The account, not the letter: a wrong key, no permission, another region. Nobody is lost, somebody must look. */
const OF_THE_ACCOUNT = new Set([401, 403, 406, 451]);
const TOO_MANY = 429;
const TOO_LARGE = 413;
/** Where SendGrid does not say how long to wait. */
const USUAL_WAIT_SECONDS = 5;
/** No longer than this, whatever it says: a clock that is wrong must not hold letters for a year. */
const LONGEST_WAIT_SECONDS = 300;

/**
 * What an answer means. SendGrid has no key of idempotency: a call without an answer may be queued or not. Of what went
 * wrong on its side only an error that says so in its own words was surely not taken.
 * @param now in seconds of the epoch
 */
export function handedBy(answer: Answer, now: number): HandedMailing {
  if ('failure' in answer) {
    const neverLeft = answer.connecting || NEVER_LEFT.test(answer.failure);
    return { handed: neverLeft ? 'later' : 'uncertain' };
  }
  const { status, headers, body } = answer;
  if (status >= 200 && status < 300) return { handed: 'accepted' };
  if (status === TOO_MANY) return { handed: 'later', seconds: waitSaid(headers, now) };
  if (OF_THE_ACCOUNT.has(status)) return { handed: 'later', account: true };
  if (status === TOO_LARGE) return { handed: 'too-much' };
  const errors = errorsIn(body);
  if (status >= 400 && status < 500) return { handed: 'refused', positions: placesNamed(errors ?? []) };
  const isItsOwn = (status === 500 || status === 503) && errors !== null;
  return isItsOwn ? { handed: 'later', seconds: waitSaid(headers, now) } : { handed: 'uncertain' };
}

function waitSaid(headers: Readonly<Record<string, unknown>>, now: number): number {
  const after = Number(headers['retry-after'] ?? Number.NaN);
  const reset = Number(headers['x-ratelimit-reset'] ?? Number.NaN) - now;
  const said = [after, reset].find((seconds) => Number.isFinite(seconds) && seconds >= 0);
  return Math.min(Math.max(said ?? USUAL_WAIT_SECONDS, 1), LONGEST_WAIT_SECONDS);
}

function errorsIn(body: unknown): readonly unknown[] | null {
  const isTold = typeof body === 'object' && body !== null && 'errors' in body && Array.isArray(body.errors);
  return isTold ? (body.errors as readonly unknown[]) : null;
}

/** Which personalizations the errors name; none where one of them is about the message as a whole. */
function placesNamed(errors: readonly unknown[]): readonly number[] {
  const places = errors.map((error) => {
    const field = typeof error === 'object' && error !== null && 'field' in error ? String(error.field) : '';
    const place = /^personalizations\.(\d+)(\.|$)/.exec(field)?.[1];
    return place === undefined ? null : Number(place);
  });
  return places.includes(null) ? [] : [...new Set(places.map(Number))];
}
