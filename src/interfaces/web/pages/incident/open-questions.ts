import { Temporal } from 'temporal-polyfill';
import type { IncidentView, ObligationView } from '../../../../application/incident/view-incident.ts';
import { isOpen } from '../../../../domain/incident/standing.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { factOf } from './fact-forms.ts';

/** A fact that is missing: ten laws that wait for it are one question. */
export interface OpenQuestion {
  /** The fact's name, or `answered.DUTY` for what only that duty asks. */
  readonly name: string;
  /** How many duties wait for it. */
  readonly count: number;
  /** The earliest deadline that the answer may make sure; null where none has a date. */
  readonly earliest: Temporal.Instant | null;
}

/** Each fact that undecided duties wait for: what may be due first on top, then what most wait for. */
export function openQuestions({ obligations }: Pick<IncidentView, 'obligations'>): readonly OpenQuestion[] {
  const found = new Map<string, OpenQuestion>();
  for (const { obligation } of obligations.filter(isUndecided)) {
    for (const name of new Set(obligation.missing.map(factOf))) {
      const before = found.get(name) ?? { name, count: 0, earliest: null };
      found.set(name, {
        name,
        count: before.count + 1,
        earliest: earlier(before.earliest, obligation.dueAt),
      });
    }
  }
  return [...found.values()].sort(
    (a, b) => rank(a) - rank(b) || b.count - a.count || (a.name < b.name ? -1 : 1),
  );
}

function isUndecided({ obligation }: ObligationView): boolean {
  return isOpen(obligation) && obligation.decision === 'undecided';
}

function earlier(a: Temporal.Instant | null, b: Temporal.Instant | null): Temporal.Instant | null {
  if (!a || !b) return a ?? b;
  return Temporal.Instant.compare(a, b) <= 0 ? a : b;
}

function rank({ earliest }: OpenQuestion): number {
  return earliest?.epochMilliseconds ?? Infinity;
}

/** `12 duties wait for it, the earliest would be due Mon 7 Dec, 18:40 CET` */
export function waitingWords({ say, times }: StaffVisit, { count, earliest }: OpenQuestion): string {
  return earliest
    ? say('questions.waiting-until', { count, when: times.full(earliest) })
    : say('questions.waiting', { count });
}
