import type { Actor } from '../../domain/access/roles.ts';
import { chain } from '../../domain/register/chain.ts';
import type { Happening } from '../../domain/register/entry.ts';
import type { House } from '../ports/house.ts';
import type { Organisation } from '../ports/staff.ts';
import { copyOrganisationOutbox } from './copy-outbox.ts';

const KEYS_KEPT = 200;
const TRIES = 50;

/**
 * Records what concerns the organisation and no single incident (sign-ins, staff, settings, exports) in the
 * organisation's own chain. With a `key` a repeat is recorded once.
 */
export async function recordInOrganisation(
  house: Pick<House, 'clock' | 'ids' | 'organisations' | 'register'>,
  actor: Pick<Actor, 'user' | 'organisation'>,
  happening: Happening,
  options: {
    readonly key?: string;
    readonly changes?: Partial<Pick<Organisation, 'name' | 'zone' | 'locale' | 'profile' | 'contact'>>;
  } = {},
): Promise<Organisation> {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const before = await house.organisations.byId(actor.organisation);
    if (!before) throw new Error(`no organisation ${actor.organisation}`);
    if (options.key !== undefined && before.seen.includes(options.key)) return before;
    const { head, entries } = chain(
      before.register,
      { organisation: before.id, chain: `organisation:${before.id}` },
      [happening],
      { at: house.clock.now(), by: actor.user },
    );
    const next: Organisation = {
      ...before,
      ...options.changes,
      version: before.version + 1,
      register: head,
      outbox: [...before.outbox, ...entries],
      seen: options.key === undefined ? before.seen : [...before.seen, options.key].slice(-KEYS_KEPT),
    };
    if (await house.organisations.replace(next, before.version)) {
      await copyOrganisationOutbox(house, next);
      return next;
    }
    await new Promise((resolve) => setTimeout(resolve, house.ids.jitter() * 20 * attempt));
  }
  throw new Error(`organisation ${actor.organisation} was changed by others ${TRIES} times in a row`);
}
