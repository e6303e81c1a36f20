import { FIELD_NAMES, ruleOf, type Field, type Values } from '../fields.ts';
import { error, warning, type Finding, type Rule } from '../finding.ts';
import { personalTraces } from '../personal-traces.ts';

/** Contacts of the organisation and its partners stand in the notice anyhow and are nobody's affected data. */
function ownContacts(values: Values): string {
  const parties = (values['other-parties'] ?? []).map(({ contact }) => contact);
  const own = [values['controller-contact'], values['reporter-contact'], values['dpo-contact']];
  return [...own, values['contact-contact'], values['representative-contact'], ...parties]
    .join(' ')
    .toLowerCase();
}

/** R10: free text should hold no mail address, account, card or identity number of an affected person. */
export const nobodyIsNamed: Rule = ({ values }) => {
  const own = ownContacts(values);
  return FIELD_NAMES.filter((field) => ruleOf(field).prose).flatMap((field) => {
    const text: unknown = values[field];
    if (typeof text !== 'string') return [];
    const traces = personalTraces(text).filter(({ found }) => !own.includes(found.toLowerCase()));
    const kinds = new Set(traces.map(({ kind }) => kind));
    return [...kinds].flatMap((kind) => warning('R10', field, `personal-${kind}`));
  });
};

/** R11: a text longer than the form takes is refused and never cut. Lengths count characters, not bytes. */
export function withinLimits(
  values: Values,
  limits: Readonly<Partial<Record<Field, number>>>,
): readonly Finding[] {
  return FIELD_NAMES.flatMap((field) => {
    const limit = limits[field];
    const text: unknown = values[field];
    if (limit === undefined || typeof text !== 'string') return [];
    const length = Array.from(text).length;
    return length > limit ? error('R11', field, 'too-long', { limit, length, over: length - limit }) : [];
  });
}
