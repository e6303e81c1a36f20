import { createPublicKey, verify, type KeyObject } from 'node:crypto';

/** The public key that SendGrid shows for a signed webhook: base64 of its DER (SubjectPublicKeyInfo, P-256). */
export function readPublicKey(base64: string): KeyObject {
  return createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' });
}

export interface Signed {
  /** As the header has it, in seconds of the epoch. */
  readonly timestamp: string;
  /** DER in base64. */
  readonly signature: string;
  /** The bytes as they came: written anew, the same JSON has another signature. */
  readonly body: Uint8Array;
}

/** Whether this is SendGrid's: ECDSA with SHA-256 over the timestamp and the raw body. */
export function isSigned(key: KeyObject, { timestamp, signature, body }: Signed): boolean {
  const signed = Buffer.concat([Buffer.from(timestamp), body]);
  return verify('sha256', signed, key, Buffer.from(signature, 'base64'));
}
