import { translate, type Dictionary, type Playbook } from '../../domain/playbook/index.ts';
import type { Playbooks } from '../ports/house.ts';

/** Each playbook is translated once: the pages ask for it at every turn. */
const done = new WeakMap<Dictionary, WeakMap<Playbook, Playbook>>();

/**
 * The same playbooks in the words of another language: what is judged, kept and compared by hash stays as it is. What
 * has no words in it stays English and says so.
 */
export function inLanguage(playbooks: Playbooks, locale: string): Playbooks {
  const words = playbooks.words(locale);
  if (!words) return playbooks;
  const other = (playbook: Playbook | null): Playbook | null => playbook && translated(playbook, words);
  return {
    ...playbooks,
    all: () => playbooks.all().map((playbook) => translated(playbook, words)),
    byId: (id) => other(playbooks.byId(id)),
    byHash: async (hash) => other(await playbooks.byHash(hash)),
  };
}

function translated(playbook: Playbook, words: Dictionary): Playbook {
  const known = done.get(words) ?? new WeakMap<Playbook, Playbook>();
  done.set(words, known);
  const before = known.get(playbook);
  if (before) return before;
  const after = translate(playbook, words);
  known.set(playbook, after);
  return after;
}
