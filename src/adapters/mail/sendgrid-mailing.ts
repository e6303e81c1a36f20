import type { Mailing } from '../../application/ports/post.ts';
import { recipientName, senderOf, TRACKING_OFF } from './sendgrid-request.ts';

/** The message as it goes over the wire: `mail/send` v3, in the API's own names. */
export interface MailSendBody extends Readonly<Record<string, unknown>> {
  readonly personalizations: readonly Personalization[];
  readonly subject: string;
  readonly content: readonly { readonly type: string; readonly value: string }[];
}

interface Personalization {
  readonly to: readonly { readonly email: string; readonly name?: string }[];
  readonly substitutions: Readonly<Record<string, string>>;
}

/**
 * A mailing as SendGrid's API wants it: the words once, and one personalization a person with what goes in the place of
 * each tag. The custom arguments name notice, list, batch and attempt and nothing else: SendGrid keeps them for long,
 * as data that are not personal. People are told apart in receipts by their address.
 */
export function bodyOf(mailing: Mailing): MailSendBody {
  const { from, subject, html, text, locale, people, notice, list, batch, attempt } = mailing;
  const sender = senderOf(from);
  return {
    from: sender,
    reply_to: sender,
    personalizations: people.map(({ to, tags }) => ({
      to: [addressed(to)],
      substitutions: tags,
    })),
    subject,
    // The API wants plain text before HTML.
    content: [
      { type: 'text/plain', value: text },
      { type: 'text/html', value: html },
    ],
    headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': locale },
    custom_args: { notice, list, batch: String(batch), attempt: String(attempt) },
    tracking_settings: TRACKING_OFF,
  };
}

function addressed({ name, email }: Mailing['from']): Personalization['to'][number] {
  const plain = recipientName(name);
  return plain === '' ? { email } : { email, name: plain };
}
