import { allow } from '../../domain/access/permissions.ts';
import type { Actor } from '../../domain/access/roles.ts';
import type { DomainError } from '../../domain/errors.ts';
import { chainOf } from '../../domain/incident/change.ts';
import type { ChainHead } from '../../domain/register/chain.ts';
import type { Entry } from '../../domain/register/entry.ts';
import { verifyChain, type Flaw } from '../../domain/register/verify.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { findIncident } from '../incident/find.ts';
import type { House } from '../ports/house.ts';
import { entriesOf, merge } from './entries-of.ts';

export interface Verdict {
  readonly ok: boolean;
  readonly entries: number;
  readonly chains: number;
  readonly flaws: readonly Flaw[];
}

type Deps = Pick<House, 'register' | 'incidents' | 'organisations'>;

/** A chain that grows while it is read looks wrong for a moment; one that is wrong stays so. */
const READINGS = 3;

/** Verifies every chain of the organisation: its own and each incident's, against the heads they carry. */
export async function verifyRegister(house: Deps, organisation: string): Promise<Verdict> {
  const flaws: Flaw[] = [];
  let entries = 0;
  const known = new Set<string>();
  for await (const headed of headsOf(house, organisation)) {
    known.add(headed.name);
    const read = await readChain(house, organisation, headed);
    entries += read.entries;
    flaws.push(...read.flaws);
  }
  // A chain without its document: the incident itself was taken out of the store.
  for (const name of await house.register.chains(organisation)) {
    if (known.has(name) || (await headOf(house, organisation, name))) continue;
    flaws.push({ chain: name, sequence: 0, fault: 'surplus' });
  }
  return { ok: flaws.length === 0, entries, chains: known.size, flaws };
}

async function readChain(
  house: Deps,
  organisation: string,
  first: Headed,
): Promise<{ readonly entries: number; readonly flaws: readonly Flaw[] }> {
  let headed: Headed | null = first;
  let read: { entries: number; flaws: readonly Flaw[] } = { entries: 0, flaws: [] };
  for (let reading = 1; headed && reading <= READINGS; reading += 1) {
    const chained = merge(await house.register.read(organisation, headed.name), headed.outbox);
    read = { entries: chained.length, flaws: verifyChain(headed.name, headed.head, chained) };
    if (read.flaws.length === 0) break;
    headed = await headOf(house, organisation, headed.name);
  }
  return read;
}

async function headOf(house: Deps, organisation: string, name: string): Promise<Headed | null> {
  if (name === `organisation:${organisation}`) {
    const own = await house.organisations.byId(organisation);
    return own && { name, head: own.register, outbox: own.outbox };
  }
  const incident = await house.incidents.byId(organisation, name.slice(chainOf('').length));
  return incident && { name, head: incident.register, outbox: incident.outbox };
}

interface Headed {
  readonly name: string;
  readonly head: ChainHead;
  readonly outbox: readonly Entry[];
}

async function* headsOf(house: Deps, organisation: string): AsyncIterable<Headed> {
  const own = await house.organisations.byId(organisation);
  if (own) yield { name: `organisation:${organisation}`, head: own.register, outbox: own.outbox };
  for await (const { id, register, outbox } of house.incidents.heads(organisation)) {
    yield { name: chainOf(id), head: register, outbox };
  }
}

/** The entries of one chain, newest first, for those who may read the register. */
export async function viewChain(
  house: Deps,
  actor: Actor,
  incident?: string,
): Promise<Result<readonly Entry[], DomainError>> {
  const allowed = allow(actor, incident === undefined ? 'register.read' : 'incident.see');
  if (!allowed.ok) return allowed;
  if (incident === undefined) {
    const own = await house.register.read(actor.organisation, `organisation:${actor.organisation}`);
    return ok([...own].reverse());
  }
  const found = await findIncident(house, actor, incident);
  if (!found) return fail({ kind: 'not-found', what: 'incident', id: incident });
  return ok([...(await entriesOf(house, found))].reverse());
}
