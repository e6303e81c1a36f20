import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const CHILD = fileURLToPath(new URL('./child.ts', import.meta.url));

export interface EngineProcess {
  readonly uri: string;
  readonly pid: number;
  /** kill -9, and wait until it is gone. */
  kill(): Promise<void>;
}

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** The engine in a process of its own; `limit` is a shell command that runs before it, in the same process. */
export async function spawnEngine(folder: string, limit?: string): Promise<EngineProcess> {
  const command = [process.execPath, '--import', 'tsx', CHILD, folder];
  const whole = limit ? ['sh', '-c', `${limit}; exec "$0" "$@"`, ...command] : command;
  const child = spawn(whole[0]!, whole.slice(1), { stdio: ['ignore', 'pipe', 'inherit'] });
  running.add(child);
  const ended = once(child, 'exit').then(() => running.delete(child));
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const said = JSON.parse(line) as { uri: string; pid: number; error?: string };
  if (said.error !== undefined) throw new Error(said.error);
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  return { uri: said.uri, pid: said.pid, kill };
}
