import type { Temporal } from 'temporal-polyfill';

export type DayKind = 'working' | 'off' | 'optional';

/**
 * Which days are off where. `place` is ISO 3166-1 or -2; `US` is the US federal list. Without a place only
 * Saturdays and Sundays are off. An optional day is a working day for the strict reading and off for the later one.
 */
export interface WorkingDays {
  kindOf(place: string | undefined, date: Temporal.PlainDate): DayKind;
  /** Where a place's list comes from and to which year it was checked; null where there is none. */
  listOf(place: string): { readonly source: string; readonly checkedUntil: number } | null;
}
