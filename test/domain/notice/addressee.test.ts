import { expect } from 'chai';
import { Temporal } from 'temporal-polyfill';
import { addresseesOf, kindOf, perNotice } from '../../../src/domain/notice/addressee.ts';

const DUE = Temporal.Instant.from('2026-12-07T17:40:00Z');

function owed(key: string, authority?: string, dueAt = DUE, notify = 'authority') {
  return { key, duty: key, notify, dueAt, ...(authority === undefined ? {} : { authority }) };
}

describe('Which duties one notice can meet', () => {
  it('those of one office, and of it alone', () => {
    expect(addresseesOf([owed('gdpr', 'de-bfdi'), owed('tkg', 'de-bfdi')])).to.equal(1);
    expect(addresseesOf([owed('gdpr@FR', 'fr-cnil'), owed('gdpr@NL', 'nl-ap')])).to.equal(2);
  });

  it('never two of authorities that nobody can name yet: they may be two', () => {
    expect(addresseesOf([owed('a'), owed('b')])).to.equal(2);
  });

  it('all the people at once, whatever laws ask for the letter', () => {
    const letters = [owed('a', undefined, DUE, 'people'), owed('b', undefined, DUE, 'people')];
    expect(addresseesOf(letters)).to.equal(1);
  });

  it('begun at one press, a stage that is due later has a notice of its own', () => {
    const early = owed('early-warning', 'de-bsi');
    const full = owed('notification', 'de-bsi', DUE.add({ hours: 48 }));
    const tkg = owed('tkg', 'de-bsi');
    expect(perNotice([early, full, tkg])).to.deep.equal([[early, tkg], [full]]);
  });

  it('none where our own record is all that is owed', () => {
    expect(kindOf({ notify: 'record' })).to.equal(null);
    expect(kindOf({ notify: 'bureaus' })).to.equal('bureaus');
    expect(kindOf({ notify: 'people' })).to.equal('letter');
  });
});
