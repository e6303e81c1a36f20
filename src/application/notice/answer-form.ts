import { allow } from '../../domain/access/permissions.ts';
import { invalid, type DomainError, type Problem } from '../../domain/errors.ts';
import type { Actor } from '../../domain/access/roles.ts';
import { readAnswers, typedOf, type Answers } from '../../domain/notice/form/answers.ts';
import { isField } from '../../domain/notice/form/fields.ts';
import { isOwn, ownQuestions } from '../../domain/notice/form/own.ts';
import type { Form } from '../../domain/notice/form/form.ts';
import { fail, type Result } from '../../domain/result.ts';
import { formOfNotice } from './form.ts';
import { findNotice } from './source.ts';
import { editDraft, type WriteDeps } from './write.ts';

export interface AnswersForm {
  readonly incident: string;
  readonly notice: string;
  /** By canonical field, as typed. What is as it was filled is not kept: it goes on following the facts. */
  readonly answers: Answers;
  /** The revision of the draft that the page showed. */
  readonly shown: number;
}

/** Keeps what a person answered in the fields of the authority's form. Like any edit it makes an approval void. */
export async function answerForm(
  house: WriteDeps,
  actor: Actor,
  form: AnswersForm,
): Promise<Result<{ readonly revision: number }, DomainError>> {
  const allowed = allow(actor, 'notice.write');
  if (!allowed.ok) return allowed;
  const found = await findNotice(house, actor, form.incident, form.notice);
  if (!found.ok) return found;
  const { draft, incident } = found.value;
  const asked = await formOfNotice(house, found.value);
  if (!asked) return fail(invalid('form', 'notice.no-form'));
  const problems = [
    ...notAsked(form.answers, asked.form),
    ...readAnswers(form.answers, incident.zone).problems,
  ];
  if (problems.length > 0) return fail({ kind: 'invalid-input', problems });
  // What only this form asks is filled from nowhere: whatever stands there was typed.
  const isTyped = ([name, text]: readonly [string, string]): boolean =>
    isField(name)
      ? text.trim() !== typedOf(name, asked.filled.values, incident.zone).trim()
      : isOwn(name) && text.trim() !== '';
  const before = Object.entries(draft.answers ?? {}).filter(([name]) => !(name in form.answers));
  const answers = Object.fromEntries([...before, ...Object.entries(form.answers).filter(isTyped)]);
  const { content, follows } = draft;
  return editDraft(house, actor, {
    incident: form.incident,
    notice: form.notice,
    content,
    follows,
    answers,
    shown: form.shown,
  });
}

/** Answers to questions that this form does not ask: another form's, or a name that was misspelt. */
function notAsked(answers: Answers, form: Form): readonly Problem[] {
  const known = ownQuestions(form).map(({ own }) => `own.${own}`);
  return Object.keys(answers)
    .filter((name) => isOwn(name) && !known.includes(name))
    .map((name) => ({ path: `form.${name}`, key: 'form.own-unknown', values: { given: name } }));
}
