import { calendarFeed } from '../../../../application/calendar/feed.ts';
import { localeOf } from '../../../shared/words.ts';
import { Refused } from '../../../shared/refused.ts';
import { refuse } from '../../answers/errors.ts';
import { param } from '../../request/routes.ts';
import type { Visit } from '../../request/visit.ts';
import { duesOf } from './entries.ts';
import { icsOf } from './ics.ts';

const FILE = /^([\w-]{20,100})\.ics$/;

/** The feed of deadlines for whoever has the secret address; it asks no session, since calendar programs have none. */
export async function sendFeed(visit: Visit): Promise<void> {
  const { parts, response } = visit;
  const secret = FILE.exec(param(visit, 'file'))?.[1];
  const feed = secret === undefined ? null : await calendarFeed(parts.house, secret);
  if (!feed) {
    // Only addresses that open nothing are counted: a calendar asks its own one again and again.
    const tries = await parts.throttle.address.consume(visit.request.ip ?? 'nowhere');
    if (!tries.allowed) throw new Refused(429, 'api-too-many', { retryAfter: tries.retryAfter });
    refuse(visit, { kind: 'not-found', what: 'link', id: 'calendar' });
    return;
  }
  const locale = localeOf(feed.user.locale, undefined);
  const own = { parts, locale, say: (key: string, values = {}) => parts.words.say(locale, key, values) };
  const ics = icsOf({
    name: `Tocsin: ${feed.organisation.name}`,
    now: feed.now,
    url: parts.house.url,
    dues: duesOf(own, feed.clocks),
  });
  response.setHeader('Content-Disposition', 'inline; filename="tocsin.ics"');
  response.type('text/calendar; charset=utf-8').send(ics);
}
