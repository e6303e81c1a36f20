/** Edits (insert, delete, replace, swap of neighbours) between two words; stops counting past `limit`. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, (before[j - 2] ?? 0) + 1);
      }
      row.push(best);
    }
    before = previous;
    previous = row;
  }
  return previous[b.length] ?? limit + 1;
}

/**
 * The known word that was most likely meant, or undefined where none is near: a slip of the keys, else a word that was
 * cut short (`max` for `maximum`). Case does not count.
 */
export function nearest(given: string, known: Iterable<string>): string | undefined {
  const word = given.toLowerCase();
  const limit = Math.max(2, Math.floor(word.length / 2));
  let found: string | undefined;
  let whole: string | undefined;
  let best = limit + 1;
  for (const candidate of known) {
    const other = candidate.toLowerCase();
    if (word.length > 1 && (other.startsWith(word) || word.startsWith(other))) whole ??= candidate;
    const steps = distance(word, other, limit);
    if (steps < best) {
      best = steps;
      found = candidate;
    }
  }
  return found ?? whole;
}
