import { expect } from 'chai';
import { isAskable } from '../../../src/domain/law/places.ts';
import fc from 'fast-check';
import { readPeople as readTyped } from '../../../src/domain/people/typed-list.ts';
import { readPasted } from '../../../src/interfaces/web/pages/notice/pasted.ts';
import { readPeople } from '../../../src/interfaces/web/pages/log/typed.ts';
import type { Problem } from '../../../src/domain/errors.ts';

describe('People typed or pasted in', () => {
  const rows = (text: string) => readPasted(text).map(({ row }) => row);

  it('are read by comma, semicolon or tab', () => {
    const maria = { name: 'Maria Weiß', email: 'maria@example.org', language: 'de', country: 'AT' };
    expect(rows('Maria Weiß, maria@example.org, de, AT')).to.deep.equal([maria]);
    expect(rows('Maria Weiß;maria@example.org;de;AT')).to.deep.equal([maria]);
    expect(rows('Maria Weiß\tmaria@example.org\tde\tAT')).to.deep.equal([maria]);
  });

  it('may stand as in a mail program, name in quotes or not', () => {
    const tom = { name: 'Reed, Tom', email: 'tom@example.com', language: '', country: '' };
    expect(rows('"Reed, Tom" <tom@example.com>')).to.deep.equal([tom]);
    expect(rows('Tom Reed <tom@example.com>; en; GB')).to.deep.equal([
      { name: 'Tom Reed', email: 'tom@example.com', language: 'en', country: 'GB' },
    ]);
  });

  it('may have the address first', () => {
    expect(rows('jan@example.net;Jan Nowak')).to.deep.equal([
      { name: 'Jan Nowak', email: 'jan@example.net', language: '', country: '' },
    ]);
  });

  it('keep their line, whatever is empty or a heading above them', () => {
    const read = readPasted('\nName,E-Mail\n\nMaria, maria@example.org\n');
    expect(read.map(({ line }) => line)).to.deep.equal([4]);
    expect(readPasted('  \n\n')).to.deep.equal([]);
  });

  it('may have no-break spaces, commas that end nothing, and an address first', () => {
    const anna = { name: 'Anna Muster', email: 'anna@example.org', language: '', country: '' };
    expect(rows('Anna\u00a0Muster,\u00a0anna@example.org,,')).to.deep.equal([anna]);
    expect(rows('\ufeffanna@example.org, Anna Muster ;')).to.deep.equal([anna]);
    expect(rows('anna@example.org, Anna Muster, Weg 1, 12345 Ort')).to.deep.equal([
      { ...anna, postal: 'Weg 1\n12345 Ort' },
    ]);
    expect(rows('Anna Muster <anna@example.org>, Weg 1, 12345 Ort')).to.deep.equal([
      { ...anna, postal: 'Weg 1\n12345 Ort' },
    ]);
    expect(rows('"Muster, Anna", anna@example.org')).to.deep.equal([{ ...anna, name: 'Muster, Anna' }]);
  });

  it('may stand several on a line, as mail programs copy them', () => {
    const line = 'Anna Muster <anna@example.org>; "Reed, Tom" <tom@example.com>, Jan <jan@example.net>';
    expect(rows(line).map(({ name, email }) => `${name} ${email}`)).to.deep.equal([
      'Anna Muster anna@example.org',
      'Reed, Tom tom@example.com',
      'Jan jan@example.net',
    ]);
    expect(rows('a@example.org, b@example.org').map(({ email }) => email)).to.deep.equal([
      'a@example.org',
      'b@example.org',
    ]);
  });

  it('may be addresses as on envelopes, with empty lines between them', () => {
    const text =
      'Anna Muster\nWeg 1\n1010 Wien\nÖsterreich\n\nTom Reed\nHill Road 2\nYork YO1 7HH\ntom@example.com\n';
    const [anna, tom, ...more] = readPasted(text);
    expect(more).to.deep.equal([]);
    expect(anna).to.deep.include({ line: 1 });
    expect(anna?.row).to.include({ name: 'Anna Muster', email: '', postal: 'Weg 1\n1010 Wien\nÖsterreich' });
    expect(tom?.row).to.include({
      name: 'Tom Reed',
      email: 'tom@example.com',
      postal: 'Hill Road 2\nYork YO1 7HH',
    });
    expect(tom?.line).to.equal(6);
  });

  it('that stand one a line are no envelope, whatever is empty between them', () => {
    const text = 'Jan Nowak, Lindenweg 7, 10115 Berlin\nEva Nowak, Lindenweg 9, 10115 Berlin\n\nTom\nAda';
    expect(rows(text).map(({ name }) => name)).to.deep.equal(['Jan Nowak', 'Eva Nowak', 'Tom', 'Ada']);
  });

  it('may name a country in words, in place of the language or behind it', () => {
    expect(rows('Maria, maria@example.org, Österreich')[0]).to.include({
      language: '',
      country: 'Österreich',
    });
    expect(rows('Maria, maria@example.org, de, Schweiz')[0]).to.include({
      language: 'de',
      country: 'Schweiz',
    });
  });

  it('are never lost: every word of every line is in a row, or the row is refused by name', () => {
    const word = fc.constantFrom(
      'Anna',
      'Weg 1',
      '12345 Ort',
      'a@b.example',
      'de',
      'AT',
      'x',
      '"q, r"',
      '<c@d.example>',
    );
    const separator = fc.constantFrom(', ', '; ', '\t', ' ', '\u00a0', ',', ' , ,');
    const line = fc
      .array(fc.tuple(word, separator), { minLength: 1, maxLength: 6 })
      .map((parts) => parts.flat().join(''));
    const text = fc
      .array(fc.oneof(line, fc.constant('')), { minLength: 1, maxLength: 8 })
      .map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, (pasted) => {
        const read = readPasted(pasted);
        const taken = readTyped(
          read.map(({ row }) => row),
          isAskable,
        );
        const kept = taken.ok ? JSON.stringify(taken.value) : null;
        const said = read.map(({ row }) => JSON.stringify(row)).join();
        for (const found of pasted.match(/Anna|Weg 1|12345 Ort|a@b\.example|c@d\.example|AT|x/g) ?? []) {
          expect(said, pasted).to.contain(found);
          // Only what was accepted could get lost without a word.
          if (kept !== null) expect(kept, pasted).to.contain(found);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('without an address are rows all the same, so that the fault is told', () => {
    expect(rows('Tom, tom(at)example')).to.deep.equal([{ name: 'Tom', email: 'tom(at)example' }]);
  });
});

describe('A number of people', () => {
  const read = (text: string) => {
    const problems: Problem[] = [];
    return { ...readPeople(text, 'people[0]', problems), problems: problems.length };
  };

  it('is a count or a range, with or without marks between thousands', () => {
    expect(read('40000')).to.deep.equal({ count: 40000, problems: 0 });
    expect(read('40,000')).to.deep.equal({ count: 40000, problems: 0 });
    expect(read('40.000')).to.deep.equal({ count: 40000, problems: 0 });
    expect(read('30 000 to 50 000')).to.deep.equal({ min: 30000, max: 50000, problems: 0 });
    expect(read('30000-50000')).to.deep.equal({ min: 30000, max: 50000, problems: 0 });
    expect(read('30000 bis 50000')).to.deep.equal({ min: 30000, max: 50000, problems: 0 });
    expect(read('')).to.deep.equal({ problems: 0 });
  });

  it('is never guessed', () => {
    for (const text of ['40k', 'many', '-3', '1.5', '1e9', '99999999999']) {
      expect(read(text), text).to.deep.equal({ problems: 1 });
    }
  });
});
