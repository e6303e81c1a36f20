import type { Temporal } from 'temporal-polyfill';
import type { ExampleCase } from '../../domain/law/cases.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import type { Judged } from '../../domain/incident/judgement.ts';
import type { Where } from '../../domain/law/types.ts';
import type { Organisation } from './staff.ts';

/** The law as installed. */
export interface Law {
  /**
   * Judges every duty for the incident's facts over its organisation's profile.
   * Includes the duties that do not apply.
   */
  judge(incident: Incident, organisation: Organisation): readonly Judged[];
  /** By obligation: how its deadline was computed and why it was judged so, each step with its source. */
  explain(incident: Incident, organisation: Organisation): ReadonlyMap<string, Explanation>;
  /** Title, citation and content elements of a duty. */
  duty(id: string): DutyText | null;
  /** The authority of that id: whom to tell, in which languages, by which form. */
  authority(id: string): AuthorityText | null;
  /** The texts by which incidents are judged, by hash, to be kept with them. */
  texts(): ReadonlyMap<string, string>;
  /** The law files, each by its own id with the hash of its text. */
  regimes(): readonly RegimeHead[];
  /**
   * This law with other texts in place of those of the same files: the law by which an incident was judged before.
   * A text that can no longer be read beside the others is left out and named.
   */
  keeping(texts: ReadonlyMap<string, string>): { readonly law: Law; readonly unreadable: readonly string[] };
  /** Published examples of breaches, with what is to be done about each. */
  cases(): readonly ExampleCase[];
  /** Whether this is a country or one of its parts that the law knows (ISO 3166). */
  isPlace(code: string): boolean;
}

export interface RegimeHead {
  readonly id: string;
  readonly title: string;
  /** SHA-256 of its text. */
  readonly hash: string;
}

export interface AuthorityText {
  readonly id: string;
  readonly name: string;
  readonly short: string;
  /** ISO 3166, or `EU`. */
  readonly place: string;
  readonly languages: readonly string[];
  /** The address of its web form, or of its site. */
  readonly form?: string;
  readonly site?: string;
  readonly verified: boolean;
}

export interface DutyText {
  readonly id: string;
  readonly title: string;
  readonly citation: string;
  readonly link?: string;
  readonly notify: string;
  readonly confidence: 'sure' | 'likely' | 'unverified';
  readonly status: string;
  /** The element keys that a notice for it must contain. */
  readonly content: readonly string[];
  /** Whether an element may follow later (notice in phases). */
  readonly phases: boolean;
  /** The duty whose filing starts its clock: its notice goes on from that one. */
  readonly after?: string;
  /** Where it applies, by an establishment or by people there; absent where neither decides. */
  readonly where?: Where;
  /** The question, in the law file's own words, that `answered.ID` settles. */
  readonly ask?: string;
}

export interface TraceLine {
  readonly key: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly cite?: string;
  /** The instant to which this step led. */
  readonly at?: Temporal.Instant;
}

export interface Explanation {
  readonly trace: readonly TraceLine[];
  /** Why it applies, does not, or is undecided; the most telling reason first. */
  readonly because: readonly TraceLine[];
  readonly confidence: 'sure' | 'likely' | 'unverified';
  /** Facts without which the recipient cannot be named although the duty applies. */
  readonly recipientMissing: readonly string[];
  readonly dueAt: Temporal.Instant | null;
  readonly latestAt: Temporal.Instant | null;
  readonly zone: string;
}
