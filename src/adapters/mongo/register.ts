import type { RegisterStore } from '../../application/ports/stores.ts';
import type { Mongo } from './connection.ts';
import { isDuplicate } from './duplicates.ts';
import { toEntry, toEntryDocument, type EntryDocument } from './register-document.ts';

export function mongoRegister({ models: { register } }: Mongo): RegisterStore {
  return {
    async append(entries) {
      // One by one and in order: when the process dies in between, the register ends early but has no hole.
      for (const entry of entries) {
        try {
          await register.create(toEntryDocument(entry));
        } catch (error) {
          if (!isDuplicate(error)) throw error;
        }
      }
    },

    async read(organisation, chain) {
      const found = await register
        .find({ organisation, chain })
        .sort({ sequence: 1 })
        .lean<EntryDocument[]>();
      return found.map(toEntry);
    },

    chains: (organisation) => register.distinct('chain', { organisation }),
  };
}
