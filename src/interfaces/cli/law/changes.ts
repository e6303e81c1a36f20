import { lawLog, type LawLogEntry } from '../../../domain/law/law-log.ts';
import type { ExitCode } from '../program.ts';
import type { Desk } from './desk.ts';
import { LawWords } from './words.ts';

/** `law changes`: what was changed in the law files, and from when each duty is in force, newest first. */
export async function runChanges(options: { readonly json?: boolean }, desk: Desk): Promise<ExitCode> {
  const log = lawLog((await desk.law.written()).regimes);
  const words = new LawWords(await desk.law.words());
  if (options.json)
    desk.say(JSON.stringify(log.map((entry) => ({ ...entry, what: sentenceOf(entry, words) }))));
  else for (const line of linesOf(log, words)) desk.say(line);
  return 0;
}

/** One line each; the same words of many files on one day are one line with all their titles. */
function linesOf(log: readonly LawLogEntry[], words: LawWords): readonly string[] {
  const lines = new Map<string, string[]>();
  for (const entry of log) {
    const said = sentenceOf(entry, words);
    const key = `${entry.on} ${said}`;
    const titles = lines.get(key) ?? [];
    lines.set(key, [...titles, entry.title]);
  }
  return [...lines].map(
    ([key, titles]) => `${key.slice(0, 10)}  ${filesOf(titles, words)}: ${key.slice(11)}`,
  );
}

/** So many titles are said in full; of more their beginnings, since a line is to be read. */
const IN_FULL = 6;

function filesOf(titles: readonly string[], words: LawWords): string {
  if (titles.length <= IN_FULL) return titles.join('; ');
  const short = titles.map((title) => title.split(',')[0] ?? title);
  return words.say('log.files', { count: titles.length, titles: short.join(', ') });
}

function sentenceOf({ kind, what, place, duties }: LawLogEntry, words: LawWords): string {
  if (what !== undefined) return what;
  return words.say(`log.${kind}`, {
    count: duties.length,
    ...(place === undefined ? {} : { place }),
    duties: duties.map(({ id, title }) => `${title} (${id})`),
  });
}
