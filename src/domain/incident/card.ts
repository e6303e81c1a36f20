import { Temporal } from 'temporal-polyfill';
import { recipientOf } from './recipients.ts';
import {
  currentStage,
  type Card,
  type CardClock,
  type Fact,
  type Incident,
  type Obligation,
} from './incident.ts';
import { rings } from './standing.ts';

/** A row is drawn from a few clocks; where hundreds of laws are undecided, the incident's own page has them all. */
const CLOCKS_KEPT = 60;

/** What a list shows of the incident. */
export function cardOf(incident: Omit<Incident, 'card'>): Card {
  const clocks =
    incident.state === 'near-miss'
      ? []
      : incident.obligations.filter(rings).map((one) => clockOf(incident, one));
  const { restrictedTo, speed } = incident;
  return {
    reference: incident.reference,
    title: incident.title,
    kind: incident.kind,
    state: incident.state,
    drill: incident.drill,
    ...(speed === undefined ? {} : { speed }),
    stage: currentStage(incident.stages),
    owner: incident.owner,
    loggedAt: incident.loggedAt,
    people: peopleIn(incident.facts['subjects']),
    nextDueAt: earliest(clocks),
    clocks: foremost(clocks),
    moreClocks: Math.max(0, clocks.length - CLOCKS_KEPT),
    ...(restrictedTo ? { restrictedTo } : {}),
    waiting: incident.notices
      .filter((notice) => notice.state === 'in-review' && notice.submitted)
      .map((notice) => ({
        notice: notice.id,
        kind: notice.kind,
        since: notice.submitted?.at ?? incident.loggedAt,
        authors: notice.authors,
      })),
  };
}

function clockOf(incident: Omit<Incident, 'card'>, obligation: Obligation): CardClock {
  const recipient = recipientOf(incident, obligation);
  const { key, duty, authority, decision, startedAt, dueAt, noNumber, waitsFor } = obligation;
  return {
    key,
    duty,
    ...(recipient === undefined ? {} : { recipient }),
    ...(authority === undefined ? {} : { authority }),
    decision: decision === 'applies' ? 'applies' : 'undecided',
    startedAt,
    dueAt,
    noNumber,
    ...(waitsFor === undefined ? {} : { waitsFor }),
  };
}

/** Those that surely apply and have a date, then those that may; the order of the law within each. */
function foremost(clocks: readonly CardClock[]): readonly CardClock[] {
  if (clocks.length <= CLOCKS_KEPT) return clocks;
  const weight = ({ decision, dueAt }: CardClock): number =>
    (dueAt ? 0 : 2) + (decision === 'applies' ? 0 : 1);
  return [...clocks]
    .sort((a, b) => weight(a) - weight(b) || compareDue(a.dueAt, b.dueAt))
    .slice(0, CLOCKS_KEPT);
}

function compareDue(a: Temporal.Instant | null, b: Temporal.Instant | null): number {
  return a && b ? Temporal.Instant.compare(a, b) : 0;
}

function earliest(clocks: readonly CardClock[]): Temporal.Instant | null {
  const dates = clocks.flatMap((clock) => (clock.dueAt ? [clock.dueAt] : []));
  return dates.sort((a, b) => Temporal.Instant.compare(a, b))[0] ?? null;
}

/** The sum over the places (the upper end of a range: planning for fewer would be a mistake), or null if unknown. */
function peopleIn(fact: Fact | undefined): number | null {
  if (!fact || !('value' in fact) || !Array.isArray(fact.value)) return null;
  let sum = 0;
  for (const row of fact.value as readonly { count?: unknown; max?: unknown }[]) {
    const count = row.count ?? row.max;
    if (typeof count !== 'number') return null;
    sum += count;
  }
  return sum;
}
