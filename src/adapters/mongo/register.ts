import type { RegisterStore } from '../../application/ports/stores.ts';
import type { Mongo } from './connection.ts';
import { areAllDuplicates } from './duplicates.ts';
import { ours } from './settings.ts';
import { toEntry, toEntryDocument, type EntryDocument } from './register-document.ts';

export function mongoRegister({ models: { register } }: Mongo): RegisterStore {
  return {
    /**
     * A process that dies in between leaves a hole that nobody sees: the outbox is trimmed after the copy only, and
     * what stands in it is copied again.
     */
    async append(entries) {
      if (entries.length === 0) return;
      try {
        await register.insertMany(entries.map(toEntryDocument), {
          ordered: false,
          throwOnValidationError: true,
        });
      } catch (error) {
        if (!areAllDuplicates(error)) throw error;
      }
    },

    async read(organisation, chain, types) {
      const found = await register
        .find({ organisation, chain, ...(types ? { type: ours({ $in: [...types] }) } : {}) })
        .sort({ sequence: 1 })
        .lean<EntryDocument[]>();
      return found.map(toEntry);
    },

    chains: (organisation) => register.distinct('chain', { organisation }),
  };
}
