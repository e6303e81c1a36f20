#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CommanderError } from 'commander';
import type { Configuration } from './main/configuration.ts';
import { openLawDesk } from './main/law-desk.ts';
import { openLetterDesk } from './main/letter-desk.ts';
import { program, type ExitCode, type Terminal } from './interfaces/cli/program.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`${line}\n`);

/** Resolves when the process is asked to end. */
function asked(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
}

// The parts are loaded when a command needs them: a deadline is told without the web, the jobs and the store.
const configure = async (folder: string | undefined): Promise<Configuration> =>
  (await import('./main/configuration.ts')).readConfiguration(process.env, { data: folder });

const dataFolder = (folder: string | undefined): string => folder ?? (process.env['TOCSIN_DATA'] || '.data');

const terminal: Terminal = {
  say,
  complain,
  async start(folder) {
    const configuration = await configure(folder);
    const running =
      configuration.role === 'worker'
        ? await (await import('./main/work.ts')).work(configuration, say)
        : await (await import('./main/serve.ts')).serve(configuration, say);
    await asked();
    say('Ending: running jobs are finished first.');
    await running.close();
  },
  async store({ data, port }) {
    complain('Every user of this machine can connect to this port of the store, without a password.');
    const { startEmbeddedMongo } = await import('./adapters/embedded-mongo/start.ts');
    const engine = await startEmbeddedMongo({ path: data, port });
    say(JSON.stringify({ uri: engine.uri, pid: engine.pid }));
    await asked();
    await engine.close();
  },
  async withHouse(folder, work) {
    const { openHouse } = await import('./main/open-house.ts');
    const configuration = await configure(folder);
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
  async hasStore(folder) {
    const { mongoUri, dataFolder } = await configure(folder);
    return mongoUri !== null || existsSync(join(dataFolder, 'store.mdb'));
  },
  async configuration(folder) {
    const { describeConfiguration } = await import('./main/configuration.ts');
    return describeConfiguration(await configure(folder), process.env);
  },
  law: (folder) => openLawDesk(join(dataFolder(folder), 'regimes'), complain),
  letters: (folder) => {
    const desk = { say, complain, law: openLawDesk(join(dataFolder(folder), 'regimes'), complain) };
    return openLetterDesk(desk, join(dataFolder(folder), 'templates', 'letters'));
  },
  listFiles: async () => (await import('./adapters/lists-in/index.ts')).listFiles,
};

// By name, since the classes lie in parts that are loaded only when they are needed.
const MENDABLE = [
  'ConfigurationError',
  'CannotListen',
  'StoreHeld',
  'StoreUnreachable',
  'MasterKeyError',
  'FaultyFiles',
  'FaultyLaw',
];

/** What people can mend is told in words; anything else is a bug and keeps its trace. */
function fail(error: unknown): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const name = error instanceof Error ? error.name : '';
  if (MENDABLE.includes(name)) complain((error as Error).message);
  else complain(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return name === 'ConfigurationError' ? 2 : 1;
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
