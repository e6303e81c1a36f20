import type { Playbooks } from '../../application/ports/house.ts';
import type { Texts } from '../../application/ports/stores.ts';
import { hashOf, placesFor, readKept } from '../../domain/playbook/index.ts';
import type { Playbook } from '../../domain/playbook/index.ts';
import type { Loaded } from './load.ts';

export { lintPlaybooks } from './lint.ts';
export { loadPlaybooks } from './load.ts';
export type { Folders, Loaded } from './load.ts';

/**
 * The playbooks of this installation, and those that incidents started with: a changed or removed file changes no
 * incident, for its text lies in the store under its hash.
 */
export function playbookFiles(loaded: Loaded, texts: Texts): Playbooks {
  const byId = new Map(loaded.playbooks.map((playbook) => [playbook.id, playbook]));
  const byHash = new Map(loaded.playbooks.map((playbook) => [playbook.hash, playbook]));
  return {
    all: () => loaded.playbooks,
    byId: (id) => byId.get(id) ?? null,
    async byHash(hash) {
      const known = byHash.get(hash);
      if (known !== undefined) return known;
      const kept = await readFromStore(hash, texts);
      if (kept !== null) byHash.set(hash, kept);
      return kept;
    },
    placesFor: (task) => placesFor(task, loaded.places),
    whereToClick: loaded.places,
    isOwn: (id) => loaded.own.has(id),
    words: (locale) => loaded.dictionaries.get(locale) ?? null,
    problems: loaded.problems,
  };
}

async function readFromStore(hash: string, texts: Texts): Promise<Playbook | null> {
  const text = (await texts.get([hash])).get(hash);
  // A text that was changed in the store is not the one that the incident took over.
  if (text === undefined || hashOf(text) !== hash) return null;
  return readKept(text) ?? null;
}
