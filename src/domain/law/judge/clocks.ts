import { Temporal } from 'temporal-polyfill';
import { dutyOf, recipientOf } from '../facts.ts';
import type { LawBook } from '../law-book.ts';
import { countryOf } from '../places.ts';
import type { Clock, Duty, Facts, Filing, Order, TraceStep } from '../types.ts';
import { CLOCK_FACTS, type ClockName } from '../vocabulary.ts';

export interface Start {
  readonly at?: Temporal.Instant;
  readonly trace: readonly TraceStep[];
}

const NOT_STARTED: Start = { trace: [] };

/** The moment that starts a duty's clock; `after-end-of` is the engine's, since it needs another duty's dates. */
export function clockStart(duty: Duty, facts: Facts, book: LawBook, recipient?: string): Start {
  return startOf(duty.clock, duty, facts, book, recipient);
}

/** As {@link clockStart}, for the clock of a part of `earlier-of`. */
export function startOf(clock: Clock, duty: Duty, facts: Facts, book: LawBook, recipient?: string): Start {
  switch (clock.kind) {
    case 'fact':
      return factStart(clock.name, facts);
    case 'notified': {
      const filing = firstFiling(clock.duty, facts, book, recipient);
      if (!filing) return NOT_STARTED;
      return { at: filing.at, trace: [{ key: 'notified', values: { duty: clock.duty }, at: filing.at }] };
    }
    case 'ordered': {
      const order = orderOf(duty.id, facts);
      return order ? { at: order.at, trace: [{ key: 'ordered', values: {}, at: order.at }] } : NOT_STARTED;
    }
    case 'after-end-of':
      return NOT_STARTED;
  }
}

function factStart(name: ClockName, facts: Facts): Start {
  const fact = CLOCK_FACTS[name];
  const at = facts.moments[fact];
  if (at) return { at, trace: facts.readings.filter((reading) => reading.values['fact'] === fact) };
  const { awareAt } = facts.moments;
  // The contract of facts: only these two may be taken to be awareness, and the trace says so.
  if (!awareAt || (name !== 'detected' && name !== 'determined')) return NOT_STARTED;
  const taken: TraceStep = { key: 'taken-from-aware', values: { clock: name }, at: awareAt };
  return {
    at: awareAt,
    trace: [taken, ...facts.readings.filter((reading) => reading.values['fact'] === 'awareAt')],
  };
}

/** The order that is due first, else the first one. */
export function orderOf(dutyId: string, facts: Facts): Order | undefined {
  const orders = facts.orders.filter((order) => order.duty === dutyId);
  const when = (order: Order): number => order.dueAt?.epochMilliseconds ?? Infinity;
  return [...orders].sort((a, b) => when(a) - when(b) || Temporal.Instant.compare(a.at, b.at))[0];
}

/**
 * The first filing of a duty or of what stands for it: to this recipient, or to all by a bare id; for a duty that
 * does not fan out the earliest to anyone.
 */
export function firstFiling(id: string, facts: Facts, book: LawBook, recipient?: string): Filing | undefined {
  const standIns = book.duties.get(id)?.standIns ?? [id];
  let first: Filing | undefined;
  for (const [key, filing] of facts.filed) {
    if (!standIns.includes(dutyOf(key))) continue;
    const to = recipientOf(key);
    if (to !== undefined && recipient !== undefined && !isTold(recipient, to, book)) continue;
    if (!first || Temporal.Instant.compare(filing.at, first.at) < 0) first = filing;
  }
  return first;
}

/** Whether what was sent to one body reached this recipient: its own key, or that of a body of the same place. */
function isTold(recipient: string, to: string, book: LawBook): boolean {
  if (to === recipient) return true;
  const place = book.authorities.get(to)?.place;
  return place !== undefined && (place === recipient || countryOf(place) === recipient);
}

/** The filing that meets an obligation itself: its own key, or the bare id of its duty. */
export function filingFor(dutyId: string, recipient: string | undefined, facts: Facts): Filing | undefined {
  if (recipient === undefined) return facts.filed.get(dutyId);
  return facts.filed.get(`${dutyId}@${recipient}`) ?? facts.filed.get(dutyId);
}
