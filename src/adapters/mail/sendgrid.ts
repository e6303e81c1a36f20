import { domainToASCII } from 'node:url';
import { Client } from '@sendgrid/client';
import { MailService, type MailDataRequired } from '@sendgrid/mail';
import type { StaffPost } from '../../application/ports/post.ts';
import { messageId, type Mail } from './compose.ts';
import { mailsOf, sendEach, SentBefore, type StaffPostOptions } from './staff-mail.ts';

export interface SendGridAccount {
  readonly apiKey: string;
  /** `https://api.eu.sendgrid.com/` for accounts with EU residency; the global one without it. */
  readonly baseUrl?: string;
}

const PATIENCE = 20_000;

/** SendGrid's `mail/send` under an account. */
export function sendGridService({ apiKey, baseUrl }: SendGridAccount): MailService {
  const service = new MailService();
  const client = new Client();
  service.setClient(client);
  service.setApiKey(apiKey);
  service.setTimeout(PATIENCE);
  if (baseUrl !== undefined) client.setDefaultRequest('baseUrl', baseUrl);
  return service;
}

/** Mails to staff by SendGrid's `mail/send`. Resolves when every one is queued there (202). */
export function createSendGridStaffPost({
  apiKey,
  baseUrl,
  ...options
}: SendGridAccount & StaffPostOptions): StaffPost {
  const service = sendGridService({ apiKey, ...(baseUrl === undefined ? {} : { baseUrl }) });
  const sent = new SentBefore();
  return {
    reaches: true,
    send: (mail) =>
      sendEach(mailsOf(mail, options), sent, async (written) => {
        await service.send(requestOf(written));
      }),
  };
}

/** A mail as SendGrid's API wants it. */
export function requestOf(mail: Mail): MailDataRequired {
  const off = { enable: false };
  return {
    from: sender(mail),
    // `to.name` may hold neither ; nor , (limits of mail/send).
    to: { name: mail.to.name.replace(/[;,]+/g, ' ').trim(), email: mail.to.email },
    replyTo: sender(mail),
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    headers: {
      'Auto-Submitted': 'auto-generated',
      'Content-Language': mail.locale,
      'Message-ID': messageId(mail.identity, mail.from.email),
    },
    // Said in every call: the account's own settings may track.
    trackingSettings: {
      clickTracking: { enable: false, enableText: false },
      openTracking: off,
      subscriptionTracking: off,
      ganalytics: off,
    },
  };
}

/** SendGrid takes no Unicode in `from`: accents go, and the domain is written as DNS has it. */
function sender({ from }: Mail): { readonly name: string; readonly email: string } {
  const at = from.email.lastIndexOf('@');
  const domain = domainToASCII(from.email.slice(at + 1));
  const name = from.name
    .normalize('NFKD')
    .replace(/[^\x20-\x7E]/g, '')
    .trim();
  return { name, email: `${from.email.slice(0, at)}@${domain}` };
}
