/** How often the clock is looked at, and how late a look may be before the machine must have slept. */
const TICK_MS = 10_000;
const SLEPT_MS = 60_000;

/**
 * Calls `onSlept` when a tick comes a minute late: a laptop that was closed over a deadline must not wait for the
 * next reconciling to say so. @returns a function that ends the watch
 */
export function watchForSleep(now: () => number, onSlept: () => void): () => void {
  let last = now();
  const timer = setInterval(() => {
    const at = now();
    if (at - last > TICK_MS + SLEPT_MS) onSlept();
    last = at;
  }, TICK_MS);
  timer.unref();
  return () => clearInterval(timer);
}
