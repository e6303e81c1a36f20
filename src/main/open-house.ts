import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installedLaw } from '../application/law/installed-law.ts';
import type { House } from '../application/ports/house.ts';
import type { Law } from '../application/ports/law.ts';
import type { LetterPost, StaffPost } from '../application/ports/post.ts';
import { argonPasswords, openVault, randomIds, systemClock, type Vault } from '../adapters/crypto/index.ts';
import {
  joinEmbeddedMongo,
  startEmbeddedMongo,
  type RunningEngine,
} from '../adapters/embedded-mongo/start.ts';
import { HolidayCalendar } from '../adapters/holidays/index.ts';
import { openJobs, type Jobs } from '../adapters/jobs/agenda.ts';
import { caseFiles, loadLaw, readHolidayFiles } from '../adapters/law-files/index.ts';
import { listFiles } from '../adapters/lists-in/index.ts';
import { createSendGridLetterPost } from '../adapters/mail/letters-by-sendgrid.ts';
import { createSmtpLetterPost } from '../adapters/mail/letters-by-smtp.ts';
import { mailFiles } from '../adapters/mail/mail-file.ts';
import { pdfPrinter } from '../adapters/print/letters-pdf.ts';
import { createLetterOutbox, createStaffOutbox } from '../adapters/mail/outbox-folder.ts';
import { createSendGridStaffPost } from '../adapters/mail/sendgrid.ts';
import { createSmtpStaffPost } from '../adapters/mail/smtp.ts';
import type { StaffPostOptions } from '../adapters/mail/staff-mail.ts';
import { createStaffWords } from '../adapters/mail/staff-words.ts';
import { connect, openStores, type Mongo } from '../adapters/mongo/index.ts';
import { loadForms } from '../adapters/playbook-files/forms.ts';
import { loadPlaybooks, playbookFiles } from '../adapters/playbook-files/index.ts';
import { createNoticeWriter } from '../adapters/templates/notice-writer.ts';
import { complaintOffices } from '../domain/notice/offices.ts';
import type { Configuration } from './configuration.ts';
import { guardCopy, identityOf, silentInCopy, waitingInCopy } from './copy-guard.ts';

/** The folder of the program itself, with `playbooks` and `templates`; the same below `src` and below `dist`. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A file of the installation that cannot be used; the message names file, line and column. */
export class FaultyFiles extends Error {
  override readonly name = 'FaultyFiles';
}

export interface OpenHouse {
  readonly house: House;
  readonly mongo: Mongo;
  readonly vault: Vault;
  readonly jobs: Jobs;
  /** Resolves when this store is known to live: at once, where it is no copy of another. */
  readonly whenAlive: () => Promise<void>;
  /** Faults of an organisation's own files: told, and the rest goes on. */
  readonly warnings: readonly string[];
  close(): Promise<void>;
}

type Report = (error: unknown, what: string) => void;

/**
 * Puts everything together on the configured store. `alone`: this process shall hold the data folder (a server);
 * else it joins whoever holds it (a command beside a running server).
 */
export async function openHouse(
  configuration: Configuration,
  url: string,
  options: { readonly alone: boolean; readonly report: Report },
): Promise<OpenHouse> {
  mkdirSync(configuration.dataFolder, { recursive: true, mode: 0o700 });
  const engine = configuration.mongoUri === null ? await openEngine(configuration, options.alone) : null;
  const mongo = await connect({ uri: configuration.mongoUri ?? engine?.uri ?? '' });
  const close = async (): Promise<void> => {
    await mongo.close();
    await engine?.close();
  };
  try {
    const vault = await openVault({
      dataFolder: configuration.dataFolder,
      ...(configuration.key ? { key: configuration.key } : {}),
    });
    await mongo.ensureIndexes();
    const stores = openStores(mongo, vault, { evidence: { limit: configuration.evidenceLimit } });
    await stores.installation.admit();
    const guard = await guardCopy(
      stores.installation,
      engine === null ? null : await identityOf(configuration.dataFolder),
    );
    const jobs = await openJobs(databaseOf(mongo), {
      alone: options.alone && engine !== null,
      report: options.report,
      ring: (letter) => stores.dispatches.ring(letter),
    });
    const { law, offices, warnings: lawWarnings } = openLaw(configuration);
    const forms = loadForms(join(ROOT, 'playbooks'));
    const loaded = loadPlaybooks({
      installed: join(ROOT, 'playbooks'),
      own: join(configuration.dataFolder, 'playbooks'),
    });
    const { staffPost, closePost } = openStaffPost(configuration);
    const letterPost = openLetterPost(configuration);
    const letterFaults: string[] = [];
    const house: House = {
      ...stores,
      listFiles,
      clock: systemClock,
      ids: randomIds,
      passwords: argonPasswords,
      law,
      playbooks: playbookFiles(loaded, stores.texts),
      scheduler: jobs.scheduler,
      staffPost: silentInCopy(staffPost, guard),
      letterPost: waitingInCopy(letterPost, guard),
      copyGuard: guard,
      printer: pdfPrinter({ clock: systemClock, fonts: join(configuration.dataFolder, 'fonts') }),
      mailFiles: mailFiles({ clock: systemClock }),
      noticeWriter: createNoticeWriter({
        folder: join(ROOT, 'templates'),
        own: join(configuration.dataFolder, 'templates'),
        clock: systemClock,
        offices,
        warn: (fault) => letterFaults.push(fault),
      }),
      forms: forms.book,
      sending: {
        graceHours: configuration.graceHours,
        turnedAwayShare: configuration.bouncePercent / 100,
      },
      url,
    };
    const faults = [...loaded.problems, ...forms.problems];
    const warnings = [...lawWarnings, ...faults.map(placed), ...letterFaults];
    return {
      house,
      mongo,
      vault,
      jobs,
      warnings,
      whenAlive: () => guard.whenAlive(),
      close: () => (guard.close(), closePost(), letterPost.close?.(), close()),
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openEngine({ dataFolder }: Configuration, alone: boolean): Promise<RunningEngine> {
  return alone ? startEmbeddedMongo({ path: dataFolder }) : joinEmbeddedMongo({ path: dataFolder });
}

function databaseOf(mongo: Mongo): NonNullable<Mongo['connection']['db']> {
  const { db } = mongo.connection;
  if (!db) throw new Error('the store is not connected');
  return db;
}

function openLaw(configuration: Configuration): {
  readonly law: Law;
  /** To whom people can complain, by place. */
  readonly offices: ReadonlyMap<string, string>;
  readonly warnings: readonly string[];
} {
  const sources = { playbooks: join(ROOT, 'playbooks'), cache: join(ROOT, 'dist', 'law.json') };
  const own = join(configuration.dataFolder, 'regimes');
  const withOwn = loadLaw({ ...sources, own: [own] });
  // A fault in a contract of the organisation's must not switch off the law.
  const { book, texts, problems } = withOwn.book ? withOwn : loadLaw(sources);
  if (!book)
    throw new FaultyFiles(`The installed law files cannot be used:\n${problems.map(placed).join('\n')}`);
  const workingDays = new HolidayCalendar(readHolidayFiles(join(ROOT, 'playbooks')));
  return {
    law: installedLaw(book, {
      workingDays,
      clock: systemClock,
      texts,
      cases: caseFiles(join(ROOT, 'playbooks')),
    }),
    offices: complaintOffices(book.authorities.values()),
    warnings: withOwn.problems.map(placed),
  };
}

function placed({
  file,
  line,
  column,
  message,
}: {
  file: string;
  line: number;
  column: number;
  message: string;
}): string {
  return `${file}:${line}:${column} ${message}`;
}

function openStaffPost(configuration: Configuration): {
  readonly staffPost: StaffPost;
  readonly closePost: () => void;
} {
  const options: StaffPostOptions = {
    clock: systemClock,
    from: { name: 'Tocsin', email: configuration.mailFrom ?? 'tocsin@localhost' },
    words: createStaffWords({ folder: join(ROOT, 'templates') }),
  };
  const nothing = (): void => undefined;
  if (configuration.smtpUrl !== null) {
    const post = createSmtpStaffPost({ ...options, url: configuration.smtpUrl });
    return { staffPost: post, closePost: () => post.close() };
  }
  if (configuration.sendgrid !== null) {
    const { apiKey, baseUrl } = configuration.sendgrid;
    const post = createSendGridStaffPost({ ...options, apiKey, ...(baseUrl === null ? {} : { baseUrl }) });
    return { staffPost: post, closePost: nothing };
  }
  const folder = join(configuration.dataFolder, 'outbox');
  return { staffPost: createStaffOutbox({ ...options, folder }), closePost: nothing };
}

function openLetterPost({ letters, smtpUrl, sendgrid, dataFolder }: Configuration): LetterPost {
  const clock = systemClock;
  const outbox = createLetterOutbox({ folder: join(dataFolder, 'outbox'), clock });
  // Letters of before the account was there may lie in the folder still.
  const forget = (notice: string): Promise<void> => outbox.forget(notice);
  if (letters === 'smtp' && smtpUrl !== null)
    return { ...createSmtpLetterPost({ url: smtpUrl, clock }), forget };
  if (letters === 'sendgrid' && sendgrid !== null) {
    const { apiKey, baseUrl } = sendgrid;
    const account = { apiKey, ...(baseUrl === null ? {} : { baseUrl }) };
    return { ...createSendGridLetterPost({ ...account, clock }), forget };
  }
  return outbox;
}
