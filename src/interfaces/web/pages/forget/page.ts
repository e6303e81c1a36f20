import { viewForgetting, type ForgettingView } from '../../../../application/people/forget.ts';
import { isForgetting } from '../../../../domain/incident/forgetting.ts';
import type { Forgotten } from '../../../../domain/incident/incident.ts';
import { refuse } from '../../answers/errors.ts';
import { choices, field } from '../../answers/fields.ts';
import { NO_ERRORS, type FormErrors } from '../../answers/problems.ts';
import { show } from '../../answers/show.ts';
import { param } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { forgottenWords } from './words.ts';
import { ofIncident } from '../incident/of-incident.ts';
import { number } from '../wall/rows.ts';

/** What a refused form had in it; never the password. */
export interface TypedForget {
  readonly reference?: string;
  readonly reason?: string;
  readonly override?: string;
  readonly withNotes?: boolean;
}

export async function showForget(visit: StaffVisit): Promise<void> {
  await showForgetPage(visit, NO_ERRORS, 200, {});
}

export async function showForgetPage(
  visit: StaffVisit,
  errors: FormErrors,
  status: number,
  typed: TypedForget,
): Promise<void> {
  const seen = await viewForgetting(visit.parts.house, visit.actor, param(visit, 'incident'));
  if (!seen.ok) {
    refuse(visit, seen.error);
    return;
  }
  const { say } = visit;
  const view = seen.value;
  const { incident, held, forgotten } = view;
  const model = {
    title: say('forget.title'),
    section: 'incidents' as const,
    of: ofIncident(incident, say('forget.crumb')),
    errors: errors.summary,
    before: forgotten ? forgottenModel(visit, view, forgotten) : null,
    form: held.lists + held.notes > 0 ? formModel(visit, view, errors, typed) : null,
    nobody: say('forget.nobody-here'),
  };
  show(visit, 'forget/forget', model, status);
}

function forgottenModel(
  visit: StaffVisit,
  { incident, words, names }: ForgettingView,
  forgotten: Forgotten,
): object {
  return {
    words: forgottenWords(visit, forgotten, names),
    reason: words.get(forgotten.reason.id) ?? '',
    running: isForgetting(incident),
  };
}

function formModel(visit: StaffVisit, view: ForgettingView, errors: FormErrors, typed: TypedForget): object {
  const { say } = visit;
  const { incident, held, ownNotes, isSending } = view;
  const stopped = isSending || held.open > 0;
  return {
    action: `/incidents/${incident.id}/forget`,
    goes: [
      say('forget.goes.people', { count: held.people, many: number(visit, held.people), lists: held.lists }),
      ...(held.notes > 0 ? [say('forget.goes.notes', { count: held.notes })] : []),
      say('forget.goes.letters'),
    ],
    stays: ['counts', 'seals', 'evidence', 'record'].map((what) => say(`forget.stays.${what}`)),
    ownNotes:
      ownNotes > 0
        ? choices(
            'withNotes',
            { legend: say('forget.own-notes-legend'), kind: 'checkbox', columns: 'list' },
            [{ value: 'yes', label: say('forget.own-notes', { count: ownNotes }) }],
            typed.withNotes ? ['yes'] : [],
            errors,
          )
        : null,
    stopped: stopped
      ? say(isSending ? 'forget.is-sending' : 'forget.are-open', {
          count: held.open,
          many: number(visit, held.open),
        })
      : null,
    override: stopped
      ? field(
          'override',
          {
            label: say('forget.override'),
            hint: say('forget.override-hint'),
            value: typed.override ?? '',
            rows: 2,
          },
          errors,
        )
      : null,
    reason: field(
      'reason',
      { label: say('forget.reason'), hint: say('forget.reason-hint'), value: typed.reason ?? '', rows: 2 },
      errors,
    ),
    reference: field(
      'reference',
      {
        label: say('forget.reference', { reference: incident.reference }),
        value: typed.reference ?? '',
        autocomplete: 'off',
        max: 40,
      },
      errors,
    ),
    password: field(
      'password',
      { label: say('forget.password'), type: 'password', autocomplete: 'current-password' },
      errors,
    ),
  };
}
