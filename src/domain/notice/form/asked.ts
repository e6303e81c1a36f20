import { Temporal } from 'temporal-polyfill';
import { isSpecific } from '../filled.ts';
import { ruleOf, type Field, type Values } from './fields.ts';
import type { Filing } from './finding.ts';
import { TBD } from './lists.ts';

/** Fields that are asked only where something else was answered; all others always are. */
const ONLY_WHEN: Readonly<Partial<Record<Field, (values: Values, filing: Filing) => boolean>>> = {
  'withdraw-reason': (v) => v.completeness === 'withdraw',
  'authority-reference': isFollowUp,
  'authority-ack-date': isFollowUp,
  'phases-note': (v) => v.completeness === 'incomplete',
  'delay-reason': isLate,
  'representative-name': (v) => v['non-eea-controller'] === 'yes',
  'representative-contact': (v) => v['non-eea-controller'] === 'yes',
  'reporter-function-detail': (v) => v['reporter-function'] === 'authorised-other',
  'dpo-name': (v) => v['dpo-designated'] !== 'no',
  'dpo-contact': (v) => v['dpo-designated'] !== 'no',
  // Who answers questions is asked unless the data protection officer does.
  'contact-name': (v) => v['dpo-designated'] === 'no',
  'contact-function': (v) => v['dpo-designated'] === 'no',
  'contact-contact': (v) => v['dpo-designated'] === 'no',
  'party-told-us-at': (v) => (v['other-parties'] ?? []).length > 0,
  'occurred-from': (v) => v['occurred-shape'] !== 'unknown' && v['occurred-shape'] !== TBD,
  'occurred-to': (v) => v['occurred-shape'] === 'period',
  'confidentiality-detail': (v) => lost(v, 'confidentiality'),
  unintelligible: (v) => lost(v, 'confidentiality'),
  'integrity-detail': (v) => lost(v, 'integrity'),
  'availability-detail': (v) => lost(v, 'availability'),
  'consequence-confidentiality': (v) => lost(v, 'confidentiality'),
  'consequence-integrity': (v) => lost(v, 'integrity'),
  'consequence-availability': (v) => lost(v, 'availability'),
  'subject-count': (v) => isNumbered(v['subject-count-mode']),
  'record-count': (v) => isNumbered(v['record-count-mode']),
  'told-at': (v) => v['subjects-told'] === 'yes',
  'will-tell-at': (v) => v['subjects-told'] === 'will-on-date',
  'not-told-ground': (v) => v['subjects-told'] === 'no-34-3',
  'not-told-reason': (v) => v['subjects-told'] === 'no-34-3' || v['subjects-told'] === 'no-not-high',
  'told-coverage': (v) => v['subjects-told'] === 'yes',
  'not-all-reason': (v) => v['told-coverage'] === 'not-all',
  'told-count': (v) => v['subjects-told'] === 'yes',
  'told-means': (v) => v['subjects-told'] === 'yes' || v['not-told-ground'] === 'disproportionate',
  'told-content': (v) => v['subjects-told'] === 'yes',
  'others-told-detail': (v) => v['others-told'] === 'yes',
  'lead-authority': (v) => v['cross-border'] === 'yes' && v['non-eea-controller'] !== 'yes',
};

/** Whether a field is asked at all, after what was answered so far. */
export function isAsked(field: Field, values: Values, filing: Filing): boolean {
  return ONLY_WHEN[field]?.(values, filing) ?? true;
}

/** New, and later than the period after `aware-at`: only then the law wants reasons for the delay. */
export function isLate(values: Values, { filedAt, dueAt }: Filing): boolean {
  return values['notice-type'] === 'new' && dueAt !== null && Temporal.Instant.compare(filedAt, dueAt) > 0;
}

export function isFollowUp(values: Values): boolean {
  return values['notice-type'] === 'follow-up';
}

/** Exact and approximate counts come with a number, the other two without. */
export function isNumbered(mode: string | undefined): boolean {
  return mode === 'exact' || mode === 'approximate';
}

export function lost(values: Values, kind: string): boolean {
  return (values['breach-kind'] ?? []).includes(kind);
}

/** Whether a field says something: not blank, and not a word that stands in for an answer to come. */
export function isAnswered(values: Values, field: Field): boolean {
  const value: unknown = values[field];
  // 'Unknown' of a closed list is an answer; in free text it stands in for one.
  if (typeof value === 'string')
    return value !== TBD && (ruleOf(field).list !== undefined || isSpecific(value));
  if (Array.isArray(value)) return value.length > 0 && !value.includes(TBD);
  return value !== undefined;
}

/** Whether a field holds the value 'to be determined'. */
export function isTbd(values: Values, field: Field): boolean {
  const value: unknown = values[field];
  return value === TBD || (Array.isArray(value) && value.includes(TBD));
}
