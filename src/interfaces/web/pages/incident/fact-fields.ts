import { Temporal } from 'temporal-polyfill';
import type { Fact, Incident } from '../../../../domain/incident/incident.ts';
import { SUBJECT_GROUPS } from '../../../../domain/law/vocabulary.ts';
import type { Json } from '../../../../domain/register/entry.ts';
import { choices, field, select, type OptionWords } from '../../answers/fields.ts';
import type { FormErrors } from '../../answers/problems.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { textsOf } from '../../words/recipients.ts';
import { placeName } from '../places.ts';
import { NONE, optionWords, type FactPlan } from './fact-forms.ts';
import { groupWords, type Hold, type Order, type SubjectRow } from './fact-words.ts';

/** The fields by which a fact is given, by its kind; the template prints the one that is there. */
export type FactFields = Readonly<
  Record<'moment' | 'choices' | 'people' | 'text' | 'select' | 'hold' | 'orders', unknown>
>;

export const NO_FIELDS: FactFields = {
  moment: null,
  choices: null,
  people: null,
  text: null,
  select: null,
  hold: null,
  orders: null,
};

/** The form of one fact, filled with what is known. */
export function factFields(
  visit: StaffVisit,
  incident: Incident,
  plan: FactPlan,
  fact: Fact | undefined,
  errors: FormErrors,
): FactFields {
  const { say } = visit;
  const { name, kind } = plan;
  const legend = say('facts.new-value');
  const value = fact && 'value' in fact ? fact.value : undefined;
  switch (kind) {
    case 'moment':
      return { ...NO_FIELDS, moment: momentFields(visit, name, value, incident.zone, errors) };
    case 'bool':
      return { ...NO_FIELDS, choices: boolChoices(visit, name, { legend }, value, errors) };
    case 'choice':
    case 'many':
      return { ...NO_FIELDS, choices: listChoices(visit, plan, value, errors) };
    case 'people':
      return { ...NO_FIELDS, people: peopleFields(visit, value, errors) };
    case 'places': {
      const text = textsOf(value)
        .map((code) => placeName(code, visit.locale))
        .join(', ');
      const hint = name === 'mainEstablishment' ? null : say('facts.places-hint');
      return { ...NO_FIELDS, text: field(name, { label: legend, value: text, hint }, errors) };
    }
    case 'number':
    case 'text': {
      const text = typeof value === 'number' || typeof value === 'string' ? String(value) : '';
      const inputmode = kind === 'number' ? 'decimal' : null;
      return { ...NO_FIELDS, text: field(name, { label: legend, value: text, inputmode }, errors) };
    }
    case 'hold':
      return { ...NO_FIELDS, hold: holdFields(visit, value as Hold | undefined, incident.zone, errors) };
    case 'orders':
      return { ...NO_FIELDS, orders: orderRows(visit, incident, value, errors) };
  }
}

/** Yes and no; a question put in the legend is read out with them. */
export function boolChoices(
  visit: StaffVisit,
  name: string,
  words: { readonly legend: string; readonly hideLegend?: boolean },
  value: unknown,
  errors: FormErrors,
): object {
  const options = ['true', 'false'].map((one) => ({ value: one, label: visit.say(`bool.${one}`) }));
  const chosen = typeof value === 'boolean' ? [String(value)] : [];
  return choices(name, { ...words, kind: 'radio', columns: 'flow' }, options, chosen, errors);
}

function listChoices(visit: StaffVisit, plan: FactPlan, value: Json | undefined, errors: FormErrors): object {
  const { name, kind, options = [] } = plan;
  const many = kind === 'many';
  const hint = (one: string): string | null => (name === 'risk' ? visit.say(`risk-hint.${one}`) : null);
  const words = options.map((one): OptionWords => ({
    value: one,
    label: optionWords(visit, plan, one),
    hint: hint(one),
  }));
  const texts = textsOf(value);
  const chosen = many && value !== undefined && texts.length === 0 ? [NONE] : texts;
  return choices(
    name,
    {
      legend: visit.say('facts.new-value'),
      kind: many ? 'checkbox' : 'radio',
      columns: many ? 'three' : 'flow',
    },
    words,
    chosen,
    errors,
  );
}

/** Day and time of day, local in the incident's zone. */
export function momentFields(
  visit: StaffVisit,
  name: string,
  value: Json | undefined,
  zone: string,
  errors: FormErrors,
  names: { readonly day: string; readonly time: string } = { day: 'day', time: 'time' },
): object {
  const local = typeof value === 'string' ? Temporal.Instant.from(value).toZonedDateTimeISO(zone) : null;
  const day = local?.toPlainDate().toString() ?? '';
  const time = local?.toPlainTime().toString({ smallestUnit: 'minute' }) ?? '';
  const piece = (id: string, type: 'date' | 'time', label: string, text: string, sent: string): object => ({
    ...field(id, { label, type, value: text, short: true }, errors),
    name: sent,
  });
  return {
    day: piece(name, 'date', visit.say('log.day'), day, names.day),
    time: piece(`${name}-time`, 'time', visit.say('log.time'), time, names.time),
  };
}

function holdFields(visit: StaffVisit, hold: Hold | undefined, zone: string, errors: FormErrors): object {
  return {
    from: momentFields(visit, 'lawEnforcementHold', hold?.from, zone, errors),
    until: momentFields(visit, 'lawEnforcementHold-until', hold?.until, zone, errors, {
      day: 'untilDay',
      time: 'untilTime',
    }),
  };
}

/** What authorities ordered, with one empty row; of which duty is chosen among those of the incident. */
function orderRows(
  visit: StaffVisit,
  incident: Incident,
  value: Json | undefined,
  errors: FormErrors,
): readonly object[] {
  const known = (Array.isArray(value) ? value : []) as unknown as readonly Order[];
  const ids = [...new Set([...known, ...incident.obligations].map(({ duty }) => duty))];
  const options = [
    { value: '', label: visit.say('facts.no-order') },
    ...ids.map((id) => ({ value: id, label: visit.parts.house.law.duty(id)?.title ?? id })),
  ];
  const rows: readonly Partial<Order>[] = [...known, {}];
  return rows.map((row, index) => ({
    duty: {
      ...select(
        `orders[${index}]`,
        { label: visit.say('facts.order-duty') },
        options,
        row.duty ?? '',
        errors,
      ),
      name: 'duty',
    },
    at: momentFields(visit, `orders-at[${index}]`, row.at, incident.zone, errors),
    due: momentFields(visit, `orders-due[${index}]`, row.dueAt, incident.zone, errors, {
      day: 'dueDay',
      time: 'dueTime',
    }),
  }));
}

const SPARE_ROWS = 2;

function peopleFields(visit: StaffVisit, value: Json | undefined, errors: FormErrors): object {
  const known = Array.isArray(value) ? (value as readonly SubjectRow[]) : [];
  const rows = [...known, ...Array.from({ length: SPARE_ROWS }, (): SubjectRow => ({}))];
  return {
    rows: rows.map((row, index) => peopleRow(visit, row, index, errors)),
    nobody: Array.isArray(value) && value.length === 0,
  };
}

function peopleRow(visit: StaffVisit, row: SubjectRow, index: number, errors: FormErrors): object {
  const { say, locale } = visit;
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
    groups: {
      ...select(
        `subjects-groups[${index}]`,
        { label: label('facts.whose') },
        groupOptions(visit, row.groups ?? []),
        (row.groups ?? []).join(' '),
        errors,
      ),
      name: 'groups',
    },
  };
}

/** Each group, and several together where a row was logged so. */
function groupOptions(visit: StaffVisit, own: readonly string[]): readonly OptionWords[] {
  const several = own.length > 1 ? [{ value: own.join(' '), label: groupWords(visit, own) }] : [];
  return [
    { value: '', label: visit.say('facts.group-unknown') },
    ...several,
    ...SUBJECT_GROUPS.map((group) => ({ value: group, label: visit.say(`group-of.${group}`) })),
  ];
}

function countText(row: SubjectRow, say: StaffVisit['say']): string {
  if (row.count !== undefined) return String(row.count);
  if (row.min !== undefined && row.max !== undefined)
    return say('facts.range', { min: String(row.min), max: String(row.max) });
  return '';
}
