import { countryOf, placeOf } from '../law/places.ts';
import type { Authority } from '../law/types.ts';

/**
 * The data protection authority to which a private person turns, by place: of the country, or of its parts where they
 * have their own, so that nobody has two. Its name, with the short one where people know it by that.
 */
export function complaintOffices(authorities: Iterable<Authority>): ReadonlyMap<string, string> {
  const offices = new Map<string, string>();
  for (const { kind, place, competentFor, name, short: code } of authorities) {
    if (kind !== 'data-protection' || placeOf(place) !== place) continue;
    if (competentFor !== undefined && !competentFor.includes('private')) continue;
    // What stands in brackets in the law files is for those who file there; `-PT` tells one CNPD from another.
    const plain = name.replace(/\s*\([^)]*\)/g, '');
    const short = code.replace(/-[A-Z]{2}$/, '');
    offices.set(place, plain === short || plain.includes(short) ? plain : `${plain} (${short})`);
  }
  for (const place of [...offices.keys()]) {
    if (place !== countryOf(place)) offices.delete(countryOf(place));
  }
  return offices;
}
