import { domainToASCII } from 'node:url';

interface MailBox {
  readonly name: string;
  readonly email: string;
}

const OFF = { enable: false };

/** Said in every call, in the API's own names: the account's own settings may track. */
export const TRACKING_OFF = {
  click_tracking: { enable: false, enable_text: false },
  open_tracking: OFF,
  subscription_tracking: OFF,
  ganalytics: OFF,
} as const;

/** `to.name` may hold neither ; nor , (limits of mail/send). */
export function recipientName(name: string): string {
  return name.replace(/[;,]+/g, ' ').trim();
}

/** SendGrid takes no Unicode in `from`: accents go, and the domain is written as DNS has it. */
export function senderOf(from: MailBox): MailBox {
  const at = from.email.lastIndexOf('@');
  const domain = domainToASCII(from.email.slice(at + 1));
  const name = from.name
    .normalize('NFKD')
    .replace(/[^\x20-\x7E]/g, '')
    .trim();
  return { name, email: `${from.email.slice(0, at)}@${domain}` };
}
