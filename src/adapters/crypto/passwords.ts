import { hash, verify } from '@node-rs/argon2';
import { randomBytes } from 'node:crypto';
import type { Passwords } from '../../application/ports/house.ts';

/**
 * argon2id with the parameters of OWASP's Password Storage Cheat Sheet (19 MiB, two passes), which are the
 * library's defaults. Where there is no hash (unknown address, invitation not accepted) a decoy is verified, so that
 * the time does not tell who has an account.
 */
export const argonPasswords: Passwords = {
  hash: (password) => hash(normal(password)),
  async verify(stored, password) {
    const matches = await matchesHash(stored ?? (await decoyHash()), password);
    return stored !== null && matches;
  },
};

let decoy: Promise<string> | undefined;

function decoyHash(): Promise<string> {
  decoy ??= hash(randomBytes(16).toString('hex'));
  return decoy;
}

async function matchesHash(stored: string, password: string): Promise<boolean> {
  try {
    return await verify(stored, normal(password));
  } catch {
    // Not an argon2 hash: nothing can match it.
    return false;
  }
}

/** Two keyboards may send one letter in two ways (NIST SP 800-63B, 3.1.1.2 on normalisation). */
function normal(password: string): string {
  return password.normalize('NFKC');
}
