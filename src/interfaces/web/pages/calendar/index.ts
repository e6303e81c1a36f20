import { Router } from 'express';
import { dropCalendarLink, makeCalendarLink } from '../../../../application/calendar/feed.ts';
import { viewCalendar } from '../../../../application/calendar/view-calendar.ts';
import { refuse } from '../../answers/errors.ts';
import { go, show } from '../../answers/show.ts';
import type { Parts } from '../../parts.ts';
import { forGuests, forStaff, query, staffForms } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { sendFeed } from './feed.ts';
import { calendarModel } from './model.ts';
import { rangeFrom } from './range.ts';

/** What falls due when, and the same as a feed for calendar programs. */
export function calendarPages(parts: Parts): Router {
  const router = Router();
  router.get('/calendar', forStaff(parts, showCalendar));
  router.post('/calendar/link', staffForms(parts, takeLink));
  router.post('/calendar/link/drop', staffForms(parts, takeDrop));
  router.get('/calendar/:file', forGuests(parts, sendFeed));
  return router;
}

async function showCalendar(visit: StaffVisit): Promise<void> {
  await showCalendarPage(visit, null);
}

async function showCalendarPage(visit: StaffVisit, link: string | null): Promise<void> {
  const calendar = await viewCalendar(visit.parts.house, visit.actor);
  if (!calendar.ok) {
    refuse(visit, calendar.error);
    return;
  }
  const range = rangeFrom(query(visit, 'from'), visit.now, visit.times.zone);
  show(visit, 'calendar/calendar', { ...calendarModel(visit, calendar.value, range), link });
}

/** Makes the secret address anew; it stands in this answer and nowhere else. */
async function takeLink(visit: StaffVisit): Promise<void> {
  const made = await makeCalendarLink(visit.parts.house, visit.actor);
  if (made.ok) await showCalendarPage(visit, made.value.link);
  else refuse(visit, made.error);
}

async function takeDrop(visit: StaffVisit): Promise<void> {
  await dropCalendarLink(visit.parts.house, visit.actor);
  go(visit, '/calendar', 'calendar-dropped');
}
