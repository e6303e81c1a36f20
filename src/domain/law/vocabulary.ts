/** The closed word lists of the law engine: what facts, conditions and law files may say, and nothing else. */

export const ROLES = ['controller', 'processor', 'joint-controller'] as const;
export type Role = (typeof ROLES)[number];

export const RISKS = ['none', 'unlikely', 'risk', 'high'] as const;
export type Risk = (typeof RISKS)[number];

export const SIGNIFICANT_BY = ['nis2', 'dora', 'cra', 'nis1', 'cer', 'bank', 'nydfs', 'finma'] as const;
export type SignificantBy = (typeof SIGNIFICANT_BY)[number];

export const DATA_CATEGORIES = [
  'name',
  'email',
  'phone',
  'postal-address',
  'date-of-birth',
  'mother-maiden-name',
  'e-signature',
  'password-hash',
  'password-plain',
  'online-credentials',
  'payment-card',
  'bank-account',
  'bank-credentials',
  'credit-data',
  'economic',
  'ssn',
  'tax-id',
  'driver-licence',
  'passport',
  'government-id',
  'my-number',
  'official-documents',
  'health',
  'health-insurance',
  'employment-health',
  'biometric',
  'genetic',
  'location',
  'behavioural',
  'profile',
  'order-history',
  'communications',
  'political',
  'ethnic',
  'belief',
  'union',
  'sex-life',
  'criminal',
  'children',
] as const;
export type DataCategory = (typeof DATA_CATEGORIES)[number];

export const SECTORS = [
  'ecommerce',
  'hipaa-covered-entity',
  'hipaa-business-associate',
  'part2-program',
  'phr-vendor',
  'health-provider',
  'bank',
  'bank-service-provider',
  'credit-union',
  'financial-entity',
  'payment-provider',
  'payment-service',
  'ftc-financial-institution',
  'investment-firm',
  'investment-firm-provider',
  'insurer',
  'nydfs-covered-entity',
  'fca-firm',
  'finma-supervised',
  'credit-information',
  'telecom-carrier',
  'eu-telecom-provider',
  'trust-service-provider',
  'eid-provider',
  'nis2-essential',
  'nis2-important',
  'nis1-operator',
  'digital-service-provider',
  'ict-provider',
  'product-manufacturer',
  'importer',
  'open-source-steward',
  'critical-infrastructure',
  'vital-operator',
  'national-perimeter',
  'security-sensitive',
  'aviation',
  'electricity-entity',
  'ai-provider',
  'public-body',
  'social-security-body',
  'law-enforcement',
  'intelligence-service',
  'eu-institution',
  'defense-contractor',
  'information-broker',
  'school',
  'edtech-operator',
  'online-service',
  'regulated-data-zone',
  'foreign-private-issuer',
  'sci-entity',
  'derivatives-market',
  'fha-mortgagee',
  'pipeline',
  'rail',
  'maritime',
  'nuclear-licensee',
  'tax-information-holder',
  'federal-agency',
  'fedramp-provider',
  'ssa-data-holder',
  'exchange-agent',
  'student-aid-school',
] as const;
export type Sector = (typeof SECTORS)[number];

export const SUBJECT_GROUPS = [
  'customers',
  'employees',
  'applicants',
  'patients',
  'students',
  'minors',
  'subscribers',
  'users',
  'vulnerable',
  'public-officials',
] as const;
export type SubjectGroup = (typeof SUBJECT_GROUPS)[number];

/** The moments of an incident; the key of the fact, in the order in which they usually fall. */
export const MOMENTS = [
  'occurredAt',
  'occurredTo',
  'detectedAt',
  'awareAt',
  'determinedAt',
  'materialAt',
  'classifiedAt',
  'assessedAt',
  'paymentAt',
  'correctiveMeasureAt',
  'recoveredAt',
  'handledAt',
] as const;
export type MomentName = (typeof MOMENTS)[number];

/** Clocks that a fact starts. Beside them stand `notified:ID`, `after-end-of:ID` and `ordered`. */
export const CLOCK_FACTS = {
  occurred: 'occurredAt',
  detected: 'detectedAt',
  aware: 'awareAt',
  determined: 'determinedAt',
  material: 'materialAt',
  classified: 'classifiedAt',
  assessed: 'assessedAt',
  payment: 'paymentAt',
  'corrective-measure': 'correctiveMeasureAt',
  handled: 'handledAt',
} as const satisfies Record<string, MomentName>;
export type ClockName = keyof typeof CLOCK_FACTS;

export const COUNTING_RULES = [
  'clock-hours',
  'eu-1182-71',
  'calendar-days',
  'calendar-days-next-working',
  'calendar-days-inclusive',
  'business-days',
  'next-year-date',
  'year-end-plus',
  'earlier-of',
  'none',
] as const;
export type CountingRule = (typeof COUNTING_RULES)[number];

export const CONFIDENCES = ['sure', 'likely', 'unverified'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

export const STATUSES = ['law', 'contract', 'guidance', 'pending'] as const;
export type Status = (typeof STATUSES)[number];

/** Whom a duty tells. An authority is named more closely by `to` or by its kind. */
export const NOTIFIED = [
  'authority',
  'people',
  'controller',
  'clients',
  'partners',
  'media',
  'bureaus',
  'record',
] as const;
export type Notified = (typeof NOTIFIED)[number];

/**
 * What a row is: a duty; an option that the law offers (`voluntary`); or the common title of rows that hold the
 * law themselves (`model`). Only duties become obligations.
 */
export const KINDS = ['duty', 'voluntary', 'model'] as const;
export type Kind = (typeof KINDS)[number];

/** Who carries the duty by role; `any` where a sector or nothing but the place decides. */
export const OBLIGED = ['controller', 'processor', 'any'] as const;
export type Obliged = (typeof OBLIGED)[number];

/** One obligation for each of these. */
export const EACH = ['authority', 'state', 'controller'] as const;
export type Each = (typeof EACH)[number];

/**
 * How the recipients of a fanned-out duty are found: the lead authority and its rules across borders (GDPR 55, 56);
 * every state of establishment; the home state alone (DORA 46); every state whose people are affected.
 */
export const RECIPIENT_RULES = ['lead-authority', 'establishments', 'home-state', 'people'] as const;
export type RecipientRule = (typeof RECIPIENT_RULES)[number];

export const AUTHORITY_KINDS = [
  'data-protection',
  'cyber-security',
  'financial',
  'telecom',
  'health',
  'insurance',
  'attorney-general',
  'consumer',
  'energy',
  'transport',
  'education',
  'police',
  'public-sector',
  'trust-services',
  'other',
] as const;
export type AuthorityKind = (typeof AUTHORITY_KINDS)[number];
