import { Temporal } from 'temporal-polyfill';
import type { Move } from '../../../../application/incident/preview-moves.ts';
import type { Obligation } from '../../../../domain/incident/incident.ts';
import { isOpen } from '../../../../domain/incident/standing.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { recipientWords } from '../../words/recipients.ts';
import { stretchWords } from '../../words/standing.ts';

/** So many duties are told one by one. */
const SHOWN = 12;

/** What would move, the nearest deadline first; null where nobody asked yet. */
export function movesModel(visit: StaffVisit, moves: readonly Move[] | null): object {
  const rows = [...(moves ?? [])].sort((a, b) => due(a) - due(b)).map((move) => moveModel(visit, move));
  return {
    asked: moves !== null,
    heading: moves === null ? '' : visit.say('moves.heading', { count: moves.length }),
    first: rows.slice(0, SHOWN),
    rest: rows.slice(SHOWN),
  };
}

function due({ now, then }: Move): number {
  return (then.dueAt ?? now?.dueAt)?.epochMilliseconds ?? Infinity;
}

function moveModel(visit: StaffVisit, { duty, now, then }: Move): object {
  const title = duty?.title ?? then.duty;
  const recipient = recipientWords(visit, then.recipient, then.authority, title);
  return {
    title: recipient === null ? title : visit.say('moves.to', { title, recipient }),
    now: now ? standingWords(visit, now) : visit.say('moves.nothing'),
    then: standingWords(visit, then),
    by: byWords(visit, now?.dueAt ?? null, then.dueAt),
  };
}

function standingWords({ say, times }: StaffVisit, obligation: Obligation): string {
  if (!isOpen(obligation)) return say('moves.not-owed');
  const { dueAt, decision, noNumber } = obligation;
  const when = dueAt ? times.full(dueAt) : say(noNumber ? 'standing.no-number' : 'standing.not-started');
  return say(`moves.${decision === 'applies' ? 'owed' : 'maybe'}`, { when });
}

/** How far a deadline moves. */
function byWords(visit: StaffVisit, now: Temporal.Instant | null, then: Temporal.Instant | null): string {
  if (!now || !then || now.equals(then)) return '';
  const key = Temporal.Instant.compare(then, now) < 0 ? 'moves.earlier' : 'moves.later';
  return visit.say(key, { by: stretchWords(visit, now, then) });
}
