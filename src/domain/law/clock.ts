import { CLOCK_FACTS, type ClockName } from './vocabulary.ts';
import type { Clock } from './types.ts';

/** Reads `aware`, `notified:ID`, `after-end-of:ID`, `ordered`; undefined where it is none of these. */
export function parseClock(text: string): Clock | undefined {
  if (text === 'ordered') return { kind: 'ordered' };
  if (text in CLOCK_FACTS) return { kind: 'fact', name: text as ClockName };
  const match = /^(notified|after-end-of):([a-z0-9][a-z0-9-]*)$/.exec(text);
  if (!match) return undefined;
  const [, kind, duty = ''] = match;
  return kind === 'notified' ? { kind: 'notified', duty } : { kind: 'after-end-of', duty };
}

/** A clock as it is written; also the name by which an obligation says that it waits for it. */
export function clockText(clock: Clock): string {
  switch (clock.kind) {
    case 'fact':
      return clock.name;
    case 'ordered':
      return 'ordered';
    default:
      return `${clock.kind}:${clock.duty}`;
  }
}
