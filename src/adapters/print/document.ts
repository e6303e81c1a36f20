import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);
const FACE = resolve('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf');
const BOLD = resolve('@expo-google-fonts/inter/700Bold/Inter_700Bold.ttf');

/** Gives a document the faces `face` and `bold`, which have Latin, Greek and Cyrillic. */
export function withFaces(document: PDFKit.PDFDocument): void {
  document.registerFont('face', FACE).registerFont('bold', BOLD);
}

/** Ends a document. @returns its bytes */
export function bytesOf(document: PDFKit.PDFDocument): Promise<Uint8Array> {
  return new Promise((done, failed) => {
    const parts: Buffer[] = [];
    document.on('data', (part: Buffer) => parts.push(part));
    document.on('end', () => done(Buffer.concat(parts)));
    document.on('error', failed);
    document.end();
  });
}
