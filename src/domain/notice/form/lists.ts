/**
 * The closed lists of an authority's notice, each value in the order of the EDPB's draft template (v1.0 of 8 June
 * 2026), whose letters follow from it. Their words in each language stand in `playbooks/forms/vocabulary.yaml`.
 */

/** 'To be determined': a value of its own, allowed only while the notice is incomplete. */
export const TBD = 'tbd';

export const LISTS = {
  'notice-type': ['new', 'follow-up'],
  completeness: ['complete', 'incomplete', 'withdraw'],
  'legal-ground': ['gdpr', 'uk-gdpr', 'led', 'eprivacy', 'eudpr', 'nis2', 'dora', 'cra', 'other'],
  'controller-id-type': ['company', 'organisation', 'vat'],
  'controller-sector': ['private', 'public'],
  'controller-size': ['micro', 'sme', 'large', 'other'],
  'reporter-function': ['dpo', 'legal-representative', 'authorised-other'],
  'contact-function': ['dpo', 'reporter', 'other'],
  'party-role': ['processor', 'joint-controller', 'sub-processor', 'other'],
  'occurred-shape': ['one-day', 'period', 'ongoing', 'unknown', TBD],
  'discovery-mode': ['controller', 'processor', 'data-subject', 'third-party', 'press', 'other'],
  'breach-kind': ['confidentiality', 'integrity', 'availability'],
  'confidentiality-detail': ['disclosed', 'likely', 'not-disclosed', 'not-assessable', TBD],
  unintelligible: ['intact', 'may-be-subverted', 'no', 'not-assessable', TBD],
  'integrity-detail': ['no-misuse', 'misuse-reversible', 'misuse-irreversible'],
  'availability-detail': ['temporary', 'permanent', 'unknown'],
  'incident-nature': [
    ...['privilege-abuse', 'ransomware', 'hacking-malware', 'phishing', 'vulnerability-exploited'],
    ...['unauthorised-access', 'exfiltration', 'records-mixed-up', 'device-lost-stolen', 'e-waste'],
    ...['paper-disposal', 'mail-lost-opened', 'misconfiguration', 'wrong-permissions', 'paper-lost-stolen'],
    ...['data-destroyed', 'shown-to-wrong-person', 'sent-by-mistake', 'open-recipient-list', 'malfunction'],
    ...['unauthorised-change', 'unintended-publication', 'spoken-disclosure', TBD, 'other'],
  ],
  'cause-origin': [
    ...['internal-accidental', 'internal-malicious', 'external-accidental', 'external-malicious'],
    ...[TBD, 'unknown'],
  ],
  'subject-categories': [
    ...[
      'customers',
      'employees',
      'military-police',
      'minors',
      'patients',
      'students',
      'subscribers',
      'users',
    ],
    ...['vulnerable', 'other', TBD],
  ],
  'count-mode': ['exact', 'approximate', 'undeterminable', TBD],
  'data-categories': [
    ...['basic', 'contact', 'biometric', 'criminal', 'political', 'ethnic', 'belief', 'sex-life', 'union'],
    ...['genetic', 'health', 'economic', 'employment-health', 'identification', 'location'],
    ...['official-documents', 'payment', 'profile', 'credentials', TBD, 'other'],
  ],
  'safeguards-before': [
    ...['pseudonymisation', 'backup', 'encryption', 'policies', 'training', 'incident-log', 'access-levels'],
    ...['logical-access', 'audits', 'physical-access', 'patched-systems', 'other'],
  ],
  'measures-prevent': [
    ...['anonymisation', 'backup', 'process-change', 'encryption', 'policies', 'training', 'erasure'],
    ...['incident-log', 'access-levels', 'logical-access', 'audits', 'physical-access', 'pseudonymisation'],
    ...['patched-systems', 'other'],
  ],
  'consequence-confidentiality': ['disclosed-beyond-purpose', 'linkable', 'misused', 'other', TBD],
  'consequence-integrity': ['used-though-invalid', 'altered-but-plausible', 'other', TBD],
  'consequence-availability': ['no-access-to-service', 'service-disturbed', 'other', TBD],
  impact: [
    ...['loss-of-control', 'rights-limited', 'discrimination', 'identity-theft', 'fraud', 'financial-loss'],
    ...['re-identification', 'reputation', 'professional-secrecy', 'disclosure-to-third-parties'],
    ...['economic-social', 'physical-mental', 'property', 'other', TBD],
  ],
  severity: ['minor', 'moderate', 'severe', TBD],
  'risk-outcome': ['high', 'risk', 'unlikely', TBD],
  'subjects-told': ['yes', 'will-on-date', 'will-later', 'undecided', 'no-not-high', 'no-34-3'],
  'not-told-ground': ['protected', 'risk-removed', 'disproportionate'],
  'told-coverage': ['all', 'not-all'],
  'told-means': ['individual', 'public', 'other'],
  'attachment-kind': [
    ...['letter-to-people', 'risk-assessment', 'technical-report', 'ransom-note', 'phishing-message'],
    ...['breach-procedure', 'deletion-policy', 'letter-to-wrong-recipients', 'external-notice', 'other'],
  ],
  'yes-no': ['yes', 'no'],
  'yes-no-unknown': ['yes', 'no', 'unknown'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type ListName = keyof typeof LISTS;

/** The codes of a list, in its order. */
export function codesOf(list: ListName): readonly string[] {
  return LISTS[list];
}
