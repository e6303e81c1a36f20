import { isAnswered, isAsked, isTbd } from './asked.ts';
import { codesIn } from './choose.ts';
import { FIELD_NAMES, ruleOf, type Field } from './fields.ts';
import type { Filing, FormNotice } from './finding.ts';
import { inLanguage } from './form.ts';
import { sayValue, type Tongue } from './say-value.ts';
import { wordsOfCode } from './vocabulary.ts';

/** What the fields of a form hold of the elements of the laws' lists (content.md, column 'fields'). */
export interface ElementsOfForm {
  /** Each of their fields that may not stay empty holds an answer; where all may, one of them does. */
  readonly filled: ReadonlySet<string>;
  /** One of their fields is to be determined. */
  readonly open: ReadonlySet<string>;
  /** Something that the form asks is missing or to be determined. */
  readonly incomplete: boolean;
  /** By element, `label: value` of each field that is answered and is no free text of the notice itself. */
  readonly said: ReadonlyMap<string, readonly string[]>;
}

/** Reads the elements off the fields, so that no list says 'there' of what no field holds. */
export function elementsOf(notice: FormNotice, filing: Filing, tongue: Tongue): ElementsOfForm {
  const filled = new Set<string>();
  const open = new Set<string>();
  const said = new Map<string, readonly string[]>();
  for (const [element, fields] of fieldsByElement()) {
    const asked = fields.filter((field) => isAsked(field, notice.values, filing));
    const answered = asked.filter((field) => isAnswered(notice.values, field));
    const must = asked.filter((field) => ruleOf(field).later !== 'yes');
    if (answered.length > 0 && must.every((field) => answered.includes(field))) filled.add(element);
    if (asked.some((field) => isTbd(notice.values, field) || notice.follows.includes(field)))
      open.add(element);
    const lines = answered.flatMap((field) => lineOf(field, notice, tongue));
    if (lines.length > 0) said.set(element, lines);
  }
  return { filled, open, incomplete: notice.values.completeness === 'incomplete', said };
}

function fieldsByElement(): ReadonlyMap<string, readonly Field[]> {
  const found = new Map<string, Field[]>();
  for (const field of FIELD_NAMES) {
    const { element } = ruleOf(field);
    if (element !== null) found.set(element, [...(found.get(element) ?? []), field]);
  }
  return found;
}

function lineOf(field: Field, { values }: FormNotice, tongue: Tongue): readonly string[] {
  const { list } = ruleOf(field);
  const { vocabulary, language } = tongue;
  const value = list
    ? codesIn(values[field])
        .map((code) => wordsOfCode(vocabulary, list, code, language))
        .join(', ')
    : sayValue(field, values, tongue);
  const words = value.replace(/\s+/g, ' ').trim();
  return words === '' ? [] : [`${inLanguage(vocabulary.fields[field], language)}: ${words}`];
}
