import type { Temporal } from 'temporal-polyfill';

/** The five stages of a response, in order. Closing the last one closes the incident. */
export const STAGES = ['detect', 'contain', 'assess', 'notify', 'review'] as const;
export type Stage = (typeof STAGES)[number];

/** Who owns a task. In a shop of three, one person holds several roles. */
export const OWNER_ROLES = ['staff', 'responder', 'legal', 'dpo', 'administrator'] as const;
export type OwnerRole = (typeof OWNER_ROLES)[number];

/** Whom a prepared notice tells. */
export const RECIPIENTS = [
  'authority',
  'people',
  'controllers',
  'acquirer',
  'bank',
  'csirt',
  'finder',
  'host',
  'insurer',
  'partners',
  'payment-provider',
  'plugin-author',
  'police',
  'recipients',
  'staff',
  'supplier',
] as const;
export type Recipient = (typeof RECIPIENTS)[number];

/**
 * What a gate may ask of the incident itself, beside the facts of the law (`risk`, `data.encrypted` …) and the
 * playbook's own `answers.*`. The incident says for each whether it stands.
 */
export const MATTERS = {
  'incident.kind': 'the kind of incident',
  'incident.reporter': 'who noticed it',
  'incident.leader': 'who leads the response',
  'incident.awareness': 'the moment of awareness, or the reason why it is not fixed yet',
  'incident.riskReason': 'the reason for the decision on risk',
  'incident.dutiesDecided': 'for each duty whether it applies, with the reason',
  'incident.dutiesSettled': 'each duty met, or decided otherwise with a reason',
  'incident.lettersSettled': 'each letter sent, bounced and posted, or the exception recorded',
  'incident.questionsOwned': 'an owner for each open question of an authority',
  'supplier.name': 'which supplier it is',
  'supplier.knewAt': 'when the supplier knew',
  'supplier.toldUsAt': 'when the supplier told us',
} as const;
export type Matter = keyof typeof MATTERS;

/**
 * When a task is due: a house target, never a legal deadline.
 * Periods are ISO 8601 durations of days and smaller units; a day is 24 hours.
 */
export type Due =
  | { readonly kind: 'clock'; readonly clock: 'detected' | 'aware'; readonly period: string }
  | { readonly kind: 'before-authority'; readonly period: string }
  | { readonly kind: 'before-letters' }
  | { readonly kind: 'after-stage'; readonly stage: Stage; readonly period: string };

/** One step, for one person, on one screen. */
export interface Task {
  /** Unique within the assembled playbook, in kebab-case. */
  readonly id: string;
  /** Imperative, under 60 characters. */
  readonly title: string;
  /** What to do, in plain words. Paragraphs are separated by an empty line. */
  readonly what: string;
  readonly owner: OwnerRole;
  readonly required: boolean;
  readonly due?: Due;
  /** The evidence asked for. */
  readonly keep: string;
  /** CEL over facts, `answers.*` and `duties.*`; absent: the task always shows. */
  readonly when?: string;
  /** The task may stay open while stages close; no gate waits for it. */
  readonly openUntilEnd: boolean;
  /** `system.topic` (or `*.topic`) of places-to-click.yaml. */
  readonly clicks: readonly string[];
  /** The trunk task in whose place this one stands. */
  readonly refines?: string;
  /** Whose notice the task prepares, where that may have a legal deadline: the task is never due after it. */
  readonly serves?: 'authority' | 'people';
  /** Whether the common trunk or the playbook itself brought the task. */
  readonly from: 'trunk' | 'playbook';
  /** Of a task in another language than the playbook's: English words are among it. */
  readonly lang?: 'en';
}

/** What must be there before a stage closes. It never locks a task. */
export interface Gate {
  /** Tasks by id that the gate waits for beside every required task of its stage. */
  readonly tasks: readonly string[];
  /** Names of facts, `answers.*` and matters of the incident that must be known. */
  readonly facts: readonly string[];
}

export interface StagePlan {
  readonly id: Stage;
  /** In the order in which they are shown: the most urgent first. */
  readonly tasks: readonly Task[];
  readonly gate: Gate;
}

export type AskType = 'bool' | 'choice' | 'int' | 'instant';

/** One of the playbook's own questions; its answer is `answers.ID`. */
export interface Ask {
  readonly id: string;
  readonly ask: string;
  readonly type: AskType;
  /** The stage in which the question is put. */
  readonly stage: Stage;
  /** For a choice: value -> what the page calls it, in the order of the page. */
  readonly values?: Readonly<Record<string, string>>;
  /**
   * The fact that an answer settles, so that the two are never two truths: `by` maps an answer (`true`, `false` or a
   * choice) to the value of the fact; an answer that `by` does not name leaves the fact unknown.
   */
  readonly sets?: { readonly fact: string; readonly by: Readonly<Record<string, string | boolean>> };
  /** As with a task. */
  readonly lang?: 'en';
}

/** A notice that the playbook prepares, and the task by which that is done. */
export interface NoticePlan {
  readonly to: Recipient;
  readonly task: string;
}

/** What a person reads before choosing a playbook. */
export interface About {
  readonly situation: string;
  readonly signs: readonly string[];
  readonly usualData: readonly string[];
  readonly severity: string;
  readonly goesWrong: readonly string[];
  /** As with a task. */
  readonly lang?: 'en';
}

/** A whole playbook: the trunk included, refined and left out. */
export interface Playbook {
  readonly id: string;
  readonly title: string;
  /** As with a task; of the title. */
  readonly lang?: 'en';
  readonly version: number;
  /** Lowercase hex SHA-256 of `text`. */
  readonly hash: string;
  /** The whole text as kept with an incident: the playbook's file and, as a second YAML document, its trunk. */
  readonly text: string;
  readonly kind: string;
  readonly about: About;
  /** CEL: when the playbook is suggested. */
  readonly suggestedWhen: string;
  readonly asks: readonly Ask[];
  /** All five, in order. */
  readonly stages: readonly StagePlan[];
  readonly notices: readonly NoticePlan[];
}

/** A fault of a file, at the place where it stands. Lines and columns count from 1. */
export interface LintProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export type Answer = boolean | string | number | Temporal.Instant;
/** A missing answer is unknown. A choice is its value, an int a whole number, an instant an instant. */
export type Answers = Readonly<Record<string, Answer>>;

/**
 * Worked out by the law engine: true when at least one duty of that kind applies or is still undecided.
 * Missing: not yet worked out, which is unknown.
 */
export interface DutiesAtStake {
  readonly authority?: boolean;
  readonly people?: boolean;
}

export type Shows = 'yes' | 'no' | 'undecided';

/** A task as it stands in an incident. */
export interface TaskShown {
  readonly task: Task;
  readonly stage: Stage;
  /** `undecided` is shown too, as 'does this apply?'. */
  readonly shows: Shows;
  /** The facts and answers that decide, when undecided. */
  readonly missing: readonly string[];
}

/** An obligation as far as the playbook's moments need it. */
export interface ObligationMoment {
  readonly to: 'authority' | 'people' | 'other';
  /** Not yet met, nor decided otherwise, nor known not to apply. */
  readonly open: boolean;
  /** `null`: no number in the law, or the clock has not started (then `waitsFor` says for what). */
  readonly dueAt: Temporal.Instant | null;
  readonly waitsFor?: string;
}

export interface DueInput {
  readonly detectedAt: Temporal.Instant;
  readonly awareAt?: Temporal.Instant;
  readonly obligations: readonly ObligationMoment[];
  readonly stageClosedAt: Partial<Readonly<Record<Stage, Temporal.Instant>>>;
}

/** `at: null` with `waitsFor`: the stage whose close starts the period. A task without a due moment has neither. */
export interface DueMoment {
  readonly at: Temporal.Instant | null;
  readonly waitsFor?: Stage;
  /** Why this moment: for the page, and so that a person can check it. */
  readonly basis:
    | 'none'
    | 'after-detection'
    | 'after-awareness'
    | 'detection-stands-in'
    | 'before-duty'
    | 'half-period'
    | 'no-number'
    | 'legal-deadline'
    | 'after-stage';
}

export type TaskState = 'open' | 'done' | 'not-needed';

export interface GateState {
  readonly open: boolean;
  readonly missing: {
    /** Ids of tasks that are neither done nor set aside with a reason. */
    readonly tasks: readonly string[];
    /** Names of facts, answers and matters. */
    readonly facts: readonly string[];
  };
}
