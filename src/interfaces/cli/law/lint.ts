import type { ExitCode } from '../program.ts';
import type { Desk, FileFault } from './desk.ts';
import { LawWords } from './words.ts';

/** `law lint`: faults of law files, each as FILE:LINE:COLUMN and a sentence; 1 if there is one. */
export async function runLawLint(files: readonly string[], desk: Desk): Promise<ExitCode> {
  const faults = await desk.law.lintLaw(files);
  if (faults.length === 0) return good(files, 'law files', desk);
  const words = new LawWords(await desk.law.words());
  for (const fault of faults) desk.say(`${placeOf(fault)} ${sentenceOf(fault, words)}`);
  return 1;
}

/** `playbook lint`: the same for response playbooks. */
export async function runPlaybookLint(files: readonly string[], desk: Desk): Promise<ExitCode> {
  const { faults, notes } = await desk.law.lintPlaybooks(files);
  for (const fault of faults) desk.say(`${placeOf(fault)} ${fault.message}`);
  // No faults: what has no words in another language is shown in English.
  for (const note of notes) desk.say(`Note: ${note}`);
  return faults.length === 0 ? good(files, 'playbooks', desk) : 1;
}

function good(files: readonly string[], what: string, desk: Desk): ExitCode {
  desk.say(files.length === 0 ? `All installed ${what} are in order.` : `${files.join(', ')}: in order.`);
  return 0;
}

function placeOf({ file, line, column }: FileFault): string {
  return `${file}:${line}:${column}`;
}

function sentenceOf({ key, values = {}, message }: FileFault, words: LawWords): string {
  return key === undefined ? message : words.say(`fault.${key}`, values);
}
