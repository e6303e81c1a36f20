import { REGION } from '../../shared/words.ts';
import type { Visit } from '../request/visit.ts';

/** `a, b and c`, by the rules of the page's language. */
export function listed(
  { locale }: Pick<Visit, 'locale'>,
  parts: readonly string[],
  type: 'conjunction' | 'disjunction',
): string {
  return new Intl.ListFormat(REGION[locale], { type }).format(parts);
}
