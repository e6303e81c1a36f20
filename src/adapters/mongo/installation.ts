import { randomUUID } from 'node:crypto';
import { MasterKeyError } from '../crypto/master-key.ts';
import type { Vault } from '../crypto/vault.ts';
import { isDuplicate } from './duplicates.ts';
import type { Mongo } from './connection.ts';
import { ours, schemaOf, text } from './settings.ts';

export interface InstallationDocument {
  _id: string;
  /** Names this installation for good. */
  identity: string;
  /** Of the master key under which everything in this store is sealed. */
  fingerprint: string;
  /** Of the file in which this store lies, as whoever lives said last: a copy lies in another. */
  file?: string;
}

export const installationSchema = schemaOf<InstallationDocument>({
  identity: text,
  fingerprint: text,
  file: String,
});

/** The one document that says which installation this store is, and which master key it was sealed under. */
export interface Installation {
  /**
   * Lets this vault in, or, in a new store, makes its key the one of the store.
   * @returns the identity of the installation
   * @throws MasterKeyError if the store was sealed under another master key
   */
  admit(): Promise<{ readonly identity: string }>;
  /**
   * Whether the store lies in another file than the one that lives: a copied folder, or a backup put back. A store
   * whose file was never noted lives where it is found first.
   */
  isCopy(file: string): Promise<boolean>;
  /** This file lives from here on. */
  live(file: string): Promise<void>;
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

    async isCopy(file) {
      const known = await models.installation.findOneAndUpdate(
        { _id: ONLY, file: ours({ $exists: false }) },
        { $set: { file } },
      );
      return known === null && (await find())?.file !== file;
    },

    async live(file) {
      await models.installation.updateOne({ _id: ONLY }, { $set: { file } });
    },
  };
}
