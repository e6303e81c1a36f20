import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EJSON } from 'bson';
import { expect } from 'chai';
import { startEmbeddedMongo } from '../../../src/adapters/embedded-mongo/start.ts';
import type { RunningEngine } from '../../../src/adapters/embedded-mongo/start.ts';
import { isMet, needs } from './unified/format.ts';
import type { TestFile } from './unified/format.ts';
import { runTest } from './unified/runner.ts';

/** The files of mongodb/specifications, source/crud/tests/unified. They are read, never part of this repository. */
const FOLDER =
  process.env['CRUD_SPEC'] ??
  fileURLToPath(new URL('../../../../shared/data/mongodb-crud-spec', import.meta.url));

const VERSION = '7.0.0';

/** The tests that may fail, with the reason; three at most. */
const MAY_FAIL: Readonly<Record<string, string>> = {};

describe("MongoDB's CRUD specification", function () {
  this.timeout(60_000);
  let engine: RunningEngine;
  let folder: string;

  before(async function () {
    if (!existsSync(FOLDER)) {
      console.log(`    (left out: no specification tests in ${FOLDER}; set CRUD_SPEC to their folder)`);
      this.skip();
    }
    folder = mkdtempSync(join(tmpdir(), 'crud-'));
    engine = await startEmbeddedMongo({ path: folder });
  });

  after(async () => {
    if (!engine) return;
    await engine.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('names no more than three tests that may fail', () => {
    expect(Object.keys(MAY_FAIL).length).to.be.at.most(3);
  });

  for (const name of existsSync(FOLDER) ? readdirSync(FOLDER).sort() : []) {
    if (!name.endsWith('.json')) continue;
    const file = EJSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as TestFile;
    describe(name, () => {
      for (const test of file.tests) {
        const title = `${name}: ${test.description}`;
        const missing = needs(test) ?? MAY_FAIL[title] ?? test.skipReason;
        const selected = isMet(file.runOnRequirements, VERSION) && isMet(test.runOnRequirements, VERSION);
        if (!selected) continue;
        if (missing === undefined) it(test.description, () => runTest(engine.uri, file, test));
        else it.skip(`${test.description} (${missing})`);
      }
    });
  }
});
