import { isAnswered } from '../asked.ts';
import { stillOpen } from '../complete.ts';
import type { OwnAnswers } from '../own.ts';
import { FIELD_NAMES, type Field, type Values } from '../fields.ts';
import type { Filing, FormNotice } from '../finding.ts';
import type { Form } from '../form.ts';
import { fromCourse } from './course.ts';
import type { Known } from './known.ts';
import { fromOrganisation } from './organisation.ts';
import { fromPeople } from './people.ts';

/** Where a value came from, so that the page can show what nobody had to type. */
export type Origin = 'organisation' | 'facts' | 'record';

export interface Filled {
  readonly values: Values;
  readonly from: Readonly<Partial<Record<Field, Origin>>>;
}

/** Fills what facts, organisation, supplier, duties and dispatch give (forms.md, column 'from' and section 3). */
export function fill(known: Known): Filled {
  const parts: readonly (readonly [Origin, Values])[] = [
    ['organisation', fromOrganisation(known)],
    ['facts', fromCourse(known)],
    ['facts', fromPeople(known)],
    ['record', { ...fromRecord(known), ...known.words }],
  ];
  const from: Partial<Record<Field, Origin>> = {};
  let values: Values = {};
  for (const [origin, part] of parts) {
    values = { ...values, ...part };
    for (const field of FIELD_NAMES) if (part[field] !== undefined) from[field] = origin;
  }
  return { values, from };
}

/** What was filed with the same authority before makes this a follow-up under its number. */
function fromRecord({ earlier }: Known): Values {
  if (!earlier) return { 'notice-type': 'new' };
  return {
    'notice-type': 'follow-up',
    ...(earlier.reference === '' ? {} : { 'authority-reference': earlier.reference }),
    ...(earlier.acknowledgedAt ? { 'authority-ack-date': earlier.acknowledgedAt } : {}),
  };
}

/** What the author adds to what was filled. */
export interface Said {
  readonly answers: Values;
  /** Fields of which 'to be determined' was said, beside those whose list has that value. */
  readonly follows: readonly Field[];
  /** Answers to the questions that only this form asks. */
  readonly own?: OwnAnswers;
}

/**
 * The notice as it would be filed: what the author answered wins over what was filled, and what is answered does not
 * follow any more. Unless it is withdrawn, or its author calls it incomplete, it is complete exactly when each field
 * that the form asks and that may not stay empty holds an answer. Nobody can only say that it is complete.
 */
export function withAnswers(filled: Filled, said: Said, form: Form, filing: Filing): FormNotice {
  const values: Values = { ...filled.values, ...said.answers };
  const follows = said.follows.filter((field) => !isAnswered(values, field));
  const own = said.own ? { own: said.own } : {};
  const claimed = values.completeness;
  if (claimed !== undefined && claimed !== 'complete') return { values, follows, ...own };
  const open = stillOpen({ values, follows, ...own }, form, filing);
  const completeness = open.length > 0 ? 'incomplete' : 'complete';
  return {
    values: { ...values, completeness },
    follows,
    ...own,
    ...(claimed === 'complete' && open.length > 0 ? { overclaimed: true } : {}),
  };
}
