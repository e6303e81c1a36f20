import { changeFact, changeNarrative } from '../../../../application/incident/change-fact.ts';
import { viewIncident } from '../../../../application/incident/view-incident.ts';
import { allow } from '../../../../domain/access/permissions.ts';
import type { DomainError, StaleVersion } from '../../../../domain/errors.ts';
import { factPermission } from '../../../../domain/incident/facts.ts';
import type { Json } from '../../../../domain/register/entry.ts';
import { fieldsAgain } from '../../answers/again.ts';
import { refuse } from '../../answers/errors.ts';
import { go, show } from '../../answers/show.ts';
import type { Form } from '../../request/form.ts';
import { param } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { factAnchor, factLabel } from './fact-forms.ts';
import { valueWords } from './fact-words.ts';
import { fieldOfFact, givenOf } from './given.ts';
import { showRefusedForm } from './page.ts';

/** A fact or an answer, given anew. Someone else's change of the same one in between shows both. */
export async function takeFact(visit: StaffVisit, form: Form): Promise<void> {
  const name = param(visit, 'name');
  const incident = param(visit, 'incident');
  const allowed = allow(visit.actor, factPermission(name));
  if (!allowed.ok) {
    refuse(visit, allowed.error);
    return;
  }
  const given = givenOf(name, form);
  if (!given.ok) {
    await showRefusedForm(visit, given.error, (path) => fieldOfFact(name, path));
    return;
  }
  const because = form.text('because');
  const fact = {
    incident,
    name,
    shown: form.int('shown', 0),
    ...given.value,
    ...(because === '' ? {} : { because }),
  };
  const done = await changeFact(visit.parts.house, visit.actor, fact, form.key);
  if (done.ok) go(visit, `/incidents/${incident}#${factAnchor(name)}`, 'fact');
  else await refuseFact(visit, name, done.error, form);
}

async function refuseFact(visit: StaffVisit, name: string, error: DomainError, form: Form): Promise<void> {
  if (error.kind === 'invalid-input') await showRefusedForm(visit, error, (path) => fieldOfFact(name, path));
  else if (error.kind === 'stale-version') await showFactConflict(visit, name, error, form);
  else refuse(visit, error);
}

/** Someone was faster on exactly this fact: both versions, and nothing typed is lost. */
export async function showFactConflict(
  visit: StaffVisit,
  name: string,
  stale: StaleVersion,
  form: Form,
  /** Where the form stands and where it is sent, if not on the incident's page. */
  at: { readonly back: string; readonly action: string } = whereOf(visit, name),
): Promise<void> {
  const view = await viewIncident(visit.parts.house, visit.actor, param(visit, 'incident'));
  if (!view.ok) {
    refuse(visit, view.error);
    return;
  }
  const { incident, names, words } = view.value;
  const fact = name.startsWith('answers.')
    ? incident.answers[name.slice('answers.'.length)]
    : incident.facts[name];
  const who = fact ? (names.get(fact.by) ?? fact.by) : '';
  const theirs =
    fact && !('value' in fact)
      ? visit.say('facts.unknown', { reason: words.get(fact.unknown.id) ?? '' })
      : valueWords(visit, name, stale.theirs as Json);
  const yours =
    form.text('unknown').trim() === ''
      ? valueWords(visit, name, stale.yours as Json)
      : visit.say('facts.unknown', { reason: form.text('unknown') });
  const model = {
    title: visit.say('conflict.heading', { who }),
    section: 'incidents' as const,
    heading: visit.say('conflict.heading', { who }),
    reference: incident.reference,
    incidentTitle: incident.title,
    ...at,
    label: factLabel(visit, view.value, name),
    theirs,
    theirsBy: fact ? [who, visit.times.short(fact.at)].join(', ') : '',
    yours,
    shown: stale.current,
    again: fieldsAgain(form),
  };
  show(visit, 'incident/conflict', model, 409);
}

function whereOf(visit: StaffVisit, name: string): { readonly back: string; readonly action: string } {
  const back = `/incidents/${param(visit, 'incident')}`;
  return { back, action: `${back}/facts/${encodeURIComponent(name)}` };
}

/** A part of the prose, written anew. */
export async function takeNarrative(visit: StaffVisit, form: Form): Promise<void> {
  const name = param(visit, 'name');
  const incident = param(visit, 'incident');
  const text = form.text(`${name}-text`);
  const shown = form.text('shown');
  const done = await changeNarrative(
    visit.parts.house,
    visit.actor,
    { incident, name, text, shown: shown === '' ? null : shown },
    form.key,
  );
  if (done.ok) go(visit, `/incidents/${incident}#x-${name}`, 'fact');
  else if (done.error.kind === 'invalid-input')
    await showRefusedForm(visit, done.error, () => `${name}-text`);
  else if (done.error.kind === 'stale-version') await showProseConflict(visit, name, text);
  else refuse(visit, done.error);
}

async function showProseConflict(visit: StaffVisit, name: string, text: string): Promise<void> {
  const view = await viewIncident(visit.parts.house, visit.actor, param(visit, 'incident'));
  if (!view.ok) {
    refuse(visit, view.error);
    return;
  }
  const { incident, words } = view.value;
  const note = incident.narrative[name];
  const heading = visit.say('conflict.prose');
  const model = {
    title: heading,
    section: 'incidents' as const,
    heading,
    reference: incident.reference,
    incidentTitle: incident.title,
    back: `/incidents/${incident.id}`,
    action: `/incidents/${incident.id}/narrative/${name}`,
    label: visit.say(`narrative.${name}`),
    theirs: note ? (words.get(note.id) ?? '') : '',
    yours: text,
    fieldName: `${name}-text`,
    shown: note?.id ?? '',
  };
  show(visit, 'incident/conflict-prose', model, 409);
}
