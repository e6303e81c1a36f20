import { Command } from 'commander';
import type { House } from '../../application/ports/house.ts';
import type { ListFiles } from '../../application/ports/list-files.ts';
import { addLawCommands } from './law/commands.ts';
import type { LawDesk } from './law/desk.ts';
import { addLetterCommand } from './letter-command.ts';
import type { LetterDesk } from './letter-desk.ts';

/** What the command line needs of the program around it. */
export interface Terminal {
  /** A line for the person, or for the script that reads standard output. */
  readonly say: (line: string) => void;
  /** A line on standard error. */
  readonly complain: (line: string) => void;
  /** Runs work on the configured store, beside a running server or alone. */
  withHouse<T>(folder: string | undefined, work: (house: House) => Promise<T>): Promise<T>;
  /** Whether there is a store to work on; a command that only reads must not make one. */
  hasStore(folder: string | undefined): Promise<boolean>;
  start(folder: string | undefined): Promise<void>;
  store(options: { readonly data: string; readonly port: number }): Promise<void>;
  configuration(folder: string | undefined): Promise<string>;
  /** The law files, with the contracts of this data folder; no store is touched. */
  law(folder: string | undefined): LawDesk;
  /** The letters' templates, with those of this data folder, and the law beside; no store is touched. */
  letters(folder: string | undefined): LetterDesk;
  /** What reads lists of people; no store is touched. */
  listFiles(): Promise<ListFiles>;
}

/** 0 done, 1 failed, 2 misuse. */
export type ExitCode = 0 | 1 | 2;

/**
 * All commands. Each sets its exit code by `done`; options that stand for the same thing have the same name
 * everywhere (`--data`, `--json`). What a command runs is loaded when it runs: most need little of the program.
 */
export function program(terminal: Terminal, done: (code: ExitCode) => void): Command {
  const tocsin = new Command('tocsin')
    .description('From the first suspicion of a data breach to the last letter, against the legal clock.')
    .option('--data <folder>', 'folder of all data (else TOCSIN_DATA, else .data)')
    .showHelpAfterError('(tocsin help lists all commands)')
    .configureHelp({
      visibleCommands: everyCommand,
      subcommandTerm: (command) => pathOf(command),
    })
    .configureOutput({ writeOut: trimmed(terminal.say), writeErr: trimmed(terminal.complain) });
  const folder = (): string | undefined => tocsin.opts<{ data?: string }>().data;

  tocsin
    .command('start')
    .description('run the server')
    .action(() => terminal.start(folder()));

  tocsin
    .command('store')
    .description('run the embedded store alone, for mongosh and scripts, until SIGTERM')
    .option('--data <folder>', 'the data folder')
    .requiredOption('--port <number>', 'port on 127.0.0.1 (0: any free one)')
    .action(async ({ data, port }: { data?: string; port: string }) => {
      const number = portFrom(port);
      if (number === null) {
        terminal.complain(`--port takes a number from 0 to 65535, not "${port}".`);
        done(2);
        return;
      }
      await terminal.store({ data: data ?? folder() ?? '.data', port: number });
    });

  tocsin
    .command('config')
    .description('print the effective configuration, secrets masked')
    .action(async () => terminal.say(await terminal.configuration(folder())));

  const user = tocsin.command('user').description('the people who work with Tocsin');
  user
    .command('add')
    .description('invite a person; prints the link by which they choose a password')
    .argument('<email>')
    .requiredOption('--role <role...>', 'administrator, dpo, legal, responder, staff, reader')
    .option('--name <name>', 'their name')
    .action(async (email: string, options: { role: readonly string[]; name?: string }) => {
      const { addUser } = await import('./user.ts');
      done(await terminal.withHouse(folder(), (house) => addUser(house, terminal, { email, ...options })));
    });

  const token = tocsin.command('token').description('bearer tokens, for programs that use the API');
  token
    .command('create')
    .description('make a token for a person; prints it once')
    .requiredOption('--user <email>', 'whose rights it carries; also somebody who has not accepted yet')
    .requiredOption('--name <text>', 'what it is for')
    .action(async (options: { user: string; name: string }) => {
      const { addToken } = await import('./token.ts');
      done(await terminal.withHouse(folder(), (house) => addToken(house, terminal, options)));
    });

  user
    .command('reset')
    .description('print a link by which a person chooses a new password: once, within an hour')
    .argument('<email>')
    .action(async (email: string) => {
      const { resetUser } = await import('./user.ts');
      done(await terminal.withHouse(folder(), (house) => resetUser(house, terminal, email)));
    });

  tocsin
    .command('import')
    .description('bring incidents in from other programs')
    .command('veris')
    .description('VERIS incident JSON: one incident a record, and what found no place in it')
    .argument('<file...>')
    .option('--json', 'print one line of JSON a record')
    .action(async (files: readonly string[], { json }: { json?: boolean }) => {
      const { importVerisFiles } = await import('./import.ts');
      done(
        await terminal.withHouse(folder(), (house) =>
          importVerisFiles(house, terminal, files, json ?? false),
        ),
      );
    });

  tocsin
    .command('people')
    .description('lists of people')
    .command('check')
    .description('what of a list (CSV, TSV, XLSX) would be taken, and why each other row would not be')
    .argument('<file>')
    .option('--json', 'print one line of JSON')
    .action(async (file: string, { json }: { json?: boolean }) => {
      const { checkPeople } = await import('./people.ts');
      done(await checkPeople(await terminal.listFiles(), terminal, file, json ?? false));
    });

  const register = tocsin.command('register').description('the record of everything that happened');
  register
    .command('verify')
    .description('check every chain of the register; exit code 1 if an entry is wrong')
    .option('--data <folder>', 'the data folder')
    .option('--json', 'print one line of JSON')
    .action(async ({ data, json }: { data?: string; json?: boolean }) => {
      const where = data ?? folder();
      if (!(await terminal.hasStore(where))) {
        terminal.complain('There is no store there: nothing can be verified.');
        if (json) terminal.say(JSON.stringify({ ok: false, entries: 0, flaws: [], reason: 'no store' }));
        done(1);
        return;
      }
      const { verifyRegisters } = await import('./register.ts');
      done(await terminal.withHouse(where, (house) => verifyRegisters(house, terminal, json ?? false)));
    });

  addLawCommands(tocsin, terminal, folder, done);
  addLetterCommand(tocsin, terminal, folder, done);
  return tocsin;
}

/** The commands that do something, also those of two words, so that one look at the help shows all of them. */
function everyCommand(command: Command): Command[] {
  const own = command.commands.flatMap((one) => (one.commands.length > 0 ? everyCommand(one) : [one]));
  return own.filter((one) => one.name() !== 'help');
}

/** A command as it is typed: its words, then what it must be given. */
function pathOf(command: Command): string {
  const words: string[] = [];
  for (let one: Command | null = command; one?.parent; one = one.parent) words.unshift(one.name());
  const given = command.registeredArguments.map((argument) => {
    const name = argument.variadic ? `${argument.name()}...` : argument.name();
    return argument.required ? `<${name}>` : `[${name}]`;
  });
  return [...words, ...given].join(' ');
}

function trimmed(print: (line: string) => void): (text: string) => void {
  return (text) => print(text.replace(/\n$/, ''));
}

function portFrom(text: string): number | null {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : null;
}
