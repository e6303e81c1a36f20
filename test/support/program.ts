import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

type Environment = Readonly<Record<string, string>>;

export interface Started {
  readonly pid: number;
  /** Every line on standard output so far. */
  readonly lines: readonly string[];
  /** Everything on standard error so far. */
  readonly complaints: () => string;
  /** The first line that fits, as soon as it is there. @throws if the process ends before */
  line(fits: RegExp): Promise<string>;
  /** kill -9, and waits until the process is gone. */
  kill(): Promise<void>;
  /** SIGTERM. @returns the exit code */
  stop(): Promise<number>;
  readonly ended: Promise<number>;
}

/** Starts a command of the program in a process of its own, as a person does. */
export function start(command: readonly string[], environment: Environment): Started {
  const child: ChildProcessByStdio<null, Readable, Readable> = spawn(
    process.execPath,
    [...programFiles(), ...command],
    { cwd: ROOT, env: { ...bareEnvironment(), ...environment }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  running.add(child);
  const lines: string[] = [];
  let rest = '';
  let complaints = '';
  const listeners = new Set<() => void>();
  const news = (): void => listeners.forEach((listener) => listener());
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
    news();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  const ended = once(child, 'close').then(([code]) => {
    running.delete(child);
    return code as number;
  });
  return {
    pid: child.pid ?? 0,
    lines,
    complaints: () => complaints,
    ended,
    line: async (fits) => {
      let over = false;
      void ended.then(() => {
        over = true;
        news();
      });
      for (;;) {
        const found = lines.find((line) => fits.test(line));
        if (found !== undefined) return found;
        if (over) throw new Error(`it ended without ${String(fits)}:\n${lines.join('\n')}\n${complaints}`);
        await new Promise<void>((resolve) => {
          const once = (): void => {
            listeners.delete(once);
            resolve();
          };
          listeners.add(once);
        });
      }
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

export interface Server extends Started {
  readonly url: string;
}

/** Starts a server on any free port and waits until it takes requests. */
export async function serveProgram(environment: Environment): Promise<Server> {
  const started = start(['start'], { PORT: '0', ...environment });
  const ready = await started.line(/^Tocsin is ready at /);
  return { ...started, url: /http:\/\/\S+/.exec(ready)?.[0] ?? '' };
}

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly complaints: string;
}

/** Runs a command to its end. */
export async function run(command: readonly string[], environment: Environment): Promise<Ran> {
  const started = start(command, environment);
  const code = await started.ended;
  return { code, out: started.lines.join('\n'), complaints: started.complaints() };
}

/** A fresh data folder for one suite, removed behind it together with every process that the suite left running. */
export function withDataFolder(): () => string {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tocsin-run-'));
  });
  after(async () => {
    for (const child of running) child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  });
  return () => folder;
}

const running = new Set<ChildProcessByStdio<null, Readable, Readable>>();

/** What was compiled, if that is what stands in the sources; else the sources themselves. */
function programFiles(): readonly string[] {
  const compiled = join(ROOT, 'dist', 'main.js');
  const fresh = existsSync(compiled) && newest(join(ROOT, 'src')) <= statSync(compiled).mtimeMs;
  return fresh ? [compiled] : ['--import', 'tsx', join(ROOT, 'src', 'main.ts')];
}

function newest(folder: string): number {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .reduce((latest, entry) => Math.max(latest, statSync(join(entry.parentPath, entry.name)).mtimeMs), 0);
}

/** The environment without anything of ours or of a mail account: a test says itself what is set. */
function bareEnvironment(): Record<string, string> {
  const ours = /^(TOCSIN_|MONGODB_URI$|HOST$|PORT$|SMTP_|SENDGRID_|NODE_OPTIONS$)/;
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined || ours.test(name) ? [] : [[name, value]],
    ),
  );
}
