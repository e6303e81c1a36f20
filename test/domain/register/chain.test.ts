import { expect } from 'chai';
import fc from 'fast-check';
import { chain, EMPTY_CHAIN } from '../../../src/domain/register/chain.ts';
import type { Entry } from '../../../src/domain/register/entry.ts';
import { verifyChain } from '../../../src/domain/register/verify.ts';
import { FRIDAY } from '../../support/breach.ts';

const OF = { organisation: 'shop', chain: 'incident:i1' };
const WHEN = { at: FRIDAY, by: 'sam' };

function five() {
  const happenings = [1, 2, 3, 4, 5].map((number) => ({ type: 'step', data: { number } }));
  return chain(EMPTY_CHAIN, OF, happenings, WHEN);
}

function flaws(entries: readonly Entry[]): string[] {
  return verifyChain('c', five().head, entries).map(({ sequence, fault }) => `${sequence} ${fault}`);
}

describe('The hash chain', () => {
  it('holds when nothing was touched', () => {
    expect(flaws(five().entries)).to.deep.equal([]);
    expect(verifyChain('c', EMPTY_CHAIN, [])).to.deep.equal([]);
  });

  it('goes on where it stopped', () => {
    const first = five();
    const more = chain(first.head, OF, [{ type: 'step', data: {} }], WHEN);
    expect(verifyChain('c', more.head, [...first.entries, ...more.entries])).to.deep.equal([]);
  });

  it('names the entry that was altered, and no other', () => {
    const entries = five().entries.map((entry) =>
      entry.sequence === 3 ? { ...entry, data: { number: 33 } } : entry,
    );
    expect(flaws(entries)).to.deep.equal(['3 altered']);
  });

  it('names what is missing, in the middle and at the end', () => {
    expect(flaws(five().entries.filter(({ sequence }) => sequence !== 3))).to.deep.equal(['3 missing']);
    expect(flaws(five().entries.slice(0, 4))).to.deep.equal(['5 missing']);
  });

  it('names what is too much', () => {
    const more = chain(five().head, OF, [{ type: 'forged', data: {} }], WHEN);
    expect(flaws([...five().entries, ...more.entries])).to.deep.equal(['6 surplus']);
  });

  it('sees a chain that was made anew from the altered entry on', () => {
    const { entries } = five();
    const kept = entries.slice(0, 2);
    const forged = chain(
      { sequence: 2, head: kept[1]!.hash },
      OF,
      [3, 4, 5].map((number) => ({ type: 'step', data: { number: -number } })),
      WHEN,
    );
    expect(flaws([...kept, ...forged.entries])).to.deep.equal(['5 head']);
  });

  it('any single changed field of any entry is noticed', () => {
    const fields = ['organisation', 'chain', 'by', 'type', 'previous', 'hash'] as const;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.constantFrom(...fields), (sequence, field) => {
        const entries = five().entries.map((entry) =>
          entry.sequence === sequence ? { ...entry, [field]: `${entry[field]}x` } : entry,
        );
        expect(flaws(entries)).not.to.deep.equal([]);
      }),
    );
  });
});
