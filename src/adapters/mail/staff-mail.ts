import { createHash } from 'node:crypto';
import type { Clock } from '../../application/ports/house.ts';
import type { Recipient } from '../../application/ports/staff.ts';
import type { StaffMail } from '../../application/ports/post.ts';
import type { Mail } from './compose.ts';
import type { StaffWords } from './staff-words.ts';

/** What every way of posting to staff needs. */
export interface StaffPostOptions {
  readonly clock: Clock;
  readonly from: { readonly name: string; readonly email: string };
  readonly words: StaffWords;
}

interface AddressedMail {
  readonly recipient: Recipient;
  readonly mail: Mail;
}

/** One mail for each reader, in the reader's language: nobody sees who else is woken. */
export function mailsOf(mail: StaffMail, { clock, from, words }: StaffPostOptions): readonly AddressedMail[] {
  const now = clock.now();
  return mail.to.map((recipient) => {
    const written = words.write(mail, recipient, now);
    return {
      recipient,
      mail: {
        ...written,
        from,
        to: { name: recipient.name, email: recipient.email },
        date: now,
        identity: `staff/${mail.name}/${recipient.user}`,
      },
    };
  });
}

/** The file of a staff mail for one reader: the mail's name and the reader's id, made fit for any file system. */
export function fileNameOf(mail: Pick<StaffMail, 'name'>, { user }: Recipient): string {
  const wished = `${mail.name}-${user}`;
  const fit = wished.replace(/[^\w-]+/g, '-').slice(0, 160);
  if (fit === wished) return `${fit}.eml`;
  // Two names that differ in what was replaced must not become one file.
  return `${fit}-${createHash('sha256').update(wished).digest('hex').slice(0, 8)}.eml`;
}

/**
 * Sends each mail that this process has not sent before, and tries all before it fails: a reader whose address is
 * refused keeps nobody else asleep, and a second try does not wake the others again.
 *
 * @throws AggregateError of what went wrong, after every mail was tried.
 */
export async function sendEach(
  mails: readonly AddressedMail[],
  sent: SentBefore,
  send: (mail: Mail) => Promise<void>,
): Promise<void> {
  const failures: unknown[] = [];
  for (const { mail } of mails) {
    if (sent.has(mail.identity)) continue;
    try {
      await send(mail);
      sent.add(mail.identity);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) {
    throw new AggregateError(failures, `${failures.length} of ${mails.length} mails were not accepted`);
  }
}

const REMEMBERED = 10_000;

/** The identities of the last mails that were accepted. */
export class SentBefore {
  private readonly identities = new Set<string>();

  has(identity: string): boolean {
    return this.identities.has(identity);
  }

  add(identity: string): void {
    this.identities.add(identity);
    const [oldest] = this.identities;
    if (this.identities.size > REMEMBERED && oldest !== undefined) this.identities.delete(oldest);
  }
}
