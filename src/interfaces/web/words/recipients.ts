import { placeOf } from '../../../domain/law/places.ts';
import { placeName } from '../pages/places.ts';
import type { Visit } from '../request/visit.ts';

/**
 * Whom a duty tells, where the law engine names one of several: an authority by its usual name, a place by its own.
 * Null where the duty names nobody in particular, or one office alone that its title names already
 * ('Notify: CERT-In').
 */
export function recipientWords(
  { parts, locale }: Pick<Visit, 'parts' | 'locale'>,
  recipient: string | undefined,
  authority?: string,
  title = '',
): string | null {
  for (const id of [authority, recipient]) {
    const known = id === undefined ? null : parts.house.law.authority(id);
    if (known) return recipient === undefined && title.includes(known.short) ? null : known.short;
  }
  if (recipient === undefined) return null;
  return placeOf(recipient) === undefined ? recipient : placeName(recipient, locale);
}

/** Texts of a value that may be one of them, several, or none. */
export function textsOf(value: unknown): readonly string[] {
  return [value].flat().filter((text) => typeof text === 'string');
}
