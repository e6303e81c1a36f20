import { expect } from 'chai';
import { hintsFor } from '../../../src/domain/notice/phrasing.ts';
import { letter, rewritten, writer } from '../../adapters/templates/packwell.ts';

const PHRASES = { banned: ['rest assured', 'urgent', 'a.b'], hedges: ['may', 'might'] };

function hints(words: Readonly<Record<string, string>>): readonly string[] {
  return hintsFor(words, PHRASES, 'https://linden.example').map(
    ({ field, kind, found }) => `${field}: ${kind}: ${found}`,
  );
}

describe('Hints for the author of a letter', () => {
  it('find a banned phrase anywhere, as it was written, and not within a word', () => {
    expect(hints({ consequences: 'Please Rest\n assured. An insurgent said axb.' })).to.deep.equal([
      'consequences: banned: Rest assured',
    ]);
  });

  it('find may and might only where what happened is told, and never the month', () => {
    expect(hints({ 'what-happened': 'In May someone may have read it.' })).to.deep.equal([
      'what-happened: hedge: may',
    ]);
    expect(hints({ consequences: 'Someone may call you.' })).to.deep.equal([]);
  });

  it('find a sentence of more than twenty words, and a link that is not ours', () => {
    const long = `We ${'really '.repeat(20)}did.`;
    expect(hints({ advice: `Short. ${long}` })).to.deep.equal([`advice: long: ${long}`]);
    expect(
      hints({ advice: 'See https://www.linden.example/notice or https://linden.example.evil.example/x.' }),
    ).to.deep.equal(['advice: link: https://linden.example.evil.example/x.']);
  });

  it('come in the language in which the author wrote, for letters only', () => {
    const source = rewritten(
      rewritten(letter(), 'en', { consequences: 'There is no evidence of misuse.' }),
      'de',
      { consequences: 'Es gibt keine Hinweise auf Missbrauch. No evidence of misuse.' },
    );
    expect(writer().hints(source)).to.deep.equal([
      { field: 'consequences', kind: 'banned', found: 'no evidence of misuse', locale: 'en' },
      { field: 'consequences', kind: 'banned', found: 'keine Hinweise auf Missbrauch', locale: 'de' },
    ]);
    expect(writer().hints(letter())).to.deep.equal([]);
    expect(writer().hints({ ...source, kind: 'authority' })).to.deep.equal([]);
  });
});
