import { CODE, MongoFault } from '../../errors.ts';

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i;

/**
 * The date in an ISO 8601 text; UTC where it names no zone (or `zoned` says otherwise).
 *
 * MongoDB reads other spellings too ("1 April 2020"): those are refused, not guessed.
 */
export function parseDate(text: string, zoned?: (local: string) => Date): Date {
  const parts = ISO.exec(text.trim());
  if (!parts) {
    throw /\d/.test(text)
      ? new MongoFault(CODE.NotImplemented, `This store reads dates in ISO 8601 only, not '${text}'`)
      : new MongoFault(241, `Error parsing date string '${text}'`);
  }
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '0', zone] = parts;
  const local = `${year ?? ''}-${month ?? ''}-${day ?? ''}T${hour}:${minute}:${second}.${fraction.padEnd(3, '0').slice(0, 3)}`;
  const date = zone === undefined && zoned ? zoned(local) : new Date(local + offsetOf(zone));
  // `new Date` turns 30 February into 1 March.
  const calendar = new Date(`${local}Z`);
  if (
    Number.isNaN(date.getTime()) ||
    Number.isNaN(calendar.getTime()) ||
    calendar.getUTCDate() !== Number(day)
  ) {
    throw new MongoFault(241, `Error parsing date string '${text}'`);
  }
  return date;
}

function offsetOf(zone: string | undefined): string {
  if (zone === undefined || zone.toUpperCase() === 'Z') return 'Z';
  return zone.includes(':') ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`;
}
