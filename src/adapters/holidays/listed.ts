import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/** Public holidays by place and year, as the library gave them: loading it takes longer than counting a deadline. */
export interface DaysListed {
  readonly places: Readonly<Record<string, Readonly<Record<number, readonly string[]>>>>;
}

/** As far as the library's lists were checked. */
const YEARS = [2026, 2027, 2028];

/**
 * Asks the library once about these places and writes the answers down. What is not among them is asked when it is
 * needed.
 */
export function compileDays(
  file: string,
  ask: (place: string, year: number) => Iterable<string>,
  asked: Iterable<string>,
): void {
  const places = Object.fromEntries(
    [...new Set(asked)].map((place) => [
      place,
      Object.fromEntries(YEARS.map((year) => [year, [...ask(place, year)]])),
    ]),
  );
  const listed: DaysListed = { places };
  writeFileSync(`${file}.new`, JSON.stringify(listed));
  renameSync(`${file}.new`, file);
}

/** What was written down; nothing where there is no such file, or it cannot be read. */
export function readDays(file: string): DaysListed {
  if (!existsSync(file)) return { places: {} };
  try {
    const listed = JSON.parse(readFileSync(file, 'utf8')) as Partial<DaysListed>;
    return { places: listed.places ?? {} };
  } catch {
    // A cache is only a cache: the library gives the same days.
    return { places: {} };
  }
}
