/** Looks through free text for what points to a person. Only what can be told with some certainty is named. */

export type Trace = 'mail' | 'iban' | 'card' | 'identity';

const MAIL = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}/gu;
const IBAN = /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b/g;
const CARD = /\b\d(?:[ -]?\d){12,18}\b/g;

/** Identity numbers whose form is their own: US, GB, FR, IT, ES (DNI, NIE). */
const IDENTITIES: readonly RegExp[] = [
  /\b(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}\b/g,
  /\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b/g,
  /\b[12] ?\d{2} ?(?:0[1-9]|1[0-2]) ?\d[\dAB] ?\d{3} ?\d{3} ?\d{2}\b/g,
  /\b[A-Z]{6}\d{2}[A-EHLMPR-T]\d{2}[A-Z]\d{3}[A-Z]\b/g,
  /\b(?:\d{8}|[XYZ]\d{7})[ -]?[A-HJ-NP-TV-Z]\b/g,
];

/** Every mail address, IBAN, card and identity number in the text, in the order of these kinds. */
export function personalTraces(text: string): readonly { readonly kind: Trace; readonly found: string }[] {
  const all = (kind: Trace, pattern: RegExp) =>
    [...text.matchAll(pattern)].map(([found]) => ({ kind, found }));
  return [
    ...all('mail', MAIL),
    ...all('iban', IBAN).filter(({ found }) => isIban(found.replaceAll(' ', ''))),
    ...all('card', CARD).filter(({ found }) => isCard(found.replace(/\D/g, ''))),
    ...IDENTITIES.flatMap((pattern) => all('identity', pattern)),
  ];
}

/** ISO 13616: letters are numbers from 10, and the whole leaves 1 when divided by 97. */
function isIban(iban: string): boolean {
  const turned = iban.slice(4) + iban.slice(0, 4);
  const digits = turned.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  return Array.from(digits).reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0) === 1;
}

/** ISO/IEC 7812: the check digit of Luhn. */
function isCard(digits: string): boolean {
  const sum = Array.from(digits)
    .reverse()
    .reduce((total, digit, index) => {
      const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return sum % 10 === 0 && !/^(\d)\1+$/.test(digits);
}
