import { allow } from '../../domain/access/permissions.ts';
import type { Actor } from '../../domain/access/roles.ts';
import type { DomainError } from '../../domain/errors.ts';
import { maySee } from '../../domain/incident/restriction.ts';
import { ok, type Result } from '../../domain/result.ts';
import { findIncident } from '../incident/find.ts';
import type { House } from '../ports/house.ts';
import { recordInOrganisation } from '../register/record.ts';
import { breachEntry, type BreachEntry, type EntryDeps } from './breach-entry.ts';
import { matches, traitsOf, type BreachFilter, type Traits } from './filter.ts';

type Deps = EntryDeps & Pick<House, 'incidents' | 'users'>;

/** What there is to choose from: only what stands in the register. */
export interface Facets {
  readonly years: readonly number[];
  readonly kinds: readonly string[];
  /** ISO 3166, as the facts name them. */
  readonly places: readonly string[];
}

export interface BreachRegister {
  /** The entries of one page, the newest reference first. */
  readonly entries: readonly BreachEntry[];
  /** From 1; the last one where a later one was asked for. */
  readonly page: number;
  readonly pages: number;
  /** How many the filter finds, and how many there are. */
  readonly matching: number;
  readonly all: number;
  readonly facets: Facets;
}

/**
 * The breach register (GDPR art. 33(5)): every incident, told or not, near misses too; no drills. Incidents are read one
 * by one, and only those of the page are put into words: a thousand of them fill no memory.
 */
export async function viewBreachRegister(
  house: Deps,
  actor: Actor,
  filter: BreachFilter,
  { page: wanted, size }: { readonly page: number; readonly size: number },
): Promise<Result<BreachRegister, DomainError>> {
  const allowed = allow(actor, 'register.read');
  if (!allowed.ok) return allowed;
  const found = await search(house, actor, filter);
  const pages = Math.max(1, Math.ceil(found.ids.length / size));
  const page = Math.min(Math.max(1, wanted), pages);
  const shown = found.ids.slice((page - 1) * size, page * size);
  const entries = await entriesFor(house, actor, shown, await namesOf(house, actor));
  const { all, facets } = found;
  return ok({ entries, page, pages, matching: found.ids.length, all, facets });
}

export const EXPORT_FORMATS = ['csv', 'pdf'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/**
 * The same for taking along: all that the filter finds, one after another. That it was taken is recorded before the
 * first entry is given.
 */
export async function exportBreachRegister(
  house: Deps & Pick<House, 'ids' | 'organisations'>,
  actor: Actor,
  filter: BreachFilter,
  format: ExportFormat,
): Promise<Result<{ readonly count: number; readonly entries: AsyncIterable<BreachEntry> }, DomainError>> {
  const allowed = allow(actor, 'register.read');
  if (!allowed.ok) return allowed;
  const { ids } = await search(house, actor, filter);
  await recordInOrganisation(house, actor, {
    type: 'breach-register-exported',
    data: { format, count: ids.length, filter: { ...filter } },
  });
  const names = await namesOf(house, actor);
  async function* entries(): AsyncGenerator<BreachEntry> {
    for (let at = 0; at < ids.length; at += AT_ONCE)
      yield* await entriesFor(house, actor, ids.slice(at, at + AT_ONCE), names);
  }
  return ok({ count: ids.length, entries: entries() });
}

/** Entries that are put into words side by side: their reads share the store's time, and few are in memory. */
const AT_ONCE = 25;

async function entriesFor(
  house: Deps,
  actor: Actor,
  ids: readonly string[],
  names: ReadonlyMap<string, string>,
): Promise<readonly BreachEntry[]> {
  const entries = await Promise.all(
    ids.map(async (id) => {
      const incident = await findIncident(house, actor, id);
      return incident ? [await breachEntry(house, incident, names)] : [];
    }),
  );
  return entries.flat();
}

interface Found {
  readonly ids: readonly string[];
  readonly all: number;
  readonly facets: Facets;
}

async function search(house: Deps, actor: Actor, filter: BreachFilter): Promise<Found> {
  const now = house.clock.now();
  const ids: string[] = [];
  const years = new Set<number>();
  const kinds = new Set<string>();
  const places = new Set<string>();
  let all = 0;
  for await (const incident of house.incidents.all(actor.organisation, 'INC')) {
    if (!maySee(actor, incident)) continue;
    const traits: Traits = traitsOf(incident, now);
    all += 1;
    years.add(traits.year);
    kinds.add(traits.kind);
    for (const place of traits.places) places.add(place);
    if (matches(traits, filter)) ids.push(incident.id);
  }
  const facets = {
    years: [...years].sort((a, b) => b - a),
    kinds: [...kinds].sort(),
    places: [...places].sort(),
  };
  return { ids, all, facets };
}

async function namesOf(house: Pick<House, 'users'>, actor: Actor): Promise<ReadonlyMap<string, string>> {
  const users = await house.users.of(actor.organisation);
  return new Map([...users.map(({ id, name }) => [id, name] as const), ['tocsin', 'Tocsin']]);
}
