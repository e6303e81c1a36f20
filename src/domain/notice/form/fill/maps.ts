import type { DataCategory, SubjectGroup } from '../../../law/vocabulary.ts';

/** From the facts' data categories to the draft's (forms.md, section 3); what has no place there is `other`. */
export const DATA: Readonly<Record<DataCategory, readonly string[]>> = {
  name: ['basic'],
  'date-of-birth': ['basic'],
  'mother-maiden-name': ['basic'],
  email: ['contact'],
  phone: ['contact'],
  'postal-address': ['contact'],
  'password-hash': ['credentials'],
  'password-plain': ['credentials'],
  'online-credentials': ['credentials'],
  'bank-credentials': ['credentials', 'payment'],
  'payment-card': ['payment'],
  'bank-account': ['payment'],
  ssn: ['identification'],
  'tax-id': ['identification'],
  'government-id': ['identification'],
  passport: ['identification'],
  'driver-licence': ['identification'],
  'my-number': ['identification'],
  'e-signature': ['identification'],
  'official-documents': ['official-documents'],
  health: ['health'],
  'health-insurance': ['health'],
  'employment-health': ['employment-health'],
  biometric: ['biometric'],
  genetic: ['genetic'],
  location: ['location'],
  criminal: ['criminal'],
  political: ['political'],
  ethnic: ['ethnic'],
  belief: ['belief'],
  'sex-life': ['sex-life'],
  union: ['union'],
  profile: ['profile'],
  behavioural: ['profile'],
  economic: ['economic'],
  'credit-data': ['economic'],
  'order-history': ['other'],
  communications: ['other'],
  // A kind of people, not of data: it adds `minors` to them.
  children: [],
};

export const GROUPS: Readonly<Record<SubjectGroup, string>> = {
  customers: 'customers',
  employees: 'employees',
  applicants: 'employees',
  patients: 'patients',
  students: 'students',
  minors: 'minors',
  subscribers: 'subscribers',
  users: 'users',
  vulnerable: 'vulnerable',
  'public-officials': 'other',
};

/** A first guess at the kind of incident; a playbook that can be several is none. */
export const NATURE_OF_PLAYBOOK: Readonly<Record<string, string>> = {
  'credential-stuffing': 'unauthorised-access',
  'exposed-storage': 'misconfiguration',
  'lost-device': 'device-lost-stolen',
  'malicious-insider': 'privilege-abuse',
  'misdirected-email': 'sent-by-mistake',
  'phished-mailbox': 'phishing',
  'ransomware-exfiltration': 'ransomware',
  'shop-plugin-injection': 'vulnerability-exploited',
  'web-skimming': 'hacking-malware',
};

const CYBER: readonly string[] = [
  ...['ransomware', 'hacking-malware', 'phishing', 'vulnerability-exploited', 'unauthorised-access'],
  'exfiltration',
];
const NOT_CYBER: readonly string[] = [
  ...['e-waste', 'paper-disposal', 'mail-lost-opened', 'paper-lost-stolen', 'spoken-disclosure'],
  ...['sent-by-mistake', 'open-recipient-list', 'device-lost-stolen'],
];

/** Whether a kind of incident is one of cyber security, as the ICO asks; unknown where it may be either. */
export function cyberOf(nature: string): 'yes' | 'no' | undefined {
  if (CYBER.includes(nature)) return 'yes';
  return NOT_CYBER.includes(nature) ? 'no' : undefined;
}

/** The levels of the severity method as the draft's. */
export const SEVERITY: Readonly<Record<string, string>> = {
  low: 'minor',
  medium: 'moderate',
  high: 'severe',
  'very-high': 'severe',
};

const GROUNDS: readonly (readonly [RegExp, string])[] = [
  [/^uk-gdpr-/, 'uk-gdpr'],
  [/^(?:eea-)?gdpr-/, 'gdpr'],
  [/^(?:[a-z]{2}-)?led-/, 'led'],
  [/^(?:[a-z]{2}-)?eprivacy-/, 'eprivacy'],
  [/^eudpr-/, 'eudpr'],
  [/^(?:[a-z]{2}-)?nis2-/, 'nis2'],
  [/^(?:eea-)?dora-/, 'dora'],
  [/^cra-/, 'cra'],
];

/** The legal ground of a duty, by its id. */
export function groundOf(duty: string): string {
  return GROUNDS.find(([pattern]) => pattern.test(duty))?.[1] ?? 'other';
}
