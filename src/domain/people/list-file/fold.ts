const MARKS = /\p{M}+/gu;
const IGNORED = /[\s\p{Pd}\p{Cf}_/.:*'’"°]+/gu;
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  ł: 'l',
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};
const WRITTEN_APART = /[ßłøæœđðþı]/g;

/**
 * A name as it is compared with others: without regard to case, accents, spaces, hyphens, underscores, slashes and
 * full stops, nor to what people put around the headers of a form (`E-Mail *:`).
 */
export function folded(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replace(MARKS, '')
    .replace(WRITTEN_APART, (letter) => LETTERS[letter] ?? letter)
    .replace(IGNORED, '');
}
