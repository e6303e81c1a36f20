import { Temporal } from 'temporal-polyfill';
import type { Actor, Role } from '../../src/domain/access/roles.ts';
import type { Context } from '../../src/domain/incident/change.ts';
import type { Judge } from '../../src/domain/incident/facts.ts';
import type { Incident, NoteRef } from '../../src/domain/incident/incident.ts';
import { momentOf } from '../../src/domain/incident/facts.ts';
import { logIncident, type NewIncident } from '../../src/domain/incident/log.ts';
import type { Judged } from '../../src/domain/incident/judgement.ts';

/** A Friday evening in Berlin. */
export const FRIDAY = Temporal.Instant.from('2026-12-04T17:40:00Z');

export function person(user: string, ...roles: Role[]): Actor {
  return { user, organisation: 'shop', roles };
}

export const MARA = person('mara', 'legal');
export const LENE = person('lene', 'dpo');
export const SAM = person('sam', 'responder');

export function at(actor: Actor, minutes = 0, key?: string): Context {
  return { at: FRIDAY.add({ minutes }), actor, ...(key === undefined ? {} : { key }) };
}

export function note(id: string): NoteRef {
  return { id, hash: id.padEnd(64, '0') };
}

/** The two articles that matter here, judged by the awareness alone: enough to test what the incident makes of it. */
export const gdpr: Judge = (incident) => {
  const aware = momentOf(incident, 'awareAt') ?? null;
  const risk = incident.facts['risk'];
  const high = risk && 'value' in risk && risk.value === 'high';
  const blank = { missing: [], latestAt: null, lawHash: 'law-1' };
  const authority: Judged = {
    ...blank,
    key: 'gdpr-art33-authority',
    duty: 'gdpr-art33-authority',
    notify: 'authority',
    decision: 'applies',
    startedAt: aware,
    dueAt: aware?.add({ hours: 72 }) ?? null,
    noNumber: false,
    ...(aware ? {} : { waitsFor: 'aware' }),
  };
  const people: Judged = {
    ...blank,
    key: 'gdpr-art34-subjects',
    duty: 'gdpr-art34-subjects',
    notify: 'people',
    decision: high ? 'applies' : risk ? 'does-not-apply' : 'undecided',
    missing: risk ? [] : ['risk'],
    startedAt: aware,
    dueAt: null,
    noNumber: true,
  };
  return [authority, people];
};

export const PACKWELL: NewIncident = {
  id: 'i1',
  reference: 'INC-2026-0001',
  state: 'breach',
  kind: 'supplier-breach',
  title: 'Our orders copied at the parcel service',
  zone: 'Europe/Berlin',
  playbook: { id: 'supplier-breach', version: 1, hash: 'p'.repeat(64) },
  facts: {
    detectedAt: '2026-12-04T17:22:00Z',
    awareAt: '2026-12-04T17:40:00Z',
    subjects: [{ place: 'DE', count: 3 }],
  },
  narrative: { whatHappened: note('n1') },
};

/** The incident as it stands right after it was logged. */
export function logged(changes: Partial<NewIncident> = {}): Incident {
  const result = logIncident({ ...PACKWELL, ...changes }, gdpr, at(SAM));
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

/** The value of a result that must be good. */
export function good<T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`);
  return result.value;
}

/** The error of a result that must be refused. */
export function refused<E>(result: { ok: true; value: unknown } | { ok: false; error: E }): E {
  if (result.ok) throw new Error('was not refused');
  return result.error;
}
