import { canonical, sha256 } from '../register/entry.ts';
import type { Seal, SealedTexts } from './notice.ts';

/** Seals what is given: the same texts, people and attachments always give the same hash. */
export function seal(content: Omit<Seal, 'hash'>): Seal {
  return { ...content, hash: hashOfSeal(content) };
}

/** The part that differs between what was approved and what is at hand, or null if they are the same. */
export function differs(
  approved: Seal,
  atHand: Omit<Seal, 'hash'>,
): 'text' | 'people' | 'attachments' | null {
  if (canonical(approved.texts) !== canonical(atHand.texts)) return 'text';
  if (canonical(approved.list ?? null) !== canonical(atHand.list ?? null)) return 'people';
  if (canonical(approved.attachments) !== canonical(atHand.attachments)) return 'attachments';
  // A seal whose own hash does not cover its parts was tampered with in the store.
  return hashOfSeal(approved) === approved.hash ? null : 'text';
}

/** The digest of a list: SHA-256 over the digests of its batches, in order. */
export function digestOfList(batches: readonly string[]): string {
  return sha256(batches.join('\n'));
}

/** Hashes every rendered text of a notice, by locale and format. */
export function hashTexts(rendered: Readonly<Record<string, Readonly<Record<string, string>>>>): SealedTexts {
  return Object.fromEntries(
    Object.entries(rendered).map(([locale, formats]) => [
      locale,
      Object.fromEntries(Object.entries(formats).map(([format, text]) => [format, sha256(text)])),
    ]),
  );
}

/**
 * What a seal covers, as the text whose SHA-256 is the seal's hash: kept among the texts, it says of every version
 * that was ever handed in which words, people and attachments it had.
 */
export function textOfSeal({ texts, list, attachments }: Omit<Seal, 'hash'>): string {
  return canonical({ texts, list: list ?? null, attachments });
}

/** The seal of a text that {@link textOfSeal} gave. */
export function readSeal(text: string): Seal {
  const { texts, list, attachments } = JSON.parse(text) as Omit<Seal, 'hash' | 'list'> & {
    readonly list: NonNullable<Seal['list']> | null;
  };
  return seal({ texts, attachments, ...(list ? { list } : {}) });
}

function hashOfSeal(content: Omit<Seal, 'hash'>): string {
  return sha256(textOfSeal(content));
}
