import { expect } from 'chai';
import { program, type Terminal } from '../../../src/interfaces/cli/program.ts';

/** Every command that does something, as a person types it. */
const COMMANDS = [
  'start',
  'store',
  'config',
  'user add <email>',
  'user reset <email>',
  'token create',
  'import veris <file...>',
  'register verify',
  'deadline',
  'duties',
  'severity',
  'law list',
  'law show <id>',
  'law changes',
  'law lint [files...]',
  'playbook lint [files...]',
  'letter',
];

describe('tocsin help', () => {
  const help = program(
    { say: () => undefined, complain: () => undefined } as unknown as Terminal,
    () => undefined,
  );

  it('lists every command, also those of two words', () => {
    const shown = help.helpInformation();
    for (const command of COMMANDS) expect(shown).to.contain(`\n  ${command}  `);
  });

  it('says of each what it does', () => {
    const lines = help.helpInformation().split('\nCommands:\n')[1] ?? '';
    for (const line of lines.split('\n').filter((one) => /^ {2}\S/.test(one)))
      expect(line).to.match(/^ {2}\S.* {2,}\w/);
  });
});
