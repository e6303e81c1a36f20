#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CommanderError } from 'commander';
import { StoreHeld, startEmbeddedMongo } from './adapters/embedded-mongo/start.ts';
import { program, type ExitCode, type Terminal } from './interfaces/cli/program.ts';
import { ConfigurationError, describeConfiguration, readConfiguration } from './main/configuration.ts';
import { CannotListen } from './main/listen.ts';
import { FaultyFiles, openHouse } from './main/open-house.ts';
import { serve } from './main/serve.ts';
import { MasterKeyError } from './adapters/crypto/index.ts';
import { StoreUnreachable } from './adapters/mongo/index.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`${line}\n`);

/** Resolves when the process is asked to end. */
function asked(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
}

const terminal: Terminal = {
  say,
  complain,
  async start(folder) {
    const running = await serve(readConfiguration(process.env, { data: folder }), say);
    await asked();
    say('Ending: running jobs are finished first.');
    await running.close();
  },
  async store({ data, port }) {
    complain('Every user of this machine can connect to this port of the store, without a password.');
    const engine = await startEmbeddedMongo({ path: data, port });
    say(JSON.stringify({ uri: engine.uri, pid: engine.pid }));
    await asked();
    await engine.close();
  },
  async withHouse(folder, work) {
    const configuration = readConfiguration(process.env, { data: folder });
    const url = configuration.url ?? `http://${configuration.host}:${configuration.port ?? 7272}`;
    const report = (error: unknown, what: string): void => complain(`${what}: ${String(error)}`);
    const open = await openHouse(configuration, url, { alone: false, report });
    try {
      return await work(open.house);
    } finally {
      await open.jobs.stop();
      await open.close();
    }
  },
  hasStore(folder) {
    const { mongoUri, dataFolder } = readConfiguration(process.env, { data: folder });
    return mongoUri !== null || existsSync(join(dataFolder, 'store.mdb'));
  },
  configuration: (folder) =>
    describeConfiguration(readConfiguration(process.env, { data: folder }), process.env),
};

/** What people can mend is told in words; anything else is a bug and keeps its trace. */
function fail(error: unknown): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const expected = [
    ConfigurationError,
    CannotListen,
    StoreHeld,
    StoreUnreachable,
    MasterKeyError,
    FaultyFiles,
  ];
  if (expected.some((kind) => error instanceof kind)) complain((error as Error).message);
  else complain(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return error instanceof ConfigurationError ? 2 : 1;
}

let code: ExitCode = 0;
const tocsin = program(terminal, (result) => {
  code = result;
}).exitOverride();
for (const command of [tocsin, ...tocsin.commands, ...tocsin.commands.flatMap((group) => group.commands)])
  command.exitOverride();

try {
  await tocsin.parseAsync(process.argv);
} catch (error) {
  code = fail(error);
}
// Agenda leaves timers of jobs that it looked ahead for; everything else is closed by now.
process.stdout.write('', () => process.exit(code));
