import type { Logger } from 'nodemailer/lib/shared';

interface Talk {
  /** To be given to the connection; it keeps no word of what is said. */
  readonly listener: Logger;
  /** Whether the server was given the first byte of the mail: it had answered DATA. */
  bodyBegan(): boolean;
}

/** Nodemailer also sends where a server errs and answers DATA with 2xx. */
const GO_ON = /^[23]\d\d/;

/**
 * Listens to one SMTP conversation for the one thing that no error tells: how far it had come. Commands may be sent in
 * one go (PIPELINING), so that only answers count: 354 ('start mail input') is an answer to nothing but DATA, and any
 * other is taken by the command that waits the longest.
 */
export function watchTalk(): Talk {
  const asked: boolean[] = [];
  let began = false;
  const hear = (entry: unknown, message?: unknown): void => {
    const side = (entry as { readonly tnx?: unknown } | null)?.tnx;
    const said = typeof message === 'string' ? message : '';
    if (side === 'client') asked.push(said === 'DATA');
    // The greeting answers nothing that was asked.
    else if (side === 'server') {
      const isOfData = asked.shift() === true;
      if (said.startsWith('354') || (isOfData && GO_ON.test(said))) began = true;
    }
  };
  const listener: Logger = {
    trace: hear,
    debug: hear,
    info: hear,
    warn: hear,
    error: hear,
    fatal: hear,
  };
  return { listener, bodyBegan: () => began };
}
