import { isAnswered, isAsked } from './asked.ts';
import { FIELD_NAMES, ruleOf, type Field } from './fields.ts';
import type { Filing, FormNotice } from './finding.ts';
import type { Form } from './form.ts';
import { isOwnAnswered, isOwnTbd, ownName, ownQuestions, type Asked } from './own.ts';

/** What says that something is missing is not missing itself; what comes with the approval or at the portal comes later. */
const NEVER_OPEN: ReadonlySet<Field> = new Set<Field>([
  ...(['notice-type', 'completeness', 'phases-note'] as const),
  ...(['accuracy-statement', 'reporter-proof'] as const),
]);

/**
 * The fields without which a notice on this form is not complete: those that it asks, that may not stay empty
 * (forms.md, column 'later'), and that hold no answer yet; and all that are to be determined.
 */
export function stillOpen(notice: FormNotice, form: Form, filing: Filing): readonly Asked[] {
  const { values, follows } = notice;
  const needed = new Set<Field>(follows);
  for (const { fields, only, mandatory } of form.questions) {
    if (only !== undefined && only !== values['notice-type']) continue;
    for (const [place, field] of fields.entries()) {
      // Of a question that must be answered the first field is the answer.
      const must = ruleOf(field).later !== 'yes' || (mandatory !== undefined && place === 0);
      if (must && isAsked(field, values, filing)) needed.add(field);
    }
  }
  const open = FIELD_NAMES.filter(
    (field) => !NEVER_OPEN.has(field) && needed.has(field) && !isAnswered(values, field),
  );
  return [...open, ...ownStillOpen(notice, form)];
}

/** Of its own questions a form needs those that it is known not to be sent without; and what is to be determined. */
function ownStillOpen(notice: FormNotice, form: Form): readonly Asked[] {
  return ownQuestions(form).flatMap((question) => {
    const { only, mandatory } = question;
    if (only !== undefined && only !== notice.values['notice-type']) return [];
    const isOpen = mandatory === undefined ? isOwnTbd(question, notice) : !isOwnAnswered(question, notice);
    return isOpen ? (ownName(question) ?? []) : [];
  });
}
