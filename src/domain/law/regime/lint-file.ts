import { Temporal } from 'temporal-polyfill';
import { parseClock } from '../clock.ts';
import { checkCondition } from '../conditions/check.ts';
import type { Condition } from '../conditions/condition.ts';
import { isZone } from '../moments.ts';
import { fits, parsePeriod } from '../period.ts';
import { isAskable, nearestPlace, placeOf } from '../places.ts';
import type { InForce, LawDate, Where } from '../types.ts';
import type { RawCounting, RawDuty, RawPeriod, RawRegime } from './raw.ts';
import type { Path, Source } from './source.ts';

/** Where a file names a duty, for the check across files. */
export interface Reference {
  readonly from: string;
  readonly duty: string;
  readonly by:
    | 'owed'
    | 'filed'
    | 'incomplete'
    | 'ordered'
    | 'answered'
    | 'clock'
    | 'with'
    | 'before'
    | 'formOf'
    | 'alsoMeets'
    | 'excludes'
    | 'limits'
    | 'to'
    | 'id';
  readonly line: number;
  readonly column: number;
  /** Named by another place of the file, which tells whether that duty is there: this one only closes circles. */
  readonly implied?: boolean;
}

/** Checks what a law file's shape cannot say, within the file. Faults go to the source; references come back. */
export function lintFile(raw: RawRegime, source: Source): readonly Reference[] {
  return new FileLinter(raw, source).run();
}

class FileLinter {
  private readonly raw: RawRegime;
  private readonly source: Source;
  private readonly references: Reference[] = [];
  private readonly terms = new Map<string, Condition>();
  private readonly owedByTerm = new Map<string, readonly string[]>();
  private from = '';

  constructor(raw: RawRegime, source: Source) {
    this.raw = raw;
    this.source = source;
  }

  run(): readonly Reference[] {
    this.shared(this.raw, []);
    (this.raw.changes ?? []).forEach(({ on }, index) => {
      if (!isDay(on)) this.source.at(['changes', index, 'on'], 'no-such-day', { given: on });
    });
    for (const [name, term] of Object.entries(this.raw.terms ?? {})) {
      const { condition, owed } = this.condition(term.when, ['terms', name, 'when']);
      if (condition) this.terms.set(name, condition);
      this.owedByTerm.set(name, owed);
    }
    this.raw.duties.forEach((duty, index) => this.duty(duty, ['duties', index]));
    (this.raw.limits ?? []).forEach((limit, index) => {
      const path = ['limits', index];
      this.from = limit.id;
      this.refer(limit.id, 'id', [...path, 'id']);
      this.refer(limit.limits, 'limits', [...path, 'limits']);
      this.shared(limit, path);
      this.cited(limit.provision, limit.link, path);
      this.places(limit.established, [...path, 'established']);
    });
    return this.references;
  }

  private duty(duty: RawDuty, path: Path): void {
    this.from = duty.id;
    this.refer(duty.id, 'id', [...path, 'id']);
    this.shared(duty, path);
    if (duty.citation === undefined) this.cited(duty.provision, duty.link, path);
    if (duty.when !== undefined) this.condition(duty.when, [...path, 'when']);
    if (duty.covers !== undefined) {
      const { owed } = this.condition(duty.covers, [...path, 'covers']);
      // Whether an excluded duty is owed turns on whom this one covers.
      for (const excluded of duty.excludes ?? []) this.imply(excluded, owed, [...path, 'covers']);
    }
    (duty.unless ?? []).forEach((one, index) => this.condition(one.when, [...path, 'unless', index, 'when']));
    this.counted(duty, path);
    if (duty.hold) {
      const rule = this.ruleOf(duty.hold.counting ?? duty.counting);
      this.period(duty.hold.period, rule, [...path, 'hold', 'period']);
    }
    this.places(duty.formFor, [...path, 'formFor']);
    if (duty.with !== undefined) this.refer(duty.with, 'with', [...path, 'with']);
    if (duty.before !== undefined) this.refer(duty.before, 'before', [...path, 'before']);
    if (duty.formOf !== undefined) this.refer(duty.formOf, 'formOf', [...path, 'formOf']);
    for (const list of ['alsoMeets', 'excludes', 'to'] as const) {
      (duty[list] ?? []).forEach((id, index) => this.refer(id, list, [...path, list, index]));
    }
    if (duty.formOf !== undefined && duty.formFor === undefined) this.source.at(path, 'form-without-country');
    this.versions(duty, path);
  }

  private counted(duty: Pick<RawDuty, 'clock' | 'period' | 'counting'>, path: Path): void {
    if (duty.clock !== undefined) this.clock(duty.clock, [...path, 'clock']);
    const { counting } = duty;
    if (typeof counting === 'object') {
      for (const [index, part] of (counting.parts ?? []).entries()) {
        this.clock(part.clock, [...path, 'counting', 'parts', index, 'clock']);
        this.period(part.period, 'clock-hours', [...path, 'counting', 'parts', index, 'period']);
      }
      if (counting.rule === 'earlier-of' && !counting.parts)
        this.source.at([...path, 'counting'], 'parts-missing');
      if (counting.calendar !== undefined) {
        this.places([counting.calendar], [...path, 'counting', 'calendar'], true);
      }
    } else if (counting === 'earlier-of') this.source.at([...path, 'counting'], 'parts-missing');
    if (duty.period !== undefined) this.periods(duty.period, this.ruleOf(counting), [...path, 'period']);
  }

  private ruleOf(counting: RawCounting | undefined): string | undefined {
    return typeof counting === 'object' ? counting.rule : counting;
  }

  private periods(period: RawPeriod, rule: string | undefined, path: Path): void {
    if (typeof period === 'string') {
      this.period(period, rule, path);
      return;
    }
    period.forEach((choice, index) => {
      this.period(choice.period, rule, [...path, index, 'period']);
      if (choice.when !== undefined) this.condition(choice.when, [...path, index, 'when']);
    });
  }

  private period(text: string, rule: string | undefined, path: Path): void {
    const parsed = parsePeriod(text);
    if (!parsed) this.source.at(path, 'bad-period', { given: text });
    else if (rule !== undefined && !fits(rule, parsed)) {
      this.source.at(path, 'period-does-not-fit', { given: text, rule });
    }
  }

  private clock(text: string, path: Path): void {
    const clock = parseClock(text);
    if (!clock) this.source.at(path, 'unknown-clock', { given: text });
    else if ('duty' in clock) this.refer(clock.duty, 'clock', path);
  }

  /** Checks a condition; `owed` are the duties that it asks for, by its terms too. */
  private condition(
    text: string,
    path: Path,
  ): { readonly condition?: Condition; readonly owed: readonly string[] } {
    const { condition, faults, references, terms } = checkCondition(text, { terms: this.terms });
    for (const fault of faults) this.source.at(path, fault.key, { ...fault.values }, fault.offset);
    for (const { duty, by, offset } of references) this.refer(duty, by, path, offset);
    const byTerms = terms.flatMap((name) => this.owedByTerm.get(name) ?? []);
    this.imply(this.from, byTerms, path);
    const asked = references.filter(({ by }) => by === 'owed').map(({ duty }) => duty);
    return { ...(condition ? { condition } : {}), owed: [...asked, ...byTerms] };
  }

  private imply(from: string, owed: readonly string[], path: Path): void {
    const { line, column } = this.source.position(path);
    for (const duty of owed) this.references.push({ from, duty, by: 'owed', line, column, implied: true });
  }

  private shared(
    head: {
      since?: LawDate;
      until?: LawDate;
      sinceNote?: string;
      where?: Where;
      zone?: string;
      inForce?: readonly InForce[];
    },
    path: Path,
  ): void {
    this.dates(head, path);
    if (head.since === null && head.sinceNote === undefined)
      this.source.at([...path, 'since'], 'since-without-note');
    if (head.zone !== undefined && !isZone(head.zone))
      this.source.at([...path, 'zone'], 'zone-unknown', { given: head.zone });
    (head.inForce ?? []).forEach((one, index) => {
      this.places([one.place], [...path, 'inForce', index, 'place'], 'group');
      this.dates(one, [...path, 'inForce', index]);
      const earlier = (head.inForce ?? []).slice(0, index).find((other) => overlap(one, other));
      if (earlier)
        this.source.at([...path, 'inForce', index], 'dates-overlap', {
          until: earlier.until ?? '–',
          next: one.since ?? '–',
        });
    });
    this.places(head.where?.established, [...path, 'where', 'established']);
    this.places(head.where?.people, [...path, 'where', 'people']);
  }

  private dates(span: { since?: LawDate; until?: LawDate }, path: Path): void {
    for (const key of ['since', 'until'] as const) {
      const date = span[key];
      if (typeof date === 'string' && !isDay(date))
        this.source.at([...path, key], 'no-such-day', { given: date });
    }
    // What a duty does not say of itself its file says of all.
    const since = span.since === undefined ? this.raw.since : span.since;
    if (typeof since === 'string' && typeof span.until === 'string' && since > span.until) {
      this.source.at([...path, 'until'], 'dates-backwards', { since, until: span.until });
    }
  }

  private versions(duty: RawDuty, path: Path): void {
    const history = duty.history ?? [];
    history.forEach((version, index) => {
      const at = [...path, 'history', index];
      this.dates(version, at);
      if (version.when !== undefined) this.condition(version.when, [...at, 'when']);
      if (version.with !== undefined) this.refer(version.with, 'with', [...at, 'with']);
      this.counted({ counting: duty.counting as RawCounting, ...version }, at);
      // A later version begins after this one ends: the duty as it stands, and every version listed before.
      const later = [{ since: duty.since ?? this.raw.since }, ...history.slice(0, index)];
      const next = later
        .map((one) => one.since ?? '')
        .filter((since) => since !== '')
        .sort()[0];
      if (next !== undefined && (version.until ?? '9999') >= next) {
        this.source.at([...at, 'until'], 'dates-overlap', { until: version.until, next });
      }
    });
  }

  private cited(provision: string | undefined, link: string | undefined, path: Path): void {
    if (provision === undefined || (link ?? this.raw.link) === undefined) {
      this.source.at(path, 'no-citation', { missing: provision === undefined ? 'provision' : 'link' });
    }
  }

  private places(list: readonly string[] | undefined, path: Path, single: boolean | 'group' = false): void {
    (list ?? []).forEach((place, index) => {
      const known = single === true ? placeOf(place) === place : isAskable(place);
      if (known) return;
      this.source.at(single === false ? [...path, index] : path, 'place-unknown', {
        given: place,
        nearest: nearestPlace(place),
      });
    });
  }

  private refer(duty: string, by: Reference['by'], path: Path, offset = 0): void {
    const { line, column } = this.source.position(path, offset);
    this.references.push({ from: this.from, duty, by, line, column });
  }
}

/** Whether two spans of force of one place share a day; an end that is not known may be any. */
function overlap(a: InForce, b: InForce): boolean {
  const begins = ({ since }: InForce): string => since ?? '0000';
  const ends = ({ until }: InForce): string => until ?? '9999';
  return a.place === b.place && begins(a) <= ends(b) && begins(b) <= ends(a);
}

function isDay(date: string): boolean {
  try {
    Temporal.PlainDate.from(date);
    return true;
  } catch {
    return false;
  }
}
