import { liesIn, placeOf } from '../../domain/law/places.ts';

/**
 * A part of a letter that stands for some readers only, by where they live. All parts are in the sealed text, each
 * between marks, so that what was approved covers every reader; a reader gets the text without marks, and without
 * what is meant for others. Marks are in brackets that {@link clean} takes out of everything people write.
 *
 * An area is a place (`US-CA`), a group (`EEA`), or `@` and a place as it stands on the list: `@US` is everybody of
 * whom only the country is known, `@` everybody of whom nothing is.
 */
export interface Marks {
  readonly open: string;
  readonly close: string;
}

const CLOSE = '⟦/⟧';

/** Marks of a part for readers in one of these areas. */
export function marksFor(areas: readonly string[]): Marks {
  return { open: `⟦in:${areas.join(',')}⟧`, close: CLOSE };
}

/** Marks of a part for readers in none of these areas. */
export function marksExcept(areas: readonly string[]): Marks {
  return { open: `⟦out:${areas.join(',')}⟧`, close: CLOSE };
}

/** Text between marks. */
export function marked({ open, close }: Marks, text: string): string {
  return `${open}${text}${close}`;
}

const MARK = /⟦(in|out):([^⟧]*)⟧|⟦\/⟧/g;

/** What a reader at this place gets of a marked text; `place` as it stands on the list, '' where it is not known. */
export function textFor(text: string, place: string): string {
  const home = placeOf(place.trim().toUpperCase()) ?? '';
  const open: boolean[] = [];
  let kept = '';
  let from = 0;
  const keep = (to: number): void => {
    if (open.every(Boolean)) kept += text.slice(from, to);
  };
  for (const mark of text.matchAll(MARK)) {
    keep(mark.index);
    from = mark.index + mark[0].length;
    const [, kind, areas = ''] = mark;
    if (kind === undefined) open.pop();
    else open.push(livesIn(home, areas.split(',')) === (kind === 'in'));
  }
  keep(text.length);
  return kept;
}

/** The places and groups that a marked text tells apart, each once. */
export function areasIn(text: string): readonly string[] {
  const areas = [...text.matchAll(MARK)].flatMap(([, , named]) => named?.split(',') ?? []);
  return [...new Set(areas)].filter((area) => !area.startsWith('@'));
}

/**
 * Areas with those readers added of whom the list says too little, where the facts say enough: if everybody affected
 * lives there, so does who has no place; if everybody in that country does, so does who has only the country.
 *
 * @param places of everybody affected, or null where that is not known
 */
export function withUnplaced(
  areas: readonly string[],
  places: readonly string[] | null,
): readonly string[] {
  const lies = (place: string): boolean => areas.some((area) => liesIn(place, area) === 'yes');
  const known = places ?? [];
  const added = known.length > 0 && known.every(lies) ? ['@'] : [];
  for (const country of new Set(areas.flatMap((area) => /^([A-Z]{2})-/.exec(area)?.[1] ?? []))) {
    const inCountry = known.filter((place) => liesIn(place, country) === 'yes');
    if (inCountry.length > 0 && inCountry.every(lies)) added.push(`@${country}`);
  }
  return [...areas, ...added];
}

function livesIn(home: string, areas: readonly string[]): boolean {
  return areas.some((area) => {
    if (area.startsWith('@')) return area.slice(1) === home;
    return home !== '' && liesIn(home, area) === 'yes';
  });
}
