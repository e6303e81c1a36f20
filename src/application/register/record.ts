import type { Actor } from '../../domain/access/roles.ts';
import { chain } from '../../domain/register/chain.ts';
import type { Happening } from '../../domain/register/entry.ts';
import type { House } from '../ports/house.ts';
import type { Organisation } from '../ports/staff.ts';
import { copyOrganisationOutbox } from './copy-outbox.ts';

const KEYS_KEPT = 200;
const TRIES = 50;

type Changes = Partial<Pick<Organisation, 'name' | 'zone' | 'locale' | 'profile' | 'contact'>>;
type Deps = Pick<House, 'clock' | 'ids' | 'organisations' | 'register'>;

/**
 * Records what concerns the organisation and no single incident (sign-ins, staff, settings, exports) in the
 * organisation's own chain. With a `key` a repeat is recorded once.
 */
export async function recordInOrganisation(
  house: Deps,
  actor: Pick<Actor, 'user' | 'organisation'>,
  happening: Happening,
  options: { readonly key?: string; readonly changes?: Changes } = {},
): Promise<Organisation> {
  const recorded = await recordWhile(house, actor, happening, { ...options, holds: () => true });
  if (!recorded) throw new Error(`nothing was recorded in ${actor.organisation}`);
  return recorded;
}

/**
 * The same, if something still holds of the organisation in the moment in which it is changed.
 * @returns null, and nothing is recorded, if it no longer does
 */
export async function recordWhile(
  house: Deps,
  actor: Pick<Actor, 'user' | 'organisation'>,
  happening: Happening,
  options: {
    readonly key?: string;
    readonly changes?: Changes;
    readonly holds: (before: Organisation) => boolean;
  },
): Promise<Organisation | null> {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const before = await house.organisations.byId(actor.organisation);
    if (!before) throw new Error(`no organisation ${actor.organisation}`);
    if (!options.holds(before)) return null;
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
