import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { Records } from '../../../../src/adapters/embedded-mongo/store/records.ts';
import { temporaryFolder } from '../support.ts';

const RESERVE = 1024 * 1024;

interface Step {
  readonly kind: 'insert' | 'replace' | 'remove' | 'removeRow';
  readonly count: number;
  readonly size: number;
  /** Every how manieth record is meant. */
  readonly stride: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('insert', 'insert', 'replace', 'remove', 'removeRow'),
  count: fc.integer({ min: 1, max: 1500 }),
  size: fc.oneof(fc.integer({ min: 20, max: 600 }), fc.integer({ min: 1500, max: 9000 })),
  stride: fc.integer({ min: 2, max: 40 }),
});

/** Plays one transaction on the records that are there (number to size). */
function play(records: Records, there: Map<number, number>, last: { record: number }, step: Step): void {
  if (step.kind === 'insert') {
    for (let at = 0; at < Math.min(step.count, 4_000_000 / step.size); at++) {
      records.insert(1, ++last.record, Buffer.alloc(step.size, at));
      there.set(last.record, step.size);
    }
    return;
  }
  const stride = step.kind === 'removeRow' ? 1 : step.stride;
  const chosen = [...there.keys()].filter((_, at) => at % stride === 0).slice(0, step.count);
  for (const record of chosen) {
    if (step.kind === 'replace') {
      records.replace(1, record, Buffer.alloc(step.size, 1));
      there.set(record, step.size);
    } else {
      records.remove(1, record);
      there.delete(record);
    }
  }
}

describe('The room that is made before LMDB writes', () => {
  for (const size of [4072, 4073, 8168, 8169]) {
    it(`counts the pages of values of ${size} bytes, at the edge of one page more`, async () => {
      const file = join(temporaryFolder(), 'store.mdb');
      const records = new Records(file);
      const last = { record: 0 };
      for (let again = 0; again < 4; again += 1) {
        records.transaction(() => {
          play(records, new Map(), last, { kind: 'insert', count: 250, size, stride: 2 });
        });
        expect(statSync(file).size - records.end()).to.be.at.least(RESERVE);
      }
      await records.close();
    });
  }

  it('is never less than a transaction takes: the reserve stays whole whatever is written', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        const file = join(temporaryFolder(), 'store.mdb');
        const records = new Records(file);
        const there = new Map<number, number>();
        const last = { record: 0 };
        for (const each of steps) {
          records.transaction(() => play(records, there, last, each));
          expect(statSync(file).size - records.end()).to.be.at.least(RESERVE);
        }
        await records.close();
      }),
      { numRuns: 25 },
    );
  });
});
