import type { Period } from './types.ts';

const ELAPSED = /^PT(?:(\d{1,4})H)?(?:(\d{1,5})M)?$/;
const DAYS = /^P(\d{1,4})D$/;
const WEEKS = /^P(\d{1,3})W$/;
const MONTHS = /^P(\d{1,3})M$/;
const YEARS = /^P(\d{1,2})Y$/;
const BUSINESS_DAYS = /^P(\d{1,3})BD$/;
const DATE = /^(\d{2})-(\d{2})$/;
const LONGEST_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Reads a period: ISO 8601 (`PT72H`, `P30D`, `P1M`), our business days (`P4BD`), a date of the year (`03-01`), or
 * `none`. Undefined where it is none of these.
 */
export function parsePeriod(text: string): Period | undefined {
  if (text === 'none') return { kind: 'none' };
  const elapsed = ELAPSED.exec(text);
  if (elapsed) {
    const minutes = Number(elapsed[1] ?? 0) * 60 + Number(elapsed[2] ?? 0);
    return minutes > 0 ? { kind: 'elapsed', minutes } : undefined;
  }
  const number = (pattern: RegExp): number => Number(pattern.exec(text)?.[1] ?? 0);
  if (number(DAYS) > 0) return { kind: 'days', days: number(DAYS) };
  if (number(WEEKS) > 0) return { kind: 'days', days: number(WEEKS) * 7 };
  if (number(MONTHS) > 0) return { kind: 'months', months: number(MONTHS) };
  if (number(YEARS) > 0) return { kind: 'months', months: number(YEARS) * 12 };
  if (number(BUSINESS_DAYS) > 0) return { kind: 'business-days', days: number(BUSINESS_DAYS) };
  const date = DATE.exec(text);
  if (!date) return undefined;
  const month = Number(date[1]);
  const day = Number(date[2]);
  return day >= 1 && day <= (LONGEST_MONTH[month - 1] ?? 0) ? { kind: 'date', month, day } : undefined;
}

/** A period as it is written. */
export function periodText(period: Period): string {
  switch (period.kind) {
    case 'none':
      return 'none';
    case 'elapsed': {
      const hours = Math.floor(period.minutes / 60);
      const minutes = period.minutes % 60;
      return `PT${hours > 0 ? `${hours}H` : ''}${minutes > 0 ? `${minutes}M` : ''}`;
    }
    case 'days':
      return `P${period.days}D`;
    case 'months':
      return `P${period.months}M`;
    case 'business-days':
      return `P${period.days}BD`;
    case 'date':
      return `${String(period.month).padStart(2, '0')}-${String(period.day).padStart(2, '0')}`;
  }
}

// Only to tell which of several periods is the shortest: a month at its least, business days without days off.
function leastMinutes(period: Period): number {
  switch (period.kind) {
    case 'none':
      return Infinity;
    case 'elapsed':
      return period.minutes;
    case 'days':
    case 'business-days':
      return period.days * 1440;
    case 'months':
      return period.months * 28 * 1440;
    case 'date':
      return 365 * 1440;
  }
}

/** The shortest of several periods: what to work to while it is undecided which one holds. */
export function shortest(periods: readonly Period[]): Period | undefined {
  return periods.reduce<Period | undefined>(
    (least, period) => (least === undefined || leastMinutes(period) < leastMinutes(least) ? period : least),
    undefined,
  );
}

/** Which periods a counting rule can count. */
export function fits(rule: string, period: Period): boolean {
  if (period.kind === 'none') return true;
  switch (rule) {
    case 'clock-hours':
      return period.kind === 'elapsed';
    case 'eu-1182-71':
      return period.kind === 'elapsed' || period.kind === 'days' || period.kind === 'months';
    case 'calendar-days':
      return period.kind === 'days' || period.kind === 'months';
    case 'calendar-days-next-working':
    case 'calendar-days-inclusive':
    case 'year-end-plus':
      return period.kind === 'days';
    case 'business-days':
      return period.kind === 'business-days';
    case 'next-year-date':
      return period.kind === 'date';
    default:
      return false;
  }
}
