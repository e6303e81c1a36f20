import { createReadStream } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { checkList, type CheckedList } from '../../application/people/check-list.ts';
import type { ListFault, ListFiles } from '../../application/ports/list-files.ts';
import { REJECT_REASONS } from '../../domain/people/list-file/row.ts';
import type { ExitCode, Terminal } from './program.ts';

type Told = Pick<Terminal, 'say' | 'complain'>;

/** Why there is no list in a file, as a code and as a sentence that says what to do. */
const FAULTS: Readonly<Record<ListFault | 'no-file', string>> = {
  'no-file': 'There is no such file, or it cannot be read. Check the path.',
  empty: 'There is nothing in this file, or only blank lines. Export the list again.',
  'not-text':
    'This file is neither text nor a spreadsheet (XLSX). Save the list as CSV, or as XLSX, and try that file.',
  'no-header':
    'The first row must say what the columns are, and one of them must be the e-mail address, or two of them street and city. Put such a row on top.',
  'sheet-too-large': 'This spreadsheet is too large (10 MB packed, 100 MB unpacked). Save it as CSV.',
  'sheet-unreadable': 'This spreadsheet cannot be read. Open it, and save it as CSV.',
  'open-quotation':
    'A field begins with a quotation mark that is never closed, so that the rest of the file stands in it. Close it, or take it away.',
};

/** Says what of a list would be taken, and why each other row would not be. 1 if there is no list in the file. */
export async function checkPeople(
  files: ListFiles,
  terminal: Told,
  file: string,
  json: boolean,
): Promise<ExitCode> {
  const checked = (await isFile(file))
    ? await checkList(files, { bytes: () => createReadStream(file, { highWaterMark: PIECE }) })
    : ({ ok: false, error: 'no-file' } as const);
  if (!checked.ok) {
    const message = FAULTS[checked.error];
    if (json) terminal.say(JSON.stringify({ error: checked.error, message }));
    else terminal.complain(`${file}: ${message}`);
    return 1;
  }
  if (json) terminal.say(JSON.stringify(inOrder(checked.value)));
  else tell(terminal, checked.value);
  return 0;
}

const PIECE = 256 * 1024;

async function isFile(path: string): Promise<boolean> {
  try {
    await access(path, 4);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

function inOrder({
  rows,
  accepted,
  rejected,
  duplicates,
  columns,
  languages,
  countries,
}: CheckedList): object {
  return { rows, accepted, rejected, duplicates, columns, languages, countries };
}

const SHOWN = 20;

function tell({ say }: Told, list: CheckedList): void {
  const { rows, accepted, rejected, duplicates } = list;
  say(
    `${rows} rows: ${accepted} people, ${duplicates} rows of somebody who stands there before, ${rejected.length} not taken.`,
  );
  for (const [column, header] of Object.entries(list.columns)) say(`  ${column}: ${header}`);
  say(`  languages: ${sums(list.languages)}`);
  say(`  countries: ${sums(list.countries)}`);
  for (const reason of REJECT_REASONS) {
    const found = rejected.filter((one) => one.reason === reason).map(({ row }) => row);
    if (found.length === 0) continue;
    const more = found.length > SHOWN ? ' …' : '';
    say(`  ${REASONS[reason]}: ${found.length} (row ${found.slice(0, SHOWN).join(', ')}${more})`);
  }
}

const REASONS: Readonly<Record<(typeof REJECT_REASONS)[number], string>> = {
  'bad-row': 'not as many fields as the header',
  encoding: 'bytes that are no character',
  'too-long': 'a field over 1,000 characters, or an e-mail address over 254',
  'missing-contact': 'neither an e-mail address nor street and city',
  'invalid-email': 'the e-mail address is none',
};

function sums(counts: Readonly<Record<string, number>>): string {
  const sorted = Object.entries(counts).sort(([, a], [, b]) => b - a);
  return sorted.map(([name, count]) => `${name} ${count}`).join(', ') || 'none';
}
