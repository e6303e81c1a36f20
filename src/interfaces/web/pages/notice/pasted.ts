import type { PersonRow as Row } from '../../../../domain/people/typed-list.ts';

/** A row, and the line of the text on which it stood (from 1). */
export interface PastedRow {
  readonly row: Row;
  readonly line: number;
}

const SEPARATORS = ['\t', ';', ','] as const;
const ANGLED = /^(.*?)\s*<([^<>]*)>\s*(.*)$/;

/**
 * Reads people as they are typed or pasted, one a line: name, e-mail, language, country, by tab, semicolon or comma;
 * `Name <address>` too. Columns are told apart by what they look like only for the address, since people paste
 * 'address, name' as often as 'name, address'; what has figures in it and is no code is the postal address, in place of
 * the e-mail or beside it. A first line that is a heading is passed over.
 */
export function readPasted(text: string): readonly PastedRow[] {
  const lines = text.split('\n').map((content, index) => ({ content: content.trim(), line: index + 1 }));
  const filled = lines.filter(({ content }) => content !== '');
  const rows = isHeading(filled[0]?.content ?? '') ? filled.slice(1) : filled;
  return rows.map(({ content, line }) => ({ row: rowOf(content), line }));
}

function isHeading(line: string): boolean {
  return !line.includes('@') && /\be-?mail\b/i.test(line);
}

function rowOf(line: string): Row {
  const angled = ANGLED.exec(line);
  if (angled) {
    const [, name = '', email = '', rest = ''] = angled;
    const [language = '', country = ''] = cells(rest.replace(/^[\s;,]+/, ''));
    return { name: unquoted(name.replace(/[;,]\s*$/, '')), email, language, country };
  }
  const found = cells(line);
  const at = found.findIndex((cell) => cell.includes('@'));
  const email = found[at] ?? '';
  const [name = '', ...rest] = found.filter((_cell, index) => index !== at);
  const postal = rest.filter((cell) => cell !== '' && !CODE.test(cell));
  if (postal.some((cell) => /\d/.test(cell))) {
    const [language = '', country = ''] = byCase(rest.filter((cell) => CODE.test(cell)));
    return { name, email, language, country, postal: postal.join('\n') };
  }
  // A second column without an @ was meant as the address: it is told as a wrong one.
  if (at < 0) return { name, email: rest[0] ?? '' };
  const [language = '', country = ''] = rest;
  return { name, email, language, country };
}

/** A language or a country: `de`, `DE`, `US-CA`. */
const CODE = /^([a-z]{2,3}|[A-Z]{2}(-[A-Z0-9]{1,3})?)$/;

/** Language and country, told apart by their letters where both stand behind an address. */
function byCase(codes: readonly string[]): readonly string[] {
  return [
    codes.find((code) => code === code.toLowerCase()) ?? '',
    codes.find((code) => code !== code.toLowerCase()) ?? '',
  ];
}

function cells(line: string): readonly string[] {
  const separator = SEPARATORS.find((candidate) => line.includes(candidate)) ?? '\t';
  return line.split(separator).map(unquoted);
}

function unquoted(cell: string): string {
  return cell
    .trim()
    .replace(/^"(.*)"$/s, '$1')
    .trim();
}
