import type { Texts } from '../../application/ports/stores.ts';
import { sha256 } from '../../domain/register/entry.ts';
import type { Mongo } from './connection.ts';
import { isDuplicate } from './duplicates.ts';
import { ours } from './settings.ts';

export function mongoTexts({ models: { texts: collection } }: Mongo): Texts {
  return {
    async put(texts) {
      const byHash = new Map(texts.map((text) => [sha256(text), text]));
      const there = await known([...byHash.keys()]);
      const missing = [...byHash].filter(([hash]) => !there.has(hash));
      for (const [hash, text] of missing) await keep(hash, text);
      return texts.map((text) => sha256(text));
    },

    async get(hashes) {
      const found = await collection.find({ _id: ours({ $in: [...hashes] }) }).lean();
      return new Map(found.map(({ _id, text }) => [_id, text]));
    },
  };

  async function known(hashes: readonly string[]): Promise<ReadonlySet<string>> {
    const found = await collection.find({ _id: ours({ $in: [...hashes] }) }, { _id: 1 }).lean();
    return new Set(found.map(({ _id }) => _id));
  }

  async function keep(hash: string, text: string): Promise<void> {
    try {
      await collection.create({ _id: hash, text });
    } catch (error) {
      // Someone else put the same words: that is the same text.
      if (!isDuplicate(error)) throw error;
    }
  }
}
