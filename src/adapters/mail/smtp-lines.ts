import type { SendMailOptions } from 'nodemailer';
import type { Logger } from 'nodemailer/lib/shared';
import { watchTalk } from './smtp-talk.ts';
import { smtpTransport } from './smtp.ts';

/** How a mail broke, and whether the server had been given the first byte of it. */
export class MailBroke extends Error {
  override readonly name = 'MailBroke';
  readonly bodyBegan: boolean;

  constructor(cause: unknown, bodyBegan: boolean) {
    super('the mail was not accepted', { cause });
    this.bodyBegan = bodyBegan;
  }
}

/**
 * Connections to a mail server that are used again, each for one mail at a time: what is known of a mail is never
 * another's. One on which anything went wrong is closed, and the next mail opens its own.
 */
export interface SmtpLines {
  /** Resolves when the server has taken the whole mail. @throws MailBroke */
  send(mail: SendMailOptions): Promise<void>;
  close(): void;
}

interface Line {
  readonly transport: ReturnType<typeof smtpTransport>;
  /** Follows the next mail from its first command on. */
  readonly follow: () => ReturnType<typeof watchTalk>;
}

export function smtpLines(url: string): SmtpLines {
  const free: Line[] = [];
  return {
    async send(mail) {
      const line = free.pop() ?? openLine(url);
      const talk = line.follow();
      try {
        await line.transport.sendMail(mail);
      } catch (error) {
        line.transport.close();
        throw new MailBroke(error, talk.bodyBegan());
      }
      free.push(line);
    },
    close() {
      for (const { transport } of free.splice(0)) transport.close();
    },
  };
}

function openLine(url: string): Line {
  let talk = watchTalk();
  const hear =
    (level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal') =>
    (entry: unknown, message?: unknown): void =>
      talk.listener[level](entry as object, message as string);
  const listener: Logger = {
    trace: hear('trace'),
    debug: hear('debug'),
    info: hear('info'),
    warn: hear('warn'),
    error: hear('error'),
    fatal: hear('fatal'),
  };
  return { transport: smtpTransport(url, listener, true), follow: () => (talk = watchTalk()) };
}
