import type { Temporal } from 'temporal-polyfill';
import type { Card, Incident, NoteRef } from '../../domain/incident/incident.ts';
import type { ChainHead } from '../../domain/register/chain.ts';
import type { Entry } from '../../domain/register/entry.ts';

/** What references are counted in: incidents, and drills apart from them. */
export type Series = 'INC' | 'DRILL';

/** What is seen of an incident without reading it. */
export interface Glance {
  readonly id: string;
  readonly card: Card;
  /** The texts of law, by their hash, that its obligations name. */
  readonly laws: readonly string[];
}

/** Every call takes the organisation first: nothing of another one can be reached by an id. */
export interface Incidents {
  /**
   * Inserts a new incident under the next free reference of its year and series (INC-YYYY-NNNN, gapless): `make` is called
   * with the reference, again with the next one when another process was faster. If `key` made an incident before,
   * that one comes back and nothing is inserted.
   */
  insert(
    organisation: string,
    year: number,
    key: string | undefined,
    make: (reference: string) => Incident,
    series?: Series,
  ): Promise<{ readonly incident: Incident; readonly repeated: boolean }>;
  byId(organisation: string, id: string): Promise<Incident | null>;
  byReference(organisation: string, reference: string): Promise<Incident | null>;
  /** Compare-and-set: stores the incident if the stored version is `expected`; false if someone was faster. */
  replace(incident: Incident, expected: number): Promise<boolean>;
  /** What lists show, without reading whole incidents: open ones by next deadline, or all by reference, newest first. */
  cards(
    organisation: string,
    which: { readonly open: boolean; readonly limit?: number },
  ): Promise<readonly Glance[]>;
  /** Whole incidents of a series one by one, the newest reference first. */
  all(organisation: string, series: Series): AsyncIterable<Incident>;
  /** Ids of incidents that still have entries to copy into the register. */
  withOutbox(organisation: string): Promise<readonly string[]>;
  /** Ids of incidents that are not closed, for reconciling. */
  open(organisation: string): Promise<readonly string[]>;
  /** Ids of incidents with a letter in state `sending`. */
  sending(organisation: string): Promise<readonly string[]>;
  /** Ids of incidents whose people were to be forgotten, and whose data are not destroyed to the end. */
  forgetting(organisation: string): Promise<readonly string[]>;
  /** Removes copied entries up to a sequence; does not touch the version. */
  trimOutbox(organisation: string, id: string, upTo: number): Promise<void>;
  /** Head of every incident's chain, for verifying, in order of the ids. */
  heads(
    organisation: string,
  ): AsyncIterable<{ readonly id: string; readonly register: ChainHead; readonly outbox: readonly Entry[] }>;
}

/** Immutable texts by the SHA-256 of their words: playbooks, laws, notices that were sealed. */
export interface Texts {
  put(texts: readonly string[]): Promise<readonly string[]>;
  /** As they lie in the store; the caller hashes them again before relying on them. */
  get(hashes: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

/** A note whose words are sealed, but which lies nowhere yet: its reference can stand in a change that may be refused. */
export interface SealedNote {
  /** What a change names. */
  readonly ref: NoteRef;
  readonly organisation: string;
  readonly incident: string;
  readonly sealed: Uint8Array;
}

/** Free text, sealed at rest. The reference carries a salted hash, so that the words can be proven, not guessed. */
/** Something stored before its incident names it, of which nobody has seen yet that it is named. */
export interface Loose {
  readonly id: string;
  readonly incident: string;
  /** When it was first looked for and not found named; null if nobody looked yet. */
  readonly since: Temporal.Instant | null;
}

/** What a process leaves behind that dies between storing something and the incident's naming it. */
export interface LooseEnds {
  loose(organisation: string): Promise<readonly Loose[]>;
  /** Remembers that it was looked for at this moment and not found named. */
  stillLoose(organisation: string, id: string, at: Temporal.Instant): Promise<void>;
  /** It is named: nobody needs to look again. */
  tied(organisation: string, ids: readonly string[]): Promise<void>;
}

export interface NotesStore extends LooseEnds {
  /** Seals words under a new reference; nothing is stored before `keep`. */
  seal(organisation: string, incident: string, text: string): SealedNote;
  keep(notes: readonly SealedNote[]): Promise<void>;
  /** Takes notes back that nothing names. */
  remove(organisation: string, ids: readonly string[]): Promise<void>;
  read(organisation: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

/** The working copy of a notice; not chained, one document a notice. Its words are sealed at rest like notes. */
export interface Draft {
  readonly organisation: string;
  readonly incident: string;
  readonly notice: string;
  /** locale -> element -> the author's words; '' locale-free values stand under `*`. */
  readonly content: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Elements of which 'not yet known, will follow' was chosen. */
  readonly follows: readonly string[];
  /** What was typed into the fields of an authority's form, by canonical field. */
  readonly answers?: Readonly<Record<string, string>>;
  readonly revision: number;
  readonly at: Temporal.Instant;
  readonly by: string;
}

export interface Drafts {
  get(organisation: string, incident: string, notice: string): Promise<Draft | null>;
  /** Stores the draft if the stored revision is `draft.revision - 1` (or none for 1); false if someone was faster. */
  save(draft: Draft): Promise<boolean>;
  remove(organisation: string, incident: string, notices: readonly string[]): Promise<void>;
}

export interface RegisterStore {
  /** Copies entries; those that are there already are left as they are. */
  append(entries: readonly Entry[]): Promise<void>;
  /** The entries of one chain in order of their sequence; with `types` only those. */
  read(organisation: string, chain: string, types?: readonly string[]): Promise<readonly Entry[]>;
  /** Names of all chains that have entries. */
  chains(organisation: string): Promise<readonly string[]>;
}
