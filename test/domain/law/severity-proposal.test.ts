import { expect } from 'chai';
import { parseFacts } from '../../../src/domain/law/facts.ts';
import { proposeSeverity, type SeverityProposal } from '../../../src/domain/law/severity-proposal.ts';
import { severityOf } from '../../../src/domain/law/severity.ts';
import { DATA_CATEGORIES } from '../../../src/domain/law/vocabulary.ts';

function proposed(input: Record<string, unknown>): SeverityProposal {
  const facts = parseFacts({ zone: 'Europe/Berlin', ...input });
  if (!facts.ok) throw new Error(JSON.stringify(facts.error));
  return proposeSeverity(facts.value);
}

describe('What the facts say to the calculator', () => {
  it('is nothing where nothing is known', () => {
    expect(proposed({})).to.deep.equal({ data: [] });
  });

  it('puts every kind of data of the contract into one of the four types', () => {
    const { data } = proposed({ data: { categories: [...DATA_CATEGORIES] } });
    expect(data.map(({ type }) => type)).to.deep.equal(['simple', 'behavioural', 'financial', 'sensitive']);
    for (const category of DATA_CATEGORIES)
      expect(proposed({ data: { categories: [category] } }).data, category).to.have.length(1);
  });

  it('takes addresses for simple, orders for behavioural, cards for financial, health for sensitive data', () => {
    const typeOf = (category: string) => proposed({ data: { categories: [category] } }).data[0]?.type;
    expect(['postal-address', 'order-history', 'payment-card', 'health'].map(typeOf)).to.deep.equal([
      'simple',
      'behavioural',
      'financial',
      'sensitive',
    ]);
  });

  it('sees that data of minors bear on safety', () => {
    const minors = [{ place: 'DE', count: 4, groups: ['minors'] }];
    expect(proposed({ data: { categories: ['name'] }, subjects: minors }).data).to.deep.equal([
      { type: 'simple', adjust: 3 },
    ]);
  });

  it('counts copies in unknown hands a half, a mistake with known recipients a quarter', () => {
    const breach = { confidentiality: true };
    expect(proposed({ breach }).confidentiality).to.equal(0.5);
    expect(proposed({ breach, inadvertent: true }).confidentiality).to.equal(0.25);
    expect(proposed({ breach: { confidentiality: false } }).confidentiality).to.equal(0);
  });

  it('takes what is away for lost until it is recovered', () => {
    const breach = { availability: true };
    expect(proposed({ breach })).to.include({ availability: 0.5, lost: true });
    expect(proposed({ breach, recoveredAt: '2026-12-05T09:00' })).to.include({
      availability: 0.25,
      lost: false,
    });
  });

  it('calls data unintelligible only where the key is known to be safe', () => {
    expect(proposed({ data: { encrypted: true } })).not.to.have.property('unintelligible');
    expect(proposed({ data: { encrypted: true, keyCompromised: false } }).unintelligible).to.equal(true);
    expect(proposed({ data: { encrypted: true, keyCompromised: true } }).unintelligible).to.equal(false);
    expect(proposed({ data: { encrypted: false } }).unintelligible).to.equal(false);
  });

  it('names a number of people only where the list bounds it', () => {
    const row = { place: 'DE', min: 20, max: 60 };
    expect(proposed({ subjects: [row, { place: 'AT', count: 5 }] }).individuals).to.equal(65);
    expect(proposed({ subjects: [row, { place: 'AT' }] })).not.to.have.property('individuals');
  });

  it('is input that the calculator takes, once a person says how easily people are identified', () => {
    const { data, confidentiality, individuals } = proposed({
      data: { categories: ['name', 'payment-card'] },
      breach: { confidentiality: true },
      subjects: [{ place: 'DE', count: 340 }],
    });
    const severity = severityOf({ data, ei: 'maximum', circumstances: { confidentiality }, individuals });
    expect(severity.ok && severity.value.score).to.equal(3.5);
  });
});
