import type { Temporal } from 'temporal-polyfill';

/** '3 December', in the zone: for subjects. */
export function shortDay(at: Temporal.Instant, zone: string, locale: string): string {
  return at.toZonedDateTimeISO(zone).toLocaleString(locale, { day: 'numeric', month: 'long' });
}

/** '3 December 2026', in the zone. The month in words, since 03/12 is two dates. */
export function day(at: Temporal.Instant, zone: string, locale: string): string {
  return at
    .toZonedDateTimeISO(zone)
    .toLocaleString(locale, { day: 'numeric', month: 'long', year: 'numeric' });
}

/** 'Thursday, 3 December 2026, 18:40 (Europe/Berlin, UTC+01:00)'. */
export function moment(at: Temporal.Instant, zone: string, locale: string): string {
  const local = at.toZonedDateTimeISO(zone);
  const date = local.toLocaleString(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
  const time = `${two(local.hour)}:${two(local.minute)}`;
  return `${date}, ${time} (${zone}, UTC${local.offset})`;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

/** The locale in which dates and numbers are printed: English as Europe writes it. */
export function printedIn(locale: string): string {
  return locale === 'en' ? 'en-GB' : locale;
}
