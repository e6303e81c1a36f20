import { expect } from 'chai';
import { placeOfPostal } from '../../../src/domain/people/postal-place.ts';
import { readPeople } from '../../../src/domain/people/typed-list.ts';

describe('Where somebody lives, by the lines of an envelope', () => {
  const PLACES: Readonly<Record<string, string | undefined>> = {
    'Weg 1 | 1010 Wien | Österreich': 'AT',
    'Weg 1 | 1010 Wien | AUSTRIA': 'AT',
    'Weg 1 | A-1010 Wien': 'AT',
    'Weg 1 | CH-8001 Zürich': 'CH',
    'Weg 1 | D-10115 Berlin': 'DE',
    'Rue 1 | L-1009 Luxembourg': 'LU',
    'Hill Road 2 | York | YO1 7HH': 'GB',
    '1 Main St | Springfield, IL 62701': 'US-IL',
    '1 Main St | Boston, MA 02108-1234 | USA': 'US-MA',
    '1 Main St | Somewhere | United States': 'US',
    'Via Roma 1 | 00100 Roma | Italia': 'IT',
    // A town is no country, and five figures are a postcode in many.
    'Weg 1 | 12345 Ort': undefined,
    'Weg 1 | Ort': undefined,
    'Weg 1 | XX 12345': undefined,
    '': undefined,
  };
  for (const [lines, place] of Object.entries(PLACES))
    it(`${lines === '' ? 'nothing' : lines}: ${place ?? 'not said'}`, () => {
      expect(placeOfPostal(lines === '' ? [] : lines.split(' | '))).to.equal(place);
    });

  it('stands on the list, unless somebody typed another; a country may be typed by its name', () => {
    const postal = 'Weg 1\nA-1010 Wien';
    const read = readPeople(
      [
        { name: 'Anna', postal },
        { name: 'Eva', postal, country: 'DE' },
        { name: 'Ida', email: 'ida@example.org', country: 'Schweiz' },
      ],
      (code) => /^[A-Z]{2}$/.test(code),
    );
    expect(read.ok && read.value.map(({ country }) => country)).to.deep.equal(['AT', 'DE', 'CH']);
  });
});
