import { randomBytes } from 'node:crypto';
import { readEmail } from '../../domain/people/list-file/email.ts';
import { sha256 } from '../../domain/register/entry.ts';
import { keyOfFolder, readKey } from './master-key.ts';
import { quickHmac } from './quick-hmac.ts';
import { derive, sealer, type Sealer } from './sealing.ts';

/** What a key is derived for; a key of one purpose opens nothing of another. */
export type Purpose = 'notes' | 'drafts' | 'answers';

/** The key of one list of people: seals its batches, and tags its addresses. */
export interface ListKey extends Sealer {
  /**
   * Eight keyed bytes that find an address of this list again, and tell nothing to who lacks the key. One address has
   * one tag, however it is written.
   */
  tag(address: string): Buffer;
}

/** Holds the master key and gives out keys derived from it or wrapped by it, never the key itself. */
export interface Vault {
  /** Names the master key without telling it: 16 hexadecimal digits. */
  readonly fingerprint: string;
  /** The sealer for one purpose of one organisation. */
  sealer(organisation: string, purpose: Purpose): Sealer;
  /** The secret that signs session cookies; the same for all processes on one master key. */
  readonly sessionSecret: string;
  /** A new random key for a list. Only `wrapped` is stored: to delete it is to forget the people. */
  newListKey(organisation: string, list: string): { readonly key: ListKey; readonly wrapped: Buffer };
  /** @throws CannotOpen if the wrapping was altered or belongs to another list. */
  listKey(organisation: string, list: string, wrapped: Uint8Array): ListKey;
  /** A new random key for one file of evidence, and that key wrapped by the master key. */
  newFileKey(organisation: string, file: string): { readonly key: Sealer; readonly wrapped: Buffer };
  /** @throws CannotOpen if the wrapping was altered or belongs to another file. */
  fileKey(organisation: string, file: string, wrapped: Uint8Array): Sealer;
}

/**
 * Opens the vault by `key` (TOCSIN_KEY, 32 bytes in base64) or by the data folder's own key, which is made if
 * there is none.
 * @throws MasterKeyError if the key cannot be read
 */
export async function openVault(from: {
  readonly dataFolder: string;
  readonly key?: string;
}): Promise<Vault> {
  const master =
    from.key === undefined ? await keyOfFolder(from.dataFolder) : readKey(from.key, 'TOCSIN_KEY');
  const wrapper = (organisation: string): Sealer =>
    sealer(derive(master, ['list-keys', organisation]), ['list-key', organisation]);
  const fileWrapper = (organisation: string): Sealer =>
    sealer(derive(master, ['file-keys', organisation]), ['file-key', organisation]);
  const fileKey = (secret: Uint8Array, organisation: string, file: string): Sealer =>
    sealer(secret, ['file', organisation, file]);
  return {
    fingerprint: sha256(derive(master, ['fingerprint'])).slice(0, 16),
    sessionSecret: Buffer.from(derive(master, ['sessions'])).toString('base64url'),
    sealer: (organisation, purpose) =>
      sealer(derive(master, [purpose, organisation]), [purpose, organisation]),
    newListKey(organisation, list) {
      const secret = randomBytes(32);
      return {
        key: listKey(secret, organisation, list),
        wrapped: wrapper(organisation).seal(list, secret),
      };
    },
    listKey: (organisation, list, wrapped) =>
      listKey(wrapper(organisation).open(list, wrapped), organisation, list),
    newFileKey(organisation, file) {
      const secret = randomBytes(32);
      return {
        key: fileKey(secret, organisation, file),
        wrapped: fileWrapper(organisation).seal(file, secret),
      };
    },
    fileKey: (organisation, file, wrapped) =>
      fileKey(fileWrapper(organisation).open(file, wrapped), organisation, file),
  };
}

const TAG_LENGTH = 8;

function listKey(secret: Uint8Array, organisation: string, list: string): ListKey {
  const hmac = quickHmac(derive(secret, ['tags']));
  return {
    ...sealer(derive(secret, ['batches']), ['batch', organisation, list]),
    tag: (address) => hmac(readEmail(address) ?? address.toLowerCase()).subarray(0, TAG_LENGTH),
  };
}
