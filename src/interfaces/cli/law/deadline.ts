import type { Problem } from '../../../domain/errors.ts';
import { dutyDeadline, type DeadlineAsked, type Decides } from '../../../domain/law/duty-deadline.ts';
import { zonedText } from '../../../domain/law/moments.ts';
import { nearest } from '../../../domain/law/nearest.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import type { ExitCode } from '../program.ts';
import { runBatch, type Answer } from './batch.ts';
import type { Desk } from './desk.ts';
import { isObject, settingsOf } from './input.ts';
import { LawWords, type PrintedStep } from './words.ts';

export interface DeadlineOptions {
  readonly duty?: string;
  readonly start?: string;
  readonly zone?: string;
  readonly place?: string;
  readonly set?: readonly string[];
  readonly batch?: string;
  readonly json?: boolean;
}

interface Printed {
  readonly duty: string;
  readonly start: string | null;
  readonly dueAt: string | null;
  readonly latestAt: string | null;
  readonly waitsFor?: string;
  readonly trace: readonly PrintedStep[];
}

type Counts = (asked: DeadlineAsked) => Result<Printed, readonly Problem[]>;

/** `deadline`: when one duty is due, from the moment of its own clock, with the working. */
export async function runDeadline(options: DeadlineOptions, desk: Desk): Promise<ExitCode> {
  const words = new LawWords(await desk.law.words());
  if (options.batch !== undefined) {
    const counts = await counter(desk, words, true);
    return runBatch(options.batch, desk, (input) => answerLine(input, counts, words));
  }
  if (options.duty === undefined) {
    desk.complain('--duty names the duty (tocsin law list lists them), or --batch a file.');
    return 2;
  }
  const set = settingsOf(options.set ?? []);
  if (!set.ok) {
    desk.complain(set.error);
    return 2;
  }
  const { duty, start, zone, place } = options;
  const asked = { duty, ...present({ start, zone, place }), set: set.value };
  const counted = (await counter(desk, words, Object.keys(set.value).length > 0))(asked);
  if (!counted.ok) {
    for (const problem of counted.error) desk.complain(words.fault(problem, optionOf(problem.path)));
    return 2;
  }
  if (options.json) desk.say(JSON.stringify(counted.value));
  else print(counted.value, desk.say);
  return 0;
}

/** @param conditions whether conditions of periods may have to be answered: only then the language is loaded */
async function counter(desk: Desk, words: LawWords, conditions: boolean): Promise<Counts> {
  const [law, days] = [await desk.law.written(), await desk.law.workingDays()];
  const decides = conditions ? await deciding() : undefined;
  return (asked) => {
    const counted = dutyDeadline(asked, law, days, decides?.(law));
    if (!counted.ok) return fail(counted.error.problems);
    const { duty, start, zone, dueAt, latestAt, waitsFor, trace } = counted.value;
    return ok({
      duty,
      start: start && zonedText(start, zone),
      dueAt: dueAt && zonedText(dueAt, zone),
      latestAt: latestAt && zonedText(latestAt, zone),
      ...(waitsFor === undefined ? {} : { waitsFor }),
      trace: trace.map((step) => words.step(step, zone)),
    });
  };
}

type WrittenLaw = Parameters<typeof dutyDeadline>[1];

async function deciding(): Promise<(law: WrittenLaw) => Decides> {
  const { decidesBy } = await import('../../../domain/law/conditions/decide-alone.ts');
  return decidesBy;
}

const KEYS = ['id', 'duty', 'start', 'zone', 'place', 'set'];

function answerLine(input: Readonly<Record<string, unknown>>, counts: Counts, words: LawWords): Answer {
  const problems: Problem[] = Object.keys(input)
    .filter((key) => !KEYS.includes(key))
    .map((key) => ({ path: key, key: 'unknown-key', values: { given: key, nearest: nearest(key, KEYS) } }));
  const text = (key: string): string | undefined => {
    const value = input[key];
    if (value === undefined || typeof value === 'string') return value;
    problems.push({ path: key, key: value === null ? 'is-null' : 'wrong-type', values: { rule: 'text' } });
    return undefined;
  };
  const { set = {} } = input;
  if (!isObject(set)) problems.push({ path: 'set', key: 'wrong-type', values: { rule: 'object' } });
  const given = present({ start: text('start'), zone: text('zone'), place: text('place') });
  const duty = text('duty');
  if (duty === undefined && input['duty'] === undefined) problems.push({ path: 'duty', key: 'required' });
  if (problems.length === 0 && duty !== undefined) {
    const counted = counts({ duty, ...given, ...(isObject(set) ? { set } : {}) });
    if (counted.ok) return { ...counted.value };
    problems.push(...counted.error);
  }
  return { error: problems.map((problem) => words.fault(problem)).join(' ') };
}

function present<T extends object>(options: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

/** The option that a fault lies in. */
function optionOf(path: string): string {
  return path.startsWith('set.') ? `--set ${path.slice('set.'.length)}` : `--${path}`;
}

function print({ duty, start, dueAt, latestAt, waitsFor, trace }: Printed, say: Desk['say']): void {
  say(duty);
  say(`  start   ${start ?? 'not yet'}`);
  say(`  due     ${dueAt ?? (waitsFor === undefined ? 'the law gives no number' : `waits for ${waitsFor}`)}`);
  if (latestAt !== null) say(`  latest  ${latestAt === dueAt ? 'the same' : latestAt}`);
  for (const { step, cite } of trace) say(`  - ${step}${cite === null ? '' : ` [${cite}]`}`);
}
