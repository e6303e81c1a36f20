/** What may leave in one window of time, so that no more than so many leave in a minute, evenly. */
export interface Pace {
  /** Length of a window, in seconds. */
  readonly seconds: number;
  /** Mails in a window. */
  readonly limit: number;
}

/** A window of a second with a sixtieth; where that is less than one mail, a longer one with one mail. */
export function paceOf(perMinute: number): Pace {
  if (perMinute >= 60) return { seconds: 1, limit: Math.floor(perMinute / 60) };
  return { seconds: Math.ceil(60 / perMinute), limit: 1 };
}

/** The window that a moment lies in: its number, and how many seconds until the next. */
export function windowAt(
  pace: Pace,
  milliseconds: number,
): { readonly window: number; readonly left: number } {
  const length = pace.seconds * 1000;
  const window = Math.floor(milliseconds / length);
  return { window, left: ((window + 1) * length - milliseconds) / 1000 };
}
