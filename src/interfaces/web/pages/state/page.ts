import type { Move } from '../../../../application/incident/preview-moves.ts';
import { viewIncident, type IncidentView } from '../../../../application/incident/view-incident.ts';
import { viewTimeline, type Timeline } from '../../../../application/incident/view-timeline.ts';
import { STATES } from '../../../../application/incident/change-state.ts';
import { choices, field } from '../../answers/fields.ts';
import { refuse } from '../../answers/errors.ts';
import { NO_ERRORS, type FormErrors } from '../../answers/problems.ts';
import { show, type Shown } from '../../answers/show.ts';
import { param } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { momentFields } from '../incident/fact-fields.ts';
import { factWords } from '../incident/fact-words.ts';
import { ofIncident } from '../incident/of-incident.ts';
import { saidBefore } from '../incident/said-before.ts';
import { movesModel } from './moves.ts';

/** What a refused or computed form had in it. */
export interface Typed {
  readonly form: 'state' | 'awareness';
  readonly state: string;
  readonly day: string;
  readonly time: string;
  readonly reason: string;
  readonly because: string;
}

export interface StateGiven {
  readonly errors?: FormErrors;
  readonly typed?: Typed;
  readonly moves?: readonly Move[];
}

export async function showState(visit: StaffVisit): Promise<void> {
  await showStatePage(visit, {}, 200);
}

/** What the incident is, and since when we are aware of it: both decided, with reasons, and both kept. */
export async function showStatePage(visit: StaffVisit, given: StateGiven, status: number): Promise<void> {
  const { house } = visit.parts;
  const id = param(visit, 'incident');
  const view = await viewIncident(house, visit.actor, id);
  const timeline = view.ok ? await viewTimeline(house, visit.actor, id) : view;
  if (!view.ok || !timeline.ok) {
    if (!timeline.ok) refuse(visit, timeline.error);
    return;
  }
  show(visit, 'state/state', pageModel(visit, view.value, timeline.value, given), status);
}

function pageModel(visit: StaffVisit, view: IncidentView, timeline: Timeline, given: StateGiven): Shown {
  const { say } = visit;
  const { incident } = view;
  const errors = given.errors ?? NO_ERRORS;
  return {
    title: `${say('state-page.crumb')} · ${incident.reference}`,
    section: 'incidents',
    of: ofIncident(incident, say('state-page.crumb')),
    errors: errors.summary,
    heading: say(`state-page.heading.${incident.state}`),
    means: say(`state-page.means.${incident.state}`),
    base: `/incidents/${incident.id}`,
    decide: visit.may('duty.decide') ? stateForm(visit, view, errors, given) : null,
    awareness: awarenessModel(visit, view, errors, given),
    before: saidBefore(visit, view, timeline, ['awareAt', 'state']),
  };
}

function movesFor(visit: StaffVisit, given: StateGiven, form: Typed['form']): object {
  return movesModel(visit, given.typed?.form === form ? (given.moves ?? null) : null);
}

function stateForm(visit: StaffVisit, view: IncidentView, errors: FormErrors, given: StateGiven): object {
  const { say } = visit;
  const { incident } = view;
  const typed = given.typed?.form === 'state' ? given.typed : undefined;
  const known = isKnown(view);
  return {
    shown: incident.state,
    choices: choices(
      'state',
      { legend: say('state-page.choose'), kind: 'radio', columns: 'list' },
      STATES.filter((state) => state !== incident.state).map((value) => ({
        value,
        label: say(`state.${value}`),
        hint: say(`state-page.means.${value}`),
      })),
      [typed?.state ?? ''],
      errors,
    ),
    reason: field(
      'reason',
      {
        label: say('state-page.reason'),
        hint: say('state-page.reason-hint'),
        rows: 3,
        value: typed?.reason ?? '',
      },
      errors,
    ),
    // A breach has a moment of awareness; where there is one, it is corrected below and not here.
    aware: known ? null : awareFields(visit, view, errors, typed),
    because: field('awareBecause', becauseWords(visit, typed), errors),
    moves: movesFor(visit, given, 'state'),
  };
}

function becauseWords(
  { say }: StaffVisit,
  typed: Typed | undefined,
): { label: string; hint: string; rows: number; value: string } {
  const [label, hint] = [say('awareness.gap-because'), say('awareness.gap-hint')];
  return { label, hint, rows: 2, value: typed?.because ?? '' };
}

function isKnown({ incident }: IncidentView): boolean {
  const fact = incident.facts['awareAt'];
  return fact !== undefined && 'value' in fact;
}

function awareFields(
  visit: StaffVisit,
  { incident }: IncidentView,
  errors: FormErrors,
  typed: Typed | undefined,
): { readonly day: object; readonly time: object } {
  const fact = incident.facts['awareAt'];
  const value = fact && 'value' in fact ? fact.value : undefined;
  const fields = momentFields(visit, 'awareAt', value, incident.zone, errors) as {
    readonly day: object;
    readonly time: object;
  };
  if (!typed) return fields;
  return { day: { ...fields.day, value: typed.day }, time: { ...fields.time, value: typed.time } };
}

function awarenessModel(
  visit: StaffVisit,
  view: IncidentView,
  errors: FormErrors,
  given: StateGiven,
): object {
  const { say, times } = visit;
  const { incident, names, words } = view;
  const fact = incident.facts['awareAt'];
  const known = isKnown(view);
  const typed = given.typed?.form === 'awareness' ? given.typed : undefined;
  return {
    value: fact ? factWords(visit, view, 'awareAt', fact) : say('facts.not-known'),
    small: fact ? [names.get(fact.by) ?? fact.by, times.short(fact.at)].join(', ') : '',
    because: fact?.because ? (words.get(fact.because.id) ?? '') : '',
    // Where nothing is known, the form above fixes it together with the state.
    form:
      known && visit.may('awareness.fix')
        ? {
            shown: fact?.revision ?? 0,
            at: awareFields(visit, view, typed ? errors : NO_ERRORS, typed),
            because: field(
              'because',
              {
                label: say('awareness.because'),
                hint: say('awareness.because-hint'),
                rows: 3,
                value: typed?.because ?? '',
              },
              errors,
            ),
            moves: movesFor(visit, given, 'awareness'),
          }
        : null,
  };
}
