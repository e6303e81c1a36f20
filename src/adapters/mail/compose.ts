import { createHash } from 'node:crypto';
import type { Temporal } from 'temporal-polyfill';
import MailComposer, { type MailComposerOptions } from 'nodemailer/lib/mail-composer';

/** A mail with its two twins, before it has bytes. */
export interface Mail {
  readonly from: { readonly name: string; readonly email: string };
  readonly to: { readonly name: string; readonly email: string };
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly locale: string;
  readonly date: Temporal.Instant;
  /** What makes it this mail and no other: the Message-ID and the boundary come from it, so that its bytes repeat. */
  readonly identity: string;
}

/** The Message-ID of a mail, from its identity and the sender's domain. */
export function messageId(identity: string, from: string): string {
  const domain = /@([\w.-]+)$/.exec(from)?.[1] ?? 'tocsin.invalid';
  return `<${digest(identity)}@${domain}>`;
}

/** What every mail of ours says in its headers, for any transport. */
export function mailOptions(mail: Mail): MailComposerOptions {
  const id = digest(mail.identity);
  return {
    from: { name: header(mail.from.name), address: header(mail.from.email) },
    to: { name: header(mail.to.name), address: header(mail.to.email) },
    replyTo: { name: header(mail.from.name), address: header(mail.from.email) },
    subject: header(mail.subject),
    date: new Date(mail.date.epochMilliseconds),
    messageId: messageId(mail.identity, mail.from.email),
    text: mail.text,
    html: mail.html,
    textEncoding: 'quoted-printable',
    xMailer: false,
    // Holds back out-of-office answers (RFC 3834); it is a letter, so no Precedence and no List-* headers.
    headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': header(mail.locale) },
    // What stands in a letter is never read from disk or network.
    disableFileAccess: true,
    disableUrlAccess: true,
    baseBoundary: id.slice(0, 24),
  };
}

/** The bytes of a mail (RFC 5322, multipart/alternative, lines ending in CRLF); the same mail gives the same bytes. */
export async function bytesOf(mail: Mail): Promise<Buffer> {
  const options = { ...mailOptions(mail), newline: 'windows' };
  return new MailComposer(options).compile().build();
}

// A line break in a name or subject would begin a header of its own.
function header(text: string): string {
  // eslint-disable-next-line no-control-regex -- that is what it is for
  return text.replace(/[\u0000-\u001F\u007F-\u009F\u2028\u2029]+/g, ' ').trim();
}

function digest(identity: string): string {
  return createHash('sha256').update(identity).digest('hex').slice(0, 40);
}
