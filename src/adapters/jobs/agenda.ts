import { randomUUID } from 'node:crypto';
import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda, constant, type Job } from 'agenda';
import type { Db } from 'mongodb';
import type { Scheduler, Wake } from '../../application/ports/house.ts';
import type { Due } from '../../application/ports/dispatches.ts';
import { startDispatcher, type Dispatcher, type DispatchHandlers } from './dispatcher.ts';
import { noteOnlyFailures, takeNextByIndex } from './next-job.ts';

/** What the jobs do; each is safe to run twice, late, or beside itself. */
export interface JobHandlers {
  clock(organisation: string, incident: string): Promise<void>;
  readonly letters: DispatchHandlers<Due>;
  reconcile(): Promise<void>;
}

export interface Jobs {
  readonly scheduler: Scheduler;
  start(handlers: JobHandlers): Promise<void>;
  /** Lets running jobs end and takes no new ones. */
  stop(): Promise<void>;
}

interface ClockJob {
  readonly key: string;
  readonly organisation: string;
  readonly incident: string;
}

const COLLECTION = 'jobs';
const SCAN_MS = 1000;
/** A job of a process that died is taken over after this; handlers are shorter, or touch their job. */
const LOCK_MS = 60_000;
const RECONCILE_MS = 60_000;
const TOUCH_MS = 20_000;
const RETRY = constant({ delay: 15_000, maxRetries: 1_000_000 });
const DRAIN_MS = 20_000;

export interface JobsOptions {
  /** No other process runs jobs on this store: whatever is locked at the start was locked by a process that died. */
  readonly alone: boolean;
  readonly report: (error: unknown, what: string) => void;
  /** Rings for a letter: whichever process looks after letters hears it. */
  readonly ring: (of: Omit<Due, 'rung'>) => Promise<void>;
}

/** Agenda on the store's own connection. Jobs can be laid down at once; they run after `start`. */
export async function openJobs(db: Db, { alone, report, ring }: JobsOptions): Promise<Jobs> {
  /** Stands in every lock that this process takes. */
  const name = `tocsin-${randomUUID()}`;
  const agenda = new Agenda({
    name,
    backend: new MongoBackend({ mongo: db, collection: COLLECTION }),
    processEvery: SCAN_MS,
    defaultConcurrency: 20,
    maxConcurrency: 50,
    defaultLockLifetime: LOCK_MS,
    removeOnComplete: true,
  });
  let ended = false;
  // A look for jobs that was under way when the store was closed has nothing to say.
  agenda.on('error', (error: unknown) => {
    if (!ended) report(error, 'jobs');
  });
  agenda.on('fail', (error: unknown, job: { attrs?: { name?: string } }) =>
    report(error, job.attrs?.name ?? 'job'),
  );
  await agenda.ready;
  // Agenda's own `unique` has no index behind it: two processes could lay down the same job.
  await db
    .collection(COLLECTION)
    .createIndex(
      { 'data.key': 1 },
      { unique: true, partialFilterExpression: { 'data.key': { $exists: true } } },
      {},
    );
  await takeNextByIndex(agenda.db, db.collection(COLLECTION), LOCK_MS);
  noteOnlyFailures(agenda.db, 'clock');
  let dispatcher: Dispatcher | undefined;
  return {
    scheduler: schedulerOn(agenda, db, ring),
    async start(handlers) {
      if (alone) await unlock(db, {});
      await startJobs(agenda, db, handlers, report);
      dispatcher = startDispatcher(handlers.letters, report);
    },
    async stop() {
      await dispatcher?.stop();
      await agenda.drain({ timeout: DRAIN_MS, closeConnection: false });
      // Agenda keeps the jobs that it locked ahead: the next process would wait a minute for each.
      await unlock(db, { lastModifiedBy: name });
      ended = true;
    },
  };
}

/** Sets locked jobs free; what had begun to run is due again at once. */
async function unlock(db: Db, which: { readonly lastModifiedBy?: string }): Promise<void> {
  const jobs = db.collection(COLLECTION);
  const locked = { ...which, lockedAt: { $ne: null } };
  await jobs.updateMany({ ...locked, nextRunAt: null }, { $set: { lockedAt: null, nextRunAt: new Date(0) } });
  await jobs.updateMany(locked, { $set: { lockedAt: null } });
}

function schedulerOn(agenda: Agenda, db: Db, ring: JobsOptions['ring']): Scheduler {
  return {
    async wake(organisation, incident, wakes) {
      const jobs = wakes.map((wake): { readonly data: ClockJob; readonly at: Date } => ({
        data: { key: clockKey(incident, wake), organisation, incident },
        at: new Date(wake.at.epochMilliseconds),
      }));
      const there = await keysThere(
        db,
        jobs.map(({ data }) => data.key),
      );
      const missing = jobs.filter(({ data }) => !there.has(data.key));
      await Promise.all(missing.map(({ data, at }) => layDown(agenda, 'clock', data, at)));
    },
    dispatch: (organisation, incident, notice) => ring({ organisation, incident, notice }),
  };
}

/** One job a moment: a moment that has its job keeps it, and one that moved gets another. */
function clockKey(incident: string, { key, revision, at }: Wake): string {
  return `clock:${incident}:${key}:${revision}:${at.epochMilliseconds}`;
}

/** Most jobs are there already: asking once is cheaper than laying each down again. */
async function keysThere(db: Db, keys: readonly string[]): Promise<ReadonlySet<string>> {
  if (keys.length < 2) return new Set();
  const found = db
    .collection<{ data: { key: string } }>(COLLECTION)
    .find({ 'data.key': { $in: [...keys] } }, { projection: { 'data.key': 1 } });
  return new Set((await found.toArray()).map(({ data }) => data.key));
}

async function layDown(
  agenda: Agenda,
  name: string,
  data: { readonly key: string },
  at: Date,
): Promise<void> {
  try {
    await agenda
      .create(name, data)
      .unique({ 'data.key': data.key }, { insertOnly: true })
      .schedule(at)
      .save();
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
}

async function startJobs(
  agenda: Agenda,
  db: Db,
  handlers: JobHandlers,
  report: (error: unknown, what: string) => void,
): Promise<void> {
  const options = { lockLifetime: LOCK_MS, backoff: RETRY };
  agenda.define<ClockJob>(
    'clock',
    async ({ attrs: { data } }) => handlers.clock(data.organisation, data.incident),
    options,
  );
  // With thousands of open incidents on a busy machine it takes longer than a lock lasts.
  agenda.define('reconcile', (job) =>
    touching(job, report, async () => {
      // What failed for good, or was left without a next run, must not stand in the way of its successor.
      await db
        .collection(COLLECTION)
        .deleteMany({ 'data.key': { $exists: true }, nextRunAt: null, lockedAt: null });
      await handlers.reconcile();
    }),
  );
  await agenda.start();
  await agenda.every(RECONCILE_MS, 'reconcile', undefined, { skipImmediate: true });
}

/** Renews the lock of a long job while it works, so that no other process takes it for dead. */
async function touching(
  job: Pick<Job, 'touch'>,
  report: (error: unknown, what: string) => void,
  work: () => Promise<void>,
): Promise<void> {
  const timer = setInterval(() => {
    job.touch().catch((error: unknown) => report(error, 'touch'));
  }, TOUCH_MS);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
}

function isDuplicate(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 11000;
}
