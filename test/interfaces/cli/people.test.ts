import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { run } from './terminal.ts';

describe('tocsin people check', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tocsin-people-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function check(content: string, ...options: readonly string[]): ReturnType<typeof run> {
    const path = join(folder, 'list.csv');
    await writeFile(path, content);
    return run(['people', 'check', path, ...options]);
  }

  it('prints one line of JSON with rows, rejects, duplicates, columns, languages and countries', async () => {
    const { code, out } = await check('E-Mail;Land\na@x.example;DE\nA@x.example;DE\nnone;FR\n', '--json');
    expect(code).to.equal(0);
    expect(out).to.have.length(1);
    expect(JSON.parse(out[0] ?? '')).to.deep.equal({
      rows: 3,
      accepted: 1,
      rejected: [{ row: 3, reason: 'invalid-email' }],
      duplicates: 1,
      columns: { email: 'E-Mail', country: 'Land' },
      languages: { de: 1 },
      countries: { DE: 1 },
    });
  });

  it('says in words what would be taken, and which rows would not', async () => {
    const { code, out } = await check('email\na@x.example\nnone\n');
    expect(code).to.equal(0);
    expect(out.join('\n'))
      .to.contain('2 rows: 1 people')
      .and.to.contain('the e-mail address is none: 1 (row 2)');
  });

  it('says of what is no list why, as a code and a sentence, and ends with 1', async () => {
    const cases = { empty: '\n\n', 'no-header': 'a@x.example,Ada\n', 'not-text': '%PDF-1.7\n' };
    for (const [error, content] of Object.entries(cases)) {
      const { code, out } = await check(content, '--json');
      expect(code).to.equal(1);
      const answer = JSON.parse(out[0] ?? '') as { error: string; message: string };
      expect(answer.error).to.equal(error);
      expect(answer.message).to.match(/^[A-Z].*\.$/);
    }
    const nowhere = await run(['people', 'check', join(folder, 'nothing.csv'), '--json']);
    expect(nowhere.code).to.equal(1);
    expect(JSON.parse(nowhere.out[0] ?? '')).to.have.property('error', 'no-file');
    const plain = await check('');
    expect(plain.code).to.equal(1);
    expect(plain.complaints).to.contain('There is nothing in this file');
  });
});
