import type { Clock } from '../../application/ports/house.ts';
import type { Handed, LetterPost } from '../../application/ports/post.ts';
import { letterMail } from './letter-mail.ts';
import { requestOf, sendGridService, type SendGridAccount } from './sendgrid.ts';

/** Letters by SendGrid's `mail/send`, a call each. 202 means that it is queued there. */
export function createSendGridLetterPost({
  clock,
  ...account
}: SendGridAccount & { readonly clock: Clock }): LetterPost {
  const service = sendGridService(account);
  return {
    exact: false,
    async deliver(letter) {
      try {
        await service.send(requestOf(letterMail(letter, clock.now())));
        return 'accepted';
      } catch (error) {
        return handedBy(error as SendGridError);
      }
    },
  };
}

/** What the client says of a call that was not answered with 2xx: an HTTP status, or a code of the connection. */
interface SendGridError extends Error {
  readonly code?: number | string;
  readonly response?: { readonly body?: unknown };
}

/** The call never left: no address, no connection. */
const NEVER_LEFT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
/** The account, not the letter: too many calls, a wrong key, no permission. Somebody must look, nobody is lost. */
const OF_THE_ACCOUNT = new Set([401, 403, 406, 429, 451]);

/**
 * SendGrid has no key of idempotency: a call without an answer may be queued or not. Of what went wrong on its side
 * only an error that says so in its own words was surely not taken.
 */
export function handedBy({ code, response }: SendGridError): Handed {
  if (typeof code === 'string') return NEVER_LEFT.has(code) ? 'later' : 'uncertain';
  if (code === undefined) return 'uncertain';
  if (OF_THE_ACCOUNT.has(code)) return 'later';
  if (code >= 400 && code < 500) return 'refused';
  return (code === 500 || code === 503) && saysErrors(response?.body) ? 'later' : 'uncertain';
}

function saysErrors(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'errors' in body && Array.isArray(body.errors);
}
