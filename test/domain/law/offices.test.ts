import { expect } from 'chai';
import { installedLaw } from './book.ts';
import { installedDuties } from './installed.ts';

/** Duties whose office no list of the contract names: it is found case by case, and a person says which. */
const FOUND_BY_HAND: readonly string[] = [
  ...['cer-art15-initial', 'cer-art15-detailed', 'naic-668-commissioner', 'de-sgbx-83a-supervision'],
  ...['eidas-art19-supervisory', 'eidas-trust-services', 'eecc-art40-authority', 'psd2-art96-authority'],
  ...['eu-part-is-authority', 'eu-ai-act-art73-authority'],
];

describe('Whom the law has told', () => {
  const { authorities } = installedLaw();
  const told = installedDuties()
    .map(({ duty }) => duty)
    .filter((duty) => duty.notify === 'authority');

  it('is an office with a file, or a kind of office found by place, in every duty to tell an authority', () => {
    expect(told.length).to.be.greaterThan(200);
    const nameless = told.filter(({ to, authority }) => to === undefined && authority === undefined);
    expect(nameless.map(({ id }) => id).filter((id) => !FOUND_BY_HAND.includes(id))).to.deep.equal([]);
  });

  it('sits where the law holds, so that the days off of its own place count', () => {
    for (const { id, to = [], where } of told) {
      const [country] = [...(where?.established ?? []), ...(where?.people ?? [])];
      if (country === undefined || !/^[A-Z]{2}(?:-|$)/.test(country) || ['EU', 'US'].includes(country))
        continue;
      for (const office of to) {
        const place = authorities.get(office)?.place ?? '';
        expect([country.slice(0, 2), 'US', 'EU'], `${id} tells ${office}`).to.include(place.slice(0, 2));
      }
    }
  });

  it('can be written to: each office has a language, and a name that people use', () => {
    for (const [id, { languages, short, name }] of authorities) {
      expect(languages.length, id).to.be.greaterThan(0);
      expect(short.length, id).to.be.at.most(60);
      expect(name.length, id).to.be.greaterThan(2);
    }
    expect(authorities.size).to.be.greaterThan(340);
  });
});
