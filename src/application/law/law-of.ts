import type { Incident } from '../../domain/incident/incident.ts';
import { sha256 } from '../../domain/register/entry.ts';
import type { House } from '../ports/house.ts';
import type { Law } from '../ports/law.ts';

export interface LawOfIncident {
  readonly law: Law;
  /** Hashes of texts by which it was judged and that are lost or can no longer be read. */
  readonly lost: readonly string[];
}

/**
 * The law by which an incident is judged: each law in the text by which its obligations stand, the rest as installed.
 * A changed law file changes no incident by itself; a person takes it over. What no longer applies holds nothing.
 */
export async function lawOf(
  house: Pick<House, 'law' | 'texts'>,
  incident: Pick<Incident, 'obligations'>,
): Promise<LawOfIncident> {
  const hashes = olderTexts(house.law, incident);
  if (hashes.length === 0) return { law: house.law, lost: [] };
  const stored = await house.texts.get(hashes);
  // A text that was changed in the store is not the one by which the incident was judged.
  const texts = new Map([...stored].filter(([hash, text]) => sha256(text) === hash));
  const { law, unreadable } = house.law.keeping(texts);
  return { law, lost: [...hashes.filter((hash) => !texts.has(hash)), ...unreadable] };
}

/** Hashes of the texts by which what still stands was judged, and which are not those installed now. */
export function olderTexts(
  installed: Law,
  { obligations }: Pick<Incident, 'obligations'>,
): readonly string[] {
  const texts = installed.texts();
  const standing = obligations.filter(({ decision }) => decision !== 'does-not-apply');
  return [...new Set(standing.map(({ lawHash }) => lawHash))].filter((hash) => !texts.has(hash));
}
