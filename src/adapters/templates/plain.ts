/** What holds the place of something personal in a sealed text. */
export const SLOT = { salutation: '⟦salutation⟧', link: '⟦link⟧', reference: '⟦reference⟧' } as const;

/** What holds the place of the day on which the letter goes out, in a zone. */
export function dateSlot(zone: string): string {
  return `⟦date:${zone}⟧`;
}

/** {@link dateSlot}, wherever it stands; the zone is its first group. */
export const DATE_SLOT = /⟦date:([^⟧]*)⟧/g;

// Overrides and isolates turn the order of what follows them round; U+200E and U+200F only mark a place.
const TURNING = /[\u202A-\u202E\u2066-\u2069]/g;
const LINE_ENDS = /\r\n?|\u0085|\u2028|\u2029/g;
// eslint-disable-next-line no-control-regex -- that is what it is for
const CONTROLS = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uFEFF\uFFF9-\uFFFB]/g;

/**
 * Text as people wrote it, without what nobody wrote: control characters, and marks that turn the direction of
 * other people's words round. The brackets of slots become plain ones, so that no slot can occur in text.
 */
export function clean(text: string): string {
  return text
    .replace(LINE_ENDS, '\n')
    .replace(TURNING, '')
    .replace(CONTROLS, '')
    .replaceAll('⟦', '[')
    .replaceAll('⟧', ']')
    .replace(/\p{Surrogate}/gu, '\uFFFD');
}

/** {@link clean}, on one line: for subjects, headings and names. */
export function oneLine(text: string): string {
  return clean(text).replace(/\s+/g, ' ').trim();
}

/** The paragraphs of a text (blank lines part them), each as its lines. */
export function paragraphsOf(text: string): readonly (readonly string[])[] {
  return clean(text)
    .split(/\n[^\S\n]*\n\s*/)
    .map((paragraph) =>
      paragraph
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== ''),
    )
    .filter((lines) => lines.length > 0);
}
