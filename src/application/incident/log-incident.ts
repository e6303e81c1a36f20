import type { Temporal } from 'temporal-polyfill';
import { may } from '../../domain/access/permissions.ts';
import type { Actor } from '../../domain/access/roles.ts';
import type { DomainError, Problem } from '../../domain/errors.ts';
import type { Judge } from '../../domain/incident/facts.ts';
import type { Judged } from '../../domain/incident/judgement.ts';
import type { IncidentState, NoteRef, Supplier } from '../../domain/incident/incident.ts';
import { logIncident as log } from '../../domain/incident/log.ts';
import type { Json } from '../../domain/register/entry.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { Playbook } from '../../domain/playbook/types.ts';
import type { House } from '../ports/house.ts';
import type { SealedNote } from '../ports/stores.ts';
import type { Organisation } from '../ports/staff.ts';
import { copyOutbox } from '../register/copy-outbox.ts';
import { wakeFor } from '../clock/wakes.ts';
import { FACT_NAMES } from '../../domain/law/facts-shape.ts';
import { readFacts, readMoment } from '../law/facts-of.ts';
import { keepLaw } from './change.ts';

/** The five questions. Moments are ISO 8601 with offset, or local times in the organisation's zone. */
export interface LogForm {
  readonly state: IncidentState;
  /** The id of a playbook. */
  readonly kind: string;
  readonly title: string;
  readonly whatHappened: string;
  readonly detectedAt: string;
  /** Who noticed it. */
  readonly reporter?: string;
  readonly awareAt?: string;
  /** Why more than a day lies between the first sign and awareness; needed where it does. */
  readonly awareBecause?: string;
  /** An exercise: a reference of its own (DRILL-YYYY-NNNN), and nothing of it leaves the house. */
  readonly drill?: boolean;
  /** How many times as fast the clock of a drill runs. */
  readonly speed?: number;
  readonly categories: readonly string[];
  readonly subjects: readonly {
    readonly place?: string;
    readonly count?: number;
    readonly min?: number;
    readonly max?: number;
    readonly groups?: readonly string[];
  }[];
  readonly supplier?: { readonly name: string; readonly toldUsAt?: string; readonly knewAt?: string };
  /** Facts that are known not to be known, by name, each with why; where `detectedAt` is among them it may be empty. */
  readonly unknown?: Readonly<Record<string, string>>;
  /** Other facts by their names (facts.md). */
  readonly facts?: Readonly<Record<string, unknown>>;
}

export interface Logged {
  readonly id: string;
  readonly reference: string;
  readonly repeated: boolean;
}

type Deps = Pick<
  House,
  | 'clock'
  | 'ids'
  | 'incidents'
  | 'organisations'
  | 'law'
  | 'playbooks'
  | 'texts'
  | 'notes'
  | 'register'
  | 'scheduler'
>;

const STATES: readonly string[] = ['suspicion', 'breach', 'near-miss'];
const PROSE_LIMIT = 20_000;

/**
 * Logs an incident. Everything is checked before anything is stored, and every fault is told at once. The same
 * `key` (a double click, a request sent again) gives the incident that it made the first time.
 */
export async function logIncident(
  house: Deps,
  actor: Actor,
  form: LogForm,
  key?: string,
): Promise<Result<Logged, DomainError>> {
  if (!may(actor, 'incident.log')) return fail({ kind: 'not-allowed', permission: 'incident.log' });
  const organisation = await house.organisations.byId(actor.organisation);
  if (!organisation) return fail({ kind: 'not-found', what: 'organisation', id: actor.organisation });
  const read = readForm(house, organisation, form);
  if (!read.ok) return read;
  const { facts, playbook, supplier } = read.value;
  const id = house.ids.id();
  const at = house.clock.now();
  const context = { at, actor, ...(key === undefined ? {} : { key }) };
  // Facts do not change between the trial and the insert, nor does what the law says of them.
  let judged: readonly Judged[] | undefined;
  const judge: Judge = (incident) => (judged ??= house.law.judge(incident, organisation));
  const make = (reference: string, { awareBecause, unknown, ...prose }: Prose): ReturnType<typeof log> => {
    return log(
      {
        id,
        reference,
        state: form.state,
        kind: form.kind,
        title: form.title.trim(),
        zone: organisation.zone,
        playbook: { id: playbook.id, version: playbook.version, hash: playbook.hash },
        facts,
        narrative: definite(prose),
        ...(unknown ? { unknown } : {}),
        ...(awareBecause ? { awareBecause } : {}),
        ...(form.drill ? { drill: true } : {}),
        ...(form.speed === undefined ? {} : { speed: form.speed }),
        ...(supplier ? { supplier } : {}),
      },
      judge,
      context,
    );
  };
  const trial = make('INC-0000-0000', trialProse(form));
  if (!trial.ok) return trial;
  const { narrative, notes } = sealNarrative(house, actor.organisation, id, form);
  // Side by side, so that the store makes them durable together.
  await Promise.all([house.notes.keep(notes), house.texts.put([playbook.text]), keepLaw(house, trial.value)]);
  const year = at.toZonedDateTimeISO(organisation.zone).year;
  const { incident, repeated } = await house.incidents.insert(
    actor.organisation,
    year,
    key,
    (reference) => {
      const made = make(reference, narrative);
      if (!made.ok) throw new Error('a checked incident was refused');
      return made.value;
    },
    form.drill ? 'DRILL' : 'INC',
  );
  if (!repeated) {
    await Promise.all([wakeFor(house, incident), copyOutbox(house, incident)]);
  } else if (notes.length > 0) {
    // The incident that was there has its own words; nothing will ever name these.
    await house.notes.remove(
      actor.organisation,
      notes.map(({ ref }) => ref.id),
    );
  }
  return ok({ id: incident.id, reference: incident.reference, repeated });
}

interface Read {
  readonly facts: Readonly<Record<string, Json>>;
  readonly playbook: Playbook;
  readonly supplier?: Supplier;
}

function readForm(house: Deps, organisation: Organisation, form: LogForm): Result<Read, DomainError> {
  const problems: Problem[] = [];
  if (!STATES.includes(form.state))
    problems.push({ path: 'state', key: 'choice.unknown', values: { value: form.state } });
  const playbook = house.playbooks.byId(form.kind);
  if (!playbook) problems.push({ path: 'kind', key: 'playbook.unknown', values: { value: form.kind } });
  if (form.title.trim() === '') problems.push({ path: 'title', key: 'text.missing' });
  for (const name of PROSE) {
    if ((form[name] ?? '').length > PROSE_LIMIT)
      problems.push({ path: name, key: 'text.too-long', values: { limit: PROSE_LIMIT } });
  }
  problems.push(...unknownProblems(form));
  const unknownFirstSign = form.unknown?.['detectedAt'] !== undefined;
  if (form.detectedAt.trim() === '' && !unknownFirstSign)
    problems.push({ path: 'facts.detectedAt', key: 'moment.missing' });
  const facts = readFacts(factsGiven(form), organisation.zone);
  if (!facts.ok) problems.push(...facts.error.problems);
  const supplier = readSupplier(organisation, form.supplier, problems);
  if (problems.length > 0 || !facts.ok || !playbook) return fail({ kind: 'invalid-input', problems });
  return ok({ facts: facts.value, playbook, ...(supplier ? { supplier } : {}) });
}

/** The facts of the form by their names, as given. */
export function factsGiven(form: LogForm): Readonly<Record<string, unknown>> {
  return {
    ...form.facts,
    ...(form.detectedAt.trim() === '' ? {} : { detectedAt: form.detectedAt }),
    ...(form.awareAt ? { awareAt: form.awareAt } : {}),
    ...(form.categories.length > 0 ? { 'data.categories': [...form.categories] } : {}),
    ...(form.subjects.length > 0 ? { subjects: [...form.subjects] } : {}),
  };
}

function readSupplier(
  organisation: Organisation,
  given: LogForm['supplier'],
  problems: Problem[],
): Supplier | undefined {
  if (!given) return undefined;
  if (given.name.trim() === '') problems.push({ path: 'supplier.name', key: 'text.missing' });
  const moments: { knewAt?: Temporal.Instant; toldUsAt?: Temporal.Instant } = {};
  for (const name of ['knewAt', 'toldUsAt'] as const) {
    const text = given[name];
    if (!text) continue;
    const read = readMoment(text, organisation.zone, `supplier.${name}`);
    if (read.ok) moments[name] = read.value;
    else problems.push(...read.error.problems);
  }
  return { name: given.name.trim(), ...moments };
}

const PROSE = ['whatHappened', 'reporter', 'awareBecause'] as const;
type ProseName = (typeof PROSE)[number];
type Prose = Readonly<Partial<Record<ProseName, NoteRef>>> & {
  readonly unknown?: Readonly<Record<string, NoteRef>>;
};

function definite(prose: Partial<Record<string, NoteRef>>): Record<string, NoteRef> {
  return Object.fromEntries(Object.entries(prose).flatMap(([name, note]) => (note ? [[name, note]] : [])));
}

/** What is given cannot be unknown at once, and not knowing has a reason. */
function unknownProblems(form: LogForm): Problem[] {
  return Object.entries(form.unknown ?? {}).flatMap(([name, why]): Problem[] => {
    const path = `unknown.${name}`;
    if (!FACT_NAMES.includes(name.split('.')[0] ?? name)) return [{ path, key: 'fact.unknown' }];
    const given = { ...form.facts, awareAt: form.awareAt, detectedAt: form.detectedAt };
    if ((given[name as keyof typeof given] ?? '') !== '') return [{ path, key: 'fact.known' }];
    if (why.trim() === '') return [{ path, key: 'text.missing' }];
    if (why.length > PROSE_LIMIT) return [{ path, key: 'text.too-long', values: { limit: PROSE_LIMIT } }];
    return [];
  });
}

/** Enough to try the incident: whether the reason is given counts, its words are sealed only when all is well. */
function trialProse(form: LogForm): Prose {
  return (form.awareBecause ?? '').trim() === '' ? {} : { awareBecause: { id: '', hash: '' } };
}

function sealNarrative(
  house: Deps,
  organisation: string,
  incident: string,
  form: LogForm,
): { readonly narrative: Prose; readonly notes: readonly SealedNote[] } {
  const seal = (name: string, text: string): readonly [string, SealedNote] => [
    name,
    house.notes.seal(organisation, incident, text.trim()),
  ];
  const told = PROSE.filter((name) => (form[name] ?? '').trim() !== '');
  const prose = told.map((name) => seal(name, form[name] ?? ''));
  const unknown = Object.entries(form.unknown ?? {}).map(([name, why]) => seal(name, why));
  const refs = (notes: readonly (readonly [string, SealedNote])[]): Readonly<Record<string, NoteRef>> =>
    Object.fromEntries(notes.map(([name, { ref }]) => [name, ref]));
  return {
    narrative: { ...refs(prose), ...(unknown.length === 0 ? {} : { unknown: refs(unknown) }) },
    notes: [...prose, ...unknown].map(([, note]) => note),
  };
}
