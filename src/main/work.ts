import { pino, type Logger } from 'pino';
import type { Overdue } from '../application/clock/reconcile.ts';
import type { House } from '../application/ports/house.ts';
import { watchForSleep } from '../adapters/jobs/watch.ts';
import type { Configuration } from './configuration.ts';
import { catchUp, handlersOf } from './handlers.ts';
import { openHouse, type OpenHouse } from './open-house.ts';

export type Say = (line: string) => void;
type Report = (error: unknown, what: string) => void;

export interface Running {
  readonly url: string;
  close(): Promise<void>;
}

export function openLog({ logLevel }: Configuration): Logger {
  return pino({ level: logLevel }, pino.destination({ dest: 2, sync: true }));
}

export function reportTo(log: Logger): Report {
  return (error, what) => log.error({ err: error, what }, 'a job failed');
}

/**
 * Clocks and letters without pages (`TOCSIN_ROLE=worker`): any number of such processes share a store. What belongs to
 * pages is not even loaded.
 */
export async function work(configuration: Configuration, say: Say): Promise<Running> {
  const report = reportTo(openLog(configuration));
  const url = configuration.url ?? `http://${configuration.host}:${configuration.port ?? 7272}`;
  const open = await openHouse(configuration, url, { alone: false, report });
  const endJobs = await beginWork(open, say, report);
  say('Tocsin is at work: clocks and letters, no pages.');
  return {
    url,
    async close() {
      await endJobs();
      await open.close();
    },
  };
}

/**
 * Says what fell due meanwhile and starts the jobs. In a copied folder nothing begins until somebody says that this one
 * lives. @returns what ends them
 */
export async function beginWork(open: OpenHouse, say: Say, report: Report): Promise<() => Promise<void>> {
  if (!open.house.copyGuard?.isCopy) return startWork(open, say, report);
  say('This folder is a copy, or was put back from a backup: no clock rings here and no letter leaves.');
  say('An administrator says on the pages which one lives.');
  let end = (): Promise<void> => open.jobs.stop();
  let ended = false;
  const begun = open.whenAlive().then(async () => {
    if (!ended) end = await startWork(open, say, report);
  });
  begun.catch((error: unknown) => report(error, 'starting the jobs'));
  return async () => {
    ended = true;
    await end();
  };
}

async function startWork({ house, jobs }: OpenHouse, say: Say, report: Report): Promise<() => Promise<void>> {
  tellOverdue(await catchUp(house, report), house, say);
  await jobs.start(handlersOf(house));
  const endWatch = watchForSleep(
    () => house.clock.now().epochMilliseconds,
    () => void catchUp(house, report).catch((error: unknown) => report(error, 'catching up after sleep')),
  );
  return async () => {
    endWatch();
    await jobs.stop();
  };
}

function tellOverdue(overdue: readonly Overdue[], house: House, say: Say): void {
  if (overdue.length === 0) return;
  say(
    overdue.length === 1
      ? 'A deadline has passed and is still open:'
      : `${overdue.length} deadlines have passed and are still open:`,
  );
  for (const { reference, key, dueAt, told } of overdue) {
    const duty = house.law.duty(key.split('@')[0] ?? key)?.title ?? key;
    say(
      `  OVERDUE ${reference}: ${duty}, was due ${dueAt.toString()}${told ? '' : ' (passed while Tocsin was not running)'}`,
    );
  }
}
