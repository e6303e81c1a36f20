import type { Person } from '../../../../domain/people/person.ts';

export type Row = Partial<Record<keyof Person, string>>;

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
 * 'address, name' as often as 'name, address'. A first line that is a heading is passed over.
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
  if (at < 0) return { name: found[0] ?? '', email: found[1] ?? '' };
  const email = found[at] ?? '';
  const others = found.filter((_cell, index) => index !== at);
  const [name = '', language = '', country = ''] = others;
  return { name, email, language, country };
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
