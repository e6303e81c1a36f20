import type { Temporal } from 'temporal-polyfill';
import type { Condition } from '../conditions/condition.ts';
import { Evaluation, type DutyContext } from '../conditions/evaluate.ts';
import { ANY_AUTHORITY } from '../conditions/questions.ts';
import { anyOf, not, or, union, unknown, type Truth, type Unknown } from '../conditions/truth.ts';
import { dayOf } from '../counting/days-off.ts';
import type { CompiledDuty, LawBook, Version } from '../law-book.ts';
import { countryOf } from '../places.ts';
import type { Duty, Facts, TraceStep } from '../types.ts';
import { CLOCK_FACTS, type Role } from '../vocabulary.ts';
import { clockStart, type Start } from './clocks.ts';
import { hasPeople, isEstablished } from './places.ts';
import { recipientsOf, type Area, type Recipient, type Recipients } from './recipients.ts';

/** Whether a duty applies to these facts, why, and whom it tells. */
export interface Standing {
  readonly id: string;
  readonly version: Version;
  readonly truth: Truth;
  readonly because: readonly TraceStep[];
  readonly recipients: Recipients;
}

interface Part {
  readonly truth: Truth;
  readonly because: () => TraceStep;
}

/** What speaks for and against a duty, in order: the first no refuses it, whatever comes after. */
class Weighing {
  refusal: TraceStep | undefined;
  readonly open: TraceStep[] = [];
  private readonly unknowns: Unknown[] = [];

  /** False once the duty is refused. */
  weigh({ truth, because }: Part): boolean {
    if (truth === false) this.refusal = because();
    else if (truth !== true) {
      this.unknowns.push(truth);
      this.open.push(because());
    }
    return truth !== false;
  }

  get truth(): Truth {
    return this.refusal ? false : this.unknowns.length === 0 || union(this.unknowns);
  }
}

const CONTROLLERS: readonly Role[] = ['controller', 'joint-controller'];
const PROCESSORS: readonly Role[] = ['processor'];
const NO_ROLE = unknown(['role']);

/** Decides duties for one set of facts, each once: `owed()` and forms ask the same answers. */
export class Decider {
  readonly facts: Facts;
  readonly book: LawBook;
  readonly evaluation: Evaluation;
  private readonly now: Temporal.Instant | undefined;
  private readonly standings = new Map<string, Standing>();
  private readonly localDays = new Map<string, Map<Temporal.Instant, string>>();
  private readonly covered = new Map<string, Truth>();
  private readonly owing = new Map<string, Truth>();

  constructor(facts: Facts, book: LawBook, now: Temporal.Instant | undefined) {
    this.facts = facts;
    this.book = book;
    this.now = now;
    this.evaluation = new Evaluation(facts, {
      standsFor: (id) => this.book.duties.get(id)?.standIns ?? [id],
    });
  }

  standing(id: string): Standing {
    const kept = this.standings.get(id);
    if (kept) return kept;
    const found = this.decide(this.compiled(id));
    this.standings.set(id, found);
    return found;
  }

  /** Whether a duty, or a national form of it, is owed. */
  owed(id: string): Truth {
    const kept = this.owing.get(id);
    if (kept !== undefined) return kept;
    const ids = id === ANY_AUTHORITY ? this.book.toAuthorities : [id, ...this.compiled(id).forms];
    const owed = anyOf(this.each(ids));
    this.owing.set(id, owed);
    return owed;
  }

  private *each(ids: readonly string[]): Generator<Truth> {
    for (const id of ids) yield this.standing(id).truth;
  }

  truth(condition: Condition, day: string | undefined): Truth {
    const context: DutyContext = { owed: (id) => this.owed(id), day: day ?? '9999-12-31' };
    return this.evaluation.truth(condition.root, context);
  }

  /** The moment at which a duty's clock started, for a recipient. */
  start(duty: Duty, recipient?: string): Start {
    return clockStart(duty, this.facts, this.book, recipient);
  }

  /** The day by whose law a duty is judged: that of its clock, else the best known of the incident, else today. */
  dayOfLaw(duty: Duty): string | undefined {
    const { moments, zone } = this.facts;
    const started = duty.clock.kind === 'fact' ? moments[CLOCK_FACTS[duty.clock.name]] : this.start(duty).at;
    const at = started ?? moments.awareAt ?? moments.detectedAt ?? moments.occurredAt ?? this.now;
    return at && this.localDay(at, duty.zone ?? zone ?? 'UTC');
  }

  // Most duties share a few moments and zones, and the conversion is the dearest step of deciding.
  private localDay(at: Temporal.Instant, zone: string): string {
    let inZone = this.localDays.get(zone);
    if (!inZone) {
      inZone = new Map<Temporal.Instant, string>();
      this.localDays.set(zone, inZone);
    }
    let day = inZone.get(at);
    if (day === undefined) {
      day = dayOf(at, zone).toString();
      inZone.set(at, day);
    }
    return day;
  }

  private compiled(id: string): CompiledDuty {
    const duty = this.book.duties.get(id);
    if (!duty) throw new Error(`no duty ${id}`);
    return duty;
  }

  private decide(compiled: CompiledDuty): Standing {
    const version = this.versionOf(compiled);
    const current = version ?? compiled.versions[0];
    const { duty } = current;
    const never = neverApplies(duty, version);
    if (never) return refused(compiled.id, current, never);
    const day = this.dayOfLaw(duty);
    const area = this.area(compiled, duty, day);
    const weighing = new Weighing();
    const told =
      weighing.weigh(this.placePart(compiled, duty, area)) &&
      this.parts(current, day, weighing) &&
      this.exclusions(compiled, day, weighing) &&
      this.told(compiled, duty, area, day);
    if (told) weighing.weigh(told);
    if (!told || weighing.refusal) return refused(compiled.id, current, weighing.refusal ?? applies(duty));
    return {
      id: compiled.id,
      version: current,
      truth: weighing.truth,
      because: weighing.open.length > 0 ? weighing.open : [applies(duty)],
      recipients: told.recipients,
    };
  }

  private versionOf(compiled: CompiledDuty): Version | undefined {
    return compiled.versions.find((version) => {
      const day = this.dayOfLaw(version.duty);
      if (day === undefined) return version.until === null;
      return (
        (version.since === null || version.since <= day) && (version.until === null || day <= version.until)
      );
    });
  }

  /** Where a duty applies on a day: its own places, the states in which it is in force, less those with a form. */
  private area(compiled: CompiledDuty, duty: Duty, day: string | undefined): Area {
    const { where } = duty;
    const established = placesInForce(duty, day) ?? where?.established ?? this.rowArea(duty).established;
    const without = byAuthority(duty) ? [] : this.formCountries(compiled, day);
    return { established, people: where?.people ?? this.rowArea(duty).people, without };
  }

  // A form that goes by the authority told applies where its row does.
  private rowArea(duty: Duty): {
    readonly established: readonly string[];
    readonly people: readonly string[];
  } {
    const row = duty.formOf === undefined ? undefined : this.compiled(duty.formOf).versions[0].duty;
    return { established: row?.where?.established ?? [], people: row?.where?.people ?? [] };
  }

  /** Countries in which a form of this duty is in force on a day. */
  private formCountries(compiled: CompiledDuty, day: string | undefined): readonly string[] {
    return compiled.forms.flatMap((id) => {
      const form = this.compiled(id);
      const inForce = form.versions.find(
        ({ since, until }) =>
          day === undefined || ((since === null || since <= day) && (until === null || day <= until)),
      );
      return inForce ? (placesInForce(inForce.duty, day) ?? inForce.duty.formFor ?? []) : [];
    });
  }

  private placePart(compiled: CompiledDuty, duty: Duty, area: Area): Part {
    const nowhere = area.established.length === 0 && area.people.length === 0;
    if (nowhere && duty.inForce === undefined && duty.where === undefined && duty.formOf === undefined) {
      return { truth: true, because: () => applies(duty) };
    }
    const here = isEstablished(this.facts, area.established, area.without);
    const truth =
      here === true || area.people.length === 0 ? here : or(here, hasPeople(this.facts, area.people));
    if (
      truth === false &&
      area.without.length > 0 &&
      isEstablished(this.facts, area.established, []) !== false
    ) {
      return { truth, because: () => step('replaced-by-form', duty, { forms: compiled.forms }) };
    }
    const { established, people } = area;
    return { truth, because: () => step('place', duty, { established, people }) };
  }

  private role(duty: Duty): Part {
    const { role } = this.facts;
    const wanted = duty.obliged === 'controller' ? CONTROLLERS : PROCESSORS;
    const truth = role === undefined ? NO_ROLE : role.some((one) => wanted.includes(one));
    return { truth, because: () => step('role', duty, { obliged: duty.obliged }) };
  }

  /** Role, condition and exceptions; false once one of them refuses the duty. */
  private parts({ duty, when, unless }: Version, day: string | undefined, weighing: Weighing): boolean {
    if (duty.obliged !== 'any' && !weighing.weigh(this.role(duty))) return false;
    if (when) {
      const because = (): TraceStep => step('condition', duty, { condition: when.text });
      if (!weighing.weigh({ truth: this.truth(when, day), because })) return false;
    }
    return unless.every(({ exception: { id, title, source }, condition }) => {
      const values = { exception: title, id };
      const because = (): TraceStep => ({ key: 'exception', values, cite: source });
      return weighing.weigh({ truth: not(this.truth(condition, day)), because });
    });
  }

  /** Lex specialis: who is covered by it is outside this duty, even where this incident stays under its threshold. */
  private exclusions(compiled: CompiledDuty, day: string | undefined, weighing: Weighing): boolean {
    return compiled.excludedBy.every((id) => {
      const version = this.versionInForce(this.compiled(id), day);
      if (!version?.covers || version.duty.status === 'pending') return true;
      const key = `${id} ${version.since ?? ''} ${day ?? ''}`;
      let covered = this.covered.get(key);
      if (covered === undefined) {
        covered = this.truth(version.covers, day);
        this.covered.set(key, covered);
      }
      const { duty } = version;
      const because = (): TraceStep => step('excluded-by', duty, { by: id, title: duty.title });
      return weighing.weigh({ truth: not(covered), because });
    });
  }

  private versionInForce(compiled: CompiledDuty, day: string | undefined): Version | undefined {
    return compiled.versions.find(({ since, until }) =>
      day === undefined
        ? until === null
        : (since === null || since <= day) && (until === null || day <= until),
    );
  }

  /** The recipients, and what they say about whether it is this duty or its form that is owed. */
  private told(
    compiled: CompiledDuty,
    duty: Duty,
    area: Area,
    day: string | undefined,
  ): Part & { readonly recipients: Recipients } {
    const all = recipientsOf(duty, this.facts, area, this.book);
    if (!byAuthority(duty)) {
      const truth =
        duty.stateThreshold && all.known.length === 0 && all.missing.length > 0 ? unknown(all.missing) : true;
      return { truth, because: () => applies(duty), recipients: all };
    }
    const elsewhere = duty.formFor ? undefined : this.formCountries(compiled, day);
    const ours = (country: string): boolean =>
      duty.formFor ? duty.formFor.includes(country) : !(elsewhere ?? []).includes(country);
    const mine = (recipient: Recipient): boolean => ours(countryOf(recipient.place ?? recipient.key));
    const recipients = { ...all, known: all.known.filter(mine) };
    const because = (): TraceStep =>
      step('authority-elsewhere', duty, { countries: duty.formFor ?? elsewhere ?? [] });
    if (recipients.known.length > 0) return { truth: true, because, recipients };
    if (all.missing.length === 0)
      return { truth: all.known.length === 0 && !duty.formFor, because, recipients };
    if (all.possible !== 'any' && all.possible.every(ours)) return { truth: true, because, recipients };
    if (all.possible !== 'any' && !all.possible.some(ours)) return { truth: false, because, recipients };
    // Some authority is to be told; by which of the two rows turns on what is missing.
    return { truth: unknown(all.missing), because, recipients };
  }
}

/** States of establishment in which a duty is in force on a day, where the law differs by state or it is a form. */
function placesInForce(duty: Duty, day: string | undefined): readonly string[] | undefined {
  if (!duty.inForce) return byAuthority(duty) ? undefined : duty.formFor;
  return duty.inForce
    .filter(
      ({ since, until }) =>
        day === undefined || ((since ?? duty.since ?? day) <= day && day <= (until ?? day)),
    )
    .map(({ place }) => place);
}

/** Whether a row and its forms are told apart by the authority to tell, not by the establishment. */
function byAuthority(duty: Duty): boolean {
  return duty.recipients === 'lead-authority';
}

function step(key: string, duty: Duty, values: Record<string, unknown>): TraceStep {
  return { key, values: { duty: duty.id, ...values }, cite: duty.citation.text };
}

function applies(duty: Duty): TraceStep {
  return step('applies', duty, { title: duty.title, confidence: duty.confidence });
}

function refused(id: string, version: Version, because: TraceStep): Standing {
  return { id, version, truth: false, because: [because], recipients: NOBODY };
}

const NOBODY: Recipients = { known: [], missing: [], possible: [] };

/** Rows that are never an obligation, whatever the facts. */
function neverApplies(duty: Duty, version: Version | undefined): TraceStep | undefined {
  if (duty.status === 'pending') return step('pending', duty, {});
  if (duty.kind !== 'duty') return step(duty.kind, duty, {});
  if (!version) return step('not-in-force', duty, { since: duty.since, until: duty.until ?? null });
  return undefined;
}
