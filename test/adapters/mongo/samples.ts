import { Temporal } from 'temporal-polyfill';
import type { Organisation, User } from '../../../src/application/ports/staff.ts';
import { cardOf } from '../../../src/domain/incident/card.ts';
import type { NotesStore } from '../../../src/application/ports/stores.ts';
import type { Incident, NoteRef } from '../../../src/domain/incident/incident.ts';
import { STAGES } from '../../../src/domain/playbook/types.ts';
import { chain, EMPTY_CHAIN } from '../../../src/domain/register/chain.ts';
import type { Entry } from '../../../src/domain/register/entry.ts';

export const at = (text: string): Temporal.Instant => Temporal.Instant.from(text);
export const LOGGED = at('2026-11-20T09:30:00Z');

/** A note that lies in the store. */
export async function written(
  notes: NotesStore,
  organisation: string,
  incident: string,
  text: string,
): Promise<NoteRef> {
  const note = notes.seal(organisation, incident, text);
  await notes.keep([note]);
  return note.ref;
}

/** A chain of `count` entries, and where it stands then. */
export function chained(name: string, count: number, organisation = 'acme') {
  const happenings = Array.from({ length: count }, (_, index) => ({
    type: 'task-done',
    data: { task: `t${index}`, 'data.categories': ['email'], $gt: null },
  }));
  return chain(EMPTY_CHAIN, { organisation, chain: name }, happenings, { at: LOGGED, by: 'anna' });
}

/** An incident with something in every part of it. */
export function incident(changes: Partial<Incident> & { id: string }): Incident {
  const { head, entries } = chained(`incident:${changes.id}`, 2);
  const whole: Omit<Incident, 'card'> = {
    organisation: 'acme',
    reference: 'INC-2026-0001',
    version: 1,
    state: 'breach',
    drill: false,
    kind: 'supplier-breach',
    title: 'Payroll bureau lost a laptop',
    loggedAt: LOGGED,
    loggedBy: 'anna',
    owner: 'anna',
    zone: 'Europe/Berlin',
    playbook: { id: 'supplier-breach', version: 1, hash: 'ab'.repeat(32) },
    facts: {
      awareAt: { value: '2026-11-20T09:00:00+01:00', at: LOGGED, by: 'anna', revision: 1 },
      'data.categories': { value: ['email', 'bank'], at: LOGGED, by: 'anna', revision: 2 },
      risk: { unknown: { id: 'n1', hash: 'cd'.repeat(32) }, at: LOGGED, by: 'anna', revision: 1 },
    },
    answers: { 'supplier.paid': { value: { $gt: '', 'a.b': null }, at: LOGGED, by: 'anna', revision: 1 } },
    narrative: { whatHappened: { id: 'n2', hash: 'ef'.repeat(32) } },
    supplier: { name: 'Payroll Ltd', knewAt: LOGGED, role: 'processor' },
    questions: [],
    stages: STAGES.map((stage) => ({ stage, state: 'open' as const })),
    tasks: [{ id: 'call', state: 'done', at: LOGGED, by: 'anna', revision: 1 }],
    obligations: [
      {
        key: 'eu.gdpr.33.1',
        duty: 'eu.gdpr.33.1',
        notify: 'authority',
        decision: 'applies',
        missing: [],
        startedAt: LOGGED,
        dueAt: LOGGED.add({ hours: 72 }),
        latestAt: null,
        noNumber: false,
        revision: 1,
        lawHash: '12'.repeat(32),
      },
    ],
    notices: [
      {
        id: 'notice-1',
        kind: 'letter',
        state: 'draft',
        obligations: ['eu.gdpr.34.1'],
        locales: ['de', 'en'],
        createdAt: LOGGED,
        authors: ['anna'],
        version: 1,
        submitted: {
          at: LOGGED,
          by: 'anna',
          seal: { hash: 'aa'.repeat(32), texts: { 'de-AT': { html: 'bb'.repeat(32) } }, attachments: [] },
        },
      },
    ],
    seen: [{ key: 'k1', result: null }],
    register: head,
    outbox: entries,
    ...changes,
  };
  return { ...whole, card: cardOf(whole) };
}

export function organisation(changes: Partial<Organisation> = {}): Organisation {
  const { head, entries } = chained('organisation:acme', 1);
  return {
    id: 'acme',
    name: 'Acme GmbH',
    zone: 'Europe/Berlin',
    locale: 'de',
    profile: { role: 'controller', 'establishments.main': 'DE-BE', regulated: [{ as: 'telecom' }] },
    contact: { email: 'privacy@acme.example', phone: '', address: '', website: '', dpo: '' },
    version: 1,
    register: head,
    outbox: entries,
    seen: ['k1'],
    ...changes,
  };
}

export function user(changes: Partial<User> = {}): User {
  return {
    id: 'anna',
    email: 'anna@acme.example',
    name: 'Anna',
    password: null,
    active: true,
    locale: 'de',
    memberships: [{ organisation: 'acme', roles: ['dpo', 'legal'] }],
    createdAt: LOGGED,
    version: 1,
    ...changes,
  };
}

export const entriesOf = (name: string, count: number): readonly Entry[] => chained(name, count).entries;
