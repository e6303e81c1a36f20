import { Option, type Command } from 'commander';
import { runAt } from './law/commands.ts';
import type { LetterCommandOptions } from './letter.ts';
import type { ExitCode, Terminal } from './program.ts';

/** The command that prints a letter to the people affected, from facts in a file. */
export function addLetterCommand(
  tocsin: Command,
  terminal: Terminal,
  folder: () => string | undefined,
  done: (code: ExitCode) => void,
): void {
  tocsin
    .command('letter')
    .description('the letter to the people affected by a breach, from facts in a file; no store is touched')
    .requiredOption(
      '--facts <file>',
      'the facts of duties with "organisation" and "narrative", one JSON object (- for standard input)',
    )
    .option('--locale <locale>', 'the language (de); else the person’s, else English')
    .addOption(
      new Option('--format <format>', 'what to print').choices(['text', 'html', 'eml']).default('text'),
    )
    .option('--person <file>', '{"email","name","language","country"} of who gets it')
    .option('--check', 'print one line of JSON instead: words, grade, bytes, elements, untranslated')
    .action((options: LetterCommandOptions) =>
      runAt(
        terminal.letters(folder()),
        async (desk) => (await import('./letter.ts')).runLetter(options, desk),
        done,
      ),
    );
}
