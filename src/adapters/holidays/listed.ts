import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/** Public holidays by place and year, as the library gave them: loading it takes longer than counting a deadline. */
export interface DaysListed {
  readonly places: Readonly<Record<string, Readonly<Record<number, readonly string[]>>>>;
}

/** The places that are asked most. Lists that follow the moon of Asia take longest and are left to the library. */
const PLACES = (
  'AT BE BG HR CY CZ DE DK EE ES FI FR GR HU IE IT LT LU LV MT NL PL PT RO SE SI SK IS LI NO GB CH AE AU BR CA EG IN ' +
  'JP MX NG NZ SA SG ZA DE-BW DE-BY DE-BE DE-BB DE-HB DE-HH DE-HE DE-MV DE-NI DE-NW DE-RP DE-SL DE-SN DE-ST DE-SH DE-TH'
).split(' ');

/** As far as the library's lists were checked. */
const YEARS = [2026, 2027, 2028];

/** Asks the library once and writes the answers down. What is not among them is asked when it is needed. */
export function compileDays(file: string, ask: (place: string, year: number) => Iterable<string>): void {
  const places = Object.fromEntries(
    PLACES.map((place) => [place, Object.fromEntries(YEARS.map((year) => [year, [...ask(place, year)]]))]),
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
