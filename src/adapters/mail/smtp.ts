import { createTransport } from 'nodemailer';
import type { Logger } from 'nodemailer/lib/shared';
import type { StaffPost } from '../../application/ports/post.ts';
import { mailOptions } from './compose.ts';
import { mailsOf, sendEach, SentBefore, type StaffPostOptions } from './staff-mail.ts';

interface SmtpOptions extends StaffPostOptions {
  /** `smtp://user:password@host:587` or `smtps://…`; Nodemailer's options may follow as a query. */
  readonly url: string;
}

const PATIENCE = 20_000;

/** One connection that stays. Nodemailer would send a mail again by itself whose connection broke: never here. */
const KEPT = { pool: true, maxConnections: 1, maxRequeues: 0, idleTimeout: 3000 } as const;

/**
 * A connection to a mail server; what stands in a mail is never read from disk or network.
 * @param listener hears every command and answer, but not the mail
 * @param isKept the connection stays open for the next mail
 */
export function smtpTransport(
  url: string,
  listener?: Logger,
  isKept = false,
): ReturnType<typeof createTransport> {
  return createTransport({
    url,
    connectionTimeout: PATIENCE,
    greetingTimeout: PATIENCE,
    socketTimeout: PATIENCE,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(isKept ? KEPT : {}),
    ...(listener ? { logger: listener, transactionLog: true } : {}),
  });
}

/** Mails to staff by SMTP. Resolves when the server has taken every one (250 after DATA). */
export function createSmtpStaffPost({ url, ...options }: SmtpOptions): StaffPost & { close(): void } {
  const transport = smtpTransport(url);
  const sent = new SentBefore();
  return {
    reaches: true,
    send: (mail) =>
      sendEach(mailsOf(mail, options), sent, async (written) => {
        await transport.sendMail(mailOptions(written));
      }),
    close: () => {
      transport.close();
    },
  };
}
