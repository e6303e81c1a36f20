import { Temporal } from 'temporal-polyfill';
import { sha256 } from '../../../domain/register/entry.ts';
import type { Actor } from '../../../domain/access/roles.ts';
import { Refused } from '../../shared/refused.ts';
import type { ApiParts } from '../parts.ts';

/** A success as it is sent. */
export interface Sent {
  readonly status: number;
  /** JSON, or '' for an empty answer. */
  readonly body: string;
}

const KEY = /^(?:"([\x21\x23-\x7e]{8,200})"|([\x21\x23-\x7e]{8,200}))$/;

/**
 * The key of the header `Idempotency-Key`, bare or quoted.
 * @throws Refused 400 if it is not 8 to 200 printable characters
 */
export function keyOf(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const found = KEY.exec(header.trim());
  const key = found?.[1] ?? found?.[2];
  if (key === undefined) throw new Refused(400, 'api-key-malformed');
  return key;
}

/** The key bound to the person and to what was asked, so that one key never means two things. */
export function boundKey(actor: Actor, address: string, key: string): string {
  return `api-${sha256(JSON.stringify([actor.organisation, actor.user, address, key])).slice(0, 40)}`;
}

/** Longer than any request takes: who holds a key so long without an answer has died. */
const DEAD_AFTER = Temporal.Duration.from({ seconds: 60 });
const WAITS = 200;
const WAIT_MS = 50;

/**
 * Runs `work` once for a key: a repeat waits for the first and gets its answer. What did not succeed stored nothing
 * and is not kept, so that it can be mended and sent again.
 *
 * @throws Refused 422 if the key came with another request before, 409 if the first is still worked on
 */
export async function once(
  { house }: Pick<ApiParts, 'house'>,
  of: { readonly organisation: string; readonly id: string; readonly fingerprint: string },
  work: () => Promise<Sent | null>,
): Promise<{ readonly sent: Sent | null; readonly repeated: boolean }> {
  for (let wait = 0; wait < WAITS; wait += 1) {
    const now = house.clock.now();
    const before = await house.answers.claim(of, now, now.subtract(DEAD_AFTER));
    if (!before) return { sent: await workAndKeep(house, of, work), repeated: false };
    if (before.fingerprint !== of.fingerprint) throw new Refused(422, 'api-key-reused');
    if (before.answer !== null) return { sent: JSON.parse(before.answer) as Sent, repeated: true };
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  }
  throw new Refused(409, 'api-key-busy', { retryAfter: 10 });
}

async function workAndKeep(
  { answers }: Pick<ApiParts['house'], 'answers'>,
  { organisation, id }: { readonly organisation: string; readonly id: string },
  work: () => Promise<Sent | null>,
): Promise<Sent | null> {
  let sent: Sent | null = null;
  try {
    sent = await work();
  } finally {
    if (!sent) await answers.release(organisation, id);
  }
  if (sent) await answers.keep(organisation, id, JSON.stringify(sent));
  return sent;
}
