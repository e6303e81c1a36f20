import { execFileSync } from 'node:child_process';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Who holds a data folder. */
export interface Holder {
  readonly pid: number;
  /** When that process began, in the system's own words: a number alone is used again by other processes. */
  readonly started: string;
  /** Where it can be reached, once it listens. */
  readonly uri?: string;
  /** The Unix socket of it, once it listens. */
  readonly socket?: string;
}

/** Another process (or this one, already) holds the data folder. */
export class StoreHeld extends Error {
  readonly holder: Holder;

  constructor(path: string, holder: Holder) {
    super(`the store in ${path} is in use by process ${holder.pid}`);
    this.name = 'StoreHeld';
    this.holder = holder;
  }
}

/** When a process began; undefined when it does not run or the system does not tell. */
function startOf(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
      // Field 22, counted after the name in parentheses, which may hold spaces (man 5 proc).
      return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    }
    if (process.platform === 'win32') {
      const ask = `(Get-Process -Id ${pid}).StartTime.Ticks`;
      return execFileSync('powershell', ['-NoProfile', '-Command', ask], { encoding: 'utf8' }).trim();
    }
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined;
  } catch {
    return undefined;
  }
}

function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(socket);
    const done = (alive: boolean): void => {
      probe.destroy();
      resolve(alive);
    };
    probe.once('connect', () => done(true));
    probe.once('error', () => done(false));
    probe.setTimeout(2000, () => done(true)); // It took the connection and is busy.
  });
}

function read(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

/** The holder that a lock file names, if it lives; undefined for whatever a dead process left behind. */
async function liveHolder(file: string): Promise<Holder | undefined> {
  const holder = read(file);
  if (!holder) return undefined;
  const started = startOf(holder.pid);
  if (started !== undefined && started === holder.started) return holder;
  // A process of another container is not in our list, but its socket answers.
  if (holder.socket !== undefined && (await answers(holder.socket))) return holder;
  return undefined;
}

/** Who holds the folder `path` now; undefined when nobody does. */
export function holderOf(path: string): Promise<Holder | undefined> {
  return liveHolder(join(path, 'lock'));
}

/** The lock that this process holds on a data folder. */
export class Lock {
  readonly #file: string;
  #holder: Holder;

  private constructor(file: string, holder: Holder) {
    this.#file = file;
    this.#holder = holder;
  }

  /** Takes the folder for this process. Throws StoreHeld, with who has it. */
  static async take(path: string): Promise<Lock> {
    const file = join(path, 'lock');
    const mine: Holder = { pid: process.pid, started: startOf(process.pid) ?? 'unknown' };
    const draft = `${file}.${process.pid}.${Math.random().toString(36).slice(2)}`;
    writeFileSync(draft, JSON.stringify(mine), { mode: 0o600 });
    try {
      for (;;) {
        if (claim(draft, file)) return new Lock(file, mine);
        const holder = await liveHolder(file);
        if (holder) throw new StoreHeld(path, holder);
        await clearAway(file, draft);
      }
    } finally {
      rmSync(draft, { force: true });
    }
  }

  /** Writes down where this process can be reached. */
  announce(where: { uri: string; socket?: string }): void {
    this.#holder = { ...this.#holder, ...where };
    const draft = `${this.#file}.${process.pid}.next`;
    writeFileSync(draft, JSON.stringify(this.#holder), { mode: 0o600 });
    renameSync(draft, this.#file);
  }

  release(): void {
    const now = read(this.#file);
    if (now?.pid === this.#holder.pid && now.started === this.#holder.started)
      rmSync(this.#file, { force: true });
  }
}

/** A hard link is made whole or not at all, and by one process only. */
function claim(draft: string, file: string): boolean {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Takes a dead process's lock away. Only who has claimed the file beside it may do so, and looks again first:
 * else one of several that start at once would remove the lock that another has just made.
 */
async function clearAway(file: string, draft: string): Promise<void> {
  const turn = `${file}.turn`;
  if (!claim(draft, turn)) {
    // Whoever has the turn needs it for an instant, unless it died in that instant.
    if (!(await liveHolder(turn))) rmSync(turn, { force: true });
    await sleep(10);
    return;
  }
  try {
    if (!(await liveHolder(file))) rmSync(file, { force: true });
  } finally {
    rmSync(turn, { force: true });
  }
}
