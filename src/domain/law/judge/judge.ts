import { Temporal } from 'temporal-polyfill';
import { isUnknown } from '../conditions/truth.ts';
import type { LawBook } from '../law-book.ts';
import type { Duty, Facts, Obligation } from '../types.ts';
import type { WorkingDays } from '../working-days.ts';
import { filingFor } from './clocks.ts';
import { Dater } from './dates.ts';
import { Decider, type Standing } from './decide.ts';
import { liesIn } from '../places.ts';
import type { Confidence } from '../vocabulary.ts';
import { establishmentsKnown, isEstablished } from './places.ts';
import { fansOut, type Recipient } from './recipients.ts';

export interface JudgeDeps {
  readonly workingDays: WorkingDays;
  /** Only for incidents of which no moment is known: by whose law they are judged. Never makes anything late. */
  readonly now?: Temporal.Instant;
  /** The controllers that a processor serves: one obligation each, where a duty fans out to controllers. */
  readonly controllers?: readonly string[];
}

/**
 * Judges facts by the law: one obligation for each duty and recipient, those that do not apply among them, in the
 * order of the book. A fact that is unknown turns nothing off: the obligation is undecided and names what decides.
 */
export function judge(facts: Facts, law: LawBook, deps: JudgeDeps): readonly Obligation[] {
  // What is missing is told by errors, and their stacks would be most of the cost.
  const depth = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return new Judging(facts, law, deps).all();
  } finally {
    Error.stackTraceLimit = depth;
  }
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

const NOTHING: readonly never[] = [];

class Judging {
  private readonly facts: Facts;
  private readonly law: LawBook;
  private readonly decider: Decider;
  private readonly dater: Dater;
  private readonly controllers: readonly string[];

  constructor(facts: Facts, law: LawBook, deps: JudgeDeps) {
    this.facts = facts;
    this.law = law;
    this.decider = new Decider(facts, law, deps.now);
    this.dater = new Dater(this.decider, deps.workingDays);
    this.controllers = deps.controllers ?? [];
  }

  all(): readonly Obligation[] {
    return [...this.law.duties.keys()].flatMap((id) => this.obligations(this.decider.standing(id)));
  }

  private obligations(standing: Standing): readonly Obligation[] {
    const { truth } = standing;
    if (truth === false) return [this.refused(standing)];
    const recipients = this.recipients(standing);
    const fanned = recipients.map((recipient) => this.obligation(standing, recipient));
    if (truth === true) return fanned;
    // To be decided is one question, whoever would be told: the earliest date is what to work to.
    const [first, ...rest] = fanned;
    if (!first) return [];
    const earliest = rest.reduce((a, b) => (isEarlier(b, a) ? b : a), first);
    return [rest.length === 0 ? earliest : { ...earliest, authority: null }];
  }

  /** Whom an applying duty tells; `undefined` stands for the one obligation of a duty that does not fan out. */
  private recipients(standing: Standing): readonly (Recipient | undefined)[] {
    const { duty } = standing.version;
    if (duty.each === 'controller') {
      const known = this.controllers.map((key): Recipient => ({ key, authority: null }));
      return known.length > 0 ? known : [undefined];
    }
    const { known } = standing.recipients;
    if (!fansOut(duty)) return known.length === 1 ? known : [undefined];
    return known.length > 0 ? known : [undefined];
  }

  // Hundreds of these are made for each judgement: plain literals, since spreading them was most of the cost.
  private refused({ id, version: { duty }, because }: Standing): Obligation {
    return {
      key: id,
      dutyId: id,
      duty,
      authority: null,
      decision: 'does-not-apply',
      confidence: duty.confidence,
      missing: NOTHING,
      recipientMissing: NOTHING,
      because,
      dueAt: null,
      latestAt: null,
      noNumber: false,
      zone: duty.zone ?? this.facts.zone ?? 'UTC',
      trace: NOTHING,
      limits: NOTHING,
      regime: duty.regime,
    };
  }

  private obligation(standing: Standing, recipient: Recipient | undefined): Obligation {
    const { version, truth, because } = standing;
    const { duty } = version;
    const dates = this.dater.datesOf(version, recipient);
    const told = fansOut(duty) && truth === true ? recipient?.key : undefined;
    const obligation: Writable<Obligation> = {
      key: told === undefined ? duty.id : `${duty.id}@${told}`,
      dutyId: duty.id,
      duty,
      authority: recipient?.authority ?? null,
      decision: isUnknown(truth) ? 'undecided' : 'applies',
      confidence: this.confidence(duty, recipient),
      missing: isUnknown(truth) ? [...truth.missing].sort() : NOTHING,
      recipientMissing: recipient && recipient.authority !== null ? NOTHING : standing.recipients.missing,
      because,
      dueAt: dates.dueAt,
      latestAt: dates.latestAt,
      noNumber: dates.noNumber,
      zone: dates.zone,
      trace: dates.trace,
      limits: this.limitsOn(duty),
      regime: duty.regime,
    };
    const met = filingFor(duty.id, told, this.facts);
    if (told !== undefined) obligation.recipient = told;
    if (dates.waitsFor !== undefined) obligation.waitsFor = dates.waitsFor;
    if (dates.clockStartedAt) obligation.clockStartedAt = dates.clockStartedAt;
    if (dates.place !== undefined) obligation.place = dates.place;
    if (met) obligation.met = met;
    return obligation;
  }

  /** Where the day of force in the state concerned is not known, the row is judged as in force but not as verified. */
  private confidence(duty: Duty, recipient: Recipient | undefined): Confidence {
    if (!duty.inForce) return duty.confidence;
    const here = recipient?.place === undefined ? establishmentsKnown(this.facts) : [recipient.place];
    const applied = duty.inForce.filter(({ place }) => here.some((one) => liesIn(one, place) === 'yes'));
    return applied.length > 0 && applied.every(({ since }) => since === null)
      ? 'unverified'
      : duty.confidence;
  }

  private limitsOn(duty: Duty): readonly string[] {
    if (!this.law.limits.some((limit) => limit.limits === duty.id)) return NOTHING;
    const day = this.decider.dayOfLaw(duty);
    return this.law.limits
      .filter((limit) => limit.limits === duty.id)
      .filter(({ since, until }) => day === undefined || ((since ?? day) <= day && day <= (until ?? day)))
      .filter((limit) => isEstablished(this.facts, limit.established, []) === true)
      .map((limit) => limit.id);
  }
}

function isEarlier(a: Obligation, b: Obligation): boolean {
  return a.dueAt !== null && (b.dueAt === null || Temporal.Instant.compare(a.dueAt, b.dueAt) < 0);
}
