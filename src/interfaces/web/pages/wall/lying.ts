import {
  AHEAD_HOURS,
  BACK_HOURS,
  byUrgency,
  cut,
  DENSE,
  isSure,
  LABELLED_HOURS,
  px,
  share,
  type LineClock,
} from './scale.ts';

/** The time line as it lies across the page: plain numbers for the template to draw. 1200 wide. */
export interface Lying {
  readonly height: number;
  readonly xNow: number;
  readonly x24: number;
  readonly yAxis: number;
  readonly marks: readonly Mark[];
  readonly more: readonly { readonly x: number; readonly y: number; readonly count: number }[];
  readonly labels: readonly Label[];
  readonly overdue: readonly OverdueRow[];
}

export interface Mark {
  readonly x: number;
  readonly y: number;
  readonly look: LineClock['look'];
  readonly href: string;
  readonly name: string;
}

export interface Label {
  readonly x: number;
  readonly textX: number;
  readonly anchor: 'start' | 'end';
  readonly y: number;
  readonly yMark: number;
  readonly title: string;
  readonly clock: LineClock;
  /** How many others share the mark's column. */
  readonly others: number;
  /** The stretch of x that the text covers. */
  readonly box: readonly [number, number];
  readonly lane: number;
}

export interface OverdueRow {
  readonly y: number;
  readonly title: string;
  readonly clock: LineClock | null;
  readonly others: number;
}

const WIDTH = 1200;
const X_60_DAYS = 1092;
const X_LATER = 1132;
const X_OLDER = 12;
const COLUMN = 13;
const STACK = 7;
const LANE = 42;
const LANES_MAX = 5;
const LANES_MIN = 2;
const TOP = 8;
/** What the face's text is wide, a character; 7.1 was enough in all trials. */
const CHARACTER = 7.1;
const GAP_BOX = 8;
const GAP_STEM = 6;
const BELOW_AXIS = 84;

/** Where `hours` from now lies. */
export function xAt(hours: number, xNow: number): number {
  if (hours < 0) {
    return -hours > BACK_HOURS ? X_OLDER : xNow - (xNow - 40) * share(-hours, BACK_HOURS);
  }
  return hours > AHEAD_HOURS ? X_LATER : xNow + (X_60_DAYS - xNow) * share(hours, AHEAD_HOURS);
}

export function drawLying(clocks: readonly LineClock[]): Lying {
  const sorted = byUrgency(clocks);
  const late = sorted.filter((clock) => clock.hours < 0 && isSure(clock));
  const ahead = sorted.filter(({ hours }) => hours >= 0);
  const xNow = late.length > 0 ? 264 : 176;
  const dense = clocks.filter(isSure).length > DENSE;
  const columns = inColumns(ahead, xNow);
  const placed = placeLabels(columns, xNow, dense);
  const overdue = overdueRows(late);
  const lanes = Math.max(LANES_MIN, overdue.length, ...placed.map(({ lane }) => lane + 1));
  const tallest = Math.min(STACK, Math.max(1, ...columns.map(({ clocks: own }) => own.length)));
  const yAxis = TOP + lanes * LANE + tallest * COLUMN + 8;
  const yOf = (level: number): number => yAxis - 8 - level * COLUMN;
  return {
    height: yAxis + BELOW_AXIS,
    xNow,
    x24: px(xAt(24, xNow)),
    yAxis,
    marks: [
      ...apart(late.map((clock) => markOf(clock, xAt(clock.hours, xNow), yAxis - 8))),
      ...columns.flatMap(({ x, clocks: own }) =>
        own.slice(0, STACK).map((clock, level) => markOf(clock, x, yOf(level))),
      ),
    ],
    more: columns
      .filter(({ clocks: own }) => own.length > STACK)
      .map(({ x, clocks: own }) => ({ x: px(x), y: yOf(STACK) + 4, count: own.length - STACK })),
    labels: placed.map((label) => ({
      ...label,
      y: TOP + label.lane * LANE,
      // The stem ends on top of the column, where its own mark is the lowest.
      yMark: yOf(Math.min(label.others, STACK - 1)) - 6,
    })),
    overdue,
  };
}

function isMaybe(clock: LineClock): boolean {
  return !isSure(clock);
}

interface Column {
  readonly x: number;
  readonly clocks: readonly LineClock[];
}

/** Marks that would touch are set into columns, nearest deadline lowest; one that stands alone keeps its exact place. */
function inColumns(ahead: readonly LineClock[], xNow: number): readonly Column[] {
  const byColumn = new Map<number, LineClock[]>();
  for (const clock of ahead) {
    const column = Math.floor((xAt(clock.hours, xNow) - xNow) / COLUMN);
    const own = byColumn.get(column);
    if (own) own.push(clock);
    else byColumn.set(column, [clock]);
  }
  return [...byColumn.entries()].map(([column, own]) => {
    const clocks = [...own.filter(isSure), ...own.filter(isMaybe)];
    const [first] = clocks;
    const alone = clocks.length === 1 && !byColumn.has(column - 1) && !byColumn.has(column + 1);
    const centre = xNow + (column + 0.5) * COLUMN;
    return { x: alone && first ? xAt(first.hours, xNow) : centre, clocks };
  });
}

/**
 * By urgency each label takes the highest free lane, right of its stem, else left. Where there is none, there is no
 * label: mark, count and table remain.
 */
function placeLabels(columns: readonly Column[], xNow: number, dense: boolean): readonly Label[] {
  const placed: Label[] = [];
  const sureFirst = [...columns].sort(
    (a, b) => Number(b.clocks.some(isSure)) - Number(a.clocks.some(isSure)),
  );
  for (const { x, clocks } of sureFirst) {
    const [clock] = clocks;
    if (!clock || (dense && clock.hours > LABELLED_HOURS)) continue;
    const title = cut(clock.title, dense ? 30 : 44);
    const others = clocks.length - 1;
    const second = `${clock.left} · ${clock.reference}${others > 0 ? ' · and 9 more' : ''}`;
    const width = Math.max(title.length * CHARACTER, second.length * (CHARACTER - 0.4));
    const spot = freeSpot(placed, x, width, xNow);
    if (spot) placed.push({ ...spot, x: px(x), y: 0, yMark: 0, title, clock, others });
  }
  return placed;
}

type Spot = Pick<Label, 'lane' | 'anchor' | 'textX' | 'box'>;

function freeSpot(placed: readonly Label[], x: number, width: number, xNow: number): Spot | null {
  for (let lane = 0; lane < LANES_MAX; lane += 1) {
    for (const anchor of ['start', 'end'] as const) {
      const textX = px(anchor === 'start' ? x + 8 : x - 8);
      const box = anchor === 'start' ? ([textX, textX + width] as const) : ([textX - width, textX] as const);
      const inside = box[0] > xNow + GAP_STEM && box[1] <= WIDTH;
      if (inside && placed.every((other) => keepsClear(other, lane, x, box)))
        return { lane, anchor, textX, box };
    }
  }
  return null;
}

/** No box within 8 px in the same lane, and no stem through a text, either way. */
function keepsClear(other: Label, lane: number, x: number, box: readonly [number, number]): boolean {
  const sameLane = other.lane === lane;
  if (sameLane && box[0] < other.box[1] + GAP_BOX && other.box[0] < box[1] + GAP_BOX) return false;
  const crosses = (stem: number, text: readonly [number, number]): boolean =>
    stem > text[0] - GAP_STEM && stem < text[1] + GAP_STEM;
  // A stem runs from its lane down to the axis, past every lower lane.
  if (other.lane <= lane && crosses(other.x, box)) return false;
  return !(lane <= other.lane && crosses(x, other.box));
}

const OVERDUE_ROWS = 5;

/** Longest overdue first; the fifth row counts the rest. */
function overdueRows(late: readonly LineClock[]): readonly OverdueRow[] {
  const shown = late.length > OVERDUE_ROWS ? OVERDUE_ROWS - 1 : late.length;
  const rows = late.slice(0, shown).map((clock, index) => ({
    y: TOP + index * LANE,
    title: cut(clock.title, 30),
    clock,
    others: 0,
  }));
  const others = late.length - shown;
  return others > 0 ? [...rows, { y: TOP + shown * LANE, title: '', clock: null, others }] : rows;
}

/** Of marks that would hide each other, the most urgent. */
function apart(marks: readonly Mark[]): readonly Mark[] {
  const byPixel = new Map<number, Mark>();
  for (const mark of marks) {
    const pixel = Math.round(mark.x);
    if (!byPixel.has(pixel)) byPixel.set(pixel, mark);
  }
  return [...byPixel.values()];
}

function markOf(clock: LineClock, x: number, y: number): Mark {
  const { look, href, reference } = clock;
  return {
    x: px(x),
    y: px(y),
    look,
    href,
    get name() {
      return `${clock.title} · ${clock.left} · ${reference}`;
    },
  };
}
