import { Temporal } from 'temporal-polyfill';
import { clockText } from '../clock.ts';
import type { Deadline, DeadlineInput } from '../counting/deadline.ts';
import { isUnknown } from '../conditions/truth.ts';
import type { Version } from '../law-book.ts';
import { zonedText } from '../moments.ts';
import { fits, parsePeriod, periodText, shortest } from '../period.ts';
import type { Clock, Counting, Duty, Period, TraceStep } from '../types.ts';
import type { WorkingDays } from '../working-days.ts';
import { firstFiling, orderOf, startOf } from './clocks.ts';
import type { Decider } from './decide.ts';
import { fansOut, homePlace, type Recipient } from './recipients.ts';
import { deadlineOf } from './sums.ts';

/** Dates of a duty for a recipient, with the moment its clock started. */
export interface Dates {
  readonly dueAt: Temporal.Instant | null;
  readonly latestAt: Temporal.Instant | null;
  readonly noNumber: boolean;
  readonly waitsFor: string | undefined;
  readonly trace: readonly TraceStep[];
  readonly clockStartedAt: Temporal.Instant | undefined;
  readonly zone: string;
  readonly place: string | undefined;
}

type Instant = Temporal.Instant;

/** Computes the dates of duties for one set of facts. */
export class Dater {
  private readonly decider: Decider;
  private readonly days: WorkingDays;
  private readonly open = new Set<string>();

  constructor(decider: Decider, days: WorkingDays) {
    this.decider = decider;
    this.days = days;
  }

  datesOf(version: Version, recipient: Recipient | undefined): Dates {
    const { duty } = version;
    const zone = duty.zone ?? this.decider.facts.zone ?? 'UTC';
    const at: At = { zone, place: recipient?.place ?? homePlace(this.decider.facts) };
    if (duty.clock.kind === 'ordered') return this.ordered(duty, at);
    // A circle of clocks is refused by the linter; here it must only not hang.
    const key = recipient === undefined ? duty.id : `${duty.id}@${recipient.key}`;
    if (this.open.has(key)) return waiting(clockText(duty.clock), at);
    this.open.add(key);
    const own = this.own(version, recipient, at);
    const bound = this.bound(duty, this.afterHold(duty, own, at), recipient);
    this.open.delete(key);
    return bound;
  }

  private ordered(duty: Duty, at: At): Dates {
    const order = orderOf(duty.id, this.decider.facts);
    if (!order) return waiting('ordered', at);
    const dueAt = order.dueAt ?? null;
    const trace: TraceStep[] = [{ key: 'ordered', values: {}, at: order.at }];
    trace.push(dueAt ? { key: 'due', values: {}, at: dueAt } : { key: 'no-number', values: {} });
    const noNumber = dueAt === null;
    return { dueAt, latestAt: dueAt, noNumber, waitsFor: undefined, trace, clockStartedAt: order.at, ...at };
  }

  /** By the duty's own clock and period. */
  private own(version: Version, recipient: Recipient | undefined, at: At): Dates {
    const { duty } = version;
    const chosen = this.periodOf(version);
    if (duty.clock.kind === 'after-end-of') {
      const ended = this.endOf(duty.clock.duty, recipient);
      if (!ended?.dueAt) return waiting(clockText(duty.clock), at);
      const latest = ended.latestAt ?? ended.dueAt;
      const deadline = this.sum(duty.clock, chosen.period, duty.counting, at, ended.dueAt, latest);
      return dates(deadline, [...chosen.trace, ...deadline.trace], ended.dueAt, at);
    }
    // A duty that is told to one body has one clock, whoever was first told of what starts it.
    const start = this.decider.start(duty, fansOut(duty) ? recipient?.key : undefined);
    const starts = this.partStarts(duty, recipient);
    const deadline = this.sum(duty.clock, chosen.period, duty.counting, at, start.at, start.at, starts);
    const plain = start.trace.length === 0 && chosen.trace.length === 0;
    const trace = plain ? deadline.trace : [...start.trace, ...chosen.trace, ...deadline.trace];
    return dates(deadline, trace, start.at, at);
  }

  private partStarts(duty: Duty, recipient: Recipient | undefined): Record<string, Instant> | undefined {
    if (!duty.counting.parts) return undefined;
    const { facts, book } = this.decider;
    const starts: Record<string, Instant> = {};
    for (const { clock } of duty.counting.parts) {
      const { at } = startOf(clock, duty, facts, book, recipient?.key);
      if (at) starts[clockText(clock)] = at;
    }
    return starts;
  }

  /** The first period whose condition holds; while that is undecided the shortest of those that may hold. */
  private periodOf(version: Version): { readonly period: Period; readonly trace: readonly TraceStep[] } {
    const day = this.decider.dayOfLaw(version.duty);
    const open: Period[] = [];
    for (const { when, period } of version.periods) {
      const truth = when ? this.decider.truth(when, day) : true;
      if (truth === false) continue;
      if (truth === true && open.length === 0) {
        if (!when) return { period, trace: [] };
        const values = { condition: when.text, period: periodText(period) };
        return { period, trace: [{ key: 'period-chosen', values }] };
      }
      open.push(period);
      if (!isUnknown(truth)) break;
    }
    const period = shortest(open) ?? { kind: 'none' };
    return { period, trace: [{ key: 'period-undecided', values: { period: periodText(period) } }] };
  }

  /** While an agency asked to wait the duty waits; then the number that the law gives runs from the end of that. */
  private afterHold({ hold, clock, counting }: Duty, own: Dates, at: At): Dates {
    const asked = this.decider.facts.lawEnforcementHold;
    if (!hold || !asked) return own;
    const cite = hold.source;
    if (!asked.until) {
      const trace: TraceStep[] = [{ key: 'held', values: { from: zonedText(asked.from, at.zone) }, cite }];
      return { ...own, dueAt: null, latestAt: null, noNumber: false, waitsFor: 'lawEnforcementHold', trace };
    }
    if (own.dueAt === null && own.waitsFor !== undefined) return own;
    const period = parsePeriod(hold.period) ?? { kind: 'none' };
    const plain: Counting = fits(counting.rule, period) ? counting : { rule: 'calendar-days' };
    const after = this.sum(clock, period, hold.counting ?? plain, at, asked.until, asked.until);
    // What is left of the number itself is never cut short by a hold.
    if (own.dueAt && Temporal.Instant.compare(own.dueAt, after.dueAt ?? asked.until) >= 0) return own;
    const ended: TraceStep = { key: 'hold-ended', values: {}, cite, at: asked.until };
    return dates(after, [...own.trace.slice(0, 1), ended, ...after.trace], own.clockStartedAt, at);
  }

  /** `with` and `before`: not later than another duty is due, nor than it was met. */
  private bound(duty: Duty, own: Dates, recipient: Recipient | undefined): Dates {
    let bound = own;
    for (const key of ['with', 'before'] as const) {
      const id = duty[key];
      if (id === undefined || this.decider.owed(id) === false) continue;
      const other = this.endOf(id, recipient);
      const met = firstFiling(id, this.decider.facts, this.decider.book)?.at;
      const dueAt = earliest([bound.dueAt, other?.dueAt, met]);
      if (!dueAt) {
        const waitsFor = bound.waitsFor ?? other?.waitsFor;
        if (waitsFor !== undefined) bound = { ...bound, waitsFor, noNumber: false };
        continue;
      }
      const latestAt = earliest([bound.latestAt, other?.latestAt, met]) ?? dueAt;
      const step: TraceStep = { key, values: { duty: id, due: zonedText(dueAt, own.zone) }, at: dueAt };
      const trace = [...bound.trace, step];
      bound = { ...bound, dueAt, latestAt, noNumber: false, waitsFor: undefined, trace };
    }
    return bound;
  }

  /** The dates of another duty, for the same recipient where it has that one. */
  private endOf(id: string, recipient: Recipient | undefined): Dates | undefined {
    const standing = this.decider.standing(id);
    if (standing.truth === false) {
      const form = this.decider.book.duties
        .get(id)
        ?.forms.find((one) => this.decider.standing(one).truth !== false);
      return form === undefined ? undefined : this.endOf(form, recipient);
    }
    const { known } = standing.recipients;
    const same = known.find((one) => one.key === recipient?.key);
    const all = same ? [same] : known.length > 0 ? known : [undefined];
    return all
      .map((one) => this.datesOf(standing.version, one))
      .reduce((a, b) => (b.dueAt && (!a.dueAt || Temporal.Instant.compare(b.dueAt, a.dueAt) < 0) ? b : a));
  }

  private sum(
    clock: Clock,
    period: Period,
    counting: Counting,
    { zone, place }: At,
    start: Instant | undefined,
    latestStart: Instant | undefined,
    starts?: Record<string, Instant>,
  ): Deadline {
    const input: DeadlineInput = {
      clock,
      period,
      counting,
      zone,
      excepted: this.decider.facts.doraExcepted,
      ...(place === undefined ? {} : { place }),
      ...(start ? { start } : {}),
      ...(latestStart ? { latestStart } : {}),
      ...(starts ? { starts } : {}),
    };
    return deadlineOf(input, this.days);
  }
}

/** Zone of the duty, and the place whose days off count. */
interface At {
  readonly zone: string;
  readonly place: string | undefined;
}

function dates(
  deadline: Deadline,
  trace: readonly TraceStep[],
  clockStartedAt: Instant | undefined,
  at: At,
): Dates {
  const { dueAt, latestAt, noNumber, waitsFor } = deadline;
  return { dueAt, latestAt, noNumber, waitsFor, trace, clockStartedAt, zone: at.zone, place: at.place };
}

function waiting(waitsFor: string, at: At): Dates {
  const trace: TraceStep[] = [{ key: 'clock-not-started', values: { waitsFor } }];
  return { dueAt: null, latestAt: null, noNumber: false, waitsFor, trace, clockStartedAt: undefined, ...at };
}

function earliest(instants: readonly (Instant | null | undefined)[]): Instant | null {
  return instants.reduce<Instant | null>(
    (first, one) => (one && (!first || Temporal.Instant.compare(one, first) < 0) ? one : first),
    null,
  );
}
