import { existsSync, readdirSync } from 'node:fs';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { listFiles } from '../../../src/adapters/lists-in/index.ts';
import { checkList } from '../../../src/application/people/check-list.ts';

const FOLDER = fileURLToPath(new URL('../../../../shared/data/csv/', import.meta.url));

describe('Lists of the contract', () => {
  const lists = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => /\.(csv|tsv)$/.test(name)) : [];
  if (lists.length === 0) it('are not at hand here');

  for (const name of lists) {
    it(`reads ${name} as its answer says`, async () => {
      const checked = await checkList(listFiles, { bytes: () => createReadStream(`${FOLDER}${name}`) });
      const answer = await readFile(`${FOLDER}${name.replace(/\.[ct]sv$/, '.expected.json')}`, 'utf8');
      expect(checked.ok && checked.value).to.deep.equal(JSON.parse(answer));
    });
  }
});
