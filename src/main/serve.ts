import { join } from 'node:path';
import MongoStore from 'connect-mongo';
import type { Logger } from 'pino';
import { RateLimiterMongo } from 'rate-limiter-flexible';
import { ensureAdministrator, issueSetUpLink, needsSetUp } from '../application/access/set-up.ts';
import type { House } from '../application/ports/house.ts';
import type { Mongo } from '../adapters/mongo/index.ts';
import { compileFolder } from '../adapters/templates/engine.ts';
import { createApp } from '../interfaces/web/app.ts';
import type { Parts } from '../interfaces/web/parts.ts';
import { throttleOver, type Throttle } from '../interfaces/shared/throttle.ts';
import { pageHelpers } from '../interfaces/web/words/page-helpers.ts';
import { readWords } from '../interfaces/web/words/read-words.ts';
import type { Configuration } from './configuration.ts';
import { listen } from './listen.ts';
import { openHouse, ROOT, type OpenHouse } from './open-house.ts';
import { beginWork, openLog, reportTo, type Running, type Say } from './work.ts';

/**
 * Starts the server: listens, opens the store, says first which deadlines passed while nobody watched, then starts the
 * jobs, unless another process does those (`TOCSIN_ROLE=web`), and takes requests. `say` prints for the person at the
 * terminal.
 */
export async function serve(configuration: Configuration, say: Say): Promise<Running> {
  const log = openLog(configuration);
  const report = reportTo(log);
  const { server, port, insteadOf, takeOver } = await listen(configuration.host, configuration.port);
  const address = `http://${configuration.host.includes(':') ? `[${configuration.host}]` : configuration.host}:${port}`;
  const url = configuration.url ?? address;
  const isWhole = configuration.role === 'all';
  const open = await openHouse(configuration, url, { alone: isWhole, report }).catch((error: unknown) => {
    server.close();
    throw error;
  });
  const { house, jobs, warnings } = open;
  const endJobs = isWhole ? await beginWork(open, say, report) : () => jobs.stop();
  for (const warning of warnings) say(`Not used: ${warning}`);
  await firstPerson(house, configuration, say);
  takeOver(createApp(await partsOf(open, configuration, url, log)));
  if (insteadOf !== null) say(`Port ${insteadOf} is taken, so this is port ${port}.`);
  if (!house.staffPost.reaches)
    say('Reminders reach nobody outside the pages: set SMTP_URL or SENDGRID_API_KEY.');
  say(`Tocsin is ready at ${address}${url === address ? '' : ` (people reach it at ${url})`}`);
  return {
    url: address,
    async close() {
      server.close();
      server.closeAllConnections();
      await endJobs();
      await open.close();
    },
  };
}

async function firstPerson(house: House, configuration: Configuration, say: Say): Promise<void> {
  const { admin } = configuration;
  if (admin) {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const form = { ...admin, organisation: 'My organisation', zone, name: admin.email };
    const made = await ensureAdministrator(house, form);
    if (!made.ok) throw new Error(`The first person could not be made: ${JSON.stringify(made.error)}`);
    if (made.value) say(`${admin.email} can sign in now, with all roles.`);
  }
  if (await needsSetUp(house)) {
    say(`Begin here, once, within a day: ${house.url}/setup/${await issueSetUpLink(house)}`);
  }
}

const MINUTES_15 = 15 * 60;

async function partsOf(
  open: OpenHouse,
  configuration: Configuration,
  url: string,
  log: Logger,
): Promise<Parts> {
  const { house, mongo, vault } = open;
  const words = readWords(join(ROOT, 'templates', 'messages'));
  return {
    house,
    words,
    pages: compileFolder(join(ROOT, 'templates', 'pages'), {
      helpers: pageHelpers(words, () => house.ids.secret()),
    }),
    sessions: MongoStore.create({
      // connect-mongo's own types name another copy of the driver's; it is the same client.
      client: mongo.connection.getClient(),
      dbName: mongo.connection.name,
      autoRemove: 'interval',
      touchAfter: 60,
      stringify: false,
    }),
    throttle: {
      address: await throttle(mongo, 'throttle-address', 50),
      account: await throttle(mongo, 'throttle-account', 10),
      anywhere: await throttle(mongo, 'throttle-anywhere', 100),
      token: await throttle(mongo, 'throttle-token', 600, 60),
    },
    config: {
      url,
      trustProxy: configuration.trustProxy,
      secrets: [vault.sessionSecret],
      sendGridKey: configuration.webhookKey,
    },
    log,
  };
}

/** Its index stands before the first try is counted: two at once must not be counted apart. */
async function throttle(
  mongo: Mongo,
  keyPrefix: string,
  points: number,
  duration = MINUTES_15,
): Promise<Throttle> {
  const limiter = new RateLimiterMongo({
    storeClient: mongo.connection,
    dbName: mongo.connection.name,
    disableIndexesCreation: true,
    keyPrefix,
    points,
    duration,
  });
  await limiter.createIndexes();
  return throttleOver(limiter);
}
