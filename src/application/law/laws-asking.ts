import type { Law } from '../ports/law.ts';

/** By sector, the titles of the laws that ask whether it is ours, the one that asks most often first. */
export type LawsAsking = ReadonlyMap<string, readonly string[]>;

const SECTOR = /\bsector\("([\w-]+)"\)/g;
const known = new WeakMap<object, LawsAsking>();

/**
 * Which laws turn on which sector, read from the laws themselves: so nobody has to answer what no law would use, and
 * what this says stays true when a law is corrected.
 */
export function lawsAsking(law: Pick<Law, 'texts' | 'regimes'>): LawsAsking {
  const before = known.get(law);
  if (before) return before;
  const texts = law.texts();
  const asking = new Map<string, Map<string, number>>();
  for (const { hash, title } of law.regimes()) {
    for (const [, sector = ''] of (texts.get(hash) ?? '').matchAll(SECTOR)) {
      const laws = asking.get(sector) ?? new Map<string, number>();
      asking.set(sector, laws.set(title, (laws.get(title) ?? 0) + 1));
    }
  }
  const sorted = new Map(
    [...asking].map(([sector, laws]) => [
      sector,
      [...laws].sort(([, a], [, b]) => b - a).map(([title]) => title),
    ]),
  );
  known.set(law, sorted);
  return sorted;
}
