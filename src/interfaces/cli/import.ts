import { readFile } from 'node:fs/promises';
import { importVeris, type ImportedVeris } from '../../application/import/import-veris.ts';
import type { Assumed } from '../../application/import/veris.ts';
import type { House } from '../../application/ports/house.ts';
import type { Actor } from '../../domain/access/roles.ts';
import type { DomainError } from '../../domain/errors.ts';
import type { Result } from '../../domain/result.ts';
import type { ExitCode, Terminal } from './program.ts';
import { sentenceOf } from './sentences.ts';

type Told = Pick<Terminal, 'say' | 'complain'>;

/** Imports files of VERIS JSON, each one record or a list of them. 1 if any record could not be taken. */
export async function importVerisFiles(
  house: House,
  terminal: Told,
  files: readonly string[],
  json: boolean,
): Promise<ExitCode> {
  const [organisation] = await house.organisations.all();
  if (!organisation) {
    terminal.complain('There is no organisation yet: start the server and open the link that it prints.');
    return 1;
  }
  const actor: Actor = { user: 'command-line', organisation: organisation.id, roles: ['administrator'] };
  let code: ExitCode = 0;
  for (const file of files) {
    const records = await recordsIn(file);
    if (typeof records === 'string') {
      terminal.complain(`${file}: ${records}`);
      code = 1;
      continue;
    }
    for (const [index, record] of records.entries()) {
      const name = records.length === 1 ? file : `${file}[${index}]`;
      const outcome = await importVeris(house, actor, record);
      if (!outcome.ok) code = 1;
      if (json) terminal.say(JSON.stringify(asJson(name, outcome)));
      else tell(terminal, name, outcome);
    }
  }
  return code;
}

/** The records of a file, or why it holds none. */
async function recordsIn(file: string): Promise<readonly unknown[] | string> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return missing ? 'there is no such file' : 'this file cannot be read';
  }
  try {
    const content: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return Array.isArray(content) ? (content as readonly unknown[]) : [content];
  } catch (error) {
    return `this is not JSON (${error instanceof Error ? error.message : String(error)})`;
  }
}

function asJson(file: string, outcome: Result<ImportedVeris, DomainError>): object {
  return outcome.ok ? { file, ok: true, ...outcome.value } : { file, ok: false, error: outcome.error };
}

function tell(terminal: Told, file: string, outcome: Result<ImportedVeris, DomainError>): void {
  if (!outcome.ok) {
    for (const sentence of sentenceOf(outcome.error)) terminal.complain(`${file}: not imported: ${sentence}`);
    return;
  }
  const { reference, repeated, assumed, unmapped } = outcome.value;
  terminal.say(`${file}: ${repeated ? `is ${reference} already` : reference}`);
  if (repeated) return;
  for (const one of assumed) terminal.say(`  taken for granted: ${ASSUMED[one.key](one.values)}`);
  if (unmapped.length > 0) terminal.say('  no place was found for:');
  for (const { path, value } of unmapped) terminal.say(`    ${path}: ${shortly(value)}`);
}

const ASSUMED: Readonly<Record<Assumed['key'], (values: Assumed['values']) => string>> = {
  'name-with-data': ({ varieties }) => `${String(varieties)} data come with the names of the people`,
  'records-as-people': ({ records }) => `${String(records)} records are that many people`,
  'playbook-guessed': ({ kind }) => `no playbook fits; ${String(kind)} leads for now`,
  'victim-as-us': ({ places }) =>
    `the victim of the record is this organisation, established in ${String(places)}`,
};

const SHOWN = 100;

function shortly(value: unknown): string {
  const text = typeof value === 'string' ? value.replace(/\s+/g, ' ') : JSON.stringify(value);
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN - 1)}…`;
}
