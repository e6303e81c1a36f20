import { didYouMean } from './did-you-mean.ts';
import { STAGES } from './types.ts';
import type { Due, Stage } from './types.ts';

/** Days and smaller units only: a house target counts elapsed time, and a month is no length of time. */
const PERIOD = /^P(?=\d|T\d)(?:\d{1,4}D)?(?:T(?=\d)(?:\d{1,4}H)?(?:\d{1,5}M)?)?$/;

/** The whole grammar, for editors. */
export const DUE_PATTERN =
  /^(?:(?:detected|aware)\+P[0-9DTHM]+|before:authority P[0-9DTHM]+|before:letters|after:(?:detect|contain|assess|notify) P[0-9DTHM]+)$/;

const FORMS = 'aware+PT4H, detected+PT1H, before:authority PT6H, before:letters or after:notify P14D';

/**
 * Reads a task's due moment: `aware+PT4H`, `detected+PT1H`, `before:authority PT6H`, `before:letters`,
 * `after:notify P14D`.
 * @returns the moment, or a sentence that says what is wrong
 */
export function parseDue(text: string): Due | string {
  const [head = '', ...rest] = text.trim().split(/\s+/);
  if (rest.length > 1) return `"${text}" is no due moment: write ${FORMS}`;
  const tail = rest[0];
  if (head.includes('+')) return tail === undefined ? clockDue(head) : `"${text}" has words after its period`;
  if (head.startsWith('before:')) return beforeDue(head, tail);
  if (head.startsWith('after:')) return afterDue(head, tail);
  return `"${text}" is no due moment: write ${FORMS}`;
}

function clockDue(head: string): Due | string {
  const [clock = '', period = ''] = head.split('+', 2);
  if (clock !== 'aware' && clock !== 'detected') {
    return `there is no clock "${clock}"${didYouMean(clock, ['aware', 'detected'])}`;
  }
  return PERIOD.test(period) ? { kind: 'clock', clock, period } : badPeriod(period);
}

function beforeDue(head: string, period: string | undefined): Due | string {
  const before = head.slice('before:'.length);
  if (before === 'letters') {
    return period === undefined ? { kind: 'before-letters' } : 'before:letters takes no period';
  }
  if (before !== 'authority') {
    return `nothing is due "before:${before}"${didYouMean(before, ['authority', 'letters'])}`;
  }
  if (period === undefined) return 'before:authority needs a period, such as before:authority PT6H';
  return PERIOD.test(period) ? { kind: 'before-authority', period } : badPeriod(period);
}

function afterDue(head: string, period: string | undefined): Due | string {
  const name = head.slice('after:'.length);
  const stage = STAGES.find((s): s is Stage => s === name);
  if (stage === undefined) return `there is no stage "${name}"${didYouMean(name, STAGES)}`;
  if (period === undefined) return `${head} needs a period, such as ${head} P14D`;
  return PERIOD.test(period) ? { kind: 'after-stage', stage, period } : badPeriod(period);
}

function badPeriod(period: string): string {
  return `"${period}" is no period of days, hours and minutes: write P2D, PT6H or PT30M`;
}
