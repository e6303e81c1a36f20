import type { Temporal } from 'temporal-polyfill';
import type { SendingRules } from '../../domain/people/sending-rules.ts';
import type { Place, Places } from '../../domain/playbook/places.ts';
import type { Dictionary } from '../../domain/playbook/translate.ts';
import type { LintProblem, Playbook, Task } from '../../domain/playbook/types.ts';
import type { Answers, ApiTokens } from './api.ts';
import type { FormBook } from '../../domain/notice/form/form-book.ts';
import type { Law } from './law.ts';
import type { Incidents, NotesStore, Texts, RegisterStore, Drafts } from './stores.ts';
import type { EvidenceStore } from './evidence.ts';
import type { ListFiles } from './list-files.ts';
import type { ListUploads } from './list-uploads.ts';
import type { Lists } from './people.ts';
import type { CopyGuard } from './copy-guard.ts';
import type { Deliveries } from './deliveries.ts';
import type { Dispatches } from './dispatches.ts';
import type { Organisations, Tokens, Users } from './staff.ts';
import type { LetterPost, StaffPost } from './post.ts';
import type { NoticeWriter } from './notices.ts';
import type { MailFiles, Printer } from './print.ts';

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

export interface Playbooks {
  all(): readonly Playbook[];
  byId(id: string): Playbook | null;
  /** The text that an incident started with, from its hash. */
  byHash(hash: string): Promise<Playbook | null>;
  /** The words of another language, by the English ones; null where there are none. */
  words(locale: string): Dictionary | null;
  /** Where to click for a task, as menus stand today: unlike a playbook's text it is never kept with an incident. */
  placesFor(task: Pick<Task, 'clicks'>): readonly Place[];
  /** The day of the last check of these places, and the mail to a host that is ready to copy. */
  readonly whereToClick: Pick<Places, 'checkedOn' | 'hostLetter'>;
  /** Whether the playbook of this id is a shop's own, not one that came with the program. */
  isOwn(id: string): boolean;
  /** Faults of all files as they were read at start; a faulty file is not used. */
  readonly problems: readonly LintProblem[];
}

/** The next moment at which a clock rings, and others that fall together with it. */
export interface Wake {
  /** The key of the obligation, or of the first of several. */
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
  readonly evidence: EvidenceStore;
  readonly register: RegisterStore;
  readonly lists: Lists;
  readonly listUploads: ListUploads;
  readonly listFiles: ListFiles;
  readonly deliveries: Deliveries;
  readonly dispatches: Dispatches;
  readonly organisations: Organisations;
  readonly users: Users;
  readonly tokens: Tokens;
  readonly apiTokens: ApiTokens;
  readonly answers: Answers;
  readonly scheduler: Scheduler;
  readonly staffPost: StaffPost;
  readonly letterPost: LetterPost;
  readonly noticeWriter: NoticeWriter;
  /** The forms of the authorities, with the words of their fields. */
  readonly forms: FormBook;
  readonly printer: Printer;
  readonly mailFiles: MailFiles;
  /** Missing where nothing can tell a copy of this store from itself (a MongoDB elsewhere). */
  readonly copyGuard?: CopyGuard;
  /** What holds for every letter that is sent. */
  readonly sending: SendingRules;
  /** The address of this installation in mails, without a slash at the end. */
  readonly url: string;
}
