import { randomBytes, randomUUID } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import type { Clock, Ids } from '../../application/ports/house.ts';

export const randomIds: Ids = {
  id: () => randomUUID(),
  secret: () => randomBytes(32).toString('base64url'),
  jitter: () => Math.random(),
};

/** The machine's clock in whole milliseconds: what the store can keep, and so what a register's hash can cover. */
export const systemClock: Clock = {
  now: () => Temporal.Now.instant().round({ smallestUnit: 'millisecond', roundingMode: 'trunc' }),
};
