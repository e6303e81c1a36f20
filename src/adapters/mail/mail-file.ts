import MailComposer from 'nodemailer/lib/mail-composer';
import type { Clock } from '../../application/ports/house.ts';
import type { MailFiles } from '../../application/ports/print.ts';
import { mailOptions } from './compose.ts';

/** Writes mails as files that a mail program opens as drafts of its user's own: nothing is sent from here. */
export function mailFiles({ clock }: { readonly clock: Clock }): MailFiles {
  return {
    write({ identity, to, ...mail }) {
      const options = mailOptions({
        ...mail,
        to: to ?? { name: '', email: '' },
        identity: `file/${identity}`,
        date: clock.now(),
      });
      const { to: addressed, ...rest } = options;
      return new MailComposer({
        ...rest,
        ...(to ? { to: addressed } : {}),
        // A mail of whoever sends it, not an automatic one; mail programs open what says so as a draft.
        headers: { 'X-Unsent': '1', 'Content-Language': mail.locale },
        newline: 'windows',
      })
        .compile()
        .build();
    },
  };
}
