import { createHash, randomBytes } from 'node:crypto';
import type { NoteRef } from '../../domain/incident/incident.ts';

/** A salt for a note: with it the words can be proven, without it they cannot be guessed from the hash. */
export function newSalt(): string {
  return randomBytes(16).toString('base64url');
}

/** SHA-256 over the salt's text, a NUL, and the words, in lower-case hexadecimal. */
export function hashOfNote(text: string, salt: string): string {
  return createHash('sha256').update(`${salt}\0${text}`).digest('hex');
}

/** Whether the register's reference was made from exactly these words. */
export function proves(ref: NoteRef, text: string, salt: string): boolean {
  return hashOfNote(text, salt) === ref.hash;
}
