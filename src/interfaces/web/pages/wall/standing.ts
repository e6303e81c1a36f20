import {
  AHEAD_HOURS,
  BACK_HOURS,
  byUrgency,
  cut,
  DENSE,
  isSure,
  px,
  share,
  type LineClock,
} from './scale.ts';

/** The time line as it stands on a narrow screen. Nothing is scaled: the right side is at 100 %. */
export interface Standing {
  readonly height: number;
  readonly yNow: number;
  readonly y24: number;
  readonly yEnd: number;
  readonly dense: boolean;
  readonly labels: readonly StandingLabel[];
  readonly marks: readonly StandingMark[];
  readonly others: number;
}

export interface StandingLabel {
  readonly yMark: number;
  readonly yText: number;
  readonly title: string;
  readonly clock: LineClock;
}

export interface StandingMark {
  readonly x: number;
  readonly y: number;
  readonly look: LineClock['look'];
}

export const X_AXIS = 66;
const LABEL = 40;
const OVERDUE_ROWS = 4;
const LABELS_MAX = 8;
const ROW = 13;
const ROW_MARKS = 12;

/** Where `hours` from now lies. */
export function yAt(hours: number, yNow: number, height: number): number {
  return yNow + height * Math.min(1.04, share(hours, AHEAD_HOURS));
}

export function drawStanding(clocks: readonly LineClock[]): Standing {
  const sorted = byUrgency(clocks);
  const late = sorted.filter((clock) => clock.hours < 0 && isSure(clock));
  const ahead = sorted.filter(({ hours }) => hours >= 0);
  const dense = clocks.length > DENSE;
  const height = dense ? 560 : 290;
  const lateShown = late.slice(0, OVERDUE_ROWS);
  const others = late.length - lateShown.length;
  const yNow = late.length > 0 ? 34 + lateShown.length * LABEL + (others > 0 ? 20 : 0) : 34;
  const named = dense ? ahead.filter(({ hours }) => hours < 24).slice(0, LABELS_MAX) : ahead;
  const below = labelsBelow(named, yNow, height);
  const last = below.at(-1)?.yText ?? 0;
  return {
    height: Math.max(yNow + height + 24, last + 32),
    yNow,
    y24: px(yAt(24, yNow, height)),
    yEnd: yNow + height,
    dense,
    labels: [...labelsAbove(lateShown, yNow), ...below],
    marks: dense ? rowsOfMarks(ahead.slice(named.length), yNow, height) : [],
    others,
  };
}

function labelsAbove(late: readonly LineClock[], yNow: number): StandingLabel[] {
  const room = late.length * LABEL;
  return late.map((clock, index) => ({
    clock,
    title: cut(clock.title, 26),
    yText: yNow - 14 - room + index * LABEL + 12,
    yMark: px(yNow - 10 - (room - 10) * Math.min(1, share(-clock.hours, BACK_HOURS))),
  }));
}

/** Each label stands at its mark, or is pushed down until it is clear of the one above. */
function labelsBelow(clocks: readonly LineClock[], yNow: number, height: number): StandingLabel[] {
  let free = yNow + 14;
  return clocks.map((clock) => {
    const yMark = px(yAt(clock.hours, yNow, height));
    const yText = px(Math.max(yMark, free));
    free = yText + LABEL;
    return { clock, title: cut(clock.title, 26), yMark, yText };
  });
}

/** Marks without a label, one row for each 13 px of the axis. */
function rowsOfMarks(clocks: readonly LineClock[], yNow: number, height: number): StandingMark[] {
  const rows = new Map<number, LineClock[]>();
  for (const clock of clocks) {
    const row = Math.floor(yAt(clock.hours, yNow, height) / ROW);
    const own = rows.get(row);
    if (own) own.push(clock);
    else rows.set(row, [clock]);
  }
  return [...rows.entries()].flatMap(([row, own]) =>
    own
      .slice(0, ROW_MARKS)
      .map(({ look }, index) => ({ x: X_AXIS + index * ROW, y: (row + 0.5) * ROW, look })),
  );
}
