import { createPublicKey } from 'node:crypto';
import { resolve } from 'node:path';
import Joi from 'joi';

/** How this program runs, from the environment and the command line. */
export interface Configuration {
  readonly dataFolder: string;
  /** What this process does: pages, jobs and letters, or both. */
  readonly role: 'web' | 'worker' | 'all';
  /** Where MongoDB is; without it the embedded engine serves the data folder. */
  readonly mongoUri: string | null;
  readonly host: string;
  /** A port that was asked for; null: 7272, or the next free one. */
  readonly port: number | null;
  /** The address in mails; null: the one that is listened on. */
  readonly url: string | null;
  readonly trustProxy: boolean | number | string;
  readonly admin: { readonly email: string; readonly password: string } | null;
  readonly key: string | null;
  readonly smtpUrl: string | null;
  readonly sendgrid: { readonly apiKey: string; readonly baseUrl: string | null } | null;
  readonly mailFrom: string | null;
  /** How letters to people leave. */
  readonly letters: 'smtp' | 'sendgrid' | 'outbox';
  /** SendGrid's public key for receipts (base64 of its DER); without it no receipts are taken. */
  readonly webhookKey: string | null;
  /** For how many hours a letter in doubt waits for its receipt before somebody may decide. */
  readonly graceHours: number;
  /** Sending waits and asks when more than this share of the mails came back, in percent. */
  readonly bouncePercent: number;
  /** The most bytes of a file of evidence. */
  readonly evidenceLimit: number;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent';
}

/** A mistake in the environment: every one is told at once. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    super(`The configuration has mistakes:\n${mistakes.map((mistake) => `  - ${mistake}`).join('\n')}`);
    this.mistakes = mistakes;
  }
}

export interface Setting {
  readonly name: string;
  readonly what: string;
  readonly secret?: true;
  readonly schema: Joi.Schema;
}

const MEGABYTE = 1024 * 1024;

const text = Joi.string().trim();
const webAddress = text.uri({ scheme: ['http', 'https'] });

/** Every variable that is read, in the order in which it is printed. */
export const SETTINGS: readonly Setting[] = [
  { name: 'TOCSIN_DATA', what: 'folder of all data', schema: text.default('.data') },
  {
    name: 'MONGODB_URI',
    what: 'a MongoDB to use in place of the embedded store',
    secret: true,
    schema: text.pattern(/^mongodb(\+srv)?:\/\//, 'mongodb://…'),
  },
  {
    name: 'TOCSIN_ROLE',
    what: 'what this process does: web (pages), worker (clocks and letters) or all',
    schema: text.valid('web', 'worker', 'all').default('all'),
  },
  { name: 'HOST', what: 'address to listen on', schema: text.default('127.0.0.1') },
  { name: 'PORT', what: 'port to listen on (else 7272, or the next free one)', schema: Joi.number().port() },
  {
    name: 'TOCSIN_URL',
    what: 'address of the pages as people type it, used in mails',
    schema: webAddress.custom(withoutPath, 'an address without a path'),
  },
  {
    name: 'TOCSIN_TRUST_PROXY',
    what: 'proxies in front: true, a number of hops, or addresses',
    schema: text.pattern(
      /^(true|false|\d{1,2}|[\d.:a-fA-F/, ]+|loopback)$/,
      'true, false, a number of hops, or addresses',
    ),
  },
  {
    name: 'TOCSIN_ADMIN_EMAIL',
    what: 'a first person for scripts',
    schema: text.email({ tlds: { allow: false } }),
  },
  {
    name: 'TOCSIN_ADMIN_PASSWORD',
    what: 'the password of that person',
    secret: true,
    schema: Joi.string().min(12).max(200),
  },
  {
    name: 'TOCSIN_KEY',
    what: 'the master key: 32 bytes in base64 (else the data folder keeps one)',
    secret: true,
    schema: text.custom(thirtyTwoBytes, '32 bytes in base64'),
  },
  {
    name: 'SMTP_URL',
    what: 'mail server for reminders',
    secret: true,
    schema: text.uri({ scheme: ['smtp', 'smtps'] }),
  },
  { name: 'SENDGRID_API_KEY', what: 'SendGrid account for reminders', secret: true, schema: text },
  {
    name: 'SENDGRID_BASE_URL',
    what: "SendGrid's address (https://api.eu.sendgrid.com for EU accounts)",
    schema: webAddress,
  },
  {
    name: 'SENDGRID_WEBHOOK_KEY',
    what: "public key of SendGrid's signed event webhook, base64; it posts to /hooks/sendgrid",
    schema: text.custom(publicKey, 'a P-256 public key in base64 (DER)'),
  },
  {
    name: 'TOCSIN_MAIL_FROM',
    what: 'sender of mails to staff',
    schema: text.email({ tlds: { allow: false } }),
  },
  {
    name: 'TOCSIN_LETTERS',
    what: 'how letters to people leave: smtp, sendgrid or outbox (files); else as reminders do',
    schema: Joi.string().valid('smtp', 'sendgrid', 'outbox'),
  },
  {
    name: 'TOCSIN_GRACE_HOURS',
    what: 'for how long a letter in doubt waits for its receipt before somebody may decide',
    schema: Joi.number().min(0).max(720).default(24),
  },
  {
    name: 'TOCSIN_BOUNCE_PERCENT',
    what: 'sending waits and asks when more mails than this came back, in percent',
    schema: Joi.number().min(0).max(100).default(5),
  },
  {
    name: 'TOCSIN_EVIDENCE_MB',
    what: 'the largest file of evidence, in megabytes',
    schema: Joi.number().integer().min(1).max(2048).default(50),
  },
  {
    name: 'TOCSIN_LOG',
    what: 'how much is logged to standard error, as JSON',
    schema: text.valid('silent', 'fatal', 'error', 'warn', 'info', 'debug').default('warn'),
  },
];

/**
 * Reads the configuration. An empty variable counts as not set. Unknown variables that begin with `TOCSIN_` are
 * mistakes too: a misspelt one would be silently without effect.
 * @throws ConfigurationError that lists every mistake
 */
export function readConfiguration(
  environment: Readonly<Record<string, string | undefined>>,
  given: { readonly data?: string | undefined } = {},
): Configuration {
  const named = new Set(SETTINGS.map(({ name }) => name));
  const set = Object.fromEntries(
    Object.entries(environment).filter(
      ([name, value]) => (named.has(name) || name.startsWith('TOCSIN_')) && value !== '',
    ),
  );
  const schema = Joi.object(Object.fromEntries(SETTINGS.map(({ name, schema: own }) => [name, own])))
    .and('TOCSIN_ADMIN_EMAIL', 'TOCSIN_ADMIN_PASSWORD')
    .with('SENDGRID_BASE_URL', 'SENDGRID_API_KEY')
    .when(Joi.object({ TOCSIN_LETTERS: Joi.valid('smtp').required() }).unknown(), {
      then: Joi.object({ SMTP_URL: Joi.required() }),
    })
    .when(Joi.object({ TOCSIN_LETTERS: Joi.valid('sendgrid').required() }).unknown(), {
      then: Joi.object({ SENDGRID_API_KEY: Joi.required() }),
    });
  const checked = schema.validate(set, { abortEarly: false, errors: { wrap: { label: false } } });
  const { error } = checked;
  if (error) throw new ConfigurationError(error.details.map((detail) => mistakeOf(detail)));
  return shaped(checked.value as Record<string, string | number | undefined>, given.data);
}

function shaped(
  set: Readonly<Record<string, string | number | undefined>>,
  data: string | undefined,
): Configuration {
  const word = (name: string): string | null => (set[name] === undefined ? null : String(set[name]));
  const email = word('TOCSIN_ADMIN_EMAIL');
  const apiKey = word('SENDGRID_API_KEY');
  return {
    dataFolder: resolve(data ?? word('TOCSIN_DATA') ?? '.data'),
    role: (word('TOCSIN_ROLE') ?? 'all') as Configuration['role'],
    mongoUri: word('MONGODB_URI'),
    host: word('HOST') ?? '127.0.0.1',
    port: typeof set['PORT'] === 'number' ? set['PORT'] : null,
    url: word('TOCSIN_URL')?.replace(/\/+$/, '') ?? null,
    trustProxy: trust(word('TOCSIN_TRUST_PROXY')),
    admin: email === null ? null : { email, password: word('TOCSIN_ADMIN_PASSWORD') ?? '' },
    key: word('TOCSIN_KEY'),
    smtpUrl: word('SMTP_URL'),
    sendgrid: apiKey === null ? null : { apiKey, baseUrl: word('SENDGRID_BASE_URL') },
    mailFrom: word('TOCSIN_MAIL_FROM'),
    letters: lettersBy(word('TOCSIN_LETTERS'), word('SMTP_URL'), apiKey),
    webhookKey: word('SENDGRID_WEBHOOK_KEY'),
    graceHours: Number(set['TOCSIN_GRACE_HOURS']),
    bouncePercent: Number(set['TOCSIN_BOUNCE_PERCENT']),
    evidenceLimit: Number(set['TOCSIN_EVIDENCE_MB']) * MEGABYTE,
    logLevel: (word('TOCSIN_LOG') ?? 'warn') as Configuration['logLevel'],
  };
}

function lettersBy(
  asked: string | null,
  smtpUrl: string | null,
  apiKey: string | null,
): Configuration['letters'] {
  if (asked !== null) return asked as Configuration['letters'];
  if (smtpUrl !== null) return 'smtp';
  return apiKey === null ? 'outbox' : 'sendgrid';
}

/** The effective configuration, one line a variable; secrets show only that they are set. */
export function describeConfiguration(
  configuration: Configuration,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  const effective: Readonly<Record<string, string | number | boolean>> = {
    TOCSIN_DATA: configuration.dataFolder,
    TOCSIN_ROLE: configuration.role,
    HOST: configuration.host,
    PORT: configuration.port ?? '7272, or the next free one',
    TOCSIN_URL: configuration.url ?? 'the address that is listened on',
    TOCSIN_TRUST_PROXY: configuration.trustProxy,
    TOCSIN_LETTERS: configuration.letters,
    TOCSIN_GRACE_HOURS: configuration.graceHours,
    TOCSIN_BOUNCE_PERCENT: configuration.bouncePercent,
    TOCSIN_EVIDENCE_MB: configuration.evidenceLimit / MEGABYTE,
    TOCSIN_LOG: configuration.logLevel,
  };
  const width = Math.max(...SETTINGS.map(({ name }) => name.length));
  return SETTINGS.map(({ name, what, secret }) => {
    const value = environment[name] === '' ? undefined : environment[name];
    const shown = secret
      ? value === undefined
        ? '(not set)'
        : '(set, not shown)'
      : String(effective[name] ?? value ?? '(not set)');
    return `${name.padEnd(width)}  ${shown}\n${''.padEnd(width)}    ${what}`;
  }).join('\n');
}

function mistakeOf({ message, type, context }: Joi.ValidationErrorItem): string {
  if (type === 'object.unknown')
    return `${String(context?.label)} is not a setting of Tocsin (see: tocsin config)`;
  if (type === 'object.and')
    return 'TOCSIN_ADMIN_EMAIL and TOCSIN_ADMIN_PASSWORD belong together: set both or neither';
  if (type === 'object.with') return 'SENDGRID_BASE_URL is of use only together with SENDGRID_API_KEY';
  if (context?.label && isSecret(context.label))
    return unquoted(message, context.label, String(context.value ?? ''));
  return message;
}

/** A message about a secret must not quote it, not even a wrong one: it may be the right one of something else. */
function unquoted(message: string, name: string, value: string): string {
  const words = message.replace(` with value ${value}`, '');
  return value !== '' && words.includes(value) ? `${name} is not valid` : words;
}

function isSecret(name: string): boolean {
  return SETTINGS.some((setting) => setting.name === name && setting.secret === true);
}

function trust(word: string | null): boolean | number | string {
  if (word === null || word === 'false') return false;
  if (word === 'true') return true;
  return /^\d+$/.test(word) ? Number(word) : word;
}

function withoutPath(value: string): string {
  const { pathname, search } = new URL(value);
  if (pathname.replace(/\/+$/, '') !== '' || search !== '')
    throw new Error('an address without a path, like https://tocsin.example');
  return value;
}

function thirtyTwoBytes(value: string): string {
  if (Buffer.from(value, 'base64').length !== 32)
    throw new Error('32 bytes in base64 (openssl rand -base64 32)');
  return value;
}

function publicKey(value: string): string {
  const key = createPublicKey({ key: Buffer.from(value, 'base64'), format: 'der', type: 'spki' });
  if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') throw new Error('not of the curve P-256');
  return value;
}
