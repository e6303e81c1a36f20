import { expect } from 'chai';
import { readPeople } from '../../../src/domain/people/typed-list.ts';
import { good, refused } from '../../support/breach.ts';

const known = (country: string): boolean => ['DE', 'FR', 'US-CA'].includes(country);

function keys(rows: Parameters<typeof readPeople>[0]): string[] {
  const error = refused(readPeople(rows, known));
  return error.problems.map(({ path, key }) => `${path} ${key}`);
}

describe('People typed in', () => {
  it('are taken as they are, tidied', () => {
    const people = good(
      readPeople(
        [{ name: '  Zoë   Łuk ', email: ' zoe@example.org ', language: 'de', country: 'de' }],
        known,
      ),
    );
    expect(people).to.deep.equal([
      { name: 'Zoë Łuk', email: 'zoe@example.org', language: 'de', country: 'DE' },
    ]);
  });

  it('every fault is told with its row, all at once', () => {
    expect(
      keys([
        { name: '', email: 'a@example.org' },
        { name: 'B', email: 'no address' },
        { name: 'C', email: 'c@example.org', country: 'XQ' },
        { name: 'D', email: 'A@example.org', language: 'German' },
      ]),
    ).to.deep.equal([
      'people[0].name people.name-missing',
      'people[1].email email.invalid',
      'people[2].country place.unknown',
      'people[3].language language.invalid',
      'people[3].email people.twice',
    ]);
    expect(keys([])).to.deep.equal(['people people.none']);
  });

  it('a line break in a name does not become a second header', () => {
    const [person] = good(
      readPeople([{ name: 'Eve\r\nBcc: x@example.org', email: 'eve@example.org' }], known),
    );
    expect(person?.name).to.equal('Eve Bcc: x@example.org');
  });

  it('an address cannot name two people or smuggle a header', () => {
    for (const email of [
      'a@b',
      'a@b.c',
      'a@b.org, c@d.org',
      'a@b.org\nBcc: c@d.org',
      '<a@b.org>',
      'a b@c.org',
      '@c.org',
    ]) {
      expect(keys([{ name: 'A', email }]), email).to.deep.equal(['people[0].email email.invalid']);
    }
  });
});
