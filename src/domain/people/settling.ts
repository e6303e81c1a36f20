import type { Temporal } from 'temporal-polyfill';
import type { NoteRef } from '../incident/incident.ts';
import type { DeliveryState } from './person.ts';

/** How a person was told otherwise than by mail. */
export const CHANNELS = ['letter', 'telephone', 'in-person', 'other'] as const;
export type Channel = (typeof CHANNELS)[number];

/**
 * What somebody records of one person's letter: a telling has the same standing as an accepted mail; a mail came back;
 * of an uncertain one it was found out that it `arrived`, or it was decided to write `again`; nobody can reach the
 * person (`given-up`).
 */
export const SETTLINGS = ['told', 'bounced', 'arrived', 'again', 'given-up'] as const;
export type SettlingKind = (typeof SETTLINGS)[number];

export interface Settling {
  readonly id: string;
  readonly kind: SettlingKind;
  readonly batch: number;
  readonly position: number;
  /** When it happened, by whoever records it. */
  readonly at: Temporal.Instant;
  readonly by: string;
  readonly channel?: Channel;
  /** What was said, or why: sealed words. */
  readonly note?: NoteRef;
}

interface Rule {
  readonly from: readonly DeliveryState[];
  readonly to: DeliveryState;
}

/** From which states each leads where. A mail in flight is left alone until its answer came or is given up. */
export const SETTLING_RULES: Readonly<Record<SettlingKind, Rule>> = {
  told: {
    from: [
      'waiting',
      'accepted',
      'deferred',
      'delivered',
      'complained',
      'failed',
      'refused',
      'bounced',
      'blocked',
      'dropped',
      'no-mail',
      'uncertain',
    ],
    to: 'told',
  },
  bounced: { from: ['accepted', 'deferred', 'delivered', 'uncertain'], to: 'bounced' },
  arrived: { from: ['uncertain'], to: 'accepted' },
  again: { from: ['uncertain', 'refused', 'bounced', 'blocked', 'dropped'], to: 'waiting' },
  'given-up': {
    from: ['waiting', 'failed', 'refused', 'bounced', 'blocked', 'dropped', 'no-mail', 'uncertain'],
    to: 'given-up',
  },
};
