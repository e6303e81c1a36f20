import { Temporal } from 'temporal-polyfill';
import { clockText } from '../clock.ts';
import { computeDeadline, type Deadline, type DeadlineInput } from '../counting/deadline.ts';
import { isUnknown } from '../conditions/truth.ts';
import type { Version } from '../law-book.ts';
import { zonedText } from '../moments.ts';
import { fits, parsePeriod, periodText, shortest } from '../period.ts';
import type { Counting, Duty, Period, TraceStep } from '../types.ts';
import type { WorkingDays } from '../working-days.ts';
import { firstFiling, orderOf, startOf } from './clocks.ts';
import type { Decider } from './decide.ts';
import { homePlace, type Recipient } from './recipients.ts';

/** Dates of a duty for a recipient, with the moment its clock started. */
export interface Dates extends Deadline {
  readonly clockStartedAt?: Temporal.Instant;
  readonly zone: string;
  readonly place?: string;
}

type Instant = Temporal.Instant;

/** Computes the dates of duties for one set of facts; sums that many duties share are done once. */
export class Dater {
  private readonly decider: Decider;
  private readonly days: WorkingDays;
  private readonly sums = new Map<string, Deadline>();
  private readonly open = new Set<string>();

  constructor(decider: Decider, days: WorkingDays) {
    this.decider = decider;
    this.days = days;
  }

  datesOf(version: Version, recipient: Recipient | undefined): Dates {
    const { duty } = version;
    const zone = duty.zone ?? this.decider.facts.zone ?? 'UTC';
    const place = recipient?.place ?? homePlace(this.decider.facts);
    const fixed = { zone, ...(place === undefined ? {} : { place }) };
    if (duty.clock.kind === 'ordered') return { ...this.ordered(duty), ...fixed };
    // A circle of clocks is refused by the linter; here it must only not hang.
    const key = `${duty.id}@${recipient?.key ?? ''}`;
    if (this.open.has(key)) return { ...waiting(clockText(duty.clock)), ...fixed };
    this.open.add(key);
    const own = this.own(version, recipient, fixed);
    const held = this.afterHold(version, own, fixed);
    const bound = this.bound(duty, held, recipient, zone);
    this.open.delete(key);
    return { ...bound, ...fixed };
  }

  private ordered(duty: Duty): Deadline & { readonly clockStartedAt?: Instant } {
    const order = orderOf(duty.id, this.decider.facts);
    if (!order) return waiting('ordered');
    const dueAt = order.dueAt ?? null;
    const trace: TraceStep[] = [{ key: 'ordered', values: {}, at: order.at }];
    trace.push(dueAt ? { key: 'due', values: {}, at: dueAt } : { key: 'no-number', values: {} });
    return { dueAt, latestAt: dueAt, noNumber: dueAt === null, trace, clockStartedAt: order.at };
  }

  /** By the duty's own clock and period. */
  private own(
    version: Version,
    recipient: Recipient | undefined,
    fixed: { readonly zone: string; readonly place?: string },
  ): Deadline & { readonly clockStartedAt?: Instant } {
    const { duty } = version;
    const chosen = this.periodOf(version);
    const input = { clock: duty.clock, period: chosen.period, counting: duty.counting, ...fixed };
    if (duty.clock.kind === 'after-end-of') {
      const ended = this.endOf(duty.clock.duty, recipient);
      if (!ended?.dueAt) return waiting(clockText(duty.clock));
      const latestStart = ended.latestAt ?? ended.dueAt;
      const deadline = this.sum({ ...input, start: ended.dueAt, latestStart });
      return { ...deadline, trace: [...chosen.trace, ...deadline.trace], clockStartedAt: ended.dueAt };
    }
    const start = this.decider.start(duty, recipient?.key);
    const starts = this.partStarts(duty, recipient);
    const { doraExcepted } = this.decider.facts;
    const deadline = this.sum({
      ...input,
      ...(start.at ? { start: start.at } : {}),
      ...(starts ? { starts } : {}),
      ...(duty.counting.relief === undefined ? {} : { excepted: doraExcepted }),
    });
    const trace = [...start.trace, ...chosen.trace, ...deadline.trace];
    return { ...deadline, trace, ...(start.at ? { clockStartedAt: start.at } : {}) };
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
  private afterHold(
    version: Version,
    own: Deadline & { readonly clockStartedAt?: Instant },
    fixed: { readonly zone: string; readonly place?: string },
  ): Deadline & { readonly clockStartedAt?: Instant } {
    const { hold, clock, counting } = version.duty;
    const asked = this.decider.facts.lawEnforcementHold;
    if (!hold || !asked) return own;
    const cite = hold.source;
    if (!asked.until) {
      const trace: TraceStep[] = [{ key: 'held', values: { from: zonedText(asked.from, fixed.zone) }, cite }];
      return { ...own, dueAt: null, latestAt: null, noNumber: false, waitsFor: 'lawEnforcementHold', trace };
    }
    const ended: TraceStep = { key: 'hold-ended', values: {}, cite, at: asked.until };
    const period = parsePeriod(hold.period) ?? { kind: 'none' };
    const plain: Counting = fits(counting.rule, period) ? counting : { rule: 'calendar-days' };
    const after = this.sum({ clock, start: asked.until, period, counting: hold.counting ?? plain, ...fixed });
    // What is left of the number itself is never cut short by a hold.
    if (own.dueAt && Temporal.Instant.compare(own.dueAt, after.dueAt ?? asked.until) >= 0) return own;
    if (own.dueAt === null && own.waitsFor !== undefined) return own;
    return { ...own, ...after, trace: [...own.trace.slice(0, 1), ended, ...after.trace] };
  }

  /** `with` and `before`: not later than another duty is due, nor than it was met. */
  private bound(
    duty: Duty,
    own: Deadline & { readonly clockStartedAt?: Instant },
    recipient: Recipient | undefined,
    zone: string,
  ): Deadline & { readonly clockStartedAt?: Instant } {
    let bound = own;
    for (const [key, id] of [
      ['with', duty.with],
      ['before', duty.before],
    ] as const) {
      if (id === undefined || this.decider.owed(id) === false) continue;
      const other = this.endOf(id, recipient);
      const met = firstFiling(id, this.decider.facts, this.decider.book)?.at;
      const due = earliest([bound.dueAt, other?.dueAt, met]);
      const latest = earliest([bound.latestAt, other?.latestAt, met]);
      if (!due) {
        const waitsFor = bound.waitsFor ?? other?.waitsFor;
        bound = { ...bound, ...(waitsFor === undefined ? {} : { waitsFor, noNumber: false }) };
        continue;
      }
      const step: TraceStep = { key, values: { duty: id, due: zonedText(due, zone) }, at: due };
      const { clockStartedAt, trace } = bound;
      bound = {
        dueAt: due,
        latestAt: latest ?? due,
        noNumber: false,
        trace: [...trace, step],
        ...(clockStartedAt ? { clockStartedAt } : {}),
      };
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

  private sum(input: DeadlineInput): Deadline {
    const { start, latestStart, starts, period, counting, zone, place, excepted } = input;
    const parts = Object.entries(starts ?? {}).map(([name, at]) => `${name}=${at.epochMilliseconds}`);
    const key = [
      clockText(input.clock),
      start?.epochMilliseconds,
      latestStart?.epochMilliseconds,
      ...parts,
      periodText(period),
      counting.rule,
      counting.calendar,
      counting.endOfDay,
      counting.relief,
      counting.parts?.map((part) => `${clockText(part.clock)} ${periodText(part.period)}`).join(),
      zone,
      place,
      excepted,
    ].join('|');
    const kept = this.sums.get(key);
    if (kept) return kept;
    const deadline = computeDeadline(input, this.days);
    this.sums.set(key, deadline);
    return deadline;
  }
}

function waiting(waitsFor: string): Deadline {
  const trace: TraceStep[] = [{ key: 'clock-not-started', values: { waitsFor } }];
  return { dueAt: null, latestAt: null, noNumber: false, waitsFor, trace };
}

function earliest(instants: readonly (Instant | null | undefined)[]): Instant | null {
  return instants.reduce<Instant | null>(
    (first, one) => (one && (!first || Temporal.Instant.compare(one, first) < 0) ? one : first),
    null,
  );
}
