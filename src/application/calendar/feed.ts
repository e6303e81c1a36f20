import { Temporal } from 'temporal-polyfill';
import { allow } from '../../domain/access/permissions.ts';
import type { Actor } from '../../domain/access/roles.ts';
import type { DomainError } from '../../domain/errors.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { House } from '../ports/house.ts';
import type { Organisation, User } from '../ports/staff.ts';
import { hashOfSecret } from '../access/credentials.ts';
import { actorOf } from '../access/sign-in.ts';
import { recordInOrganisation } from '../register/record.ts';
import { viewWall, type WallClock } from '../wall/view-wall.ts';

type Deps = Pick<House, 'clock' | 'ids' | 'tokens' | 'organisations' | 'register' | 'url'>;

/** Calendar programs keep a link for years; who has it sees deadlines, so it ends after one. */
const LASTS = Temporal.Duration.from({ hours: 366 * 24 });

/**
 * Makes the person's secret address of their deadlines, for calendar programs. It can be told once, and makes an
 * older one void.
 */
export async function makeCalendarLink(
  house: Deps,
  actor: Actor,
): Promise<Result<{ readonly link: string; readonly expiresAt: Temporal.Instant }, DomainError>> {
  const allowed = allow(actor, 'incident.see');
  if (!allowed.ok) return allowed;
  const secret = house.ids.secret();
  const expiresAt = house.clock.now().add(LASTS);
  const { user, organisation } = actor;
  await house.tokens.clear('calendar', user);
  await house.tokens.put({ hash: hashOfSecret(secret), purpose: 'calendar', user, organisation, expiresAt });
  await recordInOrganisation(house, actor, { type: 'calendar-link-made', data: { user } });
  return ok({ link: `${house.url}/calendar/${secret}.ics`, expiresAt });
}

/** The address opens nothing any more. */
export async function dropCalendarLink(house: Deps, actor: Actor): Promise<void> {
  await house.tokens.clear('calendar', actor.user);
  await recordInOrganisation(house, actor, { type: 'calendar-link-dropped', data: { user: actor.user } });
}

/** What a calendar program is told: deadlines, and nothing that people wrote. */
export interface Feed {
  readonly now: Temporal.Instant;
  readonly user: User;
  readonly organisation: Organisation;
  readonly clocks: readonly WallClock[];
}

/** The deadlines that the owner of the secret may see now; null if it opens nothing. */
export async function calendarFeed(
  house: Pick<House, 'clock' | 'tokens' | 'users' | 'organisations' | 'incidents' | 'law'>,
  secret: string,
): Promise<Feed | null> {
  const token = await house.tokens.byHash(hashOfSecret(secret));
  if (token?.purpose !== 'calendar' || token.user === undefined) return null;
  if (Temporal.Instant.compare(house.clock.now(), token.expiresAt) >= 0) return null;
  const found = await actorOf(house, token.user);
  if (!found || found.actor.organisation !== token.organisation) return null;
  const [wall, organisation] = await Promise.all([
    viewWall(house, found.actor),
    house.organisations.byId(found.actor.organisation),
  ]);
  if (!wall.ok || !organisation) return null;
  return { now: wall.value.now, user: found.user, organisation, clocks: wall.value.dated };
}
