import { Agent as PlainAgent } from 'node:http';
import { Agent } from 'node:https';
import { Client } from '@sendgrid/client';
import { MailService, type MailDataRequired } from '@sendgrid/mail';
import type { StaffPost } from '../../application/ports/post.ts';
import { messageId, type Mail } from './compose.ts';
import { recipientName, senderOf } from './sendgrid-request.ts';
import { mailsOf, sendEach, SentBefore, type StaffPostOptions } from './staff-mail.ts';

export interface SendGridAccount {
  readonly apiKey: string;
  /** `https://api.eu.sendgrid.com/` for accounts with EU residency; the global one without it. */
  readonly baseUrl?: string;
}

/** Of the client's HTTP requests; its own types name only some. */
const WAYS = {
  timeout: 20_000,
  // A line that is used again may be closed by the other side in the moment of a call, which then is in doubt.
  httpAgent: new PlainAgent({ keepAlive: false }),
  httpsAgent: new Agent({ keepAlive: false }),
  maxRedirects: 0,
} as const;

/** SendGrid's API under an account. */
export function sendGridClient({ apiKey, baseUrl }: SendGridAccount): Client {
  const client = new Client();
  client.setApiKey(apiKey);
  client.setDefaultRequest(WAYS as never);
  if (baseUrl !== undefined) client.setDefaultRequest('baseUrl', baseUrl);
  return client;
}

function sendGridService(account: SendGridAccount): MailService {
  const service = new MailService();
  service.setClient(sendGridClient(account));
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
function requestOf(mail: Mail): MailDataRequired {
  const off = { enable: false };
  return {
    from: senderOf(mail.from),
    to: { name: recipientName(mail.to.name), email: mail.to.email },
    replyTo: senderOf(mail.from),
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
