import type { Temporal } from 'temporal-polyfill';
import type { Role } from '../../domain/access/roles.ts';
import type { Judged } from '../../domain/incident/judgement.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import type { Place, Places } from '../../domain/playbook/places.ts';
import type { Playbook, Task } from '../../domain/playbook/types.ts';
import type { Incidents, NotesStore, Texts, RegisterStore, Drafts } from './stores.ts';
import type { Lists } from './people.ts';
import type { Organisation, Organisations, Tokens, Users } from './staff.ts';
import type { LetterPost, StaffPost } from './post.ts';
import type { NoticeWriter } from './notices.ts';

/** The time. Injected everywhere, so that a drill can run on compressed time and a test on any. */
export interface Clock {
  now(): Temporal.Instant;
}

/** Chance, injected: ids that nobody can guess. */
export interface Ids {
  /** A random identifier for a document (UUID). */
  id(): string;
  /** 256 random bits, URL-safe: for links that open something. */
  secret(): string;
  /** A number in [0, 1), for jitter only. */
  jitter(): number;
}

/** argon2id. Verifying takes the same time whether or not there is a hash. */
export interface Passwords {
  hash(password: string): Promise<string>;
  verify(hash: string | null, password: string): Promise<boolean>;
}

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
  /** Whether this is a country or one of its parts that the law knows (ISO 3166). */
  isPlace(code: string): boolean;
}

export interface AuthorityText {
  readonly id: string;
  readonly name: string;
  readonly short: string;
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

export interface Playbooks {
  all(): readonly Playbook[];
  byId(id: string): Playbook | null;
  /** The text that an incident started with, from its hash. */
  byHash(hash: string): Promise<Playbook | null>;
  /** Where to click for a task, as menus stand today: unlike a playbook's text it is never kept with an incident. */
  placesFor(task: Pick<Task, 'clicks'>): readonly Place[];
  /** The day of the last check of these places, and the mail to a host that is ready to copy. */
  readonly whereToClick: Pick<Places, 'checkedOn' | 'hostLetter'>;
}

/** The next moment at which one clock rings. */
export interface Wake {
  /** The obligation's key. */
  readonly key: string;
  readonly revision: number;
  readonly at: Temporal.Instant;
}

/** Makes the clocks ring. Jobs are a cache of the truth: whatever is lost here, reconciling builds again. */
export interface Scheduler {
  /** Sees to it that each of these moments has its job. Jobs of moments that no longer count do nothing when they run. */
  wake(organisation: string, incident: string, wakes: readonly Wake[]): Promise<void>;
  /** Starts, or goes on with, sending an approved letter. */
  dispatch(organisation: string, incident: string, notice: string): Promise<void>;
}

export interface Recipient {
  readonly user: string;
  readonly email: string;
  readonly name: string;
  readonly locale: string;
  readonly roles: readonly Role[];
}

/** Everything that a use case may need; each asks only for its part of it. */
export interface House {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly passwords: Passwords;
  readonly law: Law;
  readonly playbooks: Playbooks;
  readonly incidents: Incidents;
  readonly texts: Texts;
  readonly notes: NotesStore;
  readonly drafts: Drafts;
  readonly register: RegisterStore;
  readonly lists: Lists;
  readonly organisations: Organisations;
  readonly users: Users;
  readonly tokens: Tokens;
  readonly scheduler: Scheduler;
  readonly staffPost: StaffPost;
  readonly letterPost: LetterPost;
  readonly noticeWriter: NoticeWriter;
  /** The address of this installation in mails, without a slash at the end. */
  readonly url: string;
}
