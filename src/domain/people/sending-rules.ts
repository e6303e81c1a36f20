import type { Totals } from './person.ts';
import { TURNED_AWAY } from './receipt.ts';

/** What holds for every letter that is sent. */
export interface SendingRules {
  /** For how long a letter in doubt waits for its receipt before somebody may decide. */
  readonly graceHours: number;
  /** Sending waits and asks when more than this share of the mails was turned away, between 0 and 1. */
  readonly turnedAwayShare: number;
}

export const USUAL_SENDING: SendingRules = { graceHours: 24, turnedAwayShare: 0.05 };

/** The share is taken of so many mails at least: two of the first ten say nothing. */
const FIRST = 1000;

/** How many mails the service took and could not bring. */
export function turnedAwayIn(totals: Totals): number {
  return TURNED_AWAY.reduce((sum, state) => sum + totals[state], 0);
}

/**
 * Whether so many mails were turned away that somebody should look before more leave: the list may be old, or the sender
 * blocked, and each one more costs the sender's name.
 * @param tolerated how many somebody has seen and gone on all the same
 */
export function isTurnedAwayTooOften(totals: Totals, rules: SendingRules, tolerated: number): boolean {
  const turnedAway = turnedAwayIn(totals);
  const { accepted, deferred, delivered, complained } = totals;
  const handedOver = turnedAway + accepted + deferred + delivered + complained;
  return turnedAway - tolerated > rules.turnedAwayShare * Math.max(FIRST, handedOver);
}
