import { placesWithFew, type PlaceWithFew } from '../../../../application/incident/few-people.ts';
import { decideDuties } from '../../../../application/incident/tasks-and-stages.ts';
import {
  viewIncident,
  type IncidentView,
  type ObligationView,
} from '../../../../application/incident/view-incident.ts';
import { refuse } from '../../answers/errors.ts';
import { field, select } from '../../answers/fields.ts';
import { formError, formErrors, NO_ERRORS, type FormErrors } from '../../answers/problems.ts';
import { go, show } from '../../answers/show.ts';
import type { Form } from '../../request/form.ts';
import { param, query } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { recipientOf } from '../../../../domain/incident/recipients.ts';
import { recipientWords } from '../../words/recipients.ts';
import { placeName } from '../places.ts';
import { FEW_PEOPLE, rowModel, togetherHref } from './duties.ts';
import { ofIncident } from './of-incident.ts';

interface Typed {
  readonly upTo: number;
  /** Keys that are ticked; all of them where `all` was asked for. */
  readonly chosen: (key: string) => boolean;
  readonly reason: string;
}

/** Places with few people: their duties, to be decided together with one reason. `?up-to=` says how many are few. */
export async function showTogether(visit: StaffVisit): Promise<void> {
  const all = query(visit, 'all') !== '';
  const upTo = readUpTo(query(visit, 'up-to'));
  await showTogetherPage(visit, { upTo, chosen: () => all, reason: '' }, NO_ERRORS, 200);
}

/** Takes one reason for all duties that were ticked. */
export async function takeTogether(visit: StaffVisit, form: Form): Promise<void> {
  const incident = param(visit, 'incident');
  const keys = form.list('obligations');
  const typed = {
    upTo: readUpTo(form.text('up-to')),
    chosen: (key: string) => keys.includes(key),
    reason: form.text('reason'),
  };
  const given = { incident, obligations: keys, reason: typed.reason };
  const done = await decideDuties(visit.parts.house, visit.actor, given, form.key);
  if (done.ok) go(visit, `/incidents/${incident}/duties`, 'decided-together');
  else if (done.error.kind === 'invalid-input')
    await showTogetherPage(visit, typed, formErrors(visit, done.error), 422);
  else if (done.error.kind === 'wrong-state' || done.error.kind === 'stale-version')
    await showTogetherPage(
      visit,
      typed,
      formError('obligations', visit.say('duties.settled-meanwhile')),
      409,
    );
  else refuse(visit, done.error);
}

const UP_TO: readonly number[] = [1, 2, FEW_PEOPLE, 10, 25, 50, 100];

function readUpTo(text: string): number {
  return UP_TO.find((count) => String(count) === text) ?? FEW_PEOPLE;
}

async function showTogetherPage(
  visit: StaffVisit,
  typed: Typed,
  errors: FormErrors,
  status: number,
): Promise<void> {
  const view = await viewIncident(visit.parts.house, visit.actor, param(visit, 'incident'));
  if (!view.ok) {
    refuse(visit, view.error);
    return;
  }
  const { say } = visit;
  const found = placesWithFew(view.value, typed.upTo);
  const href = togetherHref(view.value);
  const model = {
    title: say('duties.together'),
    section: 'incidents' as const,
    of: ofIncident(view.value.incident, say('duties.together-crumb')),
    errors: errors.summary,
    action: visit.may('duty.decide') ? href : null,
    upTo: select(
      'up-to',
      { label: say('duties.up-to') },
      UP_TO.map((count) => ({ value: String(count), label: say('duties.people', { count }) })),
      String(typed.upTo),
      NO_ERRORS,
    ),
    upToHref: href,
    few: String(typed.upTo),
    allHref: `${href}?all=1&up-to=${typed.upTo}`,
    places: found.map((place) => placeModel(visit, view.value, place, typed)),
    count: found.reduce((sum, { obligations }) => sum + obligations.length, 0),
    reason: field(
      'reason',
      { label: say('duties.reason'), hint: say('duties.reason-hint'), rows: 3, value: typed.reason },
      errors,
    ),
    chosenError: errors.at('obligations'),
  };
  show(visit, 'incident/together', model, status);
}

/** The country stands above; of several offices of one law each is named. */
function titleOf(visit: StaffVisit, view: IncidentView, { duty, obligation }: ObligationView): string {
  const recipient = recipientOf(view.incident, obligation);
  const title = duty?.title ?? obligation.duty;
  const office = recipient === undefined ? null : recipientWords(visit, recipient, obligation.authority);
  return office === null ? title : visit.say('moves.to', { title, recipient: office });
}

function placeModel(
  visit: StaffVisit,
  view: IncidentView,
  { places, people, obligations }: PlaceWithFew,
  typed: Typed,
): object {
  const { say, locale } = visit;
  return {
    name: new Intl.ListFormat(locale, { type: 'conjunction' }).format(
      places.map((place) => placeName(place, locale)),
    ),
    people: say('duties.people', { count: people }),
    duties: obligations.map((one) => ({
      ...rowModel(visit, view, one),
      title: titleOf(visit, view, one),
      key: one.obligation.key,
      chosen: typed.chosen(one.obligation.key),
    })),
  };
}
