import type { Temporal } from 'temporal-polyfill';
import { allow } from '../../domain/access/permissions.ts';
import type { Actor } from '../../domain/access/roles.ts';
import type { DomainError } from '../../domain/errors.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import type { Judged } from '../../domain/incident/judgement.ts';
import { takeOverLaw as takeOver, type LawTaken } from '../../domain/incident/take-over-law.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { canonical, sha256 } from '../../domain/register/entry.ts';
import type { House } from '../ports/house.ts';
import type { Law } from '../ports/law.ts';
import type { Organisation } from '../ports/staff.ts';
import { changeIncident, type Changing } from '../incident/change.ts';
import { findForPerson } from '../incident/find.ts';
import { lawOf } from './law-of.ts';

/** What a duty is by one text of its law; null where that text knows no such duty for these facts. */
export interface Stand {
  readonly decision: Judged['decision'];
  readonly dueAt: Temporal.Instant | null;
  readonly latestAt: Temporal.Instant | null;
  readonly noNumber: boolean;
  readonly waitsFor: string | null;
}

export interface DutyChange {
  readonly key: string;
  readonly duty: string;
  readonly before: Stand | null;
  readonly after: Stand | null;
}

export interface LawChanges {
  /** The law files whose installed text is not the one by which the incident is judged. */
  readonly laws: readonly (LawTaken & { readonly title: string })[];
  /** What would change for this incident; empty where the new words change nothing for it. */
  readonly duties: readonly DutyChange[];
  /** Hashes of texts that are lost or can no longer be read: the installed text judges in their place. */
  readonly lost: readonly string[];
  /** Names exactly this change; taking over says which one was seen. */
  readonly fingerprint: string;
}

export type Reading = Pick<House, 'incidents' | 'organisations' | 'law' | 'texts'>;

/** What the installed law would change for an incident that was judged by earlier texts. Changes nothing. */
export async function viewLawChanges(
  house: Reading,
  actor: Actor,
  id: string,
): Promise<Result<LawChanges, DomainError>> {
  const found = await findForPerson(house, actor, 'incident.see', id);
  if (!found.ok) return found;
  const { incident, organisation } = found.value;
  return ok(await changesFor(house, incident, organisation));
}

/**
 * Takes the installed law over for an incident: it is judged anew, and both texts and both judgements stay.
 * @param form.shown the fingerprint of the changes that the person saw; another one is a conflict
 */
export async function takeOverLaw(
  house: Changing,
  actor: Actor,
  form: { readonly incident: string; readonly shown: string },
  key?: string,
): Promise<Result<undefined, DomainError>> {
  const allowed = allow(actor, 'duty.decide');
  if (!allowed.ok) return allowed;
  const [seen, organisation] = [
    await viewLawChanges(house, actor, form.incident),
    await house.organisations.byId(actor.organisation),
  ];
  if (!seen.ok) return seen;
  const { laws, fingerprint } = seen.value;
  const repeated = key !== undefined && laws.length === 0;
  if (!organisation || (fingerprint !== form.shown && !repeated)) {
    const revisions = { shown: 0, current: 0, theirs: fingerprint, yours: form.shown };
    return fail({ kind: 'stale-version', subject: 'law', ...revisions });
  }
  const done = await changeIncident(
    house,
    actor,
    form.incident,
    (incident, context) =>
      takeOver(incident, { laws, judged: house.law.judge(incident, organisation) }, context),
    key,
  );
  return done.ok ? ok(undefined) : done;
}

/** What the installed law would change for an incident of this organisation. */
export async function changesFor(
  house: Reading,
  incident: Incident,
  organisation: Organisation,
): Promise<LawChanges> {
  const { law, lost } = await lawOf(house, incident);
  const laws = law === house.law ? [] : changedLaws(law, house.law);
  const duties =
    laws.length === 0
      ? []
      : changedDuties(law.judge(incident, organisation), house.law.judge(incident, organisation));
  return { laws, duties, lost, fingerprint: sha256(canonical(laws)) };
}

function changedLaws(kept: Law, installed: Law): LawChanges['laws'] {
  const now = new Map(installed.regimes().map((regime) => [regime.id, regime]));
  return kept.regimes().flatMap(({ id, title, hash }) => {
    const to = now.get(id);
    if (to?.hash === hash) return [];
    return [{ regime: id, title: to?.title ?? title, from: hash, to: to?.hash ?? null }];
  });
}

function changedDuties(before: readonly Judged[], after: readonly Judged[]): readonly DutyChange[] {
  const old = new Map(before.map((one) => [one.key, one]));
  const now = new Map(after.map((one) => [one.key, one]));
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key): DutyChange[] => {
    const [was, is] = [old.get(key), now.get(key)];
    const [from, to] = [standOf(was), standOf(is)];
    if (same(from, to)) return [];
    return [{ key, duty: was?.duty ?? is?.duty ?? key, before: from, after: to }];
  });
}

/** A duty that is not owed is as if it were not there. */
function standOf(judged: Judged | undefined): Stand | null {
  if (!judged || judged.decision === 'does-not-apply') return null;
  const { decision, dueAt, latestAt, noNumber, waitsFor = null } = judged;
  return { decision, dueAt, latestAt, noNumber, waitsFor };
}

function same(a: Stand | null, b: Stand | null): boolean {
  if (!a || !b) return a === b;
  return (
    a.decision === b.decision &&
    String(a.dueAt) === String(b.dueAt) &&
    String(a.latestAt) === String(b.latestAt) &&
    a.noNumber === b.noNumber &&
    a.waitsFor === b.waitsFor
  );
}
