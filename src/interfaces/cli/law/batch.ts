import { isObject, jsonOf, linesOf, textOf } from './input.ts';
import type { Desk } from './desk.ts';
import type { ExitCode } from '../program.ts';

export type Answer = { readonly [key: string]: unknown } | { readonly error: string };

const BLOCK = 500;

/**
 * Answers one JSON object a line by one a line with the same `id`; a bad line is answered by `{"id","error"}` and the
 * rest goes on, so the batch itself is done.
 */
export function runBatch(
  file: string,
  desk: Pick<Desk, 'say' | 'complain'>,
  answer: (input: Readonly<Record<string, unknown>>) => Answer,
): ExitCode {
  let block: string[] = [];
  let bad = 0;
  let all = 0;
  for (const { number, line } of linesOf(textOf(file))) {
    const { id, told } = answerLine(number, line, answer);
    if ('error' in told) bad += 1;
    all += 1;
    block.push(JSON.stringify({ id, ...told }));
    if (block.length < BLOCK) continue;
    desk.say(block.join('\n'));
    block = [];
  }
  if (block.length > 0) desk.say(block.join('\n'));
  if (bad > 0) desk.complain(`${bad} of ${all} lines could not be answered; each of them says why.`);
  return 0;
}

function answerLine(
  number: number,
  line: string,
  answer: (input: Readonly<Record<string, unknown>>) => Answer,
): { readonly id: unknown; readonly told: Answer } {
  const parsed = jsonOf(line);
  if (!parsed.ok) {
    const reason = parsed.error.problems[0]?.values?.['reason'];
    return { id: null, told: { error: `line ${number}: this is no JSON: ${String(reason)}` } };
  }
  if (!isObject(parsed.value)) {
    return { id: null, told: { error: `line ${number}: give one JSON object a line` } };
  }
  const { id = null } = parsed.value;
  try {
    return { id, told: answer(parsed.value) };
  } catch (error) {
    return {
      id,
      told: { error: `line ${number}: ${error instanceof Error ? error.message : String(error)}` },
    };
  }
}
