import type { Temporal } from 'temporal-polyfill';
import { may, type Permission } from '../access/permissions.ts';
import { invalid, type DomainError, type Problem } from '../errors.ts';
import type { Happening, Json } from '../register/entry.ts';
import { fail, ok, type Result } from '../result.ts';
import { gapProblems, orderOfMoments } from './awareness.ts';
import { settle, type Change, type Context } from './change.ts';
import type { Fact, Incident, NoteRef, Supplier } from './incident.ts';
import { rejudge, type Judged } from './judgement.ts';

export { momentOf } from './awareness.ts';

/** A fact as a person gives it: its value, or that it is unknown and why. */
export type Given = { readonly value: Json } | { readonly unknown: NoteRef };

export interface FactChange {
  /** A name of the law's facts (`awareAt`, `data.categories`), or `answers.ID` of the playbook. */
  readonly name: string;
  readonly given: Given;
  /** The revision that the person saw; 0 where nothing was known. Another means that someone was faster. */
  readonly shown: number;
  readonly because?: NoteRef;
  /**
   * The fact that an answer of the playbook settles with it, so that the two are never two truths: its value, or that
   * it is unknown after this answer.
   */
  readonly settles?: { readonly name: string } & Given;
}

/** Judges anew: the law engine, given the facts as they would be. */
export type Judge = (incident: Incident) => readonly Judged[];

/**
 * Changes one fact (or answer). Every duty is judged anew, and both the old value and the new judgement stand in
 * the register. Only a change of *this* fact in between is a conflict.
 */
export function changeFact(
  incident: Incident,
  change: FactChange,
  judge: Judge,
  context: Context,
): Result<Change, DomainError> {
  const permission = factPermission(change.name);
  if (!may(context.actor, permission)) return fail({ kind: 'not-allowed', permission });
  const before = factNamed(incident, change.name);
  if ((before?.revision ?? 0) !== change.shown) {
    return fail({
      kind: 'stale-version',
      subject: change.name,
      shown: change.shown,
      current: before?.revision ?? 0,
      theirs: before && 'value' in before ? before.value : null,
      yours: 'value' in change.given ? change.given.value : null,
    });
  }
  if ('value' in change.given && factWantsReason(change.name) && !change.because)
    return fail(invalid('because', 'text.missing'));
  const stamp = { at: context.at, by: context.actor.user };
  const because = change.because ? { because: change.because } : {};
  const fact: Fact = { ...change.given, ...stamp, ...because, revision: change.shown + 1 };
  const changedFact = excused({ ...incident, ...withFact(incident, change.name, fact) }, change);
  const next = settled(changedFact, change.settles, stamp);
  const isMoment = change.name === 'awareAt' || change.name === 'detectedAt';
  const gap = isMoment ? gapProblems(next, 'because') : [];
  const problems = [
    ...orderOfMoments(next, context.at),
    ...gap,
    ...(gap.length === 0 ? correctionProblems(before, change) : []),
  ];
  if (problems.length > 0) return fail({ kind: 'invalid-input', problems });
  const { obligations, notices, happenings } = rejudge(incident, judge(next));
  const changed: Happening = {
    type: exceptionUsed(change) ? 'exception-used' : 'fact-changed',
    data: {
      name: change.name,
      ...told(change.given),
      revision: fact.revision,
      because: change.because?.id ?? null,
      settles: change.settles ? { name: change.settles.name, ...told(change.settles) } : null,
      ...(isException(change.name) ? { approver: context.actor.user } : {}),
    },
  };
  const { facts, answers, supplier } = next;
  const changes = { facts, answers, obligations, notices, ...(supplier ? { supplier } : {}) };
  return ok(settle(incident, changes, [changed, ...happenings], context, undefined));
}

/** A clock that runs is moved by nobody without a word why: an authority will ask. */
function correctionProblems(before: Fact | undefined, { name, given, because }: FactChange): Problem[] {
  if (name !== 'awareAt' || because || !before || !('value' in before)) return [];
  if ('value' in given && given.value === before.value) return [];
  return [{ path: 'because', key: 'awareness.reason' }];
}

const SUPPLIER = 'supplier.';

function settled(
  incident: Incident,
  settles: FactChange['settles'],
  stamp: { readonly at: Temporal.Instant; readonly by: string },
): Incident {
  if (!settles) return incident;
  const { name, ...given } = settles;
  if (name.startsWith(SUPPLIER)) return supplierSettled(incident, name.slice(SUPPLIER.length), given);
  const before = incident.facts[name];
  // Nothing was known, and nothing is: there is no fact to take back.
  if (!before && 'unknown' in given) return incident;
  const revision = (before?.revision ?? 0) + 1;
  return { ...incident, ...withFact(incident, name, { ...given, ...stamp, revision }) };
}

function supplierSettled(incident: Incident, field: string, given: Given): Incident {
  if (!incident.supplier) return incident;
  const { [field]: _before, ...rest } = incident.supplier as Supplier & Record<string, unknown>;
  const settled = 'value' in given ? { [field]: given.value } : {};
  const revision = (incident.supplier.revision ?? 0) + 1;
  return { ...incident, supplier: { ...rest, ...settled, revision } as Supplier };
}

/** A reason given while the first sign is corrected excuses the awareness that was fixed before. */
function excused(incident: Incident, { name, because }: FactChange): Incident {
  const awareness = incident.facts['awareAt'];
  if (name !== 'detectedAt' || !because || !awareness) return incident;
  return { ...incident, ...withFact(incident, 'awareAt', { ...awareness, because }) };
}

/** A risk is decided, and an exception used, by a person who says why. */
export function factWantsReason(name: string): boolean {
  return name === 'risk' || isException(name);
}

function isException(name: string): boolean {
  return name === EXCEPTIONS || name.startsWith(`${EXCEPTIONS}.`);
}

const EXCEPTIONS = 'exceptions';

/** Using an exception of the law is a decision of its own; giving it up is a change like any other. */
function exceptionUsed({ name, given }: FactChange): boolean {
  return isException(name) && 'value' in given && given.value !== false;
}

/** Changes a part of the prose. The words lie in a sealed note; the register holds only its salted hash. */
export function changeNarrative(
  incident: Incident,
  change: { readonly name: string; readonly note: NoteRef; readonly shown: string | null },
  context: Context,
): Result<Change, DomainError> {
  if (!may(context.actor, 'fact.change')) return fail({ kind: 'not-allowed', permission: 'fact.change' });
  if (!NARRATIVE.includes(change.name))
    return fail(invalid('name', 'narrative.unknown', { value: change.name }));
  const before = incident.narrative[change.name];
  if ((before?.id ?? null) !== change.shown) {
    return fail({
      kind: 'stale-version',
      subject: change.name,
      shown: 0,
      current: 0,
      theirs: before?.id ?? null,
      yours: change.note.id,
    });
  }
  const narrative = { ...incident.narrative, [change.name]: change.note };
  const happening: Happening = {
    type: 'narrative-changed',
    data: { name: change.name, note: change.note.id, hash: change.note.hash },
  };
  return ok(settle(incident, { narrative }, [happening], context, undefined));
}

/** The parts of the prose from which letters and notices are written. */
export const NARRATIVE: readonly string[] = ['whatHappened', 'consequences', 'measures'];

/** What a person needs to change this fact. */
export function factPermission(name: string): Permission {
  if (name === 'awareAt' || name === 'determinedAt') return 'awareness.fix';
  if (isException(name)) return 'exception.record';
  return name === 'risk' ? 'risk.assess' : 'fact.change';
}

const ANSWER = 'answers.';

function factNamed(incident: Incident, name: string): Fact | undefined {
  return name.startsWith(ANSWER) ? incident.answers[name.slice(ANSWER.length)] : incident.facts[name];
}

function withFact(incident: Incident, name: string, fact: Fact): Pick<Incident, 'facts' | 'answers'> {
  const { facts, answers } = incident;
  if (name.startsWith(ANSWER)) return { facts, answers: { ...answers, [name.slice(ANSWER.length)]: fact } };
  return { facts: { ...facts, [name]: fact }, answers };
}

function told(given: Given): Record<string, Json> {
  return 'value' in given ? { value: given.value } : { unknown: given.unknown.id, hash: given.unknown.hash };
}
