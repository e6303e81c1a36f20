import { expect } from 'chai';
import { areasIn, marked, marksExcept, marksFor, textFor, withUnplaced } from '../../../src/adapters/templates/by-place.ts';

const inEea = marked(marksFor(['EEA']), 'E');
const inState = marked(marksFor(['US-CA']), 'C');
const elsewhere = marked(marksExcept(['EEA', 'US-CA']), 'x');

describe('Text for some readers only', () => {
  it('is for those who live there, in a group, a country or a part of it', () => {
    const text = `a${inEea}${inState}${elsewhere}b`;
    const read: Readonly<Record<string, string>> = {
      DE: 'aEb',
      'DE-BY': 'aEb',
      NO: 'aEb',
      'US-CA': 'aCb',
      'US-NY': 'axb',
      US: 'axb',
      GB: 'axb',
      '': 'axb',
      ' us-ca ': 'aCb',
      'no place': 'axb',
    };
    for (const [place, expected] of Object.entries(read)) expect(textFor(text, place), place).to.equal(expected);
  });

  it('may stand within such text', () => {
    const inner = marked(marksFor(['US-CA']), 'state');
    const text = marked(marksFor(['US']), `(${inner})`) + marked(marksExcept(['US']), `[${inner}]`);
    expect(textFor(text, 'US-CA')).to.equal('(state)');
    expect(textFor(text, 'US-NY')).to.equal('()');
    expect(textFor(text, 'FR')).to.equal('[]');
  });

  it('is also for readers of whom the list says too little, where the facts say enough', () => {
    const reads = (places: readonly string[] | null, home: string): string =>
      textFor(marked(marksFor(withUnplaced(['US-CA'], places)), 'C'), home);
    expect(reads(['US-CA'], '')).to.equal('C');
    expect(reads(['US-CA', 'DE'], '')).to.equal('');
    expect(reads(['US-CA', 'DE'], 'US'), 'all in that country live there').to.equal('C');
    expect(reads(['US-CA', 'US-NY'], 'US')).to.equal('');
    expect(reads(null, 'US')).to.equal('');
    expect(reads([], '')).to.equal('');
    expect(reads(['US-CA'], 'US-NY'), 'a place on the list wins').to.equal('');
  });

  it('leaves other brackets and a mark too many as they are read', () => {
    expect(textFor('⟦salutation⟧ ⟦/⟧ end', 'DE')).to.equal('⟦salutation⟧  end');
    expect(areasIn(`${inEea}${inState}${elsewhere}`)).to.deep.equal(['EEA', 'US-CA']);
  });
});
