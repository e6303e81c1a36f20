import { CODE, MongoFault } from '../errors.ts';
import { compileFilter } from '../query/match.ts';
import type { Filter } from '../query/match.ts';
import type { Doc } from '../values/decode.ts';
import { filterName } from './paths.ts';
import type { Path } from './paths.ts';
import { show } from '../values/show.ts';

const IDENTIFIER = /^[a-z][a-zA-Z0-9]*$/;

/** The conditions behind `$[identifier]`, by identifier. Each is a filter over `{identifier: element}`. */
export type ArrayFilters = ReadonlyMap<string, Filter>;

export function compileArrayFilters(sources: readonly Doc[], vars?: Doc): ArrayFilters {
  const filters = new Map<string, Filter>();
  for (const source of sources) {
    const name = identifierOf(source);
    if (filters.has(name)) {
      throw failed(`Found multiple array filters with the same top-level field name ${name}`);
    }
    filters.set(name, compileFilter(source, vars ? { vars } : {}));
  }
  return filters;
}

const failed = (message: string): MongoFault => new MongoFault(CODE.FailedToParse, message);

function identifierOf(source: Doc): string {
  const names = new Set(topLevelNames(source));
  const [name, other] = names;
  if (name === undefined) {
    throw failed('Cannot use an expression without a top-level field name in arrayFilters');
  }
  if (other !== undefined) {
    throw failed(
      `Error parsing array filter :: caused by :: Expected a single top-level field name, found '${name}' and '${other}'`,
    );
  }
  if (IDENTIFIER.test(name)) return name;
  throw new MongoFault(
    CODE.BadValue,
    `Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${name}'`,
  );
}

function topLevelNames(source: Doc): string[] {
  return Object.entries(source).flatMap(([key, value]) => {
    if (!key.startsWith('$')) return [key.split('.', 1)[0] as string];
    return Array.isArray(value) ? value.flatMap((branch) => topLevelNames(branch as Doc)) : [];
  });
}

/** Refuses a path whose identifier has no filter, and a filter that no path uses. */
export function checkArrayFilters(filters: ArrayFilters, paths: readonly Path[], update: Doc): void {
  const used = new Set<string>();
  for (const path of paths) {
    for (const part of path) {
      const name = filterName(part);
      if (name === undefined || name === '') continue;
      used.add(name);
      if (!filters.has(name)) {
        throw new MongoFault(
          CODE.BadValue,
          `No array filter found for identifier '${name}' in path '${path.join('.')}'`,
        );
      }
    }
  }
  for (const name of filters.keys()) {
    if (!used.has(name)) {
      throw failed(`The array filter for identifier '${name}' was not used in the update ${show(update)}`);
    }
  }
}
