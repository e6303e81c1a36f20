import type { Temporal } from 'temporal-polyfill';
import type { Problem } from '../errors.ts';
import { fail, ok, type Result } from '../result.ts';
import { clockText } from './clock.ts';
import type { Truth } from './conditions/truth.ts';
import { computeDeadline, type Deadline } from './counting/deadline.ts';
import { dayOf } from './counting/days-off.ts';
import { isZone, parseMoment, zonedText } from './moments.ts';
import { nearest } from './nearest.ts';
import { parsePeriod, periodText, shortest } from './period.ts';
import { nearestPlace, placeOf } from './places.ts';
import type { Duty, InvalidInput, Period, TraceStep } from './types.ts';
import { CLOCK_FACTS } from './vocabulary.ts';
import type { WorkingDays } from './working-days.ts';
import type { WrittenLaw } from './written-law.ts';

/** What is asked: a duty, the moment of its own clock, and where. Texts as a person typed them. */
export interface DeadlineAsked {
  readonly duty: string;
  /** With or without offset; missing: the clock has not started. */
  readonly start?: string;
  /** IANA zone of the start, and of the duty where it fixes none. */
  readonly zone?: string;
  /** ISO 3166 place whose days off count. */
  readonly place?: string;
  /** Starts of further clocks (`classified`), `excepted` (DORA), `dueAt` (of an order), or facts. */
  readonly set?: Readonly<Record<string, unknown>>;
}

export interface DutyDeadline extends Deadline {
  readonly duty: string;
  readonly zone: string;
  readonly start: Temporal.Instant | null;
}

/**
 * Answers conditions of periods (`{when, period}`) from facts that were set; without it every condition is open,
 * and the shortest period is taken.
 */
export interface Decides {
  faults(facts: Readonly<Record<string, unknown>>): readonly Problem[];
  truth(duty: Duty, when: string, facts: Readonly<Record<string, unknown>>): Truth;
}

/** The deadline of one duty from one start, by the wording in force when its clock started. Every fault at once. */
export function dutyDeadline(
  asked: DeadlineAsked,
  law: WrittenLaw,
  days: WorkingDays,
  decides?: Decides,
): Result<DutyDeadline, InvalidInput> {
  const reading = new Asked(asked, law);
  const input = reading.read();
  if (!input) return fail({ kind: 'invalid-input', problems: reading.problems });
  const faults = Object.keys(input.facts).length === 0 ? [] : (decides?.faults(input.facts) ?? []);
  if (faults.length > 0) {
    const problems = faults.map((fault) => ({ ...fault, path: `set.${fault.path}` }));
    return fail({ kind: 'invalid-input', problems });
  }
  const { start, zone, duty } = input;
  const counted = count(input, law, days, decides);
  const working = counted.deadline.trace.map((step) => cited(step, duty));
  const trace = [...input.readings, ...counted.before, ...working, ...input.unused];
  return ok({ ...counted.deadline, trace, duty: input.duty.id, zone, start: start ?? null });
}

/** The step that says what the law gives rests on the duty's own source. */
function cited(step: TraceStep, duty: Duty): TraceStep {
  const says = step.key === 'clock-started' || step.key === 'clock-not-started' || step.key === 'ordered';
  return says && step.cite === undefined ? { ...step, cite: duty.citation.text } : step;
}

interface Input {
  readonly duty: Duty;
  /** Said where the duty was not in force when its clock started. */
  readonly standing: readonly TraceStep[];
  readonly start?: Temporal.Instant;
  readonly zone: string;
  readonly place?: string;
  readonly starts: Readonly<Record<string, Temporal.Instant>>;
  readonly excepted?: boolean;
  readonly dueAt?: Temporal.Instant;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly readings: readonly TraceStep[];
  readonly unused: readonly TraceStep[];
}

const EXCEPTED = ['excepted', 'doraExcepted'];

/** Reads what was asked and keeps the faults. */
class Asked {
  readonly problems: Problem[] = [];
  private readonly asked: DeadlineAsked;
  private readonly law: WrittenLaw;
  private readonly readings: TraceStep[] = [];

  constructor(asked: DeadlineAsked, law: WrittenLaw) {
    this.asked = asked;
    this.law = law;
  }

  read(): Input | undefined {
    const wordings = this.law.wordings(this.asked.duty);
    if (!wordings) {
      this.wrong('duty', 'unknown-duty', { given: this.asked.duty, nearest: this.nearestDuty() });
      return undefined;
    }
    const [today] = wordings;
    const given = this.zone();
    const zone = today.zone ?? given;
    if (zone === undefined && this.problems.length === 0) this.wrong('zone', 'zone-missing');
    const start = this.start(given ?? zone);
    const place = this.place();
    if (zone === undefined || this.problems.length > 0) return undefined;
    const day = start && dayOf(start, zone).toString();
    const inForce = wordings.find((one) => day === undefined || isInForce(one, day));
    const duty = inForce ?? today;
    const set = this.set(duty, given ?? zone);
    if (this.problems.length > 0) return undefined;
    return {
      duty,
      standing: [...this.limit(), ...standingOf(duty, inForce !== undefined)],
      zone,
      ...(start ? { start } : {}),
      ...(place === undefined ? {} : { place }),
      ...set,
      readings: this.readings,
    };
  }

  private limit(): readonly TraceStep[] {
    const limit = this.law.limits.find(({ id }) => id === this.asked.duty);
    if (!limit) return [];
    return [{ key: 'limit', values: { duty: limit.limits }, cite: limit.citation.text }];
  }

  private nearestDuty(): string | undefined {
    return nearest(this.asked.duty, [...this.law.ids, ...this.law.limits.map(({ id }) => id)]);
  }

  private zone(): string | undefined {
    const { zone } = this.asked;
    if (zone === undefined || isZone(zone)) return zone;
    this.wrong('zone', 'zone-unknown', {
      given: zone,
      nearest: nearest(zone, Intl.supportedValuesOf('timeZone')),
    });
    return undefined;
  }

  private place(): string | undefined {
    const { place } = this.asked;
    if (place === undefined) return undefined;
    const found = placeOf(place);
    if (found === undefined)
      this.wrong('place', 'place-unknown', { given: place, nearest: nearestPlace(place) });
    return found;
  }

  private start(zone: string | undefined): Temporal.Instant | undefined {
    const { start } = this.asked;
    return start === undefined ? undefined : this.moment('start', start, zone);
  }

  private moment(path: string, text: unknown, zone: string | undefined): Temporal.Instant | undefined {
    const parsed = parseMoment(typeof text === 'string' ? text : JSON.stringify(text), zone);
    if (!parsed.ok) {
      // A zone that is wrong was told already.
      if (parsed.error !== 'needs-zone' || this.problems.length === 0)
        this.wrong(path, parsed.error, { given: text });
      return undefined;
    }
    const { instant, reading } = parsed.value;
    if (reading) this.readings.push({ ...reading, values: { ...reading.values, fact: path } });
    return instant;
  }

  private set(duty: Duty, zone: string): Pick<Input, 'starts' | 'excepted' | 'dueAt' | 'facts' | 'unused'> {
    const starts: Record<string, Temporal.Instant> = {};
    const facts: Record<string, unknown> = {};
    const unused: TraceStep[] = [];
    let excepted: boolean | undefined;
    let dueAt: Temporal.Instant | undefined;
    const clocks = new Set((duty.counting.parts ?? []).map(({ clock }) => clockText(clock)));
    const conditional = duty.period.some(({ when }) => when !== undefined);
    for (const [name, value] of Object.entries(this.asked.set ?? {})) {
      const clock = clockOfName(name);
      if (value === null) this.wrong(`set.${name}`, 'is-null');
      else if (EXCEPTED.includes(name)) excepted = this.bool(name, value);
      else if (name === 'dueAt') dueAt = this.moment(`set.${name}`, value, zone);
      else if (clock !== undefined) {
        const at = this.moment(`set.${name}`, value, zone);
        if (at && clocks.has(clock)) starts[clock] = at;
        else unused.push(notUsed(name));
      } else if (conditional) facts[name] = value;
      else this.wrong(`set.${name}`, 'unknown-key', { given: name, nearest: nearest(name, SETTABLE) });
    }
    return {
      starts,
      facts,
      unused,
      ...(excepted === undefined ? {} : { excepted }),
      ...(dueAt === undefined ? {} : { dueAt }),
    };
  }

  private bool(name: string, value: unknown): boolean | undefined {
    if (value === true || value === 'true') return true;
    if (value === false || value === 'false') return false;
    this.wrong(`set.${name}`, 'unknown-value', { given: value, allowed: ['true', 'false'] });
    return undefined;
  }

  private wrong(path: string, key: string, values: Record<string, unknown> = {}): void {
    const told = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
    this.problems.push({ path, key, values: told });
  }
}

const SETTABLE = [...Object.keys(CLOCK_FACTS), 'excepted', 'dueAt'];

/** The clock that a name means: `classified`, or the fact that starts it, `classifiedAt`. */
function clockOfName(name: string): string | undefined {
  if (name in CLOCK_FACTS) return name;
  return Object.entries(CLOCK_FACTS).find(([, fact]) => fact === name)?.[0];
}

function notUsed(name: string): TraceStep {
  return { key: 'not-used', values: { name } };
}

function isInForce({ since, until, inForce }: Duty, day: string): boolean {
  return (
    (since === null || inForce !== undefined || since <= day) &&
    (until === undefined || until === null || day <= until)
  );
}

function standingOf(duty: Duty, inForce: boolean): readonly TraceStep[] {
  const cite = duty.citation.text;
  if (duty.status === 'pending') return [{ key: 'pending', values: { duty: duty.id }, cite }];
  if (inForce) return [];
  const values = { duty: duty.id, since: duty.since, until: duty.until ?? null };
  return [{ key: 'not-in-force', values, cite }];
}

interface Counted {
  readonly before: readonly TraceStep[];
  readonly deadline: Deadline;
}

function count(input: Input, law: WrittenLaw, days: WorkingDays, decides: Decides | undefined): Counted {
  const { duty, start, dueAt } = input;
  if (duty.clock.kind === 'ordered' && start) {
    const end: TraceStep = dueAt ? { key: 'due', values: {}, at: dueAt } : { key: 'no-number', values: {} };
    const trace: TraceStep[] = [{ key: 'ordered', values: {}, at: start }, end];
    const at = dueAt ?? null;
    return {
      before: input.standing,
      deadline: { dueAt: at, latestAt: at, noNumber: at === null, trace },
    };
  }
  const chosen = periodOf(duty, input.facts, decides);
  const own = sum(duty, chosen.period, input, days);
  return {
    before: [...input.standing, ...chosen.trace],
    deadline: bound(own, input, law, days),
  };
}

function sum(duty: Duty, period: Period, input: Input, days: WorkingDays): Deadline {
  const { start, place, starts, excepted, zone } = input;
  return computeDeadline(
    {
      clock: duty.clock,
      period,
      counting: duty.counting,
      zone: duty.zone ?? zone,
      starts,
      ...(start ? { start } : {}),
      ...(place === undefined ? {} : { place }),
      ...(excepted === undefined ? {} : { excepted }),
    },
    days,
  );
}

/** The first period whose condition holds; while that is open the shortest of those that may hold. */
function periodOf(
  duty: Duty,
  facts: Readonly<Record<string, unknown>>,
  decides: Decides | undefined,
): { readonly period: Period; readonly trace: readonly TraceStep[] } {
  const open: Period[] = [];
  for (const { when, period: text } of duty.period) {
    const period = parsePeriod(text) ?? { kind: 'none' };
    const truth = when === undefined ? true : (decides?.truth(duty, when, facts) ?? { missing: [] });
    if (truth === false) continue;
    if (truth === true && open.length === 0) {
      if (when === undefined) return { period, trace: [] };
      return { period, trace: [{ key: 'period-chosen', values: { condition: when, period: text } }] };
    }
    open.push(period);
    if (truth === true) break;
  }
  const period = shortest(open) ?? { kind: 'none' };
  return { period, trace: [{ key: 'period-undecided', values: { period: periodText(period) } }] };
}

/** `with` and `before`: not later than another duty is due. One start serves both where they share a clock. */
function bound(own: Deadline, input: Input, law: WrittenLaw, days: WorkingDays): Deadline {
  const { duty, zone } = input;
  let bounded = own;
  for (const key of ['with', 'before'] as const) {
    const id = duty[key];
    const other = id === undefined ? undefined : law.wordings(id)?.[0];
    if (id === undefined || other === undefined) continue;
    if (clockText(other.clock) !== clockText(duty.clock)) {
      const values = { duty: id, clock: clockText(other.clock) };
      bounded = { ...bounded, trace: [...bounded.trace, { key: 'other-clock', values }] };
      continue;
    }
    const theirs = sum(other, periodOf(other, {}, undefined).period, input, days);
    if (!theirs.dueAt || !theirs.latestAt) continue;
    const dueAt = earlierOf(bounded.dueAt, theirs.dueAt);
    const latestAt = earlierOf(bounded.latestAt, theirs.latestAt);
    const step: TraceStep = { key, values: { duty: id, due: zonedText(dueAt, zone) }, at: dueAt };
    bounded = { dueAt, latestAt, noNumber: false, trace: [...bounded.trace, step] };
  }
  return bounded;
}

function earlierOf(a: Temporal.Instant | null, b: Temporal.Instant): Temporal.Instant {
  return a && a.epochMilliseconds <= b.epochMilliseconds ? a : b;
}
