import { expect } from 'chai';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clockText, periodText } from '../../../src/domain/law/index.ts';
import type { Duty } from '../../../src/domain/law/types.ts';
import { installedLaw } from './book.ts';
import { installedDuties } from './installed.ts';

const LAW = join('..', 'shared', 'law');
const TABLES = ['world.md', 'us.md', 'eu-uk-ch.md', 'duties.md'];

/** One row of a table of the contract: the cells by the names of their columns. */
type Row = Readonly<Record<string, string>>;

/** The rows of all tables of a page that have an id. */
function rowsOf(page: string): readonly Row[] {
  let head: readonly string[] | undefined;
  const rows: Row[] = [];
  for (const line of page.split('\n')) {
    if (!line.startsWith('|')) {
      head = undefined;
      continue;
    }
    const cells = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
    if (!head) head = cells.map((name) => name.replace(/^authority id.*/, 'id'));
    else if (!/^-+$/.test(cells[0] ?? ''))
      rows.push(Object.fromEntries(head.map((name, index) => [name, cells[index] ?? ''])));
  }
  return rows.filter((row) => /^[a-z]/.test(row['id'] ?? ''));
}

/** Ids that a row names; a cell may name several. */
function idsOf(row: Row): readonly string[] {
  return (row['id'] ?? '').split(/,\s*/).map((id) => id.split(' ')[0] ?? '');
}

/** No id of its own: the fan-out of gdpr-art33-authority (format.md). */
const FAN_OUT = 'gdpr-art33-representative';

const CONFIDENCE: Readonly<Record<string, string>> = { sure: 'sure', likely: 'likely', U: 'unverified' };

/** The period as the tables write it; of `earlier-of` its parts, each with its clock. */
function periodOf({ counting: { parts }, period }: Duty): string {
  return parts
    ? parts.map((part) => `${periodText(part.period)} after ${clockText(part.clock)}`).join(', ')
    : period.map((one) => one.period).join(' ');
}

/** What a row says in plain cells and the law file does not; a cell with a condition in words is left to its own test. */
function differences(row: Row, duty: Duty): readonly string[] {
  const { clock, period, counting, conf } = row;
  const since = row['in force'] ?? '';
  const said: readonly (readonly [string, string | undefined, string])[] = [
    ['clock', clock?.replace(/ \(.*\)/, ''), clockText(duty.clock)],
    ['period', period?.replaceAll('`', ''), periodOf(duty)],
    ['counting', counting?.split(',')[0], duty.counting.rule],
    ['since', /^\d{4}-\d{2}-\d{2}$/.test(since) ? since : undefined, duty.since ?? 'null'],
    ['confidence', CONFIDENCE[conf ?? ''], duty.confidence],
  ];
  return said.flatMap(([name, told, held]) => {
    if (told === undefined || told === held) return [];
    // A period on which more hangs ('P30D; malicious P60D', 'none (hours not read: U)') names one of those held.
    const parts = told.split(/[;,(]/).flatMap((part) => /\b(?:P[T\d]\w+|none)\b/.exec(part)?.[0] ?? []);
    if (name === 'period' && told !== parts[0] && parts.some((part) => held.includes(part))) return [];
    return [`${duty.id}: ${name} is ${held}, the table says ${told}`];
  });
}

describe('The tables of law', () => {
  const there = existsSync(join(LAW, 'world.md'));
  const duties = new Map(installedDuties().map(({ duty }) => [duty.id, duty]));

  before(function () {
    if (!there) this.skip();
  });

  for (const table of TABLES) {
    it(`of ${table} stand in the law files with the clock, period, rule, first day and confidence of each row`, () => {
      const rows = rowsOf(readFileSync(join(LAW, table), 'utf8'));
      expect(rows.length).to.be.greaterThan(0);
      const found = rows.flatMap((row) => {
        const named = idsOf(row).flatMap((id) => duties.get(id) ?? []);
        return named.length === 1 && named[0] ? differences(row, named[0]) : [];
      });
      expect(found).to.deep.equal([]);
    });
  }

  it('name no duty and no limit that the law files lack', () => {
    const limits = new Set(installedLaw().limits.map(({ id }) => id));
    const missing = TABLES.flatMap((table) =>
      rowsOf(readFileSync(join(LAW, table), 'utf8')).flatMap(idsOf),
    ).filter(
      (id) =>
        /^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/.test(id) && !duties.has(id) && !limits.has(id) && id !== FAN_OUT,
    );
    expect(missing).to.deep.equal([]);
  });

  it('are cited, dated or said not to be, and rated, row by row', () => {
    for (const duty of duties.values()) {
      expect(duty.citation.text, duty.id).to.match(/\S/);
      expect(duty.since ?? duty.sinceNote, duty.id).to.be.a('string');
      expect(duty.confidence, duty.id).to.be.oneOf(['sure', 'likely', 'unverified']);
    }
  });
});
