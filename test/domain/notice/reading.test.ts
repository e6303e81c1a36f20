import { expect } from 'chai';
import fc from 'fast-check';
import { readingOf, sentencesOf, syllablesIn, wordsOf } from '../../../src/domain/notice/reading.ts';

describe('Reading', () => {
  it('counts the syllables of words that letters use', () => {
    const said: Readonly<Record<number, string>> = {
      1: 'time times closed asked called used please week you’re don’t there these were',
      2: 'table boxes changes copied wanted password notice number orders people someone website likely settled',
      3: 'telephone period officer protection company customer family location document messages delivered',
      4: 'authority security identity reliable monitoring biometric continuous',
    };
    for (const [count, words] of Object.entries(said)) {
      for (const word of words.split(' ')) expect(syllablesIn(word), word).to.equal(Number(count));
    }
  });

  it('ends sentences at stops and lines, not at numbers, addresses and abbreviations', () => {
    const text = 'We paid 1.99. See shop.example today.\nYour name\nMr. A. Linde asked: “Why?” He left.';
    expect(sentencesOf(text)).to.have.lengthOf(5);
    expect(wordsOf('We paid 1.99 to a@shop.example')).to.deep.equal([
      'We',
      'paid',
      '1.99',
      'to',
      'a@shop.example',
    ]);
  });

  it('grades as Flesch and Kincaid do', () => {
    // 6 words, 1 sentence, 6 syllables: 0.39 * 6 + 11.8 * 1 - 15.59.
    expect(readingOf('The cat sat on the mat.')).to.deep.equal({
      words: 6,
      sentences: 1,
      syllables: 6,
      grade: -1.4,
    });
    const heavy =
      'Notwithstanding the aforementioned unauthorised exfiltration of personally identifiable information, ' +
      'the organisation continues to prioritise the confidentiality of its valued customers.';
    expect(readingOf(heavy).grade).to.be.above(20);
  });

  it('has no grade where there is nothing to read', () => {
    expect(readingOf(' \n… –').grade).to.equal(null);
  });

  it('takes any text, and counts at least a syllable for each word and a word for each sentence', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const { words, sentences, syllables, grade } = readingOf(text);
        expect(syllables).to.be.at.least(words);
        expect(words).to.be.at.least(sentences);
        expect(grade === null || Number.isFinite(grade)).to.equal(true);
      }),
    );
  });
});
