import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mailFiles } from '../../../src/adapters/mail/mail-file.ts';
import { pdfPrinter } from '../../../src/adapters/print/letters-pdf.ts';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import session from 'express-session';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { Temporal } from 'temporal-polyfill';
import { randomIds } from '../../../src/adapters/crypto/index.ts';
import { listFiles } from '../../../src/adapters/lists-in/index.ts';
import { HolidayCalendar } from '../../../src/adapters/holidays/index.ts';
import { caseFiles, loadLaw, readHolidayFiles } from '../../../src/adapters/law-files/index.ts';
import { createLetterOutbox } from '../../../src/adapters/mail/outbox-folder.ts';
import { connect, type Mongo } from '../../../src/adapters/mongo/index.ts';
import { USUAL_SENDING } from '../../../src/domain/people/sending-rules.ts';
import { loadForms } from '../../../src/adapters/playbook-files/forms.ts';
import { loadPlaybooks, playbookFiles } from '../../../src/adapters/playbook-files/index.ts';
import { compileFolder } from '../../../src/adapters/templates/engine.ts';
import { createNoticeWriter } from '../../../src/adapters/templates/notice-writer.ts';
import { issueSetUpLink } from '../../../src/application/access/set-up.ts';
import { installedLaw } from '../../../src/application/law/installed-law.ts';
import { dispatchLetters } from '../../../src/application/people/dispatch.ts';
import type { House, Passwords } from '../../../src/application/ports/house.ts';
import type { StaffMail } from '../../../src/application/ports/post.ts';
import { createApp } from '../../../src/interfaces/web/app.ts';
import type { Log } from '../../../src/interfaces/shared/log.ts';
import type { WebConfig } from '../../../src/interfaces/web/parts.ts';
import { throttleOver } from '../../../src/interfaces/shared/throttle.ts';
import { pageHelpers } from '../../../src/interfaces/web/words/page-helpers.ts';
import { readWords } from '../../../src/interfaces/web/words/read-words.ts';
import { withStore } from '../../support/store.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** A Friday evening in Berlin. */
export const FRIDAY = Temporal.Instant.from('2026-12-04T17:40:00Z');

/** Everything below the pages is the real thing; only time stands still, and mails to staff are kept in a list. */
export interface ServedHouse {
  readonly house: House;
  readonly url: string;
  /** The store below it, to see what lies there at rest. */
  readonly mongo: Mongo;
  /** A connection of its own to the same store: what it reads, the suite's watch over indexes does not report. */
  atRest(): Promise<Mongo>;
  readonly staffMails: readonly StaffMail[];
  readonly logged: readonly Record<string, unknown>[];
  /** A fresh link for the first person. */
  setUpLink(): Promise<string>;
  /** Lets time pass. */
  pass(duration: Temporal.DurationLike): void;
  now(): Temporal.Instant;
  /** Waits for what runs behind the pages: letters on their way. */
  settled(): Promise<void>;
}

export interface ServeOptions {
  readonly config?: Partial<WebConfig>;
  /** Tries at one account before it must wait. */
  readonly tries?: number;
  readonly triesAnywhere?: number;
  /** Requests by one token to the API before it must wait. */
  readonly requests?: number;
  readonly reaches?: boolean;
  /** Files of the shop's own folder of playbooks, by name. */
  readonly ownPlaybooks?: Readonly<Record<string, string>>;
}

/** Serves the pages on a free port over a fresh database, for one suite. */
export function withServedHouse(options: ServeOptions = {}): ServedHouse {
  const store = withStore();
  let server: Server | undefined;
  let folder = '';
  let house: House | undefined;
  let url = '';
  let at = FRIDAY;
  const staffMails: StaffMail[] = [];
  const logged: Record<string, unknown>[] = [];
  const running: Promise<unknown>[] = [];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tocsin-web-'));
    const clock = { now: () => at };
    await mkdir(join(folder, 'playbooks'));
    for (const [name, text] of Object.entries(options.ownPlaybooks ?? {}))
      await writeFile(join(folder, 'playbooks', name), text);
    const { book, texts } = loadLaw({ playbooks: join(ROOT, 'playbooks') });
    if (!book) throw new Error('the installed law has faults');
    const built: House = {
      ...store.stores,
      clock,
      ids: randomIds,
      listFiles,
      passwords: quickPasswords,
      law: installedLaw(book, {
        workingDays: new HolidayCalendar(readHolidayFiles(join(ROOT, 'playbooks'))),
        clock,
        texts,
        cases: caseFiles(join(ROOT, 'playbooks')),
      }),
      playbooks: playbookFiles(
        loadPlaybooks({ installed: join(ROOT, 'playbooks'), own: join(folder, 'playbooks') }),
        store.stores.texts,
      ),
      scheduler: {
        wake: () => Promise.resolve(),
        dispatch: (organisation, incident, notice) => {
          running.push(dispatchLetters(built, organisation, incident, notice));
          return Promise.resolve();
        },
      },
      staffPost: {
        reaches: options.reaches ?? false,
        send: (mail) => {
          staffMails.push(mail);
          return Promise.resolve();
        },
      },
      letterPost: createLetterOutbox({ folder: join(folder, 'outbox'), clock }),
      printer: pdfPrinter({ clock }),
      mailFiles: mailFiles({ clock }),
      noticeWriter: createNoticeWriter({ folder: join(ROOT, 'templates'), clock }),
      forms: loadForms(join(ROOT, 'playbooks')).book,
      sending: USUAL_SENDING,
      url: 'http://127.0.0.1',
    };
    house = built;
    const words = readWords(join(ROOT, 'templates/messages'));
    const limiter = (points: number): RateLimiterMemory => new RateLimiterMemory({ points, duration: 600 });
    const app = createApp({
      house: built,
      pages: compileFolder(join(ROOT, 'templates/pages'), {
        helpers: pageHelpers(words, () => randomIds.id()),
      }),
      words,
      sessions: new session.MemoryStore(),
      throttle: {
        address: throttleOver(limiter(1000)),
        account: throttleOver(limiter(options.tries ?? 100)),
        anywhere: throttleOver(limiter(options.triesAnywhere ?? 1000)),
        token: throttleOver(limiter(options.requests ?? 10_000)),
      },
      config: {
        url: 'http://127.0.0.1',
        trustProxy: false,
        secrets: [randomBytes(32).toString('hex')],
        ...options.config,
      },
      log: listLog(logged),
    });
    server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  after(async () => {
    await Promise.allSettled(running);
    server?.closeAllConnections();
    server?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const open = (): House => {
    if (!house) throw new Error('The house opens in the hooks of the suite.');
    return house;
  };
  return {
    get house() {
      return open();
    },
    get url() {
      return url;
    },
    get mongo() {
      return store.mongo;
    },
    atRest: () => connect({ uri: store.uri, database: store.database }),
    staffMails,
    logged,
    setUpLink: async () => `/setup/${await issueSetUpLink(open())}`,
    pass: (duration) => {
      at = at.add(duration);
    },
    now: () => at,
    settled: async () => {
      await Promise.all(running);
    },
  };
}

/** argon2id is slow on purpose and has its own tests; here a hash is enough. */
const quickPasswords: Passwords = {
  hash: (password) => Promise.resolve(createHash('sha256').update(password).digest('hex')),
  verify: (hash, password) =>
    Promise.resolve(hash !== null && hash === createHash('sha256').update(password).digest('hex')),
};

function listLog(logged: Record<string, unknown>[]): Log {
  const keep = (fields: Readonly<Record<string, unknown>>, message: string): void => {
    logged.push({ ...fields, message });
  };
  return { info: keep, warn: keep, error: keep };
}
