import { isAnswered, isAsked } from './asked.ts';
import { FIELD_NAMES, ruleOf, type Field } from './fields.ts';
import type { Filing, FormNotice } from './finding.ts';
import type { Form } from './form.ts';

/** What says that something is missing is not missing itself; what comes with the approval or at the portal comes later. */
const NEVER_OPEN: ReadonlySet<Field> = new Set<Field>([
  ...(['notice-type', 'completeness', 'phases-note'] as const),
  ...(['accuracy-statement', 'reporter-proof'] as const),
]);

/**
 * The fields without which a notice on this form is not complete: those that it asks, that may not stay empty
 * (forms.md, column 'later'), and that hold no answer yet; and all that are to be determined.
 */
export function stillOpen({ values, follows }: FormNotice, form: Form, filing: Filing): readonly Field[] {
  const needed = new Set<Field>(follows);
  for (const { fields, only, mandatory } of form.questions) {
    if (only !== undefined && only !== values['notice-type']) continue;
    for (const [place, field] of fields.entries()) {
      // Of a question that must be answered the first field is the answer.
      const must = ruleOf(field).later !== 'yes' || (mandatory !== undefined && place === 0);
      if (must && isAsked(field, values, filing)) needed.add(field);
    }
  }
  return FIELD_NAMES.filter(
    (field) => !NEVER_OPEN.has(field) && needed.has(field) && !isAnswered(values, field),
  );
}
