import type { Actor, Role } from '../../src/domain/access/roles.ts';
import { openShop, type Premises } from '../support/shop.ts';
import type { Story } from './telling.ts';

/** Who works at the shop of a story; the owner holds every right, for somebody must be able to do everything. */
export interface Cast {
  readonly owner: Actor;
  readonly staff: Actor;
  readonly responder: Actor;
  readonly legal: Actor;
  readonly dpo: Actor;
}

/** First names for each role but the owner's. */
export type Names = Readonly<Record<Exclude<keyof Cast, 'owner'>, string>>;

/** Opens the shop and takes on its people. */
export async function openFor(story: Story, premises: Premises, names: Names): Promise<Cast> {
  const shop = story.playsIn(await openShop(story.house, premises));
  const hire = (role: keyof Names): Promise<Actor> => shop.hire(role, names[role]);
  return {
    owner: shop.owner,
    staff: await hire('staff'),
    responder: await hire('responder'),
    legal: await hire('legal'),
    dpo: await hire('dpo'),
  };
}

/** Who does a task of which role; what is left to the administrator is the owner's. */
export function handsOf(cast: Cast): Readonly<Partial<Record<Role, Actor>>> {
  return { ...cast, administrator: cast.owner };
}
