import { setTimeout as sleep } from 'node:timers/promises';

/** A letter under way, by its notice, and how often its bell was rung. */
interface Bell {
  readonly notice: string;
  readonly rung: number;
}

/** What a dispatcher does; each is safe to run twice, late, or beside another process. */
export interface DispatchHandlers<T extends Bell> {
  /** Letters that somebody should look after now. */
  due(): Promise<readonly T[]>;
  /** Sends what can be sent now. @returns after how many seconds it is worth another look; null: it is through */
  send(bell: T, stopping: () => boolean): Promise<number | null>;
}

export interface Dispatcher {
  /** Lets calls under way come to their end and begins no new ones. */
  stop(): Promise<void>;
}

const LOOK_MS = 500;
/** After a failure of ours, or of a mail service that does not say how long to wait. */
const LONGEST_WAIT_SECONDS = 60;

/**
 * Looks after the letters under way: every process that does so takes its share of each. There is no job that one process
 * owns, so that nothing waits for a process that died.
 */
export function startDispatcher<T extends Bell>(
  handlers: DispatchHandlers<T>,
  report: (error: unknown, what: string) => void,
): Dispatcher {
  let stopped = false;
  const running = new Map<string, Promise<void>>();
  const notBefore = new Map<
    string,
    { readonly rung: number; readonly at: number; readonly failures: number }
  >();

  async function look(bell: T): Promise<void> {
    const before = notBefore.get(bell.notice);
    const failures = before?.failures ?? 0;
    const again = (seconds: number, failed: number): void =>
      void notBefore.set(bell.notice, {
        rung: bell.rung,
        at: performance.now() + seconds * 1000,
        failures: failed,
      });
    try {
      const seconds = await handlers.send(bell, () => stopped);
      if (seconds === null) notBefore.delete(bell.notice);
      else again(seconds, 0);
    } catch (error) {
      again(Math.min(2 ** failures, LONGEST_WAIT_SECONDS), failures + 1);
      report(error, 'dispatch');
    }
  }

  function begin(bell: T): void {
    const before = notBefore.get(bell.notice);
    // Whoever rings anew wants it looked at now: a pause that ended, a pace that changed.
    const isEarly = before && before.rung === bell.rung && before.at > performance.now();
    if (isEarly || running.has(bell.notice)) return;
    running.set(
      bell.notice,
      look(bell).finally(() => running.delete(bell.notice)),
    );
  }

  async function watch(): Promise<void> {
    while (!stopped) {
      try {
        for (const bell of await handlers.due()) begin(bell);
      } catch (error) {
        if (!stopped) report(error, 'dispatch');
      }
      await sleep(LOOK_MS, undefined, { ref: false });
    }
  }

  const watching = watch();
  return {
    async stop() {
      stopped = true;
      await Promise.race([watching, sleep(LOOK_MS)]);
      await Promise.all(running.values());
    },
  };
}
