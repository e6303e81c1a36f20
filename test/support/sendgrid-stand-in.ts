import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** The body of `mail/send` as the API has it, as far as it is looked at here. */
export interface MailSend {
  readonly personalizations: readonly {
    readonly to: readonly { readonly email: string; readonly name?: string }[];
    readonly substitutions?: Readonly<Record<string, string>>;
    readonly custom_args?: Readonly<Record<string, string>>;
  }[];
  readonly from: { readonly email: string; readonly name?: string };
  readonly subject: string;
  readonly content: readonly { readonly type: string; readonly value: string }[];
  readonly custom_args?: Readonly<Record<string, string>>;
  readonly categories?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly tracking_settings?: Readonly<Record<string, unknown>>;
}

/** What becomes of one call. `keep`: whether the mails are queued all the same. */
export type Fate =
  | { readonly answer: 'accepted' }
  | {
      readonly answer: 'status';
      readonly status: number;
      readonly keep?: boolean;
      readonly headers?: Readonly<Record<string, string>>;
      /** Left out: SendGrid's own body of errors. */
      readonly body?: string;
    }
  /** The line is cut without an answer. */
  | { readonly answer: 'cut'; readonly keep: boolean }
  | { readonly answer: 'late'; readonly milliseconds: number; readonly then: Fate };

/** A mail that was queued: which person, by which call. */
export interface Queued {
  readonly email: string;
  readonly name: string;
  readonly messageId: string;
  readonly customArgs: Readonly<Record<string, string>>;
}

type Event = Readonly<Record<string, unknown>>;

const KEY = 'SG.stand-in';
const ADDRESS = /^[^\s@;,]+@[^\s@;,]+\.[^\s@;,]+$/;
const LARGEST = 30 * 1024 * 1024;

/**
 * SendGrid on the loopback, as its published documentation has it (../shared/data/sendgrid/README.md): checks a call as
 * the API does, queues it or not, answers or not, and tells of each mail afterwards by signed events.
 */
export class SendGridStandIn {
  /** Every mail that was queued, in order. */
  readonly queued: Queued[] = [];
  /** Calls that came in whole. */
  calls = 0;
  /** People of the largest call. */
  largest = 0;
  /** The last body, to look at. */
  last: MailSend | null = null;
  /** What becomes of the next call; it is asked once a call, after the checks of the API. */
  fate: (body: MailSend) => Fate = () => ({ answer: 'accepted' });
  readonly key = KEY;
  private readonly server: Server;
  private readonly keys = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  private told = 0;

  constructor() {
    this.server = createServer((request, response) => {
      this.take(request, response).catch(() => response.destroy());
    });
  }

  async start(): Promise<void> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** As SendGrid shows it: base64 of the DER. */
  get publicKey(): string {
    return this.keys.publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  /** How often a letter to each address was queued; mails to staff are not counted. */
  counts(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const { email, customArgs } of this.queued)
      if (customArgs['notice'] !== undefined) counts.set(email, (counts.get(email) ?? 0) + 1);
    return counts;
  }

  /** The mail of one person as it leaves SendGrid: every tag replaced, literally. */
  mailOf(
    body: MailSend,
    place: number,
  ): { readonly subject: string; readonly text: string; readonly html: string } {
    const { substitutions = {} } = body.personalizations[place] ?? {};
    const put = (text: string): string =>
      Object.entries(substitutions).reduce((words, [tag, value]) => words.replaceAll(tag, () => value), text);
    const of = (type: string): string => put(body.content.find((part) => part.type === type)?.value ?? '');
    return { subject: put(body.subject), text: of('text/plain'), html: of('text/html') };
  }

  /** An event about a queued mail, as the webhook has it. */
  event(queued: Queued, event: string, more: Event = {}): Event {
    this.told += 1;
    return {
      email: queued.email,
      timestamp: 1_795_608_000 + this.told,
      'smtp-id': `<${this.told}@stand-in>`,
      event,
      sg_event_id: `event-${this.told}`,
      sg_message_id: `${queued.messageId}.recvd-1.0`,
      ...queued.customArgs,
      ...more,
    };
  }

  /** Signs a body as SendGrid does. @param timestamp in seconds of the epoch */
  signed(
    events: readonly Event[],
    timestamp: number,
  ): { readonly body: string; readonly headers: Record<string, string> } {
    const body = `${JSON.stringify(events)}\r\n`;
    const signature = sign('sha256', Buffer.from(`${timestamp}${body}`), this.keys.privateKey);
    return {
      body,
      headers: {
        'content-type': 'application/json',
        'X-Twilio-Email-Event-Webhook-Timestamp': String(timestamp),
        'X-Twilio-Email-Event-Webhook-Signature': signature.toString('base64'),
      },
    };
  }

  /** Posts events to a webhook. @returns the HTTP status */
  async post(
    webhook: string,
    events: readonly Event[],
    timestamp = Math.floor(Date.now() / 1000),
  ): Promise<number> {
    const response = await fetch(webhook, { method: 'POST', ...this.signed(events, timestamp) });
    await response.arrayBuffer();
    return response.status;
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const bytes = Buffer.concat(pieces);
    this.calls += 1;
    if (request.method !== 'POST' || request.url !== '/v3/mail/send') {
      answerErrors(response, 404, [{ message: 'not found', field: null }]);
      return;
    }
    if (request.headers.authorization !== `Bearer ${KEY}`) {
      answerErrors(response, 401, [{ message: 'The provided authorization grant is invalid', field: null }]);
      return;
    }
    if (bytes.length > LARGEST) {
      answerErrors(response, 413, [
        { message: 'The JSON payload you have included in your request is too large.', field: null },
      ]);
      return;
    }
    const body = JSON.parse(bytes.toString('utf8')) as MailSend;
    const faults = faultsOf(body);
    if (faults.length > 0) {
      answerErrors(response, 400, faults);
      return;
    }
    this.last = body;
    this.largest = Math.max(this.largest, body.personalizations.length);
    await this.meet(this.fate(body), body, response);
  }

  private async meet(fate: Fate, body: MailSend, response: ServerResponse): Promise<void> {
    switch (fate.answer) {
      case 'late':
        await sleep(fate.milliseconds);
        return this.meet(fate.then, body, response);
      case 'accepted':
        response.writeHead(202, { 'x-message-id': this.queue(body) }).end();
        return;
      case 'cut':
        if (fate.keep) this.queue(body);
        response.destroy();
        return;
      case 'status':
        if (fate.keep) this.queue(body);
        if (fate.body === undefined)
          answerErrors(
            response,
            fate.status,
            [{ message: `status ${fate.status}`, field: null }],
            fate.headers,
          );
        else response.writeHead(fate.status, { 'content-type': 'text/html', ...fate.headers }).end(fate.body);
    }
  }

  private queue(body: MailSend): string {
    const messageId = randomBytes(12).toString('base64url');
    for (const { to, custom_args } of body.personalizations)
      for (const { email, name = '' } of to)
        this.queued.push({ email, name, messageId, customArgs: { ...body.custom_args, ...custom_args } });
    return messageId;
  }
}

interface Fault {
  readonly message: string;
  readonly field: string | null;
}

function answerErrors(
  response: ServerResponse,
  status: number,
  errors: readonly Fault[],
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify({ errors: errors.map((error) => ({ ...error, help: null })) }));
}

/** What the API refuses, by its error list. */
function faultsOf(body: MailSend): readonly Fault[] {
  const { personalizations, custom_args = {} } = body;
  const faults: Fault[] = [];
  const fault = (field: string | null, message: string): void => void faults.push({ field, message });
  if (personalizations.length === 0) fault('personalizations', 'The personalizations field is required.');
  if (personalizations.length > 1000) fault('personalizations', 'There are too many personalizations.');
  if (personalizations.flatMap(({ to }) => to).length > 1000)
    fault('personalizations', 'There are too many recipients.');
  personalizations.forEach(({ to, substitutions = {} }, place) => {
    to.forEach(({ email, name = '' }, at) => {
      if (!ADDRESS.test(email))
        fault(`personalizations.${place}.to.${at}.email`, 'Does not contain a valid address.');
      if (/[;,]/.test(name)) fault(`personalizations.${place}.to.${at}.name`, 'The name may not hold ; or ,');
    });
    if (new Set(to.map(({ email }) => email.toLowerCase())).size < to.length)
      fault(
        `personalizations.${place}.to`,
        'Each email address in the personalization block should be unique between to, cc, and bcc.',
      );
    if (bytesOf(substitutions) >= 10_000)
      fault(`personalizations.${place}.substitutions`, 'The substitutions are too large.');
  });
  const all = [custom_args, ...personalizations.map((one) => one.custom_args ?? {})];
  if (all.reduce((sum, one) => sum + (Object.keys(one).length > 0 ? bytesOf(one) : 0), 0) >= 10_000)
    fault('custom_args', 'The custom arguments are too large.');
  // eslint-disable-next-line no-control-regex -- that is what it is for
  if (/[^\x00-\x7F]/.test(`${body.from.email}${body.from.name ?? ''}`)) fault('from', 'No Unicode in from.');
  return faults;
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
