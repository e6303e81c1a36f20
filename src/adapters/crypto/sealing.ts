import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** Something sealed does not open: its bytes were altered, it belongs elsewhere, or the key is another. */
export class CannotOpen extends Error {
  override readonly name = 'CannotOpen';

  constructor(what: readonly string[]) {
    super(
      `What is sealed as ${what.join(' / ')} does not open: it was altered, moved, or sealed under another key.`,
    );
  }
}

/** Seals bytes for one place. What was sealed as one id does not open as another. */
export interface Sealer {
  seal(id: string, content: Uint8Array): Buffer;
  /** @throws CannotOpen */
  open(id: string, sealed: Uint8Array): Buffer;
}

const FORMAT = 1;
const CIPHER = 'aes-256-gcm';
// NIST SP 800-38D, 8.2.2: a random nonce of 96 bits, good for 2^32 seals under one key.
const NONCE = 12;
const TAG = 16;

/**
 * AES-256-GCM: format byte, nonce, ciphertext, tag. `place` (purpose, organisation) and the id are authenticated
 * with the content, so that sealed bytes cannot be moved to another document or organisation.
 */
export function sealer(key: Uint8Array, place: readonly string[]): Sealer {
  return {
    seal(id, content) {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv(CIPHER, key, nonce).setAAD(bound(place, id));
      const head = Buffer.concat([Buffer.of(FORMAT), nonce]);
      return Buffer.concat([head, cipher.update(content), cipher.final(), cipher.getAuthTag()]);
    },
    open(id, sealed) {
      if (sealed.length < 1 + NONCE + TAG || sealed[0] !== FORMAT) throw new CannotOpen([...place, id]);
      const nonce = sealed.subarray(1, 1 + NONCE);
      const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG })
        .setAAD(bound(place, id))
        .setAuthTag(sealed.subarray(-TAG));
      try {
        return Buffer.concat([decipher.update(sealed.subarray(1 + NONCE, -TAG)), decipher.final()]);
      } catch {
        throw new CannotOpen([...place, id]);
      }
    },
  };
}

/** A key for one purpose out of a stronger one: HKDF-SHA256 (RFC 5869). */
export function derive(key: Uint8Array, purpose: readonly string[]): Buffer {
  return Buffer.from(hkdfSync('sha256', key, 'tocsin', JSON.stringify(purpose), 32));
}

/** JSON, so that no two lists of names read the same when run together. */
function bound(place: readonly string[], id: string): Buffer {
  return Buffer.from(JSON.stringify([...place, id]));
}
