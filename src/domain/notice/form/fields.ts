import type { Temporal } from 'temporal-polyfill';
import type { ListName } from './lists.ts';

/** Somebody else who has to do with the breach. */
export interface Party {
  readonly role: string;
  readonly name: string;
  readonly contact: string;
}

/** How many of the people live in a place (ISO 3166). */
export interface PlaceCount {
  readonly place: string;
  readonly count: number;
}

export interface Attachment {
  readonly kind: string;
  readonly name: string;
  readonly at?: Temporal.Instant;
}

/** What a field of each type holds. */
interface Kinds {
  readonly text: string;
  readonly one: string;
  readonly many: readonly string[];
  readonly states: readonly string[];
  readonly number: number;
  readonly moment: Temporal.Instant;
  readonly parties: readonly Party[];
  readonly places: readonly PlaceCount[];
  readonly files: readonly Attachment[];
}

export type FieldType = keyof Kinds;

/**
 * May it be left for a follow-up: `no`; `tbd` (a value 'to be determined' stands in for it while the notice is
 * incomplete); `yes` (may stay empty at first).
 */
export type Later = 'no' | 'tbd' | 'yes';

export interface FieldRule {
  readonly type: FieldType;
  /** The element of the laws' lists that it fills (content.md); none for what only the form asks. */
  readonly element: string | null;
  readonly later: Later;
  readonly list?: ListName;
  /** Free text on the breach, in which no affected person may be named (R10). */
  readonly prose?: true;
}

const text = (element: string | null, later: Later) => ({ type: 'text', element, later }) as const;
const prose = (element: string | null, later: Later) =>
  ({ type: 'text', element, later, prose: true }) as const;
const one = (list: ListName, element: string | null, later: Later) =>
  ({ type: 'one', element, later, list }) as const;
const many = (list: ListName, element: string, later: Later) =>
  ({ type: 'many', element, later, list }) as const;
const moment = (element: string, later: Later) => ({ type: 'moment', element, later }) as const;
const number = (element: string, later: Later) => ({ type: 'number', element, later }) as const;

/** The canonical fields of a notice to an authority (forms.md, section 1), in the order of the EDPB's draft. */
export const FIELDS = {
  'notice-type': one('notice-type', 'notice-kind', 'no'),
  completeness: one('completeness', 'phases-note', 'no'),
  'withdraw-reason': prose('phases-note', 'no'),
  'authority-reference': text('reference', 'no'),
  // One authority in Europe asks for it (forms.md, MT); where none came, no notice waits for it.
  'authority-ack-date': moment('reference', 'yes'),
  'own-reference': text('reference', 'yes'),
  'legal-ground': one('legal-ground', null, 'no'),
  'phases-note': prose('phases-note', 'no'),
  'controller-name': text('organisation', 'no'),
  'controller-address': text('organisation', 'no'),
  'controller-contact': text('organisation', 'no'),
  'controller-id-type': one('controller-id-type', 'organisation', 'yes'),
  'controller-id': text('organisation', 'yes'),
  'controller-sector': one('controller-sector', 'organisation', 'yes'),
  'controller-size': one('controller-size', 'organisation', 'yes'),
  'controller-activity': text('organisation', 'yes'),
  'representative-name': text('organisation', 'no'),
  'representative-contact': text('organisation', 'no'),
  'reporter-name': text('contact-organisation', 'no'),
  'reporter-contact': text('contact-organisation', 'no'),
  'reporter-function': one('reporter-function', 'contact-organisation', 'no'),
  'reporter-function-detail': text('contact-organisation', 'yes'),
  'reporter-proof': { type: 'files', element: 'contact-organisation', later: 'no' },
  'accuracy-statement': one('yes-no', null, 'no'),
  'dpo-designated': one('yes-no', 'dpo-contact', 'no'),
  'dpo-name': text('dpo-contact', 'no'),
  'dpo-contact': text('dpo-contact', 'no'),
  'contact-name': text('dpo-contact', 'no'),
  'contact-function': one('contact-function', 'dpo-contact', 'no'),
  'contact-contact': text('dpo-contact', 'no'),
  'other-parties': { type: 'parties', element: 'processor', later: 'yes' },
  'party-told-us-at': moment('processor', 'yes'),
  'occurred-shape': one('occurred-shape', 'when-occurred', 'tbd'),
  'occurred-from': moment('when-occurred', 'tbd'),
  'occurred-to': moment('when-occurred', 'tbd'),
  'dates-estimated': one('yes-no', 'when-occurred', 'yes'),
  'detected-at': moment('when-detected', 'no'),
  'aware-at': moment('when-aware', 'no'),
  'delay-reason': prose('delay-reason', 'no'),
  'discovery-mode': one('discovery-mode', 'discovery', 'no'),
  'discovery-detail': prose('discovery', 'no'),
  'timeline-note': prose('timeline', 'yes'),
  'breach-kind': many('breach-kind', 'nature', 'no'),
  'confidentiality-detail': one('confidentiality-detail', 'nature', 'tbd'),
  unintelligible: one('unintelligible', 'nature', 'tbd'),
  'integrity-detail': one('integrity-detail', 'nature', 'yes'),
  'availability-detail': one('availability-detail', 'nature', 'yes'),
  'incident-nature': one('incident-nature', 'cause', 'tbd'),
  'cause-origin': one('cause-origin', 'cause', 'tbd'),
  'cyber-incident': one('yes-no-unknown', 'cause', 'tbd'),
  'what-happened': prose('nature', 'no'),
  'systems-and-place': prose('nature', 'yes'),
  'subject-categories': many('subject-categories', 'categories-subjects', 'tbd'),
  'subject-detail': prose('categories-subjects', 'yes'),
  'subject-count-mode': one('count-mode', 'count-subjects', 'tbd'),
  'subject-count': number('count-subjects', 'yes'),
  // Of the authority's own state, as the offices of the United States ask.
  'residents-affected': number('count-subjects', 'yes'),
  'subjects-by-place': { type: 'places', element: 'cross-border', later: 'yes' },
  'data-categories': many('data-categories', 'categories-data', 'tbd'),
  'data-detail': prose('categories-data', 'yes'),
  'record-count-mode': one('count-mode', 'count-records', 'tbd'),
  'record-count': number('count-records', 'yes'),
  'record-count-detail': prose('count-records', 'yes'),
  'safeguards-before': many('safeguards-before', 'security-before', 'yes'),
  'safeguards-before-detail': prose('security-before', 'yes'),
  'consequence-confidentiality': many('consequence-confidentiality', 'consequences', 'tbd'),
  'consequence-integrity': many('consequence-integrity', 'consequences', 'tbd'),
  'consequence-availability': many('consequence-availability', 'consequences', 'tbd'),
  impact: many('impact', 'consequences', 'tbd'),
  'impact-other': prose('consequences', 'yes'),
  severity: one('severity', 'consequences', 'tbd'),
  'risk-outcome': one('risk-outcome', 'consequences', 'tbd'),
  'risk-method': prose('consequences', 'no'),
  'measures-taken': prose('measures-taken', 'no'),
  'measures-prevent': many('measures-prevent', 'measures-proposed', 'yes'),
  'measures-prevent-detail': prose('measures-proposed', 'yes'),
  'subjects-told': one('subjects-told', 'told-subjects', 'tbd'),
  'told-at': moment('told-subjects', 'yes'),
  'will-tell-at': moment('told-subjects', 'yes'),
  'not-told-ground': one('not-told-ground', 'told-subjects', 'yes'),
  'not-told-reason': prose('told-subjects', 'yes'),
  'told-coverage': one('told-coverage', 'told-subjects', 'yes'),
  'not-all-reason': prose('told-subjects', 'yes'),
  'told-count': number('told-subjects-count', 'yes'),
  // The draft offers one value; a letter to each with a notice on the site for those who cannot be reached is two.
  'told-means': many('told-means', 'told-subjects-means', 'yes'),
  'told-means-detail': prose('told-subjects-means', 'yes'),
  'residents-told': number('told-subjects-count', 'yes'),
  'substitute-notice': one('yes-no', 'told-subjects-means', 'yes'),
  'media-notice': one('yes-no', 'told-subjects-means', 'yes'),
  'id-protection-months': number('id-protection', 'yes'),
  'told-content': text('told-subjects-content', 'yes'),
  'police-reported': one('yes-no-unknown', 'police-delay', 'yes'),
  'others-told': one('yes-no-unknown', 'other-authorities', 'yes'),
  'others-told-detail': prose('other-authorities', 'yes'),
  'cross-border': one('yes-no-unknown', 'cross-border', 'no'),
  'lead-authority': text('cross-border', 'no'),
  establishments: { type: 'states', element: 'cross-border', later: 'yes' },
  'authorities-told': { type: 'states', element: 'cross-border', later: 'yes' },
  'non-eea-controller': one('yes-no', 'cross-border', 'no'),
  attachments: { type: 'files', element: null, later: 'yes' },
  'confidential-note': prose(null, 'yes'),
} as const satisfies Readonly<Record<string, FieldRule>>;

export type Field = keyof typeof FIELDS;

export const FIELD_NAMES = Object.keys(FIELDS) as readonly Field[];

/** What is known: a field that is not there was never answered. */
export type Values = { readonly [Name in Field]?: Kinds[(typeof FIELDS)[Name]['type']] };

export type Value = Kinds[FieldType];

export function ruleOf(field: Field): FieldRule {
  return FIELDS[field];
}

export function isField(name: string): name is Field {
  return Object.hasOwn(FIELDS, name);
}
