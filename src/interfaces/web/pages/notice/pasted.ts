import { readCountry } from '../../../../domain/people/list-file/countries.ts';
import type { PersonRow as Row } from '../../../../domain/people/typed-list.ts';

/** A row, and the line of the text on which it began (from 1). */
export interface PastedRow {
  readonly row: Row;
  readonly line: number;
}

interface Line {
  readonly content: string;
  readonly line: number;
}

/**
 * Reads people as they are typed or pasted, one a line: name, e-mail, language, country, by tab, semicolon or comma;
 * `Name <address>` too, several on a line as mail programs copy them. Columns are told apart by what they look like,
 * since people paste 'address, name' as often as 'name, address'; what has figures in it and is no code is the postal
 * address, in place of the e-mail or beside it. Addresses as they stand on envelopes are read as well: a block of lines
 * between empty ones, the name first. A first line that is a heading is passed over. No other line is: what makes no
 * sense is a row all the same, so that its fault is told.
 */
export function readPasted(text: string): readonly PastedRow[] {
  const lines = text
    .split(/\r\n|[\n\r\u2028\u2029]/u)
    .map((content, index) => ({ content: plain(content), line: index + 1 }));
  const first = lines.find(({ content }) => content !== '');
  const rows = first && isHeading(first.content) ? lines.filter((line) => line !== first) : lines;
  return blocksOf(rows).flatMap((block) => (isEnvelope(block) ? [envelope(block)] : block.flatMap(rowsOf)));
}

/** Spaces of every kind as one, no marks that nobody sees, no commas that end a line. */
function plain(line: string): string {
  return line
    .replace(/[\u200B-\u200D\u2060\uFEFF\u00AD]/gu, '')
    .replace(/[^\S\t]+/gu, ' ')
    .trim()
    .replace(/(?:[ \t]*[,;])+$/, '');
}

function isHeading(line: string): boolean {
  return !line.includes('@') && /\be-?mail\b/i.test(line);
}

/** Lines that stand together, between empty ones. */
function blocksOf(lines: readonly Line[]): readonly (readonly Line[])[] {
  const blocks: Line[][] = [[]];
  for (const line of lines) {
    if (line.content === '') blocks.push([]);
    else blocks.at(-1)?.push(line);
  }
  return blocks.filter((block) => block.length > 0);
}

const ONLY_MAIL = /^(?:(?:e-?)?mail(?:to)?: *)?<?([^\s<>,;]+@[^\s<>,;]+)>?$/i;

/**
 * Whether a block is one person's address as on an envelope: more than one line, of which none is a row of its own, with
 * figures or an address of mail below the name.
 */
function isEnvelope(block: readonly Line[]): boolean {
  const [name, ...below] = block.map(({ content }) => content);
  if (name === undefined || below.length === 0 || /[@\t;\d]/.test(name)) return false;
  const mails = below.filter((line) => ONLY_MAIL.test(line));
  const others = below.filter((line) => !ONLY_MAIL.test(line));
  if (mails.length > 1 || others.some((line) => /[@\t;]/.test(line) || isRowOfPost(line))) return false;
  return !isRowOfPost(name) && (mails.length === 1 || others.some((line) => /\d/.test(line)));
}

/** 'Jan Nowak, Lindenweg 7, 10115 Berlin': a name, and below it figures twice. */
function isRowOfPost(line: string): boolean {
  const [name = '', ...rest] = line.split(',');
  return !/\d/.test(name) && rest.filter((part) => /\d/.test(part)).length > 1;
}

function envelope(block: readonly Line[]): PastedRow {
  const [name, ...below] = block;
  const mail = below.map(({ content }) => ONLY_MAIL.exec(content)?.[1]).find((found) => found !== undefined);
  const postal = below.filter(({ content }) => !ONLY_MAIL.test(content)).map(({ content }) => content);
  return {
    row: {
      name: name?.content ?? '',
      email: mail ?? '',
      language: '',
      country: '',
      postal: postal.join('\n'),
    },
    line: name?.line ?? 1,
  };
}

const ANGLED = /^(.*?)\s*<([^<>]*@[^<>]*)>\s*(.*)$/;
const NEXT_ANGLED = /(?<=>)\s*[,;]\s*(?=[^<>]*<[^<>]*@)/;

function rowsOf({ content, line }: Line): readonly PastedRow[] {
  return content.split(NEXT_ANGLED).flatMap((part) => {
    const found = cellsOf(part);
    const mails = found.filter(isMail);
    // Several addresses and nothing else: a person each, who still lacks a name.
    const rows =
      mails.length > 1 && mails.length === found.length ? mails.map((mail) => rowOf([mail])) : [rowOf(found)];
    return rows.map((row) => ({ row, line }));
  });
}

/** The cells of a line; `Name <address>` is two of them. */
function cellsOf(line: string): readonly string[] {
  const angled = ANGLED.exec(line);
  if (!angled) return cells(line);
  const [, name = '', email = '', rest = ''] = angled;
  const after = cells(rest.replace(/^[\s;,]+/, ''));
  return [unquoted(name.replace(/[;,]\s*$/, '')), email.trim(), ...after.filter((cell) => cell !== '')];
}

function isMail(cell: string): boolean {
  return cell.includes('@');
}

function rowOf(found: readonly string[]): Row {
  // Two addresses of one person are told as a wrong one: which is right, a person must say.
  const email = found
    .filter(isMail)
    .map((mail) => mail.replace(/^mailto:/i, ''))
    .join(', ');
  const [name = '', ...rest] = found.filter((cell) => !isMail(cell));
  const filled = rest.filter((cell) => cell !== '');
  if (filled.some((cell) => /\d/.test(cell) && !CODE.test(cell))) {
    const language = filled.find(isLanguage) ?? '';
    const country = filled.find(isPlace) ?? '';
    const postal = filled.filter((cell) => cell !== language && cell !== country);
    return { name, email, language, country, postal: postal.join('\n') };
  }
  // What stands in no column is told as an address or a country that there is not, rather than lost.
  if (email === '') return { name, email: filled.join(', ') };
  const [language = '', ...countries] = beside(rest);
  return { name, email, language, country: countries.filter((cell) => cell !== '').join(', ') };
}

/** Language and country as they come; a country alone, by its code or its name, is no language. */
function beside(rest: readonly string[]): readonly string[] {
  const [first = '', ...others] = rest;
  const isCountry = first !== '' && first !== first.toLowerCase() && readCountry(first) !== null;
  return isCountry ? ['', first, ...others] : rest;
}

/** A language or a country: `de`, `DE`, `US-CA`. */
const CODE = /^([a-z]{2,3}|[A-Z]{2}(-[A-Z0-9]{1,3})?)$/;

function isLanguage(cell: string): boolean {
  return CODE.test(cell) && cell === cell.toLowerCase();
}

function isPlace(cell: string): boolean {
  return CODE.test(cell) && cell !== cell.toLowerCase();
}

const SEPARATORS = ['\t', ';', ','] as const;

/** The cells of a line by the first separator that it has; one within quotes separates nothing. */
function cells(line: string): readonly string[] {
  const bare = line.replace(/"[^"]*"/g, '');
  const separator = SEPARATORS.find((candidate) => bare.includes(candidate)) ?? '\t';
  const found: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (const character of line) {
    if (character === '"') isQuoted = !isQuoted;
    if (character === separator && !isQuoted) {
      found.push(cell);
      cell = '';
    } else cell += character;
  }
  return [...found, cell].map(unquoted);
}

function unquoted(cell: string): string {
  return cell
    .trim()
    .replace(/^"(.*)"$/s, '$1')
    .trim();
}
