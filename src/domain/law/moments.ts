import { Temporal } from 'temporal-polyfill';
import { fail, ok, type Result } from '../result.ts';
import type { TraceStep } from './types.ts';
import { ZonedMemo } from './zoned-memo.ts';

const MOMENT =
  /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?)?$/;

export interface Moment {
  /** In whole seconds. */
  readonly instant: Temporal.Instant;
  /** How a local time was read where the clocks change; absent where there was nothing to read. */
  readonly reading?: TraceStep;
}

export type MomentFault = 'bad-moment' | 'no-such-day' | 'needs-zone';

// No more than there are zones: only names that the runtime knows get in.
const knownZones = new Set<string>();

/** Whether the runtime knows the name as an IANA zone. Bare offsets are no zones. */
export function isZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  if (knownZones.has(zone)) return true;
  try {
    new Temporal.ZonedDateTime(0n, zone);
    knownZones.add(zone);
    return true;
  } catch {
    return false;
  }
}

/**
 * Reads `2026-12-24T17:30`, with or without seconds and offset, or a bare day (its first moment). Without an offset
 * `zone` says where; a time in a spring gap moves forward by the gap, of a doubled hour the first is meant.
 */
export function parseMoment(text: string, zone: string | undefined): Result<Moment, MomentFault> {
  const match = MOMENT.exec(text);
  if (!match) return fail('bad-moment');
  const [, year, month, day, hour = '0', minute = '0', second = '0', offset] = match;
  let local: Temporal.PlainDateTime;
  try {
    const fields = [year, month, day, hour, minute, second].map(Number);
    const [y = 0, mo = 0, d = 0, h = 0, mi = 0, s = 0] = fields;
    local = Temporal.PlainDateTime.from(
      { year: y, month: mo, day: d, hour: h, minute: mi, second: s },
      { overflow: 'reject' },
    );
  } catch {
    return fail(
      Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59 ? 'bad-moment' : 'no-such-day',
    );
  }
  if (offset !== undefined) {
    try {
      return ok({ instant: Temporal.Instant.from(`${local.toString()}${offset}`) });
    } catch {
      return fail('bad-moment');
    }
  }
  if (zone === undefined) return fail('needs-zone');
  return ok(readLocal(local, zone));
}

function readLocal(local: Temporal.PlainDateTime, zone: string): Moment {
  const zoned = local.toZonedDateTime(zone, { disambiguation: 'compatible' });
  const instant = zoned.toInstant();
  const values = {
    local: local.toString({ smallestUnit: 'second' }),
    zone,
    readAs: zonedText(instant, zone),
  };
  if (!zoned.toPlainDateTime().equals(local))
    return { instant, reading: { key: 'local-gap', values, at: instant } };
  const later = local.toZonedDateTime(zone, { disambiguation: 'later' }).toInstant();
  return later.equals(instant)
    ? { instant }
    : { instant, reading: { key: 'local-fold', values, at: instant } };
}

/** An instant as ISO 8601 with the offset of a zone, to the second. */
export function zonedText(instant: Temporal.Instant, zone: string): string {
  return texts.of(instant, zone);
}

// A working says the same few moments again and again, and the conversion is its dearest step.
const texts = new ZonedMemo((instant, zone) =>
  instant.toZonedDateTimeISO(zone).toString({ timeZoneName: 'never', smallestUnit: 'second' }),
);
