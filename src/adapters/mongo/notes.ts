import { randomUUID } from 'node:crypto';
import type { NotesStore } from '../../application/ports/stores.ts';
import { hashOfNote, newSalt } from '../crypto/note-proof.ts';
import type { Vault } from '../crypto/vault.ts';
import { bytesOf } from './binary.ts';
import type { Mongo } from './connection.ts';
import { looseEndsOf } from './loose-ends.ts';
import { ours } from './settings.ts';

/** The words of a note with the salt that its hash in the register was made with. */
interface Words {
  readonly salt: string;
  readonly text: string;
}

export interface Notes extends NotesStore {
  /** The words with their salt, to prove them against the register; null if there is no such note. */
  evidence(organisation: string, id: string): Promise<Words | null>;
}

export function mongoNotes({ models: { notes } }: Mongo, vault: Vault): Notes {
  async function find(organisation: string, ids: readonly string[]): Promise<ReadonlyMap<string, Words>> {
    const sealer = vault.sealer(organisation, 'notes');
    const found = await notes.find({ _id: ours({ $in: [...ids] }), organisation }).lean();
    return new Map(
      found.map(({ _id, sealed }) => [
        _id,
        JSON.parse(sealer.open(_id, bytesOf(sealed)).toString('utf8')) as Words,
      ]),
    );
  }

  return {
    ...looseEndsOf(notes),

    seal(organisation, incident, text) {
      const id = randomUUID();
      const salt = newSalt();
      const words: Words = { salt, text };
      const sealed = vault.sealer(organisation, 'notes').seal(id, Buffer.from(JSON.stringify(words)));
      return { ref: { id, hash: hashOfNote(text, salt) }, organisation, incident, sealed };
    },

    async keep(sealed) {
      if (sealed.length === 0) return;
      await notes.insertMany(
        sealed.map((note) => ({
          _id: note.ref.id,
          organisation: note.organisation,
          incident: note.incident,
          sealed: Buffer.from(note.sealed),
        })),
      );
    },

    async remove(organisation, ids) {
      await notes.deleteMany({ _id: ours({ $in: [...ids] }), organisation });
    },

    async read(organisation, ids) {
      const found = await find(organisation, ids);
      return new Map([...found].map(([id, { text }]) => [id, text]));
    },

    async evidence(organisation, id) {
      return (await find(organisation, [id])).get(id) ?? null;
    },
  };
}
