import { Temporal } from 'temporal-polyfill';
import { isAnswered, lost } from '../asked.ts';
import type { Field } from '../fields.ts';
import { error, NOTHING, type Rule } from '../finding.ts';

const WITH_END: readonly (string | undefined)[] = ['one-day', 'period'];

/** R4: an end only for one day and a period, never before the beginning, and neither in the future. */
export const endOfBreach: Rule = ({ values }, { filedAt }) => {
  const { 'occurred-shape': shape, 'occurred-from': from, 'occurred-to': to } = values;
  const later = (a: Temporal.Instant, b: Temporal.Instant): boolean => Temporal.Instant.compare(a, b) > 0;
  return [
    ...(to && !WITH_END.includes(shape) ? error('R4', 'occurred-to', 'end-without-period') : NOTHING),
    ...(to && from && later(from, to) ? error('R4', 'occurred-to', 'end-before-beginning') : NOTHING),
    ...(to && later(to, filedAt) ? error('R4', 'occurred-to', 'in-the-future') : NOTHING),
    ...(from && later(from, filedAt) ? error('R4', 'occurred-from', 'in-the-future') : NOTHING),
  ];
};

const OF_KIND: Readonly<Record<string, readonly Field[]>> = {
  confidentiality: ['confidentiality-detail', 'consequence-confidentiality'],
  integrity: ['integrity-detail', 'consequence-integrity'],
  availability: ['availability-detail', 'consequence-availability'],
};

/** R5: details and consequences only for the kinds of breach that are ticked. */
export const detailsOfTickedKinds: Rule = ({ values }) =>
  Object.entries(OF_KIND)
    .filter(([kind]) => !lost(values, kind))
    .flatMap(([, fields]) => fields.filter((field) => isAnswered(values, field)))
    .flatMap((field) => error('R5', field, 'kind-not-ticked'));
