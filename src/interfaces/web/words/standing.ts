import { Temporal } from 'temporal-polyfill';
import type { Standing } from '../../../domain/incident/standing.ts';
import type { Visit } from '../request/visit.ts';
import { stretchBetween } from './times.ts';

/** A pill: icon, word and colour of one state; `look` is its class, `icon` its shape. */
export interface Pill {
  readonly look: string;
  readonly icon: string;
  readonly word: string;
}

type Saying = Pick<Visit, 'say' | 'now'>;

/** `9 h 28 min` in the page's language. */
export function stretchWords(visit: Saying, a: Temporal.Instant, b: Temporal.Instant): string {
  return stretchParts(visit, a, b)
    .map(({ number, unit }) => `${number} ${unit}`)
    .join(' ');
}

/** The same in parts, for the large clock: numbers and small units. */
export function stretchParts(
  { say }: Saying,
  a: Temporal.Instant,
  b: Temporal.Instant,
): readonly { readonly number: string; readonly unit: string }[] {
  return stretchBetween(a, b).parts.map(({ number, unit }) => ({ number, unit: say(`unit.${unit}`) }));
}

export interface PillClock {
  readonly dueAt: Temporal.Instant | null;
  readonly met?: { readonly at: Temporal.Instant; readonly dueAt: Temporal.Instant | null };
}

/** How a clock stands, in words: how long is left, or by how much it is late. */
export function pillFor(visit: Saying, standing: Standing, clock: PillClock): Pill {
  const pill = (word: string): Pill => ({ look: standing, icon: standing, word });
  const { now, say } = visit;
  if (standing === 'met' || standing === 'met-late') {
    const { met } = clock;
    const by = met?.dueAt ? stretchWords(visit, met.at, met.dueAt) : null;
    return pill(by === null ? say('standing.met-plain') : say(`standing.${standing}`, { by }));
  }
  if (clock.dueAt && (standing === 'on-time' || standing === 'due-soon' || standing === 'overdue')) {
    return pill(say(`standing.${standing}`, { left: stretchWords(visit, now, clock.dueAt) }));
  }
  return pill(say(`standing.${standing}`));
}
