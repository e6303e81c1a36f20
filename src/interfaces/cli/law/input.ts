import { readFileSync } from 'node:fs';
import type { InvalidInput, Problem } from '../../../domain/errors.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import type { LawWords } from './words.ts';

/** A file that was named and cannot be used: the message says which and why. */
export class UnusableFile extends Error {
  override readonly name = 'UnusableFile';
}

/** The text of a file, or of standard input for `-`. @throws UnusableFile */
export function textOf(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    const why = reason === 'ENOENT' ? 'there is no such file' : reason;
    throw new UnusableFile(`${file} cannot be read: ${why}.`);
  }
}

/** A JSON value, or the fault with its line and column. */
export function jsonOf(text: string): Result<unknown, InvalidInput> {
  try {
    return ok(JSON.parse(text) as unknown);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return fail({ kind: 'invalid-input', problems: [{ path: '', key: 'not-json', values: { reason } }] });
  }
}

/** Splits `data.categories[2]` and `filed.gdpr-art33-authority@FR.at` into steps. */
function stepsOf(path: string): (string | number)[] {
  return [...path.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map(([, index, name]) =>
    index === undefined ? (name ?? '') : Number(index),
  );
}

/**
 * Faults of a JSON file, a line each: FILE:LINE:COLUMN, the key, what is wrong, the nearest right one. JSON is YAML,
 * so the reader of the law files knows the places.
 */
export async function located(
  file: string,
  text: string,
  problems: readonly Problem[],
  words: LawWords,
): Promise<readonly string[]> {
  const { Source } = await import('../../../domain/law/regime/source.ts');
  const source = new Source(text, file);
  const readable = source.problems.length === 0;
  return problems.map((problem) => {
    const steps = stepsOf(problem.path);
    const at = !readable
      ? (source.problems[0] ?? { line: 1, column: 1 })
      : problem.key === 'unknown-key'
        ? source.keyPosition(steps)
        : source.position(steps);
    return `${file}:${at.line}:${at.column} ${words.fault(problem)}`;
  });
}

/** Facts that are lists: `--set sectors=bank,insurer` says them without brackets. */
const LISTS = ['establishments', 'sectors'];

/**
 * `--set key=value`: a value is JSON where it is (true, 3, ["bank"]), a list by commas where the fact is one, else the
 * text itself. A part of a fact is named as what is missing is: `service.affected`, `answered.ID`.
 */
export function settingsOf(pairs: readonly string[]): Result<Readonly<Record<string, unknown>>, string> {
  const set: Record<string, unknown> = {};
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at <= 0) return fail(`--set takes key=value, not "${pair}".`);
    const [name = '', ...part] = pair.slice(0, at).split('.');
    const value = settingOf(name, pair.slice(at + 1));
    const whole = set[name];
    set[name] = part.length === 0 ? value : { ...(isObject(whole) ? whole : {}), [part.join('.')]: value };
  }
  return ok(set);
}

function settingOf(name: string, text: string): unknown {
  if (/^(true|false|null|-?\d+(\.\d+)?|[[{].*)$/s.test(text)) {
    const parsed = jsonOf(text);
    return parsed.ok ? parsed.value : text;
  }
  return LISTS.includes(name) ? text.split(',').filter((one) => one !== '') : text;
}

/** The lines of a batch that say something, with their numbers. */
export function* linesOf(text: string): Generator<{ readonly number: number; readonly line: string }> {
  let number = 0;
  for (const line of text.split('\n')) {
    number += 1;
    if (line.trim() !== '') yield { number, line };
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
