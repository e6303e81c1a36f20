import { Temporal } from 'temporal-polyfill';
import type { InvalidInput, Problem } from '../errors.ts';
import { nearest } from '../law/nearest.ts';
import { fail, ok } from '../result.ts';
import type { Result } from '../result.ts';
import type { Answer, Answers, Ask } from './types.ts';

/**
 * Reads answers as they are stored or sent (JSON): bools, a choice by its value, whole numbers, instants as ISO 8601
 * text with an offset. A missing answer is unknown; `null` and an unknown question are faults.
 * @returns the answers, or every problem at once, each at `answers.ID`
 */
export function readAnswers(
  asks: readonly Ask[],
  input: Readonly<Record<string, unknown>>,
): Result<Answers, InvalidInput> {
  const byId = new Map(asks.map((ask) => [ask.id, ask]));
  const answers: Record<string, Answer> = {};
  const problems: Problem[] = [];
  for (const [id, given] of Object.entries(input)) {
    const path = `answers.${id}`;
    const ask = byId.get(id);
    if (ask === undefined) {
      problems.push({
        path,
        key: 'unknown-question',
        values: { given: id, nearest: nearest(id, byId.keys()) },
      });
      continue;
    }
    const answer = readAnswer(ask, given);
    if (answer !== undefined) answers[id] = answer;
    else problems.push({ path, key: `not-${ask.type}`, values: faultValues(ask, given) });
  }
  return problems.length > 0 ? fail({ kind: 'invalid-input', problems }) : ok(answers);
}

function readAnswer(ask: Ask, given: unknown): Answer | undefined {
  switch (ask.type) {
    case 'bool':
      return typeof given === 'boolean' ? given : undefined;
    case 'choice':
      return typeof given === 'string' && Object.hasOwn(ask.values ?? {}, given) ? given : undefined;
    case 'int':
      return typeof given === 'number' && Number.isSafeInteger(given) && given >= 0 ? given : undefined;
    case 'instant':
      return readInstant(given);
  }
}

function readInstant(given: unknown): Temporal.Instant | undefined {
  if (given instanceof Temporal.Instant) return given;
  if (typeof given !== 'string') return undefined;
  try {
    return Temporal.Instant.from(given);
  } catch {
    return undefined;
  }
}

function faultValues(ask: Ask, given: unknown): Record<string, unknown> {
  const values = Object.keys(ask.values ?? {});
  if (typeof given !== 'string' || values.length === 0) return { given };
  return { given, values, nearest: nearest(given, values) };
}
