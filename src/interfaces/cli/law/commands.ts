import { Option, type Command } from 'commander';
import type { ExitCode, Terminal } from '../program.ts';
import type { DeadlineOptions } from './deadline.ts';
import type { Desk } from './desk.ts';
import type { DutiesOptions } from './duties.ts';
import type { SeverityOptions } from './severity.ts';

/** Runs a command at its desk; a file that was named and cannot be used is misuse, and told in words. */
export async function runAt<D extends Pick<Desk, 'complain'>>(
  desk: D,
  work: (desk: D) => Promise<ExitCode>,
  done: (code: ExitCode) => void,
): Promise<void> {
  try {
    done(await work(desk));
  } catch (error) {
    // By name: what raises it is loaded with the command alone.
    if (!(error instanceof Error) || error.name !== 'UnusableFile') throw error;
    desk.complain(error.message);
    done(2);
  }
}

/**
 * The commands of the law. None touches a store, and each loads no more than it needs: a date is printed in little
 * more time than Node itself takes to start.
 */
export function addLawCommands(
  tocsin: Command,
  terminal: Terminal,
  folder: () => string | undefined,
  done: (code: ExitCode) => void,
): void {
  const run = async (work: (desk: Desk) => Promise<ExitCode>): Promise<void> => {
    const { say, complain } = terminal;
    await runAt({ say, complain, law: terminal.law(folder()) }, work, done);
  };

  tocsin
    .command('deadline')
    .description('when a duty is due, from the moment of its own clock, with the working')
    .option('--duty <id>', 'the duty (law list lists them)')
    .option(
      '--start <moment>',
      '2026-12-24T17:30, with or without offset; without it the clock has not started',
    )
    .option('--zone <zone>', 'IANA zone of the start, and of the duty where it fixes none')
    .option('--place <place>', 'ISO 3166 place whose days off count (DE-BY)')
    .option(
      '--set <key=value...>',
      'starts of further clocks (classified=…), excepted=false, dueAt=… of an order',
    )
    .addOption(
      new Option('--batch <file>', 'one JSON object a line (- for standard input)').conflicts(['duty']),
    )
    .option('--json', 'print one line of JSON')
    .action((options: DeadlineOptions) =>
      run(async (desk) => (await import('./deadline.ts')).runDeadline(options, desk)),
    );

  tocsin
    .command('duties')
    .description('which duties apply to these facts, and which fact decides the others')
    .option('--facts <file>', 'the facts, one JSON object (- for standard input)')
    .addOption(new Option('--batch <file>', 'one {"id","facts"} a line').conflicts(['facts']))
    .option('--json', 'print one line of JSON')
    .action((options: DutiesOptions) =>
      run(async (desk) => (await import('./duties.ts')).runDuties(options, desk)),
    );

  tocsin
    .command('severity')
    .description('how severe a breach is by the method of ENISA; advice, a person decides')
    .requiredOption('--input <file>', 'one JSON object (- for standard input)')
    .option('--json', 'print one line of JSON')
    .action((options: SeverityOptions) =>
      run(async (desk) => (await import('./severity.ts')).runSeverity(options, desk)),
    );

  const law = tocsin.command('law').description('the law as it is written in the files');
  law
    .command('list')
    .description('every duty')
    .option('--json', 'print one line of JSON')
    .action((options: { json?: boolean }) =>
      run(async (desk) => (await import('./list.ts')).runList(options, desk)),
    );
  law
    .command('show')
    .description('one duty in full')
    .argument('<id>')
    .option('--json', 'print one line of JSON')
    .action((id: string, options: { json?: boolean }) =>
      run(async (desk) => (await import('./list.ts')).runShow(id, options, desk)),
    );
  law
    .command('changes')
    .description('what was changed in the law files, and from when each duty is in force; newest first')
    .option('--json', 'print one line of JSON')
    .action((options: { json?: boolean }) =>
      run(async (desk) => (await import('./changes.ts')).runChanges(options, desk)),
    );
  law
    .command('lint')
    .description(
      'check law files, authorities and days off; a file named takes the place of the installed one of its name',
    )
    .argument('[files...]')
    .action((files: readonly string[]) =>
      run(async (desk) => (await import('./lint.ts')).runLawLint(files, desk)),
    );

  tocsin
    .command('playbook')
    .description('the response playbooks')
    .command('lint')
    .description('check playbooks')
    .argument('[files...]')
    .action((files: readonly string[]) =>
      run(async (desk) => (await import('./lint.ts')).runPlaybookLint(files, desk)),
    );
}
