import type { Clock } from '../../application/ports/house.ts';
import type { HandedMailing, LetterPost, Mailing } from '../../application/ports/post.ts';
import { bodyOf, type MailSendBody } from './sendgrid-mailing.ts';
import { handedBy, type Answer } from './sendgrid-answer.ts';
import { sendGridClient, type SendGridAccount } from './sendgrid.ts';

/** The most people of a call: limits of mail/send. */
const MOST = 1000;
/** 'Under 30 MB' in all; with room for headers and for a different way of counting. */
const LARGEST_BYTES = 28 * 1024 * 1024;

/**
 * Letters by SendGrid's `mail/send`, up to a thousand people a call. 202 means that it is queued there; what becomes of
 * each letter is told later by receipts.
 */
export function createSendGridLetterPost({
  clock,
  ...account
}: SendGridAccount & { readonly clock: Clock }): LetterPost {
  const client = sendGridClient(account);
  async function call(body: MailSendBody): Promise<HandedMailing> {
    if (bytesOf(body) > LARGEST_BYTES) return { handed: 'too-much' };
    const request = { method: 'POST' as const, url: '/v3/mail/send', body };
    const answer = await client
      .request(request)
      .then(([said]): Answer => ({ status: said.statusCode, headers: {}, body: said.body }), answerOf);
    return handedBy(answer, Math.floor(clock.now().epochMilliseconds / 1000));
  }
  async function deliver(mailing: Mailing): Promise<HandedMailing> {
    const answer = await call(bodyOf(mailing));
    if (answer.handed !== 'refused') return answer;
    // The API counts personalizations, we count places of the batch.
    const positions = answer.positions.flatMap((place) => mailing.people[place]?.position ?? []);
    return { handed: 'refused', positions };
  }
  return {
    exact: false,
    hasReceipts: true,
    many: { most: MOST, deliver },
    async deliver(letter) {
      const { batch, position, to } = letter;
      const one = { ...letter, list: '', batch, attempt: 0, people: [{ position, to, tags: {} }] };
      const { handed } = await deliver(one);
      return handed === 'too-much' ? 'refused' : handed;
    },
  };
}

/** Written out only where it may matter: a thousand people are usually far below the limit. */
function bytesOf(body: MailSendBody): number {
  const { content, subject, personalizations } = body;
  const words = [subject, ...content.map(({ value }) => value)].reduce((sum, { length }) => sum + length, 0);
  // A character takes at most six bytes in JSON; a person's name, address and greeting have their limits.
  const bound = 6 * words + 10_000 * personalizations.length;
  return bound < LARGEST_BYTES ? bound : Buffer.byteLength(JSON.stringify(body));
}

/** What the client throws: an answer that is not 2xx, or a code of the connection. */
interface Thrown extends Error {
  readonly code?: number | string;
  readonly syscall?: string;
  readonly cause?: { readonly syscall?: string };
  readonly response?: { readonly headers?: Readonly<Record<string, unknown>>; readonly body?: unknown };
}

function answerOf(thrown: unknown): Answer {
  const { code, syscall, cause, response } = thrown as Thrown;
  if (typeof code === 'number')
    return { status: code, headers: response?.headers ?? {}, body: response?.body };
  return { failure: code ?? 'unknown', connecting: (syscall ?? cause?.syscall) === 'connect' };
}
