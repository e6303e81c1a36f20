import type { Temporal } from 'temporal-polyfill';

/** How a clock looks on the line. */
export type Look = 'calm' | 'soon' | 'late' | 'waiting' | 'maybe';

/** A clock with a date, ready to be drawn. */
export interface LineClock {
  readonly title: string;
  readonly reference: string;
  readonly href: string;
  readonly look: Look;
  /** Hours from now to the deadline; negative once it has passed. */
  readonly hours: number;
  /** `9 h 28 min`, `overdue 2 d 2 h` */
  readonly left: string;
}

/** Clocks above this count crowd the line: fewer labels, shorter titles, a legend. */
export const DENSE = 12;
/** When the line is dense only what falls due within four days is named. */
export const LABELLED_HOURS = 96;

/**
 * log(1 + t): near deadlines get room, far ones stay in sight, and unlike log(t) it has no kink at one hour.
 * @returns 0 at now, 1 at `span` hours
 */
export function share(hours: number, span: number): number {
  return Math.log(1 + hours) / Math.log(1 + span);
}

/** 60 days ahead, 7 days back. */
export const AHEAD_HOURS = 1440;
export const BACK_HOURS = 168;

export interface Tick {
  readonly hours: number;
  readonly word: string;
  readonly under: (at: Temporal.Instant) => string;
}

export function cut(text: string, characters: number): string {
  return text.length <= characters ? text : `${text.slice(0, characters - 1).trimEnd()}…`;
}

export interface Bands<T> {
  readonly late: T;
  readonly day: T;
  readonly week: T;
  readonly month: T;
  readonly later: T;
}

/** How many clocks fall into each stretch; the numbers add up to all that are sure. */
export function countBands(clocks: readonly LineClock[]): Bands<number> {
  const between = (from: number, to: number): number =>
    clocks.filter((clock) => isSure(clock) && clock.hours >= from && clock.hours < to).length;
  return {
    late: between(-Infinity, 0),
    day: between(0, 24),
    week: between(24, 168),
    month: between(168, 720),
    later: between(720, Infinity),
  };
}

/** Most urgent first. */
export function byUrgency(clocks: readonly LineClock[]): readonly LineClock[] {
  return [...clocks].sort((a, b) => a.hours - b.hours);
}

/** What only may be owed gives way to what is. */
export function isSure({ look }: LineClock): boolean {
  return look !== 'maybe';
}

/** A number for an attribute: a tenth of a pixel is enough. */
export function px(value: number): number {
  return Math.round(value * 10) / 10;
}
