import { isAnswered, isTbd } from '../asked.ts';
import { FIELD_NAMES, type Field, type Values } from '../fields.ts';
import type { FormNotice } from '../finding.ts';
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
  };
}

/**
 * The notice as it would be filed: what the author answered wins over what was filled, and what is answered does not
 * follow any more. Unless it is withdrawn, it is incomplete exactly while anything in it is to be determined.
 */
export function withAnswers(filled: Filled, answers: Values, said: readonly Field[]): FormNotice {
  const values: Values = { ...filled.values, ...answers };
  const follows = said.filter((field) => !isAnswered(values, field));
  if (values.completeness !== undefined) return { values, follows };
  const open = follows.length > 0 || FIELD_NAMES.some((field) => isTbd(values, field));
  return { values: { ...values, completeness: open ? 'incomplete' : 'complete' }, follows };
}
