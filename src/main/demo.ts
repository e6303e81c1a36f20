#!/usr/bin/env node
import { Command } from 'commander';
import { needsSetUp } from '../application/access/set-up.ts';
import { readConfiguration } from './configuration.ts';
import { PASSWORD } from './demo/cast.ts';
import { StepFailed } from './demo/must.ts';
import { play } from './demo/story.ts';
import { handlersOf } from './handlers.ts';
import { openHouse } from './open-house.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`${line}\n`);

/**
 * Plays one breach on a fresh data folder and says where to look. No mail leaves: letters and reminders lie in the
 * folder's outbox, whatever mail account is configured.
 * @returns the exit code
 */
async function demonstrate(people: number): Promise<number> {
  const { SMTP_URL: _smtp, SENDGRID_API_KEY: _key, SENDGRID_BASE_URL: _url, ...environment } = process.env;
  const data = environment['TOCSIN_DATA'] || '.data-demo';
  const configuration = readConfiguration({ ...environment, TOCSIN_DATA: data });
  const faults: string[] = [];
  const report = (error: unknown, what: string): void => void faults.push(`${what}: ${String(error)}`);
  const open = await openHouse(configuration, 'http://127.0.0.1:7272', { alone: true, report });
  try {
    if (!(await needsSetUp(open.house))) {
      complain(
        `There is an organisation in ${configuration.dataFolder} already. Name a new folder by TOCSIN_DATA, or remove it.`,
      );
      return 2;
    }
    await open.jobs.start(handlersOf(open.house));
    await play({ house: open.house, dataFolder: configuration.dataFolder, people, tell: say });
    if (faults.length > 0) throw new StepFailed(faults.join('\n'));
  } finally {
    await open.jobs.stop();
    await open.close();
  }
  say('');
  say('Every step held. To look around:');
  say(`  TOCSIN_DATA=${data} npm start`);
  say(`  sign in as owner@shop.example, legal@shop.example, responder@shop.example or desk@shop.example`);
  say(`  with the password "${PASSWORD}"`);
  say(`  letters: ${configuration.dataFolder}/outbox/letters`);
  return 0;
}

const { people } = new Command('demo')
  .description('plays one breach on a fresh data folder')
  .option('--people <number>', 'how many people are affected', '3')
  .parse()
  .opts<{ people: string }>();

async function run(): Promise<number> {
  if (!/^[1-9]\d{0,4}$/.test(people)) {
    complain(`--people takes a number from 1 to 99999, not "${people}".`);
    return 2;
  }
  try {
    return await demonstrate(Number(people));
  } catch (error) {
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
    complain(error instanceof StepFailed ? `A step did not hold. ${error.message}` : words);
    return 1;
  }
}

const code = await run();
// Agenda leaves timers of jobs that it looked ahead for; everything else is closed by now.
process.stdout.write('', () => process.exit(code));
