import { listFiles } from '../../../src/adapters/lists-in/index.ts';
import { openLawDesk } from '../../../src/main/law-desk.ts';
import { openLetterDesk } from '../../../src/main/letter-desk.ts';
import type { LawDesk } from '../../../src/interfaces/cli/law/desk.ts';
import { program, type ExitCode, type Terminal } from '../../../src/interfaces/cli/program.ts';

let installed: LawDesk | undefined;

/** The installed law, read once for all letters: where the build is older than the law files that takes seconds. */
function installedLaw(): LawDesk {
  if (installed) return installed;
  const desk = openLawDesk('/nowhere/regimes', () => undefined);
  const [book, workingDays] = [desk.book(), desk.workingDays()];
  return (installed = { ...desk, book: () => book, workingDays: () => workingDays });
}

export interface Ran {
  readonly code: ExitCode;
  /** Standard output, by lines. */
  readonly out: readonly string[];
  readonly complaints: string;
}

/** Runs a command of the law or the letter as the shell does, in this process; one that asks for a store fails. */
export async function run(
  args: readonly string[],
  own = '/nowhere/regimes',
  letters = '/nowhere/letters',
): Promise<Ran> {
  const out: string[] = [];
  const complaints: string[] = [];
  let code: ExitCode = 0;
  const noStore = (): never => {
    throw new Error('a command of the law asked for a store');
  };
  const say = (line: string): void => void out.push(...line.split('\n'));
  const complain = (line: string): void => void complaints.push(line);
  const terminal: Terminal = {
    say,
    complain,
    withHouse: noStore,
    hasStore: noStore,
    start: noStore,
    store: noStore,
    configuration: noStore,
    law: () => openLawDesk(own, complain),
    letters: () => openLetterDesk({ say, complain, law: installedLaw() }, letters),
    listFiles: () => Promise.resolve(listFiles),
  };
  await program(terminal, (result) => {
    code = result;
  }).parseAsync(['node', 'tocsin', ...args]);
  return { code, out, complaints: complaints.join('\n') };
}

/** The one line of JSON that a command printed. */
export async function json(args: readonly string[], own?: string): Promise<Record<string, unknown>> {
  const { code, out, complaints } = await run([...args, '--json'], own);
  if (code !== 0 || out.length !== 1) throw new Error(`${code} ${out.length} lines; ${complaints}`);
  return JSON.parse(out[0] ?? '') as Record<string, unknown>;
}
