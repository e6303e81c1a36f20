import type {
  AuthorityKind,
  Confidence,
  CountingRule,
  Each,
  Kind,
  Notified,
  Obliged,
  RecipientRule,
  Status,
} from '../vocabulary.ts';
import type { Content, InForce, LawDate, Where } from '../types.ts';
import type { RawChange } from './changes.ts';

/** A law file as it is written, after its shape was checked. */
export interface RawPeriodChoice {
  readonly when?: string;
  readonly period: string;
}

export type RawPeriod = string | readonly RawPeriodChoice[];

export type RawCounting =
  | CountingRule
  | {
      readonly rule: CountingRule;
      readonly calendar?: string;
      readonly endOfDay?: string;
      readonly relief?: 'dora';
      readonly parts?: readonly { readonly clock: string; readonly period: string }[];
    };

export type RawCitation = string | { readonly text: string; readonly link?: string };

interface RawShared {
  readonly confidence?: Confidence;
  readonly status?: Status;
  readonly since?: LawDate;
  readonly until?: LawDate;
  readonly sinceNote?: string;
  readonly where?: Where;
  readonly inForce?: readonly InForce[];
  readonly zone?: string;
  readonly link?: string;
}

export interface RawVersion {
  readonly since?: LawDate;
  readonly until: LawDate;
  readonly note?: string;
  readonly provision?: string;
  readonly when?: string;
  readonly clock?: string;
  readonly period?: RawPeriod;
  readonly counting?: RawCounting;
  readonly with?: string;
}

export interface RawDuty extends RawShared {
  readonly id: string;
  readonly title: string;
  readonly kind?: Kind;
  readonly provision?: string;
  readonly citation?: RawCitation;
  readonly obliged?: Obliged;
  readonly notify?: Notified;
  readonly whom?: string;
  readonly to?: readonly string[];
  readonly authority?: AuthorityKind;
  readonly each?: Each;
  readonly recipients?: RecipientRule;
  readonly stateThreshold?: { readonly moreThan?: number; readonly atLeast?: number };
  readonly when?: string;
  readonly ask?: string;
  readonly unless?: readonly {
    readonly id: string;
    readonly title: string;
    readonly when: string;
    readonly source: string;
  }[];
  readonly hold?: { readonly period: string; readonly counting?: RawCounting; readonly source: string };
  readonly clock?: string;
  readonly period?: RawPeriod;
  readonly counting?: RawCounting;
  readonly with?: string;
  readonly before?: string;
  readonly formOf?: string;
  readonly formFor?: readonly string[];
  readonly alsoMeets?: readonly string[];
  readonly covers?: string;
  readonly excludes?: readonly string[];
  readonly content?: Content;
  readonly phases?: boolean;
  readonly late?: boolean;
  readonly notes?: readonly string[];
  readonly history?: readonly RawVersion[];
}

export interface RawLimit {
  readonly id: string;
  readonly title: string;
  readonly limits: string;
  readonly provision: string;
  readonly citation?: RawCitation;
  readonly confidence?: Confidence;
  readonly since?: LawDate;
  readonly until?: LawDate;
  readonly sinceNote?: string;
  readonly link?: string;
  readonly established: readonly string[];
}

export interface RawRegime extends RawShared {
  readonly regime: string;
  readonly title: string;
  readonly law?: string;
  readonly changes?: readonly RawChange[];
  readonly notes?: readonly string[];
  readonly terms?: Readonly<Record<string, { readonly means: string; readonly when: string }>>;
  readonly duties: readonly RawDuty[];
  readonly limits?: readonly RawLimit[];
}
