import type { Clock } from '../../application/ports/house.ts';
import type { Handed, LetterPost } from '../../application/ports/post.ts';
import { mailOptions } from './compose.ts';
import { letterMail } from './letter-mail.ts';
import { MailBroke, smtpLines } from './smtp-lines.ts';

/**
 * Letters by SMTP, each in a mail of its own, over connections that are used again. Accepted is what the server answered
 * with 250 after the whole mail; an answer that never came leaves it open whether the mail left.
 */
export function createSmtpLetterPost({
  url,
  clock,
}: {
  readonly url: string;
  readonly clock: Clock;
}): LetterPost {
  const lines = smtpLines(url);
  return {
    exact: false,
    async deliver(letter) {
      try {
        await lines.send(mailOptions(letterMail(letter, clock.now())));
        return 'accepted';
      } catch (error) {
        if (!(error instanceof MailBroke)) throw error;
        return handedBy(error.cause as SmtpError, error.bodyBegan);
      }
    },
    close: () => lines.close(),
  };
}

/** What Nodemailer says of a mail that was not accepted. */
interface SmtpError extends Error {
  readonly code?: string;
  /** The step that failed: `CONN`, `EHLO`, `AUTH …`, `MAIL FROM`, `RCPT TO`, `DATA`; `API` is our own side. */
  readonly command?: string;
  /** The server's answer, where there was one (RFC 5321, 4.2). */
  readonly responseCode?: number;
}

/** Answers about this letter; what is said to greeting, login or sender is about us, and holds for every letter. */
const OF_THE_LETTER = new Set(['RCPT TO', 'DATA']);
/** The server wants a login first (RFC 4954, 6), even where it says so only at the recipient. */
const OF_THE_LOGIN = new Set([530, 534, 535, 538]);

/**
 * How a handing over ended that gave an error.
 *
 * Until the server has said 354 ('start mail input') no byte of the letter was given to it: whatever breaks before is
 * tried again. From then on a line that breaks leaves it open. Only what the server itself said refuses a letter.
 */
function handedBy({ code, command = '', responseCode }: SmtpError, bodyBegan: boolean): Handed {
  if (responseCode === undefined) {
    if (bodyBegan) return 'uncertain';
    // An address that our own side cannot even write into an envelope will not become one by waiting.
    return code === 'EENVELOPE' ? 'refused' : 'later';
  }
  if (!OF_THE_LETTER.has(command)) return bodyBegan ? 'uncertain' : 'later';
  // 421: it closes; 4xx: not now; 5xx: never this one.
  return responseCode >= 500 && !OF_THE_LOGIN.has(responseCode) ? 'refused' : 'later';
}
