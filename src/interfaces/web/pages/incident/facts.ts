import { Temporal } from 'temporal-polyfill';
import type { AskView } from '../../../../application/incident/playbook-view.ts';
import type { IncidentView } from '../../../../application/incident/view-incident.ts';
import type { Permission } from '../../../../domain/access/permissions.ts';
import { NARRATIVE } from '../../../../domain/incident/facts.ts';
import type { Fact } from '../../../../domain/incident/incident.ts';
import type { Json } from '../../../../domain/register/entry.ts';
import { choices, field, select, type OptionWords } from '../../answers/fields.ts';
import type { FormErrors } from '../../answers/problems.ts';
import { textsOf } from '../../words/recipients.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { placeName, placesIn } from '../places.ts';
import { number } from '../wall/rows.ts';
import { ALWAYS, CATEGORY_VALUES, factLabel, planOf, RISK_VALUES, type FactPlan } from './fact-forms.ts';

/** Prose first, then the facts of the law, each with who said so and when, and the form that changes it. */
export function factsModel(visit: StaffVisit, view: IncidentView, errors: FormErrors): object {
  const asked = askedFor(view);
  const known = asked.filter(({ name }) => view.incident.facts[name] !== undefined);
  const open = asked.filter(({ name }) => view.incident.facts[name] === undefined);
  return {
    prose: NARRATIVE.map((name) => proseModel(visit, view, name, errors)),
    rows: [...ALWAYS, ...known].map((plan) => factModel(visit, view, plan, errors)),
    more: open.map((plan) => factModel(visit, view, plan, errors)),
    moreOpen: open.some(({ name }) => isWrong(errors, name)),
    places: placesIn(visit.locale),
    zone: `${view.incident.zone.replaceAll('_', ' ')} (${visit.times.zoneName(view.now)})`,
  };
}

/** The forms of the facts that a duty waits for, as far as they are given in the incident. */
export function missingFactsModel(
  visit: StaffVisit,
  view: IncidentView,
  missing: readonly string[],
  errors: FormErrors,
): readonly object[] {
  const plans = missing.flatMap((name) => planOf(name) ?? []).filter(({ kind }) => kind !== 'places');
  const once = plans.filter((plan, index) => plans.findIndex(({ name }) => name === plan.name) === index);
  return once.map((plan) => factModel(visit, view, plan, errors));
}

/** Facts beyond the usual ones that a duty waits for, or that are known already. */
function askedFor({ incident, obligations }: IncidentView): readonly FactPlan[] {
  const usual = new Set(ALWAYS.map(({ name }) => name));
  // What a single duty asks (`answered.ID`) is answered on the duty's own page.
  const missing = obligations
    .flatMap(({ obligation }) => obligation.missing)
    .filter((name) => !name.startsWith('answered.'));
  const names = new Set([...missing, ...Object.keys(incident.facts)]);
  const plans = [...names].flatMap((name) => planOf(name) ?? []).filter(({ name }) => !usual.has(name));
  return plans.filter((plan, index) => plans.findIndex(({ name }) => name === plan.name) === index);
}

function proseModel(visit: StaffVisit, view: IncidentView, name: string, errors: FormErrors): object {
  const { incident, words } = view;
  const note = incident.narrative[name];
  const text = note ? (words.get(note.id) ?? '') : '';
  return {
    id: `x-${name}`,
    label: visit.say(`narrative.${name}`),
    text,
    shown: note?.id ?? '',
    action: `/incidents/${incident.id}/narrative/${name}`,
    mayChange: visit.may('fact.change'),
    open: errors.at(`${name}-text`) !== null,
    area: field(`${name}-text`, { label: visit.say(`narrative.${name}`), value: text, rows: 5 }, errors),
  };
}

function factModel(visit: StaffVisit, view: IncidentView, plan: FactPlan, errors: FormErrors): object {
  const { incident, names, words } = view;
  const fact = incident.facts[plan.name];
  const because = fact?.because ? words.get(fact.because.id) : undefined;
  return {
    ...common(visit, view, plan.name, fact),
    value: fact ? factWords(visit, view, plan.name, fact) : visit.say('facts.not-known'),
    known: fact !== undefined && 'value' in fact,
    small: fact ? [names.get(fact.by) ?? fact.by, visit.times.short(fact.at)].join(', ') : '',
    because: because ?? null,
    mayChange: visit.may(permissionFor(plan.name)),
    form: formModel(visit, view, plan, fact, errors),
    // The moment of awareness starts clocks: it is fixed or open, never 'unknown because'.
    mayBeUnknown: plan.name !== 'awareAt',
    wantsReason: plan.name === 'risk',
    unknown: {
      ...field(`${plan.name}-unknown`, { label: visit.say('facts.unknown-because'), rows: 2 }, errors),
      name: 'unknown',
    },
    reason: {
      ...field(
        `${plan.name}-because`,
        { label: visit.say('facts.because'), rows: 2, value: because ?? '' },
        errors,
      ),
      name: 'because',
    },
    open: isWrong(errors, plan.name),
  };
}

function isWrong(errors: FormErrors, name: string): boolean {
  const rows = name === 'subjects' && errors.summary.some(({ href }) => href.startsWith('#f-subjects-'));
  return rows || errors.at(name) !== null || errors.at(`${name}-because`) !== null;
}

function common(visit: StaffVisit, view: IncidentView, name: string, fact: Fact | undefined): object {
  return {
    id: `x-${name.replace(/[^\w-]+/g, '-')}`,
    label: factLabel(visit, view, name),
    shown: fact?.revision ?? 0,
    action: `/incidents/${view.incident.id}/facts/${encodeURIComponent(name)}`,
  };
}

function permissionFor(name: string): Permission {
  if (name === 'awareAt' || name === 'determinedAt') return 'awareness.fix';
  return name === 'risk' ? 'risk.assess' : 'fact.change';
}

type FormModel = Readonly<Record<'moment' | 'choices' | 'people' | 'text' | 'select', unknown>>;

const NO_FORM: FormModel = { moment: null, choices: null, people: null, text: null, select: null };

/** The fields by which this kind of fact is given; the template prints the one that is there. */
function formModel(
  visit: StaffVisit,
  { incident }: IncidentView,
  { name, kind }: FactPlan,
  fact: Fact | undefined,
  errors: FormErrors,
): FormModel {
  const { say } = visit;
  const legend = say('facts.new-value');
  const value = fact && 'value' in fact ? fact.value : undefined;
  const option =
    (prefix: string) =>
    (one: string): OptionWords => ({ value: one, label: say(`${prefix}.${one}`) });
  switch (kind) {
    case 'moment':
      return { ...NO_FORM, moment: momentFields(visit, name, value, incident.zone, errors) };
    case 'bool': {
      const options = ['true', 'false'].map(option('bool'));
      const chosen = value === undefined ? [] : [JSON.stringify(value)];
      return {
        ...NO_FORM,
        choices: choices(name, { legend, kind: 'radio', columns: 'flow' }, options, chosen, errors),
      };
    }
    case 'categories': {
      const options = CATEGORY_VALUES.map(option('category'));
      const chosen = Array.isArray(value) ? textsOf(value) : [];
      return {
        ...NO_FORM,
        choices: choices(name, { legend, kind: 'checkbox', columns: 'three' }, options, chosen, errors),
      };
    }
    case 'risk': {
      const options = RISK_VALUES.map((risk) => ({
        ...option('risk')(risk),
        hint: say(`risk-hint.${risk}`),
      }));
      const chosen = typeof value === 'string' ? [value] : [];
      return {
        ...NO_FORM,
        choices: choices(name, { legend, kind: 'radio', columns: 'flow' }, options, chosen, errors),
      };
    }
    case 'people':
      return { ...NO_FORM, people: peopleRows(visit, value, errors) };
    case 'places':
      return {
        ...NO_FORM,
        text: field(name, { label: legend, value: listText(value), hint: say('facts.places-hint') }, errors),
      };
  }
}

function momentFields(
  visit: StaffVisit,
  name: string,
  value: Json | undefined,
  zone: string,
  errors: FormErrors,
): object {
  const local = typeof value === 'string' ? Temporal.Instant.from(value).toZonedDateTimeISO(zone) : null;
  const day = local?.toPlainDate().toString() ?? '';
  const time = local?.toPlainTime().toString({ smallestUnit: 'minute' }) ?? '';
  return {
    day: {
      ...field(name, { label: visit.say('log.day'), type: 'date', value: day, short: true }, errors),
      name: 'day',
    },
    time: {
      ...field(
        `${name}-time`,
        { label: visit.say('log.time'), type: 'time', value: time, short: true },
        errors,
      ),
      name: 'time',
    },
  };
}

const SPARE_ROWS = 2;

export interface SubjectRow {
  readonly place?: string;
  readonly count?: number;
  readonly min?: number;
  readonly max?: number;
  readonly groups?: readonly string[];
}

function peopleRows(visit: StaffVisit, value: Json | undefined, errors: FormErrors): readonly object[] {
  const { say, locale } = visit;
  const known = Array.isArray(value) ? (value as readonly SubjectRow[]) : [];
  const rows = [...known, ...Array.from({ length: SPARE_ROWS }, (): SubjectRow => ({}))];
  return rows.map((row, index) => {
    const place = row.place === undefined ? '' : placeName(row.place, locale);
    const label = (key: string): string => say(key, { row: index + 1 });
    return {
      place: {
        ...field(
          `subjects-place[${index}]`,
          { label: label('log.place'), value: place, list: 'places', autocomplete: 'off' },
          errors,
        ),
        name: 'place',
      },
      people: {
        ...field(
          `subjects-people[${index}]`,
          { label: label('log.people'), value: countText(row, say), autocomplete: 'off' },
          errors,
        ),
        name: 'people',
      },
      groups: (row.groups ?? []).join(' '),
    };
  });
}

function countText(row: SubjectRow, say: StaffVisit['say']): string {
  if (row.count !== undefined) return String(row.count);
  if (row.min !== undefined && row.max !== undefined)
    return say('facts.range', { min: String(row.min), max: String(row.max) });
  return '';
}

function listText(value: Json | undefined): string {
  return Array.isArray(value) ? textsOf(value).join(', ') : typeof value === 'string' ? value : '';
}

/** A fact's value in words; `unknown` with its reason. */
export function factWords(
  visit: StaffVisit,
  view: Pick<IncidentView, 'words'>,
  name: string,
  fact: Fact,
): string {
  if (!('value' in fact))
    return visit.say('facts.unknown', { reason: view.words.get(fact.unknown.id) ?? '' });
  return valueWords(visit, name, fact.value);
}

/** A value in words, by the fact's kind. */
export function valueWords(visit: StaffVisit, name: string, value: Json): string {
  const { say, times, locale } = visit;
  const kind = planOf(name)?.kind;
  if (typeof value === 'boolean') return say(`bool.${value}`);
  if (kind === 'moment' && typeof value === 'string') return times.full(Temporal.Instant.from(value));
  if (kind === 'risk') return say(`risk.${textsOf(value).join('')}`);
  if (kind === 'categories' && Array.isArray(value)) {
    return textsOf(value)
      .map((one) => say(`category.${one}`))
      .join(', ');
  }
  if (kind === 'people' && Array.isArray(value)) {
    return value.length === 0
      ? say('facts.nobody')
      : (value as readonly SubjectRow[]).map((row) => subjectWords(visit, row)).join(', ');
  }
  if (kind === 'places')
    return textsOf(value)
      .map((code) => placeName(code, locale))
      .join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function subjectWords(visit: StaffVisit, row: SubjectRow): string {
  const { say, locale } = visit;
  const many =
    row.count !== undefined
      ? number(visit, row.count)
      : row.min !== undefined && row.max !== undefined
        ? say('facts.range', { min: number(visit, row.min), max: number(visit, row.max) })
        : say('facts.number-unknown');
  const place = row.place === undefined ? say('facts.place-unknown') : placeName(row.place, locale);
  return `${place} ${many}`;
}

/** The playbook's own questions. */
export function asksModel(visit: StaffVisit, view: IncidentView, errors: FormErrors): readonly object[] {
  return view.asks.map((ask) => askModel(visit, view, ask, errors));
}

function askModel(
  visit: StaffVisit,
  view: IncidentView,
  { ask, answer, revision, unknown }: AskView,
  errors: FormErrors,
): object {
  const { say } = visit;
  const name = `answers.${ask.id}`;
  const fact = view.incident.answers[ask.id];
  const known = answer === null ? null : answerWords(visit, ask, answer);
  return {
    ...common(visit, view, name, fact),
    shown: revision,
    value: known ?? (unknown && fact ? factWords(visit, view, name, fact) : say('facts.not-answered')),
    known: known !== null,
    small: fact ? [view.names.get(fact.by) ?? fact.by, visit.times.short(fact.at)].join(', ') : '',
    because: null,
    mayChange: visit.may('fact.change'),
    mayBeUnknown: true,
    wantsReason: false,
    unknown: {
      ...field(`${name}-unknown`, { label: say('facts.unknown-because'), rows: 2 }, errors),
      name: 'unknown',
    },
    reason: null,
    open: isWrong(errors, name),
    form: askForm(visit, view, { ask, answer }, errors),
  };
}

function askForm(
  visit: StaffVisit,
  { incident }: IncidentView,
  { ask, answer }: Pick<AskView, 'ask' | 'answer'>,
  errors: FormErrors,
): FormModel {
  const { say } = visit;
  const name = `answers.${ask.id}`;
  const label = say('facts.new-value');
  switch (ask.type) {
    case 'bool': {
      const options = ['true', 'false'].map((value) => ({ value, label: say(`bool.${value}`) }));
      const chosen = answer === null ? [] : [String(answer)];
      const words = { legend: ask.ask, kind: 'radio', columns: 'flow', hideLegend: true } as const;
      return { ...NO_FORM, choices: choices(name, words, options, chosen, errors) };
    }
    case 'choice': {
      const options = Object.entries(ask.values ?? {}).map(([value, text]) => ({ value, label: text }));
      return { ...NO_FORM, select: select(name, { label }, options, String(answer ?? ''), errors) };
    }
    case 'int': {
      const value = typeof answer === 'number' ? String(answer) : '';
      return { ...NO_FORM, text: field(name, { label, value, inputmode: 'numeric' }, errors) };
    }
    case 'instant': {
      const value = answer instanceof Temporal.Instant ? answer.toString() : undefined;
      return { ...NO_FORM, moment: momentFields(visit, name, value, incident.zone, errors) };
    }
  }
}

function answerWords(visit: StaffVisit, ask: AskView['ask'], answer: NonNullable<AskView['answer']>): string {
  if (typeof answer === 'boolean') return visit.say(`bool.${answer}`);
  if (typeof answer === 'string') return ask.values?.[answer] ?? answer;
  return typeof answer === 'number' ? number(visit, answer) : visit.times.full(answer);
}
