import { expect } from 'chai';
import { logIncident } from '../../../src/domain/incident/log.ts';
import { at, gdpr, good, logged, PACKWELL, person, refused, SAM } from '../../support/breach.ts';

describe('Logging an incident', () => {
  it('judges its duties at once and chains what happened', () => {
    const incident = logged();
    expect(incident.obligations.map(({ key }) => key)).to.deep.equal([
      'gdpr-art33-authority',
      'gdpr-art34-subjects',
    ]);
    expect(incident.outbox.map(({ type }) => type)).to.deep.equal([
      'incident-logged',
      'obligation-judged',
      'obligation-judged',
    ]);
    expect(incident.register.sequence).to.equal(3);
    expect(incident.register.head).to.equal(incident.outbox.at(-1)?.hash);
    expect(incident.card.nextDueAt?.toString()).to.equal('2026-12-07T17:40:00Z');
    expect(incident.card.people).to.equal(3);
  });

  it('refuses awareness before detection, and says both moments', () => {
    const facts = { detectedAt: '2026-12-04T17:22:00Z', awareAt: '2026-12-04T16:00:00Z' };
    const error = refused(logIncident({ ...PACKWELL, facts }, gdpr, at(SAM)));
    expect(error).to.deep.equal({
      kind: 'invalid-input',
      problems: [
        {
          path: 'facts.awareAt',
          key: 'moment.aware-before-detected',
          values: { detectedAt: '2026-12-04T17:22:00Z', awareAt: '2026-12-04T16:00:00Z' },
        },
      ],
    });
  });

  it('refuses moments in the future and a missing title together', () => {
    const facts = { detectedAt: '2026-12-05T17:22:00Z' };
    const error = refused(logIncident({ ...PACKWELL, title: ' ', facts }, gdpr, at(SAM)));
    expect(error.kind === 'invalid-input' && error.problems.map(({ key }) => key)).to.deep.equal([
      'text.missing',
      'moment.in-future',
    ]);
  });

  it('lets staff log, and no reader', () => {
    good(logIncident(PACKWELL, gdpr, at(person('kim', 'staff'))));
    const error = refused(logIncident(PACKWELL, gdpr, at(person('ray', 'reader'))));
    expect(error).to.deep.equal({ kind: 'not-allowed', permission: 'incident.log' });
  });

  it('puts no prose and no name into the register', () => {
    const incident = logged({ supplier: { name: 'Packwell' } });
    const register = JSON.stringify(incident.outbox);
    expect(register).not.to.contain('Packwell');
    expect(register).not.to.contain(PACKWELL.title);
  });
});
