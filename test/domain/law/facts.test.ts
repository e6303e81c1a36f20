import { expect } from 'chai';
import { parseFacts, zonedText } from '../../../src/domain/law/index.ts';
import type { Problem } from '../../../src/domain/errors.ts';
import { factsOf } from './book.ts';

function problems(input: unknown): readonly Problem[] {
  const parsed = parseFacts(input);
  return parsed.ok ? [] : parsed.error.problems;
}

describe('Facts', () => {
  it('take nothing as nothing known, and not as no', () => {
    const facts = factsOf({});
    expect(facts.role).to.equal(undefined);
    expect(facts.subjects).to.equal(undefined);
    expect(facts.sectors).to.equal(undefined);
  });

  it('close only what the contract closes', () => {
    const facts = factsOf({});
    expect(facts.doraExcepted).to.equal(true);
    expect(facts.data.medium).to.equal('electronic');
    expect(facts.flags.inadvertent).to.equal(false);
    expect(facts.exceptions).to.deep.equal({ riskRemoved: false, disproportionateEffort: false });
    expect(facts.filed.size + facts.orders.length).to.equal(0);
    expect(facts.flags.cyber).to.equal(undefined);
  });

  const nearest: readonly (readonly [given: unknown, path: string, key: string, nearest: string])[] = [
    [{ rolle: 'controller' }, 'rolle', 'unknown-key', 'role'],
    [{ data: { categoris: [] } }, 'data.categoris', 'unknown-key', 'categories'],
    [{ risk: 'hihg' }, 'risk', 'unknown-value', 'high'],
    [{ role: 'controler' }, 'role', 'unknown-value', 'controller'],
    [{ sectors: ['nis2-esential'] }, 'sectors[0]', 'unknown-value', 'nis2-essential'],
    [{ subjects: [{ place: 'UK' }] }, 'subjects[0].place', 'place-unknown', 'GB'],
    [{ establishments: ['de'] }, 'establishments[0]', 'place-unknown', 'DE'],
    [{ mainEstablishment: 'EL' }, 'mainEstablishment', 'place-unknown', 'GR'],
    [{ zone: 'Europe/Berln' }, 'zone', 'zone-unknown', 'Europe/Berlin'],
    [{ subjects: [{ place: 'DE', group: ['customers'] }] }, 'subjects[0].group', 'unknown-key', 'groups'],
  ];
  for (const [given, path, key, meant] of nearest) {
    it(`name ${meant} as the nearest right word in ${JSON.stringify(given)}`, () => {
      const [problem] = problems(given);
      expect(problem?.path).to.equal(path);
      expect(problem?.key).to.equal(key);
      expect(problem?.values?.['nearest']).to.equal(meant);
    });
  }

  it('refuse null wherever it stands', () => {
    for (const input of [null, { risk: null }, { data: { encrypted: null } }, { subjects: [null] }]) {
      expect(
        problems(input).map((one) => one.key),
        JSON.stringify(input),
      ).to.deep.equal(['is-null']);
    }
  });

  it('refuse a day that does not exist, and an hour that does not', () => {
    const day = problems({ zone: 'Europe/Berlin', awareAt: '2026-02-30T10:00' });
    expect(day).to.deep.equal([
      { path: 'awareAt', key: 'no-such-day', values: { given: '2026-02-30T10:00' } },
    ]);
    expect(problems({ zone: 'Europe/Berlin', awareAt: '2026-02-20T25:00' })[0]?.key).to.equal('bad-moment');
    expect(problems({ awareAt: 'yesterday', zone: 'Europe/Berlin' })[0]?.key).to.equal('bad-moment');
  });

  it('refuse a local time where no zone is known, but not one with an offset', () => {
    expect(problems({ awareAt: '2026-12-01T18:40' })[0]?.key).to.equal('needs-zone');
    expect(problems({ awareAt: '2026-12-01T18:40+01:00' })).to.deep.equal([]);
    expect(problems({ awareAt: '2026-12-01T18:40:00Z' })).to.deep.equal([]);
  });

  it('tell every fault at once', () => {
    const found = problems({ rolle: 'x', risk: 'hihg', zone: 'Europe/Berlin', awareAt: '2026-02-30T10:00' });
    expect(found.map((one) => one.path).sort()).to.deep.equal(['awareAt', 'risk', 'rolle']);
  });

  it('read a local time in the spring gap forward, and say so', () => {
    const facts = factsOf({ zone: 'Europe/Berlin', awareAt: '2027-03-28T02:30' });
    expect(facts.moments.awareAt && zonedText(facts.moments.awareAt, 'Europe/Berlin')).to.equal(
      '2027-03-28T03:30:00+02:00',
    );
    expect(facts.readings.map((one) => one.key)).to.deep.equal(['local-gap']);
  });

  it('read a doubled hour as the first of the two, and say so', () => {
    const facts = factsOf({ zone: 'America/New_York', awareAt: '2026-11-01T01:30' });
    expect(facts.moments.awareAt?.toString()).to.equal('2026-11-01T05:30:00Z');
    expect(facts.readings.map((one) => one.key)).to.deep.equal(['local-fold']);
  });

  it('read the territories that ISO lists as countries as parts of the United States', () => {
    expect(factsOf({ subjects: [{ place: 'PR' }] }).subjects?.[0]?.place).to.equal('US-PR');
  });

  it('refuse a count beside a range, and a range that runs backwards', () => {
    expect(problems({ subjects: [{ count: 1, min: 2 }] })[0]?.key).to.equal('count-or-range');
    expect(problems({ subjects: [{ min: 5, max: 2 }] })[0]?.key).to.equal('range-backwards');
  });

  it('know the duties that were filed, where a book is given', () => {
    const parsed = parseFacts(
      { filed: { 'gdpr-art33-autority@FR': { at: '2026-12-01T10:00Z' } } },
      new Set(['gdpr-art33-authority']),
    );
    expect(parsed.ok).to.equal(false);
    if (!parsed.ok) {
      expect(parsed.error.problems[0]?.key).to.equal('unknown-duty');
      expect(parsed.error.problems[0]?.values?.['nearest']).to.equal('gdpr-art33-authority');
    }
  });
});
