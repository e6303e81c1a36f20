import { Temporal } from 'temporal-polyfill';
import { REGION, type Locale } from '../../shared/words.ts';

/** Moments in words, in one zone and one language. */
export interface Times {
  readonly zone: string;
  /** `Mon 7 Dec, 18:40 CET`; with the year where it is another one than now's. */
  readonly full: (moment: Temporal.Instant) => string;
  /** `Fri 4 Dec, 18:40`, for places that stand beside a zone already. */
  readonly short: (moment: Temporal.Instant) => string;
  /** `18:40` */
  readonly hour: (moment: Temporal.Instant) => string;
  /** `Mon 18:40` */
  readonly weekday: (moment: Temporal.Instant) => string;
  /** `Mon 7 Dec` */
  readonly date: (moment: Temporal.Instant) => string;
  /** `7 Dec` */
  readonly day: (moment: Temporal.Instant) => string;
  /** The zone's short name at that moment: `CET`. */
  readonly zoneName: (moment: Temporal.Instant) => string;
}

/** @param zone IANA */
export function timesIn(zone: string, locale: Locale, now: Temporal.Instant): Times {
  const region = REGION[locale];
  const formatter = (options: Intl.DateTimeFormatOptions): ((moment: Temporal.Instant) => string) => {
    const format = formatOf(region, { timeZone: zone, hourCycle: 'h23', ...options });
    return (moment) => format.format(moment.epochMilliseconds);
  };
  const day = formatter({ weekday: 'short', day: 'numeric', month: 'short' });
  const dayOfYear = formatter({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
  const hour = formatter({ hour: '2-digit', minute: '2-digit' });
  const monthDay = formatter({ day: 'numeric', month: 'short' });
  const dayName = formatter({ weekday: 'short' });
  const thisYear = now.toZonedDateTimeISO(zone).year;
  const date = (moment: Temporal.Instant): string => {
    const near = moment.toZonedDateTimeISO(zone).year === thisYear;
    // Britain writes 'Mon, 7 Dec' since ICU 72; the comma before the hour is enough.
    return (near ? day : dayOfYear)(moment).replace(/^(\p{L}+\.?),/u, '$1');
  };
  const zoneName = (moment: Temporal.Instant): string => shortZone(zone, region, moment);
  return {
    zone,
    full: (moment) => `${date(moment)}, ${hour(moment)} ${zoneName(moment)}`,
    short: (moment) => `${date(moment)}, ${hour(moment)}`,
    hour,
    weekday: (moment) => `${dayName(moment)} ${hour(moment)}`,
    date,
    day: monthDay,
    zoneName,
  };
}

/**
 * `CET` rather than `GMT+1`: which zones have a short name depends on the region that is asked, so several are.
 * The page's own language comes first (MEZ in German).
 */
function shortZone(zone: string, region: string, moment: Temporal.Instant): string {
  let first: string | undefined;
  for (const asked of [region, 'en-GB', 'en-US', 'en-AU', 'en-CA', 'en-IN']) {
    const parts = formatOf(asked, { timeZone: zone, timeZoneName: 'short' }).formatToParts(
      moment.epochMilliseconds,
    );
    const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
    if (/^\p{L}+$/u.test(name)) return name;
    first ??= name;
  }
  return first ?? zone;
}

const FORMATS = new Map<string, Intl.DateTimeFormat>();

/** Making a format takes a hundred times as long as using it, and there are few zones and languages in a house. */
function formatOf(region: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([region, options]);
  const made = FORMATS.get(key) ?? new Intl.DateTimeFormat(region, options);
  FORMATS.set(key, made);
  return made;
}

/** A stretch of time, cut into the two units that matter: days and hours, hours and minutes. */
export interface Stretch {
  readonly parts: readonly { readonly number: string; readonly unit: 'd' | 'h' | 'min' }[];
}

const MINUTE = 60;
const HOUR = 3600;
const DAY = 24 * HOUR;

/** How long from one moment to the other, whichever comes first; whole minutes, rounded down. */
export function stretchBetween(a: Temporal.Instant, b: Temporal.Instant): Stretch {
  return stretchOf(Math.abs(a.until(b).total('seconds')));
}

function stretchOf(seconds: number): Stretch {
  const part = (value: number, unit: 'd' | 'h' | 'min') => ({ number: String(Math.floor(value)), unit });
  const [large, small] =
    seconds >= DAY
      ? [part(seconds / DAY, 'd'), part((seconds % DAY) / HOUR, 'h')]
      : seconds >= HOUR
        ? [part(seconds / HOUR, 'h'), part((seconds % HOUR) / MINUTE, 'min')]
        : [part(seconds / MINUTE, 'min'), part(0, 'min')];
  // From two weeks on hours are noise, and a zero says nothing.
  return { parts: seconds >= 14 * DAY || small.number === '0' ? [large] : [large, small] };
}
