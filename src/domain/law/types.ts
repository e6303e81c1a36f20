import type { Temporal } from 'temporal-polyfill';
import type { InvalidInput } from '../errors.ts';
import type {
  AuthorityKind,
  ClockName,
  Confidence,
  CountingRule,
  DataCategory,
  Each,
  Kind,
  MomentName,
  Notified,
  Obliged,
  RecipientRule,
  Risk,
  Role,
  Sector,
  SignificantBy,
  Status,
  SubjectGroup,
} from './vocabulary.ts';

export type { InvalidInput };

/** Facts as they are written: JSON by the names of the facts contract. */
export type FactsInput = Record<string, unknown>;

/** A range of people: from least to most; `most` is Infinity where nothing bounds it. */
export interface SubjectRow {
  readonly place?: string;
  readonly least: number;
  readonly most: number;
  /** Whether the row itself gives a number (a count, or both ends of a range that are equal). */
  readonly counted: boolean;
  readonly groups?: readonly SubjectGroup[];
}

export interface Filing {
  readonly at: Temporal.Instant;
  readonly complete: boolean;
}

export interface Order {
  readonly duty: string;
  readonly at: Temporal.Instant;
  readonly dueAt?: Temporal.Instant;
}

/**
 * What the engine is told, parsed. A missing key is unknown; nothing here is ever null. Instants are in whole
 * seconds. `readings` says how local times were read where the clocks change.
 */
export interface Facts {
  readonly role?: readonly Role[];
  readonly establishments?: readonly string[];
  readonly mainEstablishment?: string;
  readonly sectors?: readonly Sector[];
  readonly listed?: boolean;
  readonly firmSize?: 'larger' | 'smaller';
  readonly turnoverAud?: number;
  readonly databaseLevel?: 'basic' | 'medium' | 'high';
  readonly cyberInsurance?: boolean;
  readonly zone?: string;
  readonly moments: Readonly<Partial<Record<MomentName, Temporal.Instant>>>;
  readonly risk?: Risk;
  readonly significant?: boolean;
  readonly significantBy: Readonly<Partial<Record<SignificantBy, boolean>>>;
  readonly flags: Readonly<Partial<Record<Flag, boolean>>>;
  readonly breach: Readonly<Partial<Record<'confidentiality' | 'integrity' | 'availability', boolean>>>;
  readonly data: {
    readonly categories?: readonly DataCategory[];
    readonly encrypted?: boolean;
    readonly keyCompromised?: boolean;
    readonly accessCode?: boolean;
    readonly medium?: 'electronic' | 'paper' | 'both';
  };
  readonly subjects?: readonly SubjectRow[];
  readonly service: { readonly affected?: boolean; readonly hours?: number };
  readonly directLoss: { readonly amount?: number; readonly currency?: string };
  readonly exceptions: { readonly riskRemoved: boolean; readonly disproportionateEffort: boolean };
  readonly lawEnforcementHold?: { readonly from: Temporal.Instant; readonly until?: Temporal.Instant };
  readonly doraExcepted: boolean;
  readonly filed: ReadonlyMap<string, Filing>;
  readonly orders: readonly Order[];
  readonly answered: ReadonlyMap<string, boolean>;
  readonly readings: readonly TraceStep[];
}

/** Yes-or-no facts of the incident that stand alone. */
export const FLAGS = [
  'criticalImpact',
  'cyber',
  'malicious',
  'ransomware',
  'inadvertent',
  'threat',
  'exploitedVulnerability',
  'ongoing',
  'paid',
  'clientsMoney',
  'idProtectionSource',
] as const;
export type Flag = (typeof FLAGS)[number];

/** One step of a working: a key for the edges to word, its values, the source it rests on, the instant it led to. */
export interface TraceStep {
  readonly key: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly cite?: string;
  readonly at?: Temporal.Instant;
}

export type Period =
  | { readonly kind: 'none' }
  | { readonly kind: 'elapsed'; readonly minutes: number }
  | { readonly kind: 'days'; readonly days: number }
  | { readonly kind: 'months'; readonly months: number }
  | { readonly kind: 'business-days'; readonly days: number }
  | { readonly kind: 'date'; readonly month: number; readonly day: number };

/** A clock: a fact's moment, another duty's first filing, the end of another duty's period, an order. */
export type Clock =
  | { readonly kind: 'fact'; readonly name: ClockName }
  | { readonly kind: 'notified'; readonly duty: string }
  | { readonly kind: 'after-end-of'; readonly duty: string }
  | { readonly kind: 'ordered' };

export interface Counting {
  readonly rule: CountingRule;
  /** The list of days off, where the duty fixes one (`US` for the US federal list). Else the place's. */
  readonly calendar?: string;
  /** Local hour at which a day of this duty ends (`17:30`), else the end of the day. */
  readonly endOfDay?: string;
  /** `dora`: art. 5(4) to (6) of Delegated Regulation 2025/301 takes the place of art. 3(4), (5) of 1182/71. */
  readonly relief?: 'dora';
  /** The parts of `earlier-of`. */
  readonly parts?: readonly { readonly clock: Clock; readonly period: Period }[];
}

export interface Citation {
  readonly text: string;
  readonly link?: string;
}

/** A day in ISO form, or null where it is not known. */
export type LawDate = string | null;

export interface InForce {
  readonly place: string;
  readonly since: LawDate;
  readonly until?: LawDate;
}

/** Where a law applies: one of the two suffices. Places or groups (`EU`, `EEA`, `US`). */
export interface Where {
  readonly established?: readonly string[];
  readonly people?: readonly string[];
}

export interface Exception {
  readonly id: string;
  readonly title: string;
  readonly when: string;
  readonly source: string;
}

/** A law-enforcement hold: the duty waits while it lasts; afterwards the number runs anew as said. */
export interface Hold {
  readonly period: string;
  readonly counting?: Counting;
  readonly source: string;
}

export interface PeriodChoice {
  readonly when?: string;
  readonly period: string;
}

export interface Content {
  readonly elements: readonly string[];
  readonly forbidden?: readonly string[];
  readonly title?: string;
  readonly headings?: readonly string[];
  readonly form?: string;
  /** Said where the law lists nothing: then the elements are usual ones, or there are none. */
  readonly note?: string;
}

/** A duty as its law file says it, with what the head of the file gives to all its duties. */
export interface Duty {
  readonly id: string;
  readonly title: string;
  readonly kind: Kind;
  readonly provision: string;
  readonly citation: Citation;
  readonly confidence: Confidence;
  readonly status: Status;
  readonly since: LawDate;
  readonly until?: LawDate;
  readonly sinceNote?: string;
  readonly inForce?: readonly InForce[];
  readonly obliged: Obliged;
  readonly notify: Notified;
  /** Whom exactly, in words. */
  readonly whom: string;
  /** Ids of authorities; several are told apart, one obligation each. */
  readonly to?: readonly string[];
  /** Or the kind of authority, found by place. */
  readonly authority?: AuthorityKind;
  readonly each?: Each;
  readonly recipients?: RecipientRule;
  /** Fan-out by state only where more than (at least) so many people of one state are concerned. */
  readonly stateThreshold?: { readonly moreThan?: number; readonly atLeast?: number };
  readonly where?: Where;
  readonly when?: string;
  readonly ask?: string;
  readonly unless: readonly Exception[];
  readonly hold?: Hold;
  readonly clock: Clock;
  readonly period: readonly PeriodChoice[];
  readonly counting: Counting;
  readonly zone?: string;
  readonly with?: string;
  readonly before?: string;
  readonly formOf?: string;
  readonly formFor?: readonly string[];
  /** Its filing starts `notified:` of these too. */
  readonly alsoMeets: readonly string[];
  readonly covers?: string;
  readonly excludes: readonly string[];
  readonly content?: Content;
  /** May facts follow; must lateness be explained. */
  readonly phases: boolean;
  readonly late: boolean;
  readonly notes: readonly string[];
  /** Earlier wordings of the same duty, by their dates of force. */
  readonly history: readonly DutyVersion[];
  readonly regime: { readonly id: string; readonly hash: string };
}

/** What a duty said between two dates, where it differs from what it says now. */
export type DutyVersion = {
  readonly since: LawDate;
  readonly until: LawDate;
  readonly note?: string;
} & Partial<Pick<Duty, 'when' | 'clock' | 'period' | 'counting' | 'provision' | 'notify' | 'whom' | 'with'>>;

/** A flag on a duty in a country: no obligation, no date, a source of its own. */
export interface Limit {
  readonly id: string;
  readonly title: string;
  readonly limits: string;
  readonly provision: string;
  readonly citation: Citation;
  readonly confidence: Confidence;
  readonly since: LawDate;
  readonly until?: LawDate;
  readonly established: readonly string[];
  readonly regime: { readonly id: string; readonly hash: string };
}

export type Decision = 'applies' | 'does-not-apply' | 'undecided';

/**
 * A duty for these facts and this recipient. `noNumber` (the law gives none) and `waitsFor` (the clock has not
 * started) are two different ways of having no date. Obligations hold no moment of 'now': late is derived.
 */
export interface Obligation {
  /** DUTY_ID, or DUTY_ID@recipient where the duty fans out. */
  readonly key: string;
  readonly dutyId: string;
  readonly duty: Duty;
  readonly recipient?: string;
  /** Id of the authority's file, null where it cannot be named. */
  readonly authority: string | null;
  readonly decision: Decision;
  /** The row's, or unverified where its force in this place is. */
  readonly confidence: Confidence;
  /** The facts that decide, sorted; empty unless undecided. */
  readonly missing: readonly string[];
  /** Facts without which the recipient cannot be named although the duty applies. */
  readonly recipientMissing: readonly string[];
  /** Why, most telling reason first. */
  readonly because: readonly TraceStep[];
  readonly dueAt: Temporal.Instant | null;
  readonly latestAt: Temporal.Instant | null;
  readonly noNumber: boolean;
  /** The clock or duty that has not started: `aware`, `notified:ID`, `lawEnforcementHold` … */
  readonly waitsFor?: string;
  readonly clockStartedAt?: Temporal.Instant;
  readonly zone: string;
  readonly place?: string;
  /** How the dates were found; for a duty that does not apply there are none. */
  readonly trace: readonly TraceStep[];
  readonly met?: Filing;
  /** Ids of limits that bear on it. */
  readonly limits: readonly string[];
  readonly regime: { readonly id: string; readonly hash: string };
}

/** A fault in a law file: 1-based line and column, a key and its values for the edges, and an English sentence. */
export interface LintProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly key: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly message: string;
}

export interface Authority {
  readonly id: string;
  readonly name: string;
  readonly short: string;
  readonly place: string;
  readonly kind: AuthorityKind;
  /** `public`, `private` or `telecom` where one place has several of a kind. */
  readonly competentFor?: readonly ('private' | 'public' | 'federal' | 'telecom')[];
  readonly languages: readonly string[];
  readonly site?: string;
  readonly form?: string;
  readonly checked: LawDate;
  readonly verified: boolean;
  readonly note?: string;
}
