import { Temporal } from 'temporal-polyfill';
import type { AskView } from '../../../../application/incident/playbook-view.ts';
import type { IncidentView } from '../../../../application/incident/view-incident.ts';
import { STAGES } from '../../../../domain/playbook/types.ts';
import type { Json } from '../../../../domain/register/entry.ts';
import { field, select } from '../../answers/fields.ts';
import type { FormErrors } from '../../answers/problems.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { number } from '../wall/rows.ts';
import { boolChoices, momentFields, NO_FIELDS, type FactFields } from './fact-fields.ts';
import { factWords } from './fact-words.ts';
import { factRow, isWrong, unknownField, type FactRow } from './facts.ts';

/**
 * The playbook's own questions: those of this stage and before that nobody has answered lead; what is answered, and
 * what a later stage asks, folds away.
 */
export function asksModel(visit: StaffVisit, view: IncidentView, errors: FormErrors): object {
  const isDue = ({ ask }: AskView): boolean =>
    view.stage === 'closed' || STAGES.indexOf(ask.stage) <= STAGES.indexOf(view.stage);
  const isOpen = ({ answer, unknown }: AskView): boolean => answer === null && !unknown;
  const model = (asks: readonly AskView[]): readonly object[] =>
    asks.map((ask) => askModel(visit, view, ask, errors));
  const open = view.asks.filter((ask) => isOpen(ask) && isDue(ask));
  const answered = view.asks.filter((ask) => !isOpen(ask));
  const later = view.asks.filter((ask) => isOpen(ask) && !isDue(ask));
  const wrong = (asks: readonly AskView[]): boolean =>
    asks.some(({ ask }) => isWrong(errors, `answers.${ask.id}`));
  return {
    any: view.asks.length > 0,
    open: model(open),
    answered: model(answered),
    answeredOpen: wrong(answered),
    later: model(later),
    laterOpen: wrong(later),
  };
}

/** The row of the question with this name (`answers.ID`); null where the playbook asks no such thing. */
export function askRow(
  visit: StaffVisit,
  view: IncidentView,
  name: string,
  errors: FormErrors,
): AskRow | null {
  const ask = view.asks.find((one) => `answers.${one.ask.id}` === name);
  return ask ? askModel(visit, view, ask, errors) : null;
}

type AskRow = FactRow & Readonly<Record<string, unknown>>;

function askModel(
  visit: StaffVisit,
  view: IncidentView,
  { ask, answer, revision, unknown }: AskView,
  errors: FormErrors,
): AskRow {
  const { say } = visit;
  const name = `answers.${ask.id}`;
  const fact = view.incident.answers[ask.id];
  const known = answer === null ? null : answerWords(visit, ask, answer);
  return {
    ...factRow(visit, view, name, fact),
    lang: ask.lang ?? null,
    shown: revision,
    value: known ?? (unknown && fact ? factWords(visit, view, name, fact) : say('facts.not-answered')),
    known: known !== null,
    mayChange: visit.may('fact.change'),
    mayBeUnknown: true,
    wantsReason: false,
    unknown: unknownField(visit, name, errors),
    reason: null,
    open: isWrong(errors, name),
    form: askFields(visit, view, { ask, answer }, errors),
  };
}

function askFields(
  visit: StaffVisit,
  { incident }: IncidentView,
  { ask, answer }: Pick<AskView, 'ask' | 'answer'>,
  errors: FormErrors,
): FactFields {
  const { say } = visit;
  const name = `answers.${ask.id}`;
  const label = say('facts.new-value');
  switch (ask.type) {
    case 'bool':
      return {
        ...NO_FIELDS,
        choices: boolChoices(visit, name, { legend: ask.ask, hideLegend: true }, answer, errors),
      };
    case 'choice': {
      const options = [
        // Nothing is chosen for a person who has not chosen.
        ...(answer === null ? [{ value: '', label: say('facts.choose') }] : []),
        ...Object.entries(ask.values ?? {}).map(([value, text]) => ({ value, label: text })),
      ];
      return { ...NO_FIELDS, select: select(name, { label }, options, String(answer ?? ''), errors) };
    }
    case 'int': {
      const value = typeof answer === 'number' ? String(answer) : '';
      return { ...NO_FIELDS, text: field(name, { label, value, inputmode: 'numeric' }, errors) };
    }
    case 'instant': {
      const value = answer instanceof Temporal.Instant ? answer.toString() : undefined;
      return { ...NO_FIELDS, moment: momentFields(visit, name, value, incident.zone, errors) };
    }
  }
}

/** An answer as the register keeps it, in the words of its question. */
export function storedAnswerWords(visit: StaffVisit, ask: AskView['ask'], stored: Json): string {
  if (ask.type === 'instant' && typeof stored === 'string')
    return answerWords(visit, ask, Temporal.Instant.from(stored));
  const isPlain = typeof stored === 'string' || typeof stored === 'number' || typeof stored === 'boolean';
  return isPlain ? answerWords(visit, ask, stored) : JSON.stringify(stored);
}

function answerWords(visit: StaffVisit, ask: AskView['ask'], answer: NonNullable<AskView['answer']>): string {
  if (typeof answer === 'boolean') return visit.say(`bool.${answer}`);
  if (typeof answer === 'string') return ask.values?.[answer] ?? answer;
  return typeof answer === 'number' ? number(visit, answer) : visit.times.full(answer);
}
