import { GENESIS, hashOf, type Entry } from './entry.ts';
import type { ChainHead } from './chain.ts';

/** An entry that does not hold, and why: `missing`, `altered` (its hash is not that of its content) or `unlinked`. */
export interface Flaw {
  readonly chain: string;
  readonly sequence: number;
  readonly fault: 'missing' | 'altered' | 'unlinked' | 'surplus' | 'head';
}

/**
 * Checks one chain against the head that its document carries. `entries` come in order of their sequence.
 * Every flaw is told, not only the first: an authority asks which entries can still be relied on.
 */
export function verifyChain(name: string, head: ChainHead, entries: readonly Entry[]): readonly Flaw[] {
  const flaws: Flaw[] = [];
  const bySequence = new Map(entries.map((entry) => [entry.sequence, entry]));
  let previous = GENESIS;
  for (let sequence = 1; sequence <= head.sequence; sequence += 1) {
    const entry = bySequence.get(sequence);
    if (!entry) {
      flaws.push({ chain: name, sequence, fault: 'missing' });
      continue;
    }
    if (hashOf(entry) !== entry.hash) flaws.push({ chain: name, sequence, fault: 'altered' });
    if (bySequence.has(sequence - 1) || sequence === 1) {
      if (entry.previous !== previous) flaws.push({ chain: name, sequence, fault: 'unlinked' });
    }
    previous = entry.hash;
  }
  for (const entry of entries) {
    if (entry.sequence > head.sequence)
      flaws.push({ chain: name, sequence: entry.sequence, fault: 'surplus' });
  }
  const last = bySequence.get(head.sequence);
  if (head.sequence > 0 && last && last.hash !== head.head) {
    flaws.push({ chain: name, sequence: head.sequence, fault: 'head' });
  }
  return flaws;
}
