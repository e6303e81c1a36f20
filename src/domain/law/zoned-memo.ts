import type { Temporal } from 'temporal-polyfill';

const MOST = 500;

/** What an instant is in a zone, remembered for the last few that were asked. Nothing else may be in the answer. */
export class ZonedMemo<T> {
  private readonly kept = new Map<string, T>();
  private readonly make: (instant: Temporal.Instant, zone: string) => T;

  constructor(make: (instant: Temporal.Instant, zone: string) => T) {
    this.make = make;
  }

  of(instant: Temporal.Instant, zone: string): T {
    const key = `${instant.epochMilliseconds} ${zone}`;
    const known = this.kept.get(key);
    if (known !== undefined) return known;
    const made = this.make(instant, zone);
    if (this.kept.size >= MOST) this.kept.clear();
    this.kept.set(key, made);
    return made;
  }
}
