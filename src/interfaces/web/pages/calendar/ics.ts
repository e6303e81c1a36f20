import type { Temporal } from 'temporal-polyfill';
import { sha256 } from '../../../../domain/register/entry.ts';
import type { Due } from './entries.ts';

/** A line of iCalendar holds 75 octets, its end not counted (RFC 5545, 3.1). */
const LINE_OCTETS = 75;

/**
 * Deadlines as iCalendar (RFC 5545), in UTC: references, what the duty is called, and moments. What people wrote of
 * an incident stays in the house, for a calendar is read on many screens.
 */
export function icsOf(feed: {
  readonly name: string;
  readonly now: Temporal.Instant;
  readonly url: string;
  readonly dues: readonly Due[];
}): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Tocsin//Deadlines//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escaped(feed.name)}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    'X-PUBLISHED-TTL:PT1H',
    ...feed.dues.flatMap((due) => eventOf(due, feed.now, feed.url)),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

/** The same duty keeps its UID when its deadline moves, so that the calendar moves it too. */
function eventOf(due: Due, now: Temporal.Instant, url: string): readonly string[] {
  return [
    'BEGIN:VEVENT',
    `UID:${sha256(due.id).slice(0, 32)}@tocsin`,
    `DTSTAMP:${utc(now)}`,
    `DTSTART:${utc(due.at)}`,
    `SUMMARY:${escaped(`${due.reference}: ${due.title}`)}`,
    `URL:${url}/incidents/${due.incident}`,
    `STATUS:${due.kind === 'maybe' ? 'TENTATIVE' : 'CONFIRMED'}`,
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ];
}

/** `20261207T174000Z` */
function utc(moment: Temporal.Instant): string {
  return moment.toString({ smallestUnit: 'second' }).replace(/[-:]/g, '');
}

function escaped(text: string): string {
  return text.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/\r?\n/g, '\\n');
}

/** Cut between characters, never within one; what follows begins with a space, which counts. */
function folded(line: string): string {
  const parts: string[] = [];
  let part = '';
  for (const sign of line) {
    if (Buffer.byteLength(part + sign) > LINE_OCTETS) {
      parts.push(part);
      part = ' ';
    }
    part += sign;
  }
  return [...parts, part].join('\r\n');
}
