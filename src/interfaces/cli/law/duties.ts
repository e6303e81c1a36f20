import type { Temporal } from 'temporal-polyfill';
import type { Problem } from '../../../domain/errors.ts';
import { parseFacts } from '../../../domain/law/facts.ts';
import { judge } from '../../../domain/law/judge/judge.ts';
import type { LawBook } from '../../../domain/law/law-book.ts';
import { zonedText } from '../../../domain/law/moments.ts';
import type { Obligation } from '../../../domain/law/types.ts';
import type { WorkingDays } from '../../../domain/law/working-days.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import type { ExitCode } from '../program.ts';
import { runBatch, type Answer } from './batch.ts';
import type { Desk } from './desk.ts';
import { isObject, jsonOf, located, textOf } from './input.ts';
import { LawWords } from './words.ts';

export interface DutiesOptions {
  readonly facts?: string;
  readonly batch?: string;
  readonly json?: boolean;
}

/** One obligation that applies; `dueAt` null where the law gives no number or the clock waits (`waitsFor`). */
interface Applies {
  readonly duty: string;
  readonly recipient?: string;
  readonly notify: string;
  readonly authority: string | null;
  readonly dueAt: string | null;
  readonly latestAt: string | null;
  readonly waitsFor?: string;
  readonly because: string;
}

interface Judged {
  readonly applies: readonly Applies[];
  readonly undecided: readonly {
    readonly duty: string;
    readonly missing: readonly string[];
    readonly dueAt: string | null;
  }[];
  readonly not: readonly { readonly duty: string; readonly because: string }[];
}

type Judges = (facts: unknown) => Result<Judged, readonly Problem[]>;

/** `duties`: which duties apply to these facts, which are to be decided and by what, and why the others do not. */
export async function runDuties(options: DutiesOptions, desk: Desk): Promise<ExitCode> {
  const words = new LawWords(await desk.law.words());
  const judges = judgeBy(await desk.law.book(), await desk.law.workingDays(), words);
  if (options.batch !== undefined) {
    return runBatch(options.batch, desk, (input) => answerLine(input, judges, words));
  }
  if (options.facts === undefined) {
    desk.complain('--facts names a JSON file with the facts, or --batch one with a case on each line.');
    return 2;
  }
  const text = textOf(options.facts);
  const parsed = jsonOf(text);
  const judged = parsed.ok ? judges(parsed.value) : fail(parsed.error.problems);
  if (!judged.ok) {
    for (const line of await located(options.facts, text, judged.error, words)) desk.complain(line);
    return 2;
  }
  if (options.json) desk.say(JSON.stringify(judged.value));
  else print(judged.value, desk.say);
  return 0;
}

function judgeBy(book: LawBook, workingDays: WorkingDays, words: LawWords): Judges {
  const known = new Set(book.duties.keys());
  return (given) => {
    const facts = parseFacts(given, known);
    if (!facts.ok) return fail(facts.error.problems);
    const obligations = judge(facts.value, book, { workingDays });
    const of = (decision: Obligation['decision']): readonly Obligation[] =>
      obligations.filter((one) => one.decision === decision);
    return ok({
      applies: of('applies').map((one) => appliesOf(one, words)),
      undecided: of('undecided').map((one) => {
        const { dutyId, missing, dueAt, zone } = one;
        return { duty: dutyId, missing, dueAt: textAt(dueAt, zone) };
      }),
      not: of('does-not-apply').map((one) => ({ duty: one.dutyId, because: reason(one, words) })),
    });
  };
}

function appliesOf(one: Obligation, words: LawWords): Applies {
  const { dutyId, recipient, duty, authority, dueAt, latestAt, waitsFor, zone } = one;
  return {
    duty: dutyId,
    ...(recipient === undefined ? {} : { recipient }),
    notify: duty.notify,
    authority,
    dueAt: textAt(dueAt, zone),
    latestAt: textAt(latestAt, zone),
    ...(waitsFor === undefined ? {} : { waitsFor }),
    because: reason(one, words),
  };
}

function textAt(at: Temporal.Instant | null, zone: string): string | null {
  return at && zonedText(at, zone);
}

function reason({ because }: Obligation, words: LawWords): string {
  const [first] = because;
  return first ? words.because(first) : '';
}

function answerLine(input: Readonly<Record<string, unknown>>, judges: Judges, words: LawWords): Answer {
  const unknown = Object.keys(input).find((key) => key !== 'id' && key !== 'facts');
  if (unknown !== undefined) return { error: `"${unknown}" is no key here; a line is {"id","facts"}` };
  if (!isObject(input['facts'])) return { error: 'facts: give the facts as an object' };
  const judged = judges(input['facts']);
  return judged.ok
    ? { ...judged.value }
    : { error: judged.error.map((problem) => words.fault(problem)).join(' ') };
}

function print({ applies, undecided, not }: Judged, say: Desk['say']): void {
  say(applies.length === 0 ? 'No duty surely applies.' : `Apply (${applies.length}):`);
  for (const one of applies) {
    const to = one.recipient === undefined ? '' : ` to ${one.recipient}`;
    const due = one.dueAt ?? (one.waitsFor === undefined ? 'no number' : `waits for ${one.waitsFor}`);
    say(`  ${one.duty}${to}: ${due}`);
    say(`    ${one.because}`);
  }
  if (undecided.length > 0) say(`To be decided (${undecided.length}):`);
  for (const one of undecided) {
    say(`  ${one.duty}${one.dueAt === null ? '' : `: if it applies, ${one.dueAt}`}`);
    say(`    missing: ${one.missing.join(', ')}`);
  }
  say(`Do not apply: ${not.length} (--json names each with its reason).`);
}
