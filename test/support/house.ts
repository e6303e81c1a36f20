import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfiguration } from '../../src/main/configuration.ts';
import { handlersOf } from '../../src/main/handlers.ts';
import { openHouse, type OpenHouse } from '../../src/main/open-house.ts';

export interface HouseUnderTest {
  readonly open: OpenHouse;
  readonly folder: string;
  /** Faults that jobs reported; a suite looks at them at its end. */
  readonly faults: readonly string[];
}

/** The whole house in this process, as the program wires it, on a data folder of its own; its jobs run. */
export function withHouse(environment: Readonly<Record<string, string>> = {}): () => HouseUnderTest {
  let found: HouseUnderTest | undefined;
  before(async function () {
    this.timeout(120_000);
    const folder = await mkdtemp(join(tmpdir(), 'tocsin-house-'));
    const faults: string[] = [];
    const report = (error: unknown, what: string): void => void faults.push(`${what}: ${String(error)}`);
    const configuration = readConfiguration({ ...environment, TOCSIN_DATA: folder });
    const open = await openHouse(configuration, 'http://127.0.0.1:7272', { alone: true, report });
    await open.jobs.start(handlersOf(open.house));
    found = { open, folder, faults };
  });
  after(async function () {
    this.timeout(60_000);
    if (!found) return;
    await found.open.jobs.stop();
    await found.open.close();
    await rm(found.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  });
  return () => {
    if (!found) throw new Error('The house opens in the hooks of the suite.');
    return found;
  };
}

/** Waits until something holds, looking every 50 ms. @throws after `seconds`, which only guards against a hang */
export async function until(what: string, holds: () => Promise<boolean>, seconds = 120): Promise<void> {
  for (let look = 0; look < seconds * 20; look += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${what}: not within ${seconds} seconds`);
}
