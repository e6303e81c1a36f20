import type { Temporal } from 'temporal-polyfill';
import type { ChainHead } from '../register/chain.ts';
import type { Entry, Json } from '../register/entry.ts';
import type { Notice } from '../notice/notice.ts';
import type { Stage } from '../playbook/types.ts';

export type { Stage };

/** A suspicion may have clocks already; a near miss has none and stands in the breach register all the same. */
export type IncidentState = 'suspicion' | 'breach' | 'near-miss';

/** Free text lies sealed in the notes; here is only which note, and the salted hash that proves its words. */
export interface NoteRef {
  readonly id: string;
  readonly hash: string;
}

/** What is known, or that it is not known and why; with who said so and when. Earlier values are in the register. */
export type Fact = {
  readonly at: Temporal.Instant;
  readonly by: string;
  readonly revision: number;
  /** Why it was decided so, where a decision wants a reason (the risk, a late awareness). */
  readonly because?: NoteRef;
} & ({ readonly value: Json } | { readonly unknown: NoteRef });

export interface StageRecord {
  readonly stage: Stage;
  readonly state: 'open' | 'closed';
  readonly at?: Temporal.Instant;
  readonly by?: string;
  /** Set when the gate was not open and a person with the right closed the stage all the same. */
  readonly overridden?: NoteRef;
}

export interface TaskRecord {
  readonly id: string;
  readonly state: 'open' | 'done' | 'not-needed';
  readonly assignee?: string;
  readonly at?: Temporal.Instant;
  readonly by?: string;
  /** What was done (kept as evidence), or why it was not needed. */
  readonly note?: NoteRef;
  readonly revision: number;
}

/**
 * A duty for this incident and this recipient, as it was last judged, and what came of it. The trace is not
 * kept: the law's text (`lawHash`) and the facts give it again. Whether it is late is never kept either.
 */
export interface Obligation {
  /** DUTY_ID, or DUTY_ID@recipient where a duty is owed to each of several. */
  readonly key: string;
  readonly duty: string;
  readonly recipient?: string;
  /** The id of the authority to tell, where it can be named. */
  readonly authority?: string;
  readonly notify: string;
  readonly decision: 'applies' | 'undecided' | 'does-not-apply';
  /** The facts that would decide it. */
  readonly missing: readonly string[];
  readonly startedAt: Temporal.Instant | null;
  readonly dueAt: Temporal.Instant | null;
  readonly latestAt: Temporal.Instant | null;
  /** Two ways of having no date: the law gives no number … */
  readonly noNumber: boolean;
  /** … or the clock has not started and waits for this. */
  readonly waitsFor?: string;
  /** Rises whenever the deadline moves; reminders of an older revision are void. */
  readonly revision: number;
  readonly lawHash: string;
  /** The first filing (or telling): it is the anchor, and with `dueAt` as it stood then it fixes lateness for ever. */
  readonly met?: {
    readonly at: Temporal.Instant;
    readonly by: string;
    readonly notice?: string;
    readonly dueAt: Temporal.Instant | null;
    /** False while items were still to follow: the law then waits for the rest. */
    readonly complete: boolean;
  };
  /** A person's decision against the computed answer, with its reason. */
  readonly decided?: {
    readonly as: 'not-owed';
    readonly at: Temporal.Instant;
    /** Who answers for it: only a person with the right to decide a duty can. */
    readonly by: string;
    readonly reason: NoteRef;
  };
  /** The last moment of which people were told, for the current revision. */
  readonly reminded?: { readonly moment: string; readonly at: Temporal.Instant };
}

/** Who had the data for us; `revision` rises with every change, and one that was never changed has none. */
export interface Supplier {
  readonly name: string;
  readonly revision?: number;
  readonly knewAt?: Temporal.Instant;
  readonly toldUsAt?: Temporal.Instant;
  readonly role?: 'processor' | 'controller' | 'joint-controller';
  readonly confirmed?: boolean;
}

/** For whom we process the data concerned. One that is no longer named keeps its id, which obligations hold. */
export interface Controller {
  readonly id: string;
  readonly name: string;
  /** A mail address or telephone number; '' where none is known. */
  readonly contact: string;
  readonly gone?: true;
}

/** Who leads the response: named by a person, where the owner of a new incident is only who logged it. */
export interface Leader {
  readonly user: string;
  readonly at: Temporal.Instant;
  readonly by: string;
}

/** That the people affected were forgotten; until `finishedAt` their data are still being destroyed. */
export interface Forgotten {
  readonly at: Temporal.Instant;
  readonly by: string;
  readonly reason: NoteRef;
  /** How many they were. */
  readonly people: number;
  /** Whether the incident's own notes went with them. */
  readonly withNotes: boolean;
  /** Why it was done although a letter was being sent, or people were not told yet. */
  readonly override?: NoteRef;
  readonly finishedAt?: Temporal.Instant;
}

/** Something that an authority asked us; the words lie in a note. */
export interface Question {
  readonly id: string;
  readonly text: NoteRef;
  readonly askedAt: Temporal.Instant;
  /** Who sees to the answer. */
  readonly owner?: string;
  readonly answered?: { readonly at: Temporal.Instant; readonly by: string; readonly note?: NoteRef };
  readonly revision: number;
}

/**
 * What the calculator of severity was told and advised, with the published cases that are nearest. Advice only: the
 * decision is the fact `risk`, with its reason, and the two may differ.
 */
export interface Assessment {
  readonly input: Json;
  readonly advice: {
    readonly dpc: number;
    readonly ei: number;
    readonly cb: number;
    readonly score: number;
    readonly level: string;
    readonly risk: string;
  };
  /** Ids of published cases, the nearest first. */
  readonly cases: readonly string[];
  readonly at: Temporal.Instant;
  readonly by: string;
  readonly revision: number;
}

/** What lists read, by projection: never more than is needed to draw a row. */
export interface Card {
  readonly reference: string;
  readonly title: string;
  readonly kind: string;
  readonly state: IncidentState;
  readonly drill: boolean;
  readonly speed?: number;
  readonly stage: Stage | 'closed';
  readonly owner: string;
  readonly loggedAt: Temporal.Instant;
  readonly people: number | null;
  readonly nextDueAt: Temporal.Instant | null;
  /** The clocks that matter most, and how many more the incident has. */
  readonly clocks: readonly CardClock[];
  readonly moreClocks: number;
  /** Who may see it; everybody of the organisation where nobody is named. */
  readonly restrictedTo?: readonly string[];
  readonly waiting: readonly {
    readonly notice: string;
    readonly kind: string;
    readonly since: Temporal.Instant;
    readonly authors: readonly string[];
  }[];
}

export interface CardClock {
  readonly key: string;
  readonly duty: string;
  readonly recipient?: string;
  readonly authority?: string;
  readonly decision: 'applies' | 'undecided';
  readonly startedAt: Temporal.Instant | null;
  readonly dueAt: Temporal.Instant | null;
  readonly noNumber: boolean;
  readonly waitsFor?: string;
}

/** A key that made a change, and what that change answered: a double click gets the same answer again. */
export interface SeenKey {
  readonly key: string;
  readonly result: Json;
}

/** The incident: one document, changed whole by compare-and-set on `version`. */
export interface Incident {
  readonly id: string;
  readonly organisation: string;
  readonly reference: string;
  readonly version: number;
  readonly state: IncidentState;
  /** An exercise: it has references and a chain of its own, and nothing of it leaves the house. */
  readonly drill: boolean;
  /** How many times as fast the clock of a drill runs; left out: in real time. */
  readonly speed?: number;
  /** What the playbook calls it: `supplier-breach`, … */
  readonly kind: string;
  readonly title: string;
  readonly loggedAt: Temporal.Instant;
  readonly loggedBy: string;
  readonly owner: string;
  readonly leader?: Leader;
  /** The only people who may know of it; everybody of the organisation where nobody is named. */
  readonly restrictedTo?: readonly string[];
  /** IANA zone of local times in this incident. */
  readonly zone: string;
  readonly playbook: { readonly id: string; readonly version: number; readonly hash: string };
  readonly facts: Readonly<Record<string, Fact>>;
  readonly answers: Readonly<Record<string, Fact>>;
  /** Prose for letters and notices, by name (`whatHappened`, `consequences`, `measures`), sealed. */
  readonly narrative: Readonly<Record<string, NoteRef>>;
  readonly supplier?: Supplier;
  readonly controllers?: readonly Controller[];
  readonly assessment?: Assessment;
  readonly questions: readonly Question[];
  readonly stages: readonly StageRecord[];
  readonly tasks: readonly TaskRecord[];
  readonly obligations: readonly Obligation[];
  readonly notices: readonly Notice[];
  readonly forgotten?: Forgotten;
  /** The last twenty keys of idempotency. */
  readonly seen: readonly SeenKey[];
  readonly register: ChainHead;
  /** Entries that are chained but not yet copied into the register. */
  readonly outbox: readonly Entry[];
  readonly card: Card;
}

/** The stage that is worked on: the first that is not closed, or `closed`. */
export function currentStage(stages: readonly StageRecord[]): Stage | 'closed' {
  return stages.find((record) => record.state === 'open')?.stage ?? 'closed';
}
