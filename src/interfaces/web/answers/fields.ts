import type { FormErrors } from './problems.ts';
import { idOf } from './problems.ts';

/** A field as its partial prints it: everything is given, so that nothing is taken from the page around it. */
export interface Field {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly type: string;
  readonly error: string | null;
  readonly hint: string | null;
  readonly autocomplete: string | null;
  readonly list: string | null;
  readonly inputmode: string | null;
  readonly required: boolean;
  readonly strong: boolean;
  readonly short: boolean;
  readonly max: number | null;
  readonly rows: number;
  readonly describedby: string | null;
}

export type FieldWords = Pick<Field, 'label'> & Partial<Omit<Field, 'id' | 'name' | 'error' | 'describedby'>>;

/** A field with what was typed and what is wrong with it. */
export function field(name: string, words: FieldWords, errors: FormErrors): Field {
  const id = idOf(name);
  const error = errors.at(name);
  const hint = words.hint ?? null;
  const described = [hint === null ? [] : [`${id}-hint`], error === null ? [] : [`${id}-error`]].flat();
  return {
    value: '',
    type: 'text',
    autocomplete: null,
    list: null,
    inputmode: null,
    required: false,
    strong: false,
    short: false,
    max: null,
    rows: 3,
    ...words,
    id,
    name,
    error,
    hint,
    describedby: described.length > 0 ? described.join(' ') : null,
  };
}

/** One of several answers: a radio button or a box inside its label. */
export interface Option {
  readonly id: string;
  readonly value: string;
  readonly label: string;
  readonly hint: string | null;
  /** What the answer counts in a sum, where it counts in one. */
  readonly score: string | null;
  readonly chosen: boolean;
}

export interface Choices {
  readonly id: string;
  readonly name: string;
  readonly legend: string;
  readonly kind: 'radio' | 'checkbox';
  /** `three`, `five` equal columns, one below the other (`list`), or `flow`. */
  readonly columns: 'three' | 'five' | 'list' | 'flow';
  readonly error: string | null;
  readonly options: readonly Option[];
  readonly hideLegend: boolean;
}

export type OptionWords = Pick<Option, 'value' | 'label'> & {
  readonly hint?: string | null;
  readonly score?: string | null;
};

export function choices(
  name: string,
  words: Pick<Choices, 'legend' | 'kind' | 'columns'> & { readonly hideLegend?: boolean },
  options: readonly OptionWords[],
  chosen: readonly string[],
  errors: FormErrors,
): Choices {
  return {
    ...words,
    hideLegend: words.hideLegend ?? false,
    id: idOf(name),
    name,
    error: errors.at(name),
    // The first one carries the id of the field, so that the summary's link lands on something that takes focus.
    options: options.map(({ value, label, hint = null, score = null }, index) => ({
      id: index === 0 ? idOf(name) : `${idOf(name)}-${index}`,
      value,
      label,
      hint,
      score,
      chosen: chosen.includes(value),
    })),
  };
}

export interface Select {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly error: string | null;
  readonly hint: string | null;
  readonly strong: boolean;
  readonly options: readonly { readonly value: string; readonly label: string; readonly chosen: boolean }[];
}

export function select(
  name: string,
  words: { readonly label: string; readonly hint?: string | null; readonly strong?: boolean },
  options: readonly OptionWords[],
  chosen: string,
  errors: FormErrors,
): Select {
  return {
    id: idOf(name),
    name,
    label: words.label,
    hint: words.hint ?? null,
    strong: words.strong ?? false,
    error: errors.at(name),
    options: options.map(({ value, label }) => ({ value, label, chosen: value === chosen })),
  };
}
