import { Temporal } from 'temporal-polyfill';
import type { IncidentView } from '../../../../application/incident/view-incident.ts';
import { momentOf } from '../../../../domain/incident/facts.ts';
import type { Place } from '../../../../domain/playbook/places.ts';
import type { Task } from '../../../../domain/playbook/types.ts';
import type { StaffVisit } from '../../request/visit.ts';

/** Where to click for a task, system by system, with the day on which that was last checked; null where nowhere. */
export function clickPlacesModel(visit: StaffVisit, task: Task): object | null {
  const { playbooks } = visit.parts.house;
  const places = playbooks.placesFor(task);
  if (places.length === 0) return null;
  const systems = new Map<string, Place[]>();
  for (const place of places) systems.set(place.system, [...(systems.get(place.system) ?? []), place]);
  return {
    heading: visit.say('tasks.where', { count: systems.size }),
    systems: [...systems].map(([name, own]) => ({
      name,
      places: own.map(({ path, looksFor, seen }) => ({ path, looksFor, seen })),
    })),
    checked: visit.say('tasks.checked', { day: dayWords(visit, playbooks.whereToClick.checkedOn) }),
  };
}

function dayWords({ times }: StaffVisit, day: string): string {
  return times.date(
    Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: times.zone, plainTime: '12:00' }).toInstant(),
  );
}

/** The mail to the host that is ready to be copied, with what is known put in; null for tasks that write to no host. */
export function hostLetterModel(visit: StaffVisit, view: IncidentView, task: Task): object | null {
  if (!view.playbook.notices.some((plan) => plan.to === 'host' && plan.task === task.id)) return null;
  const { subject, body } = visit.parts.house.playbooks.whereToClick.hostLetter;
  const { organisation, incident } = view;
  const seen = momentOf(incident, 'detectedAt');
  const fill = (text: string): string =>
    text
      .replaceAll(
        'NAME',
        organisation.contact.website === '' ? organisation.name : organisation.contact.website,
      )
      .replaceAll('TIME', seen ? visit.times.full(seen) : 'TIME');
  const mail = { subject: fill(subject), body: fill(body) };
  return {
    ...mail,
    href: `mailto:?subject=${encodeURIComponent(mail.subject)}&body=${encodeURIComponent(mail.body)}`,
  };
}
