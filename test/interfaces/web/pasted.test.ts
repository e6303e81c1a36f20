import { expect } from 'chai';
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
