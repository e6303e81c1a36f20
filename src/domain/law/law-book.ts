import { compileCondition, owedIn, type Condition, type Terms } from './conditions/condition.ts';
import { ANY_AUTHORITY } from './conditions/questions.ts';
import { lintBook } from './lint-book.ts';
import type { Regime } from './regime/parse.ts';
import { earlier, makeDuty, makeLimit, periodOf } from './regime/make-duty.ts';
import type { RawDuty, RawRegime } from './regime/raw.ts';
import type { Authority, Duty, Exception, LawDate, Limit, LintProblem, Period } from './types.ts';

/**
 * One wording of a duty, ready to be judged. Its conditions are compiled when they are first asked: for one incident
 * most laws are those of places that it does not touch.
 */
export interface Version {
  readonly since: LawDate;
  readonly until: LawDate;
  readonly duty: Duty;
  readonly when: Condition | undefined;
  readonly unless: readonly { readonly exception: Exception; readonly condition: Condition }[];
  readonly periods: readonly { readonly when: Condition | undefined; readonly period: Period }[];
  readonly covers: Condition | undefined;
}

export interface CompiledDuty {
  readonly id: string;
  /** The wording of today first. */
  readonly versions: readonly [Version, ...Version[]];
  /** Ids of the national forms of this duty. */
  readonly forms: readonly string[];
  /** Ids of the duties whose law puts this one aside. */
  readonly excludedBy: readonly string[];
  /** Ids whose filing stands for this duty's: itself, its forms, and what meets it besides. */
  readonly standIns: readonly string[];
}

/** All law in force here: every regime put together, each duty compiled. Immutable. */
export interface LawBook {
  readonly duties: ReadonlyMap<string, CompiledDuty>;
  readonly limits: readonly Limit[];
  /** Ids of the duties to tell an authority that `owed("any-authority")` looks at. */
  readonly toAuthorities: readonly string[];
  readonly authorities: ReadonlyMap<string, Authority>;
  /** Authorities by kind and place (`data-protection FR`). */
  readonly byPlace: ReadonlyMap<string, readonly Authority[]>;
  /** What the book was bound from, so that one with other texts of some laws can be bound beside it. */
  readonly regimes: readonly Regime[];
}

/** Puts law files together. With any fault there is no book; the faults have their places. */
export function makeLawBook(
  regimes: readonly Regime[],
  authorities: readonly Authority[],
): { book?: LawBook; problems: readonly LintProblem[] } {
  const problems = lintBook(regimes, authorities);
  return problems.length > 0 ? { problems } : { book: bindBook(regimes, authorities), problems: [] };
}

/** As {@link makeLawBook}, for files that were linted before (the compiled cache). */
export function bindBook(regimes: readonly Regime[], authorities: readonly Authority[]): LawBook {
  const written = new Map<string, Written>();
  for (const regime of regimes) {
    const terms = termsOf(regime.raw);
    for (const raw of regime.raw.duties) written.set(raw.id, { regime, raw, terms });
  }
  const links = new Links(written);
  const duties = new Map<string, CompiledDuty>();
  for (const one of written.values()) duties.set(one.raw.id, compileDuty(one, written, links));
  let authorityDuties: readonly string[] | undefined;
  return {
    duties,
    get toAuthorities() {
      return (authorityDuties ??= toAuthorities(duties));
    },
    limits: regimes.flatMap((regime) => (regime.raw.limits ?? []).map((limit) => makeLimit(limit, regime))),
    authorities: new Map(authorities.map((authority) => [authority.id, authority])),
    byPlace: byPlace(authorities),
    regimes,
  };
}

/** Duties to tell an authority, without those that themselves turn on whether any such duty is owed. */
function toAuthorities(duties: ReadonlyMap<string, CompiledDuty>): readonly string[] {
  const asks = new Map<string, boolean>();
  const asksAny = (id: string): boolean => {
    const known = asks.get(id);
    if (known !== undefined) return known;
    asks.set(id, false);
    const owed = (duties.get(id)?.versions ?? []).flatMap(({ when }) => (when ? owedIn(when.root) : []));
    const found = owed.includes(ANY_AUTHORITY) || owed.some(asksAny);
    asks.set(id, found);
    return found;
  };
  return [...duties.values()]
    .filter(
      ({ versions: [{ duty }] }) =>
        duty.notify === 'authority' && duty.kind === 'duty' && duty.status !== 'pending',
    )
    .map(({ id }) => id)
    .filter((id) => !asksAny(id));
}

function byPlace(authorities: readonly Authority[]): LawBook['byPlace'] {
  const places = new Map<string, Authority[]>();
  for (const authority of authorities) {
    const key = `${authority.kind} ${authority.place}`;
    places.set(key, [...(places.get(key) ?? []), authority]);
  }
  return places;
}

interface Written {
  readonly regime: Regime;
  readonly raw: RawDuty;
  readonly terms: () => Terms;
}

function termsOf(raw: RawRegime): () => Terms {
  let made: Map<string, Condition> | undefined;
  return () => {
    if (made) return made;
    made = new Map<string, Condition>();
    for (const [name, term] of Object.entries(raw.terms ?? {}))
      made.set(name, compileCondition(term.when, made));
    return made;
  };
}

/** Who is a form of whom, whose filing meets whose duty, whose law puts whose aside. */
class Links {
  readonly forms = new Map<string, string[]>();
  readonly meets = new Map<string, string[]>();
  readonly excluders = new Map<string, string[]>();

  constructor(written: ReadonlyMap<string, Written>) {
    for (const { raw } of written.values()) {
      if (raw.formOf !== undefined) add(this.forms, raw.formOf, raw.id);
      for (const met of raw.alsoMeets ?? []) add(this.meets, met, raw.id);
      // A form inherits what its row puts aside.
      const row = raw.formOf === undefined ? undefined : written.get(raw.formOf)?.raw;
      for (const excluded of raw.excludes ?? row?.excludes ?? []) add(this.excluders, excluded, raw.id);
    }
  }
}

function add(map: Map<string, string[]>, key: string, value: string): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function compileDuty(one: Written, written: ReadonlyMap<string, Written>, links: Links): CompiledDuty {
  const { raw } = one;
  const row = raw.formOf === undefined ? undefined : written.get(raw.formOf);
  const duty = makeDuty(raw, one.regime, row?.raw);
  const current = makeVersion(duty, one, row);
  const history = (raw.history ?? []).map((version) => makeVersion(earlier(duty, version), one, row));
  const forms = links.forms.get(raw.id) ?? [];
  const met = [raw.id, ...(raw.formOf === undefined ? [] : [raw.formOf])].flatMap(
    (id) => links.meets.get(id) ?? [],
  );
  return {
    id: raw.id,
    versions: [current, ...history],
    forms,
    excludedBy: links.excluders.get(raw.id) ?? [],
    standIns: [...new Set([raw.id, ...forms, ...met])],
  };
}

function makeVersion(duty: Duty, one: Written, row: Written | undefined): Version {
  // What a form inherits was written with the terms of its row's file.
  const compile = (text: string | undefined, own: boolean): (() => Condition | undefined) => {
    let compiled: Condition | undefined;
    return () =>
      (compiled ??=
        text === undefined ? undefined : compileCondition(text, (own || !row ? one : row).terms()));
  };
  const { raw } = one;
  const ownPeriod = raw.period !== undefined || raw.history !== undefined;
  const when = compile(duty.when, duty.when !== row?.raw.when);
  const covers = compile(duty.covers, raw.covers !== undefined);
  return {
    // Where the days of force differ by state those decide, also where one was earlier than the rest.
    since: duty.inForce ? null : duty.since,
    until: duty.until ?? null,
    duty,
    get when() {
      return when();
    },
    unless: duty.unless.map((exception) =>
      lazily(exception, compile(exception.when, raw.unless !== undefined)),
    ),
    periods: duty.period.map((choice) => {
      const holds = compile(choice.when, ownPeriod);
      return {
        period: periodOf(choice.period),
        get when() {
          return holds();
        },
      };
    }),
    get covers() {
      return covers();
    },
  };
}

function lazily(exception: Exception, compiled: () => Condition | undefined): Version['unless'][number] {
  return {
    exception,
    get condition() {
      const condition = compiled();
      if (!condition) throw new Error(`exception ${exception.id} has no condition`);
      return condition;
    },
  };
}
