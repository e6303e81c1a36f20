import { viewIncident } from '../../../../application/incident/view-incident.ts';
import { appointLeader, changeTitle, restrictIncident } from '../../../../application/incident/lead.ts';
import type { DomainError } from '../../../../domain/errors.ts';
import type { Result } from '../../../../domain/result.ts';
import { refuse } from '../../answers/errors.ts';
import { formError, formErrors } from '../../answers/problems.ts';
import { go } from '../../answers/show.ts';
import type { Form } from '../../request/form.ts';
import { param } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { EVERYBODY, showLeadPage, type TypedLead } from './page.ts';

/** Somebody is named who leads. */
export async function takeLeader(visit: StaffVisit, form: Form): Promise<void> {
  const incident = param(visit, 'incident');
  const user = form.text('user');
  const named = { incident, user, shown: form.text('shown') };
  const done = await appointLeader(visit.parts.house, visit.actor, named, form.key);
  await answer(visit, done, { typed: { user }, field: 'user', words: 'leader' });
}

/** The incident is restricted to some, or opened to all again. */
export async function takeRestriction(visit: StaffVisit, form: Form): Promise<void> {
  const incident = param(visit, 'incident');
  const who = form.text('who');
  const people = form.list('people');
  const to = who === EVERYBODY ? null : people;
  const seen = form.text('shown');
  const shown = seen === EVERYBODY ? null : seen.split(',');
  const done = await restrictIncident(visit.parts.house, visit.actor, { incident, to, shown }, form.key);
  const words = to === null ? 'restriction-lifted' : 'restricted';
  await answer(visit, done, { typed: { who, people }, field: 'people', words });
}

/** The incident is called otherwise. */
export async function takeTitle(visit: StaffVisit, form: Form): Promise<void> {
  const incident = param(visit, 'incident');
  const title = form.text('title');
  const renamed = { incident, title, shown: form.text('shown') };
  const done = await changeTitle(visit.parts.house, visit.actor, renamed, form.key);
  await answer(visit, done, { typed: { title }, field: 'title', words: 'title' });
}

interface Taken {
  readonly typed: TypedLead;
  readonly field: string;
  readonly words: string;
}

/** Back to the page; or the page again with what was chosen still in it, and what stands in its way. */
async function answer(
  visit: StaffVisit,
  done: Result<unknown, DomainError>,
  { typed, field, words }: Taken,
): Promise<void> {
  if (done.ok) go(visit, `/incidents/${param(visit, 'incident')}/lead`, words);
  else if (done.error.kind === 'invalid-input')
    await showLeadPage(
      visit,
      formErrors(visit, done.error, () => field),
      422,
      typed,
    );
  else if (done.error.kind === 'stale-version') await showFaster(visit, field, typed);
  else refuse(visit, done.error);
}

/** Somebody else changed just this: what stands now is said, what was chosen here stays and can be sent again. */
async function showFaster(visit: StaffVisit, field: string, typed: TypedLead): Promise<void> {
  const view = await viewIncident(visit.parts.house, visit.actor, param(visit, 'incident'));
  if (!view.ok) {
    refuse(visit, view.error);
    return;
  }
  const { incident, names } = view.value;
  const now: Readonly<Record<string, string>> = {
    user: visit.say('lead.faster-leader', { name: names.get(incident.owner) ?? '' }),
    title: visit.say('lead.faster-title', { title: incident.title }),
    people: incident.restrictedTo
      ? visit.say('lead.faster-restricted', {
          names: incident.restrictedTo.map((id) => names.get(id) ?? id).join(', '),
        })
      : visit.say('lead.faster-open'),
  };
  await showLeadPage(visit, formError(field, now[field] ?? ''), 409, typed);
}
