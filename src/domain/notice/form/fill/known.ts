import type { Temporal } from 'temporal-polyfill';
import type { Supplier } from '../../../incident/incident.ts';
import type { Facts } from '../../../law/types.ts';
import type { Sender } from '../../content.ts';
import type { Values } from '../fields.ts';

/** A person of the organisation, as a notice names them. */
export interface Reporter {
  readonly name: string;
  readonly contact: string;
  readonly isDpo: boolean;
}

/** What became of telling the people. */
export interface Told {
  /** How the duty to tell them was judged: GDPR art. 34 or its like; null where no such duty stands. */
  readonly duty: 'met' | 'applies' | 'undecided' | 'does-not-apply' | null;
  readonly at?: Temporal.Instant;
  /** Letters that went out, of how many. */
  readonly sent?: { readonly told: number; readonly of: number };
}

/** Everything from which a notice is filled before anybody writes a word. */
export interface Known {
  /** The incident's facts over the organisation's profile. */
  readonly facts: Facts;
  /** Names of facts of which a person said that they are unknown. */
  readonly unknown: ReadonlySet<string>;
  /** Where the authority sits (ISO 3166); its own residents are counted apart where it is part of a country. */
  readonly authorityPlace?: string;
  /** INC-YYYY-NNNN. */
  readonly reference: string;
  /** The id of the playbook. */
  readonly playbook: string;
  /** The ids of the duties that the notice meets; the first gives its legal ground. */
  readonly duties: readonly string[];
  readonly organisation: Sender;
  readonly reporter?: Reporter;
  readonly supplier?: Supplier;
  readonly told: Told;
  /** What an earlier filing with the same authority gave us; null where this is the first. */
  readonly earlier: { readonly reference: string; readonly acknowledgedAt?: Temporal.Instant } | null;
  /** Other bodies that were told, each in one line. */
  readonly othersTold: readonly string[];
  /** EEA states whose authorities are told or to be told. */
  readonly authorities: readonly string[];
  /** The level that the severity method advised. */
  readonly severity?: string;
  /** Free text as people wrote it; what is empty is not known. */
  readonly words: Values;
}
