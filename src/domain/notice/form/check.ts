import type { Filing, Finding, FormNotice, Rule } from './finding.ts';
import type { Field } from './fields.ts';
import type { Form } from './form.ts';
import { ownFindings } from './own.ts';
import { lackedByForm, refusedByForm } from './choose.ts';
import { detailsOfTickedKinds, endOfBreach } from './rules/course.ts';
import { notTelling, numbersByMode, placesAddUp, whenPeopleAreTold } from './rules/people.ts';
import { nobodyIsNamed, withinLimits } from './rules/prose.ts';
import {
  completeOnlyWithAnswers,
  delayReasonWhenLate,
  openOnlyWhileIncomplete,
  withdrawOnlyInFollowUp,
} from './rules/status.ts';
import type { Vocabulary } from './vocabulary.ts';

/** R1 to R10, in their order: they hold for every form. */
const RULES: readonly Rule[] = [
  withdrawOnlyInFollowUp,
  openOnlyWhileIncomplete,
  completeOnlyWithAnswers,
  delayReasonWhenLate,
  endOfBreach,
  detailsOfTickedKinds,
  notTelling,
  placesAddUp,
  numbersByMode,
  whenPeopleAreTold,
  nobodyIsNamed,
];

/**
 * The check before filing (forms.md, R1 to R12, and what the form itself refuses): what stops the notice and what a person should look at. What is
 * merely missing is no finding; the pack lists it.
 */
export function check(
  notice: FormNotice,
  filing: Filing,
  form: Form,
  vocabulary: Vocabulary,
): readonly Finding[] {
  return [
    ...RULES.flatMap((rule) => rule(notice, filing)),
    ...withinLimits(notice.values, limitsOf(form)),
    ...lackedByForm(notice.values, form, vocabulary),
    ...refusedByForm(notice.values, form),
    ...ownFindings(notice, form),
  ];
}

/** The form's limits by field; a question of several fields has room for each of them. */
function limitsOf({ questions }: Form): Readonly<Partial<Record<Field, number>>> {
  return Object.fromEntries(
    questions.flatMap(({ fields, limit }) =>
      limit === undefined ? [] : fields.map((field) => [field, limit] as const),
    ),
  );
}
