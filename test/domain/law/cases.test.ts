import { expect } from 'chai';
import { EDPB_CASES, factsOfCase, nearestCases, riskOf } from '../../../src/domain/law/cases.ts';
import { severityOf } from '../../../src/domain/law/severity.ts';
import { factsOf, judged, of } from './book.ts';

const controller = {
  role: 'controller',
  establishments: ['DE-BY'],
  sectors: [],
  zone: 'Europe/Berlin',
  awareAt: '2026-12-01T10:00',
};

describe('The 18 examples of EDPB Guidelines 01/2021', () => {
  for (const one of EDPB_CASES) {
    const { document, authority, people } = one.answer;
    const told = [document && 'document', authority && 'authority', people && 'people']
      .filter(Boolean)
      .join(', ');
    it(`${one.no}: ${one.title}: ${told}`, () => {
      const found = judged({ ...controller, ...factsOfCase(one) });
      const applies = (duty: string): boolean => of(found, duty).some((each) => each.decision === 'applies');
      expect(applies('gdpr-art33-5-register'), 'document').to.equal(document);
      expect(applies('gdpr-art33-authority'), 'authority').to.equal(authority);
      expect(applies('gdpr-art34-subjects'), 'people').to.equal(people);
    });
  }

  it('are weighed by people: ENISA’s band alone agrees with most of them only', function () {
    const agreeing = EDPB_CASES.filter((one) => {
      const severity = severityOf(one.enisa);
      return severity.ok && severity.value.risk === riskOf(one);
    });
    console.log(`      ENISA's band alone agrees with ${agreeing.length} of ${EDPB_CASES.length} EDPB cases`);
    expect(agreeing.length).to.be.greaterThan(0);
  });

  it('bring the hospital near to ransomware on health data, and the swapped parcels to a mistake of a shop', () => {
    const hospital = factsOf({
      ransomware: true,
      malicious: true,
      data: { categories: ['name', 'health'], encrypted: false },
      breach: { confidentiality: false, integrity: false, availability: true },
    });
    expect(nearestCases(hospital)[0]?.case.no).to.equal(3);
    const shop = factsOf({
      inadvertent: true,
      malicious: false,
      data: { categories: ['name', 'postal-address', 'order-history'], encrypted: false },
      breach: { confidentiality: true },
      subjects: [{ place: 'DE', count: 2 }],
    });
    expect(nearestCases(shop)[0]?.case.no).to.equal(13);
  });

  it('are each nearest to themselves', () => {
    for (const one of EDPB_CASES) {
      const [first] = nearestCases(factsOf(factsOfCase(one)));
      expect(first?.likeness, one.title).to.equal(1);
    }
  });
});
