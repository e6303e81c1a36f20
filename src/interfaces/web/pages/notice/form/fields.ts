import type { NoticeView } from '../../../../../application/notice/view-notice.ts';
import { typedOf } from '../../../../../domain/notice/form/answers.ts';
import { isOwn, ownName, ownQuestions, type Asked } from '../../../../../domain/notice/form/own.ts';
import { ruleOf, type Field as Canonical } from '../../../../../domain/notice/form/fields.ts';
import {
  inLanguage,
  type Form as AuthorityForm,
  type Question,
} from '../../../../../domain/notice/form/form.ts';
import { codesOf, type ListName } from '../../../../../domain/notice/form/lists.ts';
import { wordsOfCode } from '../../../../../domain/notice/form/vocabulary.ts';
import { choices, field, select, type OptionWords } from '../../../answers/fields.ts';
import type { FormErrors } from '../../../answers/problems.ts';
import type { Form } from '../../../request/form.ts';
import type { StaffVisit } from '../../../request/visit.ts';

/** Written on the page of the notice, in its languages, and asked nowhere twice. */
const WRITTEN_THERE: ReadonlySet<Canonical> = new Set<Canonical>([
  ...(['what-happened', 'subject-detail', 'data-detail', 'record-count-detail', 'impact-other'] as const),
  ...(['measures-taken', 'measures-prevent-detail', 'delay-reason', 'phases-note'] as const),
]);

/** The name of a field in the reader's language; a question of the form's own is its own label. */
export function labelOf({ parts, locale }: StaffVisit, name: Asked): string {
  if (isOwn(name)) return '';
  return inLanguage(parts.house.forms.vocabulary.fields[name], locale);
}

export function nameOf(name: Asked): string {
  return `form.${name}`;
}

export function isWrittenThere(name: Asked): boolean {
  return !isOwn(name) && WRITTEN_THERE.has(name);
}

/** The control in which a field is answered, with what is filled or was typed in it. */
export function controlOf(
  visit: StaffVisit,
  view: NoticeView,
  name: Canonical,
  errors: FormErrors,
  typed: Readonly<Record<string, string>> | undefined,
): object {
  const { type, list } = ruleOf(name);
  const value = typed?.[name] ?? typedOf(name, view.form?.values ?? {}, view.incident.zone);
  const label = labelOf(visit, name);
  const at = nameOf(name);
  if (list !== undefined && type === 'many') {
    const chosen = value.split(/[\s,]+/);
    const words = { legend: label, kind: 'checkbox', columns: 'flow' } as const;
    return { choices: choices(at, words, optionsOf(visit, list), chosen, errors) };
  }
  if (list !== undefined) {
    const options = [{ value: '', label: '–' }, ...optionsOf(visit, list)];
    return { select: select(at, { label }, options, value, errors) };
  }
  if (type === 'text' || type === 'parties' || type === 'places' || type === 'files') {
    const hint = type === 'parties' || type === 'places' ? visit.say(`forms.hint.${type}`) : null;
    return { area: field(at, { label, hint, value, rows: 2 }, errors) };
  }
  if (type === 'moment') {
    return { input: field(at, { label, value, type: 'datetime-local', short: true }, errors) };
  }
  return { input: field(at, { label, value, short: true }, errors) };
}

/** The control of a question that only this form asks, with what was typed. */
export function ownControl(
  { locale }: StaffVisit,
  { draft }: NoticeView,
  question: Question,
  errors: FormErrors,
  typed: Readonly<Record<string, string>> | undefined,
): object {
  const name = ownName(question) ?? 'own.';
  const value = typed?.[name] ?? draft.answers?.[name] ?? '';
  const label = inLanguage(question.label, locale);
  const hint = question.hint ? inLanguage(question.hint, locale) : null;
  const at = nameOf(name);
  const options = (question.options ?? []).map(({ words, codes: [code = ''] }) => ({
    value: code,
    label: inLanguage(words, locale),
  }));
  if (options.length === 0) return { area: field(at, { label, hint, value, rows: 2 }, errors) };
  if (question.several === undefined) {
    return { select: select(at, { label, hint }, [{ value: '', label: '–' }, ...options], value, errors) };
  }
  const words = { legend: label, kind: 'checkbox', columns: 'flow' } as const;
  return { choices: choices(at, words, options, value.split(/[\s,]+/), errors) };
}

/** What was typed into the questions of a form's own, by name. */
export function typedOwn(
  form: AuthorityForm,
  sent: Pick<Form, 'has' | 'list' | 'text'>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    ownQuestions(form).flatMap((question) => {
      const name = `own.${question.own}` as const;
      const at = nameOf(name);
      if (!sent.has(at) && !sent.has(`${at}:asked`)) return [];
      return [[name, question.several ? sent.list(at).join(', ') : sent.text(at)]];
    }),
  );
}

function optionsOf({ parts, locale }: StaffVisit, list: ListName): readonly OptionWords[] {
  const { vocabulary } = parts.house.forms;
  return codesOf(list).map((code) => ({ value: code, label: wordsOfCode(vocabulary, list, code, locale) }));
}
