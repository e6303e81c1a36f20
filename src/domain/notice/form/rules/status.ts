import { isAnswered, isFollowUp, isLate, isTbd } from '../asked.ts';
import { FIELD_NAMES, ruleOf, type Field } from '../fields.ts';
import { error, NOTHING, warning, type Finding, type Rule } from '../finding.ts';

/** R1: `withdraw` only in a follow-up, with its reason and the number that the authority gave. */
export const withdrawOnlyInFollowUp: Rule = ({ values }) => {
  if (values.completeness !== 'withdraw') return NOTHING;
  return [
    ...(isFollowUp(values) ? NOTHING : error('R1', 'completeness', 'withdraw-not-follow-up')),
    ...(isAnswered(values, 'withdraw-reason') ? NOTHING : error('R1', 'withdraw-reason', 'withdraw-reason')),
    ...(isAnswered(values, 'authority-reference')
      ? NOTHING
      : error('R1', 'authority-reference', 'withdraw-reference')),
  ];
};

/** R2: 'to be determined' only while incomplete, and only where a field may be left for a follow-up. */
export const openOnlyWhileIncomplete: Rule = ({ values, follows }) => {
  const open = FIELD_NAMES.filter((field) => isTbd(values, field) || follows.includes(field));
  return open.flatMap((field): readonly Finding[] => {
    if (ruleOf(field).later === 'no') return error('R2', field, 'may-not-follow');
    return values.completeness === 'complete' ? error('R2', field, 'open-though-complete') : NOTHING;
  });
};

/** R2, the other half: complete is what holds an answer everywhere, not what somebody calls so. */
export const completeOnlyWithAnswers: Rule = ({ overclaimed }) =>
  overclaimed ? error('R2', 'completeness', 'complete-though-missing') : NOTHING;

/** R3: the reasons for the delay are asked exactly when the notice is new and later than the period. */
export const delayReasonWhenLate: Rule = ({ values }, filing) => {
  const field: Field = 'delay-reason';
  const given = isAnswered(values, field);
  if (isLate(values, filing)) return given ? NOTHING : error('R3', field, 'delay-reason-missing');
  return given ? warning('R3', field, 'delay-reason-not-asked') : NOTHING;
};
