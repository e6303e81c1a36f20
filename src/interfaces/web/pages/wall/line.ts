import type { Temporal } from 'temporal-polyfill';
import type { WallClock } from '../../../../application/wall/view-wall.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { stretchWords } from '../../words/standing.ts';
import { drawLying, xAt, type Lying } from './lying.ts';
import { countBands, DENSE, px, type Bands, type LineClock, type Look } from './scale.ts';
import { drawStanding, X_AXIS, yAt, type Standing } from './standing.ts';
import { clockTitle } from './clock-title.ts';

const TICKS = [1, 3, 6, 12, 24, 72, 168, 336, 720, 1440];
const TICKS_BACK = [6, 24, 168];
const HOUR_MS = 3_600_000;

export interface LineOf {
  /** Clocks that surely count, with a date. */
  readonly dated: readonly WallClock[];
  /** Those that only may. */
  readonly maybe: readonly WallClock[];
  readonly undated: number;
  readonly quiet: boolean;
}

/** The time line in both its forms, with the words that stand in it. */
export function lineModel(visit: StaffVisit, { dated, maybe, undated, quiet }: LineOf): object {
  const { now } = visit;
  const clocks = [...sureClocks(visit, dated), ...maybeClocks(visit, maybe)];
  const counts = countBands(clocks);
  const lying = drawLying(clocks);
  const standing = drawStanding(clocks);
  return {
    legend: clocks.length > DENSE || maybe.length > 0,
    lying: { ...lyingModel(visit, lying, counts, now), usual: quiet ? usualLying(visit, lying) : [] },
    standing: standingModel(visit, standing, counts),
    undated,
    quiet,
  };
}

/** Before anything happened: the deadlines that are usual, so that the line teaches what it is for. */
const USUAL = [
  { key: 'early-warning', hours: 24, lane: 0 },
  { key: 'first-notice', hours: 72, lane: 1 },
  { key: 'letters', hours: 720, lane: 0 },
];

function usualLying({ say }: StaffVisit, { xNow, yAxis }: Lying): readonly object[] {
  return USUAL.map(({ key, hours, lane }) => {
    const x = px(xAt(hours, xNow));
    return {
      x,
      textX: x + 8,
      y: 8 + lane * 42,
      yTitle: 20 + lane * 42,
      ySecond: 38 + lane * 42,
      yMark: yAxis - 8,
      title: say(`usual.${key}`),
      second: say(`usual-when.${key}`),
    };
  });
}

/** A clock for the line. Its words are made when they are read: of a thousand clocks, few are named. */
function lineClock(
  visit: StaffVisit,
  clock: WallClock,
  dueAt: Temporal.Instant,
  words: { readonly title: () => string; readonly href: string; readonly look: Look },
): LineClock {
  const hours = (dueAt.epochMilliseconds - visit.now.epochMilliseconds) / HOUR_MS;
  return {
    reference: clock.reference,
    href: words.href,
    look: words.look,
    hours,
    get title() {
      return words.title();
    },
    get left() {
      const left = stretchWords(visit, visit.now, dueAt);
      return hours < 0 ? visit.say('wall.overdue-by', { left }) : left;
    },
  };
}

function sureClocks(visit: StaffVisit, sure: readonly WallClock[]): LineClock[] {
  return sure.flatMap((clock) => {
    if (!clock.dueAt) return [];
    const words = {
      title: () => clockTitle(visit, clock),
      href: `/incidents/${clock.incident}`,
      look: lookOf(clock),
    };
    return [lineClock(visit, clock, clock.dueAt, words)];
  });
}

/** Duties that may be owed: one mark for all that would fall due at the same moment of an incident. */
function maybeClocks(visit: StaffVisit, maybe: readonly WallClock[]): LineClock[] {
  const groups = new Map<string, { clock: WallClock; dueAt: Temporal.Instant; count: number }>();
  for (const clock of maybe) {
    const { dueAt, incident } = clock;
    if (!dueAt) continue;
    const key = `${incident} ${dueAt.epochNanoseconds}`;
    const group = groups.get(key);
    if (group) group.count += 1;
    else groups.set(key, { clock, dueAt, count: 1 });
  }
  return [...groups.values()].map(({ clock, dueAt, count }) =>
    lineClock(visit, clock, dueAt, {
      title: () => (count === 1 ? clockTitle(visit, clock) : visit.say('wall.maybe', { count })),
      href: `/incidents/${clock.incident}#questions`,
      look: 'maybe',
    }),
  );
}

function lookOf({ standing }: WallClock): Look {
  if (standing === 'overdue') return 'late';
  return standing === 'due-soon' ? 'soon' : 'calm';
}

function lyingModel(visit: StaffVisit, lying: Lying, counts: Bands<number>, now: Temporal.Instant): object {
  const { xNow, yAxis } = lying;
  const late = counts.late > 0;
  const back = late
    ? TICKS_BACK.map((hours) => ({ x: px(xAt(-hours, xNow)), word: tickWord(visit, hours), under: '' }))
    : [];
  const ahead = TICKS.map((hours) => ({
    x: px(xAt(hours, xNow)),
    word: tickWord(visit, hours),
    under: underTick(visit, now, hours),
  }));
  return {
    ...lying,
    late,
    dayWidth: px(lying.x24 - xNow),
    ticks: [...back, ...ahead],
    yTick: yAxis + 6,
    yWord: yAxis + 22,
    yUnder: yAxis + 39,
    yBand: yAxis + 58,
    yCount: yAxis + 77,
    nowBox: xNow - 25,
    nowTime: visit.times.weekday(now),
    yNowBox: yAxis + 9,
    yNowWord: yAxis + 24,
    yNowTime: yAxis + 45,
    ySilent: yAxis - 12,
    bands: lyingBands(visit, xNow, counts),
    labels: lying.labels.map((label) => ({
      ...label,
      ...labelWords(visit, label.clock, label.others),
      yTitle: label.y + 12,
      ySecond: label.y + 30,
    })),
    overdue: lying.overdue.map((row) => ({
      ...row,
      ...(row.clock
        ? labelWords(visit, row.clock, 0)
        : { href: '', left: '', reference: '', name: '', more: '' }),
      isRow: row.clock !== null,
      more: row.others > 0 ? visit.say('wall.and-more', { count: row.others }) : '',
      yTitle: row.y + 15,
      ySecond: row.y + 33,
      yMark: row.y + 10,
    })),
  };
}

function labelWords(visit: StaffVisit, clock: LineClock, others: number): object {
  return {
    href: clock.href,
    left: clock.left,
    look: clock.look,
    reference: clock.reference,
    name: `${clock.title}: ${clock.left}, ${clock.reference}`,
    more: others > 0 ? ` · ${visit.say('wall.and-more', { count: others })}` : '',
  };
}

function lyingBands(visit: StaffVisit, xNow: number, counts: Bands<number>): readonly object[] {
  const edges: readonly [keyof Bands<number>, number, number][] = [
    ['late', 0, xNow - 4],
    ['day', xNow + 4, xAt(24, xNow) - 4],
    ['week', xAt(24, xNow) + 4, xAt(168, xNow) - 4],
    ['month', xAt(168, xNow) + 4, xAt(720, xNow) - 4],
    ['later', xAt(720, xNow) + 4, 1200],
  ];
  return edges.map(([band, from, to]) => ({
    from: px(from),
    to: px(to),
    middle: px((from + to) / 2),
    count: counts[band],
    late: band === 'late' && counts.late > 0,
    word: visit.say(`wall.band.${band}`),
  }));
}

function standingModel(visit: StaffVisit, standing: Standing, counts: Bands<number>): object {
  const { yNow, yEnd } = standing;
  const height = yEnd - yNow;
  const y = (hours: number): number => px(yAt(hours, yNow, height));
  const edges: readonly [keyof Bands<number>, number, number][] = [
    ['late', 2, yNow - 4],
    ['day', yNow + 4, y(24) - 4],
    ['week', y(24) + 4, y(168) - 4],
    ['month', y(168) + 4, y(720) - 4],
    ['later', y(720) + 4, yEnd + 4],
  ];
  return {
    ...standing,
    x: X_AXIS,
    late: counts.late > 0,
    dayHeight: px(standing.y24 - yNow),
    ticks: TICKS.map((hours) => ({
      y: y(hours),
      yWord: y(hours) + 4.5,
      word: tickWord(visit, hours),
    })),
    yNowBox: yNow - 10,
    yNowWord: yNow + 5,
    labels: standing.labels.map((label) => ({
      ...label,
      ...labelWords(visit, label.clock, 0),
      yTitle: label.yText - 2,
      ySecond: label.yText + 15,
      yElbow: label.yText - 1,
    })),
    bands: standing.dense
      ? edges
          .filter(([band]) => band !== 'late' || counts.late > 0)
          .map(([band, from, to]) => ({
            from: px(from),
            to: px(to),
            yWord: px(from + 14),
            count: counts[band],
            late: band === 'late',
            word: visit.say(`wall.band.${band}`),
          }))
      : [],
    more: standing.others > 0 ? visit.say('wall.and-more', { count: standing.others }) : '',
  };
}

function tickWord({ say }: StaffVisit, hours: number): string {
  return hours <= 24 ? `${hours} ${say('unit.h')}` : `${hours / 24} ${say('unit.d')}`;
}

/** The clock time for hours, the weekday for days, the date for weeks. */
function underTick({ times }: StaffVisit, now: Temporal.Instant, hours: number): string {
  const at = now.add({ hours });
  if (hours < 24) return times.hour(at);
  if (hours === 24) return times.weekday(at);
  return hours <= 168 ? times.date(at) : times.day(at);
}
