import { severityOf } from '../../../domain/law/severity.ts';
import type { ExitCode } from '../program.ts';
import type { Desk } from './desk.ts';
import { jsonOf, located, textOf } from './input.ts';
import { LawWords } from './words.ts';

export interface SeverityOptions {
  readonly input: string;
  readonly json?: boolean;
}

/** `severity`: the score of a breach by ENISA's method, every partial score shown. Advice; a person decides. */
export async function runSeverity(options: SeverityOptions, desk: Desk): Promise<ExitCode> {
  const words = new LawWords(await desk.law.words());
  const text = textOf(options.input);
  const parsed = jsonOf(text);
  const scored = parsed.ok ? severityOf(parsed.value) : parsed;
  if (!scored.ok) {
    for (const line of await located(options.input, text, scored.error.problems, words)) desk.complain(line);
    return 2;
  }
  const { dpc, ei, cb, score, level, risk, trace } = scored.value;
  const steps = trace.map((step) => {
    const { step: sentence, cite } = words.step(step, 'UTC');
    return { step: sentence, values: step.values, cite };
  });
  if (options.json) {
    desk.say(JSON.stringify({ dpc, ei, cb, score, level, risk, trace: steps }));
    return 0;
  }
  desk.say(`${dpc} x ${ei} + ${cb} = ${score}: ${level}; advice for the risk: ${risk}`);
  for (const { step } of steps) desk.say(`  - ${step}`);
  desk.say('A person decides and gives the reason.');
  return 0;
}
