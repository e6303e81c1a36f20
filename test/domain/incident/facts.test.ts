import { expect } from 'chai';
import { prepareNotice } from '../../../src/domain/incident/notices.ts';
import { changeFact, type FactChange, type Judge } from '../../../src/domain/incident/facts.ts';
import type { Incident } from '../../../src/domain/incident/incident.ts';
import { at, gdpr, good, LENE, logged, MARA, note, person, refused, SAM } from '../../support/breach.ts';

function obligation(incident: Incident, key = 'gdpr-art33-authority') {
  return incident.obligations.find((candidate) => candidate.key === key)!;
}

function risk(value: string, shown = 0): FactChange {
  return { name: 'risk', given: { value }, shown, because: note('why') };
}

describe('Changing a fact', () => {
  it('judges every duty anew and keeps both judgements in the register', () => {
    const before = logged();
    const { incident } = good(changeFact(before, risk('high'), gdpr, at(LENE, 60)));
    expect(obligation(incident, 'gdpr-art34-subjects').decision).to.equal('applies');
    const judged = incident.outbox.filter(
      ({ type, data }) => type === 'obligation-judged' && data['key'] === 'gdpr-art34-subjects',
    );
    expect(judged.map(({ data }) => data['decision'])).to.deep.equal(['undecided', 'applies']);
  });

  it('gives a moved deadline a new revision and forgets its reminders', () => {
    const before = logged();
    const reminded = before.obligations.map((each) => ({
      ...each,
      reminded: { moment: 'due', at: before.loggedAt },
    }));
    const given = { value: '2026-12-04T17:30:00Z' };
    const change: FactChange = { name: 'awareAt', given, shown: 1, because: note('it was earlier') };
    const { incident } = good(changeFact({ ...before, obligations: reminded }, change, gdpr, at(LENE, 5)));
    expect(obligation(incident).revision).to.equal(2);
    expect(obligation(incident).reminded).to.equal(undefined);
    expect(obligation(incident).dueAt?.toString()).to.equal('2026-12-07T17:30:00Z');
    expect(obligation(incident, 'gdpr-art34-subjects').reminded).to.not.equal(undefined);
  });

  it('a duty that once applied ends as "does not apply", never as a missing row', () => {
    const high = good(changeFact(logged(), risk('high'), gdpr, at(LENE))).incident;
    const { incident } = good(changeFact(high, risk('unlikely', 1), gdpr, at(LENE)));
    expect(obligation(incident, 'gdpr-art34-subjects').decision).to.equal('does-not-apply');
  });

  it('when the recipient becomes known the obligation goes on under its name, and its notice with it', () => {
    const named: Judge = (incident) =>
      gdpr(incident).map((judged) =>
        judged.notify === 'authority'
          ? { ...judged, key: `${judged.key}@DE-BE`, recipient: 'DE-BE' }
          : judged,
      );
    const told = logged().obligations.map((each) => ({
      ...each,
      reminded: { moment: 'x', at: each.startedAt! },
    }));
    const begun = good(
      prepareNotice(
        { ...logged(), obligations: told },
        { id: 'no', kind: 'authority', obligations: ['gdpr-art33-authority'], locales: ['en'] },
        at(SAM),
      ),
    ).incident;
    const { incident } = good(changeFact(begun, risk('high'), named, at(LENE)));
    expect(incident.obligations.map(({ key }) => key)).to.deep.equal([
      'gdpr-art33-authority@DE-BE',
      'gdpr-art34-subjects',
    ]);
    expect(obligation(incident, 'gdpr-art33-authority@DE-BE').reminded?.moment).to.equal('x');
    expect(incident.notices[0]?.obligations).to.deep.equal(['gdpr-art33-authority@DE-BE']);
    const judged = incident.outbox.find(({ data }) => data['key'] === 'gdpr-art33-authority@DE-BE');
    expect(judged?.data['formerly']).to.equal('gdpr-art33-authority');
  });

  it('of two people who change the same fact, the second sees both versions', () => {
    const first = good(changeFact(logged(), risk('high'), gdpr, at(LENE))).incident;
    const error = refused(changeFact(first, risk('unlikely'), gdpr, at(MARA)));
    expect(error).to.include({ kind: 'stale-version', subject: 'risk', theirs: 'high', yours: 'unlikely' });
  });

  it('of two people who change different facts, neither sees a conflict', () => {
    const first = good(changeFact(logged(), risk('high'), gdpr, at(LENE))).incident;
    const change: FactChange = { name: 'data.encrypted', given: { value: false }, shown: 0 };
    good(changeFact(first, change, gdpr, at(SAM)));
  });

  it('a risk wants a reason, and awareness a person with the right', () => {
    expect(
      refused(changeFact(logged(), { name: 'risk', given: { value: 'high' }, shown: 0 }, gdpr, at(LENE)))
        .kind,
    ).to.equal('invalid-input');
    const change: FactChange = { name: 'awareAt', given: { value: '2026-12-04T17:30:00Z' }, shown: 1 };
    expect(refused(changeFact(logged(), change, gdpr, at(SAM)))).to.deep.equal({
      kind: 'not-allowed',
      permission: 'awareness.fix',
    });
    expect(refused(changeFact(logged(), change, gdpr, at(person('kim', 'staff'))))).to.have.property(
      'kind',
      'not-allowed',
    );
  });

  it('a corrected awareness wants a reason, and both moments and both reasons stand in the record', () => {
    const change: FactChange = { name: 'awareAt', given: { value: '2026-12-04T17:30:00Z' }, shown: 1 };
    expect(refused(changeFact(logged(), change, gdpr, at(LENE)))).to.deep.equal({
      kind: 'invalid-input',
      problems: [{ path: 'because', key: 'awareness.reason' }],
    });
    const because = note('the log shows it');
    const { incident } = good(changeFact(logged(), { ...change, because }, gdpr, at(LENE)));
    expect(incident.facts['awareAt']).to.deep.include({ value: '2026-12-04T17:30:00Z', because });
    const data = incident.outbox.find(({ type }) => type === 'fact-changed')?.data;
    expect(data).to.deep.include({ name: 'awareAt', because: because.id });
    const again = { ...change, given: { value: '2026-12-04T17:30:00Z' }, shown: 2 };
    good(changeFact(incident, again, gdpr, at(LENE)));
  });

  it('an answer settles its fact, so that the two are never two truths', () => {
    const change: FactChange = {
      name: 'answers.encrypted',
      given: { value: true },
      shown: 0,
      settles: { name: 'data.encrypted', value: true },
    };
    const { incident } = good(changeFact(logged(), change, gdpr, at(SAM)));
    expect(incident.facts['data.encrypted']).to.include({ value: true, revision: 1 });
  });

  it('unknown needs no value, only a reason', () => {
    const change: FactChange = {
      name: 'data.encrypted',
      given: { unknown: note('host answers on Monday') },
      shown: 0,
    };
    const { incident } = good(changeFact(logged(), change, gdpr, at(SAM)));
    expect(incident.facts['data.encrypted']).to.have.property('unknown');
  });
});
