import { expect } from 'chai';
import { complaintOffices } from '../../../src/domain/notice/offices.ts';
import { EEA } from '../../../src/domain/law/places.ts';
import { installedLaw } from '../law/book.ts';

describe('Whom people can complain to', () => {
  const offices = complaintOffices(installedLaw().authorities.values());

  it('is known for every country of the EEA, the UK and Switzerland, in Germany by Land', () => {
    for (const country of [...EEA, 'GB', 'CH'].filter((code) => code !== 'DE')) {
      expect(offices.get(country), country).to.be.a('string');
    }
    expect(offices.get('DE-BY'), 'the one for companies').to.contain('BayLDA');
    expect([...offices.keys()].filter((place) => place.startsWith('DE-'))).to.have.lengthOf(16);
  });

  it('is one office a person: none for a country whose parts have their own, none for the Union', () => {
    expect(offices.has('DE')).to.equal(false);
    expect(offices.has('EU')).to.equal(false);
    for (const place of offices.keys()) {
      if (place.includes('-')) expect(offices.has(place.slice(0, 2)), place).to.equal(false);
    }
  });

  it('is called by its name, with the short one where people know it by that', () => {
    expect(offices.get('FR')).to.equal("Commission nationale de l'informatique et des libertés (CNIL)");
    expect(offices.get('GB')).to.equal('Information Commission (ICO)');
    expect(offices.get('PT')).to.equal('Comissão Nacional de Proteção de Dados (CNPD)');
  });
});
