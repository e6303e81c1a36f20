import type { Clock } from '../../application/ports/house.ts';
import type { Handed, LetterPost } from '../../application/ports/post.ts';
import { mailOptions } from './compose.ts';
import { letterMail } from './letter-mail.ts';
import { smtpTransport } from './smtp.ts';

/**
 * Letters by SMTP, each in a mail of its own. Accepted is what the server answered with 250 after the whole mail; an
 * answer that never came leaves it open whether the mail left.
 */
export function createSmtpLetterPost({
  url,
  clock,
}: {
  readonly url: string;
  readonly clock: Clock;
}): LetterPost & { close(): void } {
  const transport = smtpTransport(url);
  return {
    exact: false,
    async deliver(letter) {
      try {
        await transport.sendMail(mailOptions(letterMail(letter, clock.now())));
        return 'accepted';
      } catch (error) {
        return handedBy(error as SmtpError);
      }
    },
    close: () => {
      transport.close();
    },
  };
}

/** What Nodemailer says of a mail that was not accepted. */
interface SmtpError extends Error {
  readonly code?: string;
  readonly command?: string;
  readonly syscall?: string;
  /** The server's answer, where there was one (RFC 5321, 4.2). */
  readonly responseCode?: number;
}

/** Nothing was said yet of any mail: no name, no TLS, no login. A line that closed may have closed in a mail. */
const BEFORE_ANY_MAIL = new Set(['EDNS', 'ETLS', 'EAUTH', 'ECONFIG', 'EPROXY']);
const NEVER_GREETED = /^(Connection timeout|Greeting never received)/;

/** Only what the server itself said counts as its answer; a cut line in the middle of a mail is uncertain. */
export function handedBy(error: SmtpError): Handed {
  const { code = '', responseCode, syscall, message } = error;
  if (BEFORE_ANY_MAIL.has(code) || syscall === 'connect' || NEVER_GREETED.test(message)) return 'later';
  if (responseCode === undefined) return code === 'EENVELOPE' ? 'refused' : 'uncertain';
  // 421: it closes; 4xx: not now; 5xx: never this one.
  return responseCode >= 500 ? 'refused' : 'later';
}
