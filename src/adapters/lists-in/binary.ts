/** How files begin that people choose by mistake; a spreadsheet of today (ZIP) is told apart before. */
const BEGINNINGS: readonly (readonly number[])[] = [
  [0x50, 0x4b, 0x03, 0x04], // ZIP
  [0x50, 0x4b, 0x05, 0x06], // an empty ZIP
  [0x25, 0x50, 0x44, 0x46], // PDF
  [0x89, 0x50, 0x4e, 0x47], // PNG
  [0xff, 0xd8, 0xff], // JPEG
  [0x47, 0x49, 0x46, 0x38], // GIF
  [0xd0, 0xcf, 0x11, 0xe0], // Excel and Word up to 2003
  [0x1f, 0x8b], // gzip
  [0x42, 0x5a, 0x68], // bzip2
  [0xfd, 0x37, 0x7a, 0x58, 0x5a], // xz
  [0x28, 0xb5, 0x2f, 0xfd], // Zstandard
  [0x37, 0x7a, 0xbc, 0xaf], // 7z
  [0x52, 0x61, 0x72, 0x21], // RAR
  [0x7f, 0x45, 0x4c, 0x46], // ELF
  [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66], // SQLite
  [0x50, 0x41, 0x52, 0x31], // Parquet
];

/** Whether a file begins as one of a kind that is no text. */
export function beginsAsBinary(start: Uint8Array): boolean {
  return BEGINNINGS.some((beginning) => beginning.every((byte, at) => start[at] === byte));
}

/** Control characters that no text has; in Windows-1252 also what stands for bytes that are no character. */
const NO_TEXT = /[^\P{Cc}\s]|\ufffd|\p{Cs}/gu;
const SHARE = 0.02;

/** Whether what was decoded is more than a text with a fault or two. */
export function looksBinary(text: string): boolean {
  const strange = text.match(NO_TEXT)?.length ?? 0;
  return strange > SHARE * text.length;
}
