import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What asks a face for a character; pdfkit's own face has it, and its types do not say so. */
interface Face {
  readonly font?: { hasGlyphForCodePoint(codePoint: number): boolean };
}

/** Type files that a shop put into its data folder, by name: for names in scripts that ours does not have. */
export function faceFiles(folder: string | undefined): readonly string[] {
  if (folder === undefined || !existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /\.(?:ttf|otf|woff2?)$/i.test(name))
    .sort()
    .map((name) => join(folder, name));
}

/**
 * Takes the wished face where it has every character of the text, else the first other one that has; else the wished
 * one all the same.
 */
export function useFaceFor(
  document: PDFKit.PDFDocument,
  wished: 'face' | 'bold',
  text: string,
  others: readonly string[],
): PDFKit.PDFDocument {
  const found = [wished, ...others].find((face) => hasAll(document.font(face), text));
  return document.font(found ?? wished);
}

function hasAll(document: PDFKit.PDFDocument, text: string): boolean {
  const { font } = (document as unknown as { readonly _font: Face })._font;
  return Array.from(text).every(
    (character) => /\s/.test(character) || !font || font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0),
  );
}
