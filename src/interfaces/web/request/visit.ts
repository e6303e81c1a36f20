import type { Request, Response } from 'express';
import { Temporal } from 'temporal-polyfill';
import { actorOf } from '../../../application/access/sign-in.ts';
import { viewOrganisation } from '../../../application/access/organisation.ts';
import { inLanguage } from '../../../application/playbook/in-language.ts';
import type { Organisation, User } from '../../../application/ports/staff.ts';
import { may, type Permission } from '../../../domain/access/permissions.ts';
import type { Actor } from '../../../domain/access/roles.ts';
import type { Parts } from '../parts.ts';
import { timesIn, type Times } from '../words/times.ts';
import { localeOf, type Locale, type Values } from '../../shared/words.ts';

/** One request as the pages see it: what it asks, in which language, and at what time. */
export interface Visit {
  readonly parts: Parts;
  readonly request: Request;
  readonly response: Response;
  readonly locale: Locale;
  readonly now: Temporal.Instant;
  readonly say: (key: string, values?: Values) => string;
}

/** A visit of somebody who signed in. */
export interface StaffVisit extends Visit {
  readonly actor: Actor;
  readonly user: User;
  readonly organisation: Organisation;
  /** Moments in the organisation's zone. */
  readonly times: Times;
  readonly may: (permission: Permission) => boolean;
}

export function guestVisit(parts: Parts, request: Request, response: Response, own?: string): Visit {
  const locale = localeOf(own, request.get('accept-language'));
  return {
    parts: partsIn(parts, locale),
    request,
    response,
    locale,
    now: parts.house.clock.now(),
    say: (key, values) => parts.words.say(locale, key, values),
  };
}

/** The parts with the playbooks in the words of a language: whatever a person reads of them is in that person's. */
function partsIn(parts: Parts, locale: Locale): Parts {
  const { house } = parts;
  const playbooks = inLanguage(house.playbooks, locale);
  return playbooks === house.playbooks ? parts : { ...parts, house: { ...house, playbooks } };
}

/** Who is here, by the session; null where nobody is signed in, or no longer may be. */
export async function staffVisit(
  parts: Parts,
  request: Request,
  response: Response,
): Promise<StaffVisit | null> {
  const { user: id, since } = request.session;
  if (id === undefined || since === undefined) return null;
  const found = await actorOf(parts.house, id, Temporal.Instant.fromEpochMilliseconds(since));
  if (!found || found.actor.organisation !== request.session.organisation) return null;
  const { actor, user } = found;
  const organisation = await viewOrganisation(parts.house, actor);
  if (!organisation.ok) return null;
  const visit = guestVisit(parts, request, response, user.locale);
  return {
    ...visit,
    actor,
    user,
    organisation: organisation.value,
    times: timesIn(organisation.value.zone, visit.locale, visit.now),
    may: (permission) => may(actor, permission),
  };
}

export function isStaff(visit: Visit): visit is StaffVisit {
  return 'actor' in visit;
}
