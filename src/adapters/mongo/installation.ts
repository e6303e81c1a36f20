import { randomUUID } from 'node:crypto';
import { MasterKeyError } from '../crypto/master-key.ts';
import type { Vault } from '../crypto/vault.ts';
import { isDuplicate } from './duplicates.ts';
import type { Mongo } from './connection.ts';
import { schemaOf, text } from './settings.ts';

export interface InstallationDocument {
  _id: string;
  /** Names this installation for good. */
  identity: string;
  /** Of the master key under which everything in this store is sealed. */
  fingerprint: string;
}

export const installationSchema = schemaOf<InstallationDocument>({ identity: text, fingerprint: text });

/** The one document that says which installation this store is, and which master key it was sealed under. */
export interface Installation {
  /**
   * Lets this vault in, or, in a new store, makes its key the one of the store.
   * @returns the identity of the installation
   * @throws MasterKeyError if the store was sealed under another master key
   */
  admit(): Promise<{ readonly identity: string }>;
}

const ONLY = 'installation';

export function mongoInstallation({ models }: Mongo, vault: Vault): Installation {
  const find = () => models.installation.findOne({ _id: ONLY }).lean();

  async function findOrFound() {
    const existing = await find();
    if (existing) return existing;
    const founded = { _id: ONLY, identity: randomUUID(), fingerprint: vault.fingerprint };
    try {
      await models.installation.create(founded);
      return founded;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      return (await find()) ?? founded;
    }
  }

  return {
    async admit() {
      const { identity, fingerprint } = await findOrFound();
      if (fingerprint !== vault.fingerprint) {
        throw new MasterKeyError(
          `This store was sealed under another master key: its fingerprint is ${fingerprint}, that of the key given ` +
            `is ${vault.fingerprint}. Give the key that belongs to this store as TOCSIN_KEY, or put it back as ` +
            'keys/master in the data folder; without it notes, drafts and lists of people cannot be read.',
        );
      }
      return { identity };
    },
  };
}
