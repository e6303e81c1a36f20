import { expect } from 'chai';
import fc from 'fast-check';
import { letter, writer } from './packwell.ts';
import type { Person } from '../../../src/domain/people/person.ts';

const person = (name: string, more: Partial<Person> = {}): Person => ({
  name,
  email: 'a@person.example',
  ...more,
});

describe('One person in a sealed letter', () => {
  const texts = writer().render(letter());
  const html = (name: string, locale = 'en'): string =>
    writer().personalise(texts[locale]?.html ?? '', 'html', person(name), locale);
  const text = (name: string, locale = 'en'): string =>
    writer().personalise(texts[locale]?.text ?? '', 'text', person(name), locale);

  it('is greeted by name in the language of the letter, in both twins', () => {
    expect(html('Łucja O’Brien')).to.contain('<p style="margin:0">Dear Łucja O’Brien,</p>');
    expect(text('Łucja O’Brien')).to.contain('\nDear Łucja O’Brien,\n');
    expect(text('Łucja O’Brien', 'de')).to.contain('\nGuten Tag Łucja O’Brien,\n');
  });

  it('is greeted without a name where there is none, or where it is no name', () => {
    for (const name of ['', '  ', '\u202E', 'x'.repeat(10_000)]) {
      expect(text(name), name.slice(0, 9)).to.contain('\nHello,\n');
      expect(html(name, 'de')).to.contain('>Guten Tag,<');
    }
  });

  it('has a name that stays text, whatever it is', () => {
    const name = '<b>{{x}}</b> $& $1 {y} ⟦salutation⟧\r\n\u202EBcc: a@b.example';
    expect(html(name)).to.contain(
      'Dear &lt;b&gt;{{x}}&lt;/b&gt; $&amp; $1 {y} [salutation] Bcc: a@b.example,</p>',
    );
    expect(text(name)).to.contain('\nDear <b>{{x}}</b> $& $1 {y} [salutation] Bcc: a@b.example,\n');
  });

  it('changes nothing but the slot, for any name', () => {
    const [before = '', after = ''] = html('Ada').split('Dear Ada,');
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (name) => {
        const put = html(name);
        expect(put.startsWith(before) && put.endsWith(after)).to.equal(true);
        expect(put.slice(before.length, put.length - after.length)).not.to.match(/[<>"⟦⟧\r\n]/);
      }),
    );
  });

  it('puts no name into a subject', () => {
    const subject = writer().personalise(texts['en']?.subject ?? '', 'subject', person('Ada'), 'en');
    expect(subject).to.equal('Your data at Linden Shop: what happened on 3 December');
  });

  it('gets the day on which it goes out only where a law wants it, in the zone of the breach', () => {
    const inCalifornia = writer().personalise(
      texts['de']?.text ?? '',
      'text',
      person('Ada', { country: 'US-CA' }),
      'de',
    );
    expect(inCalifornia).to.contain('\nDatum dieses Schreibens: 6. Dezember 2026\n');
    expect(text('Ada', 'de')).not.to.contain('Datum dieses Schreibens');
  });

  it('reads the language on record, else that of the country, else English, else what there is', () => {
    const both = ['en', 'de'];
    const locale = (more: Partial<Person>, locales = both): string =>
      writer().localeFor(person('A', more), locales);
    expect(locale({ language: 'de-AT' })).to.equal('de');
    expect(locale({ language: 'DE' })).to.equal('de');
    expect(locale({ language: 'en', country: 'DE' })).to.equal('en');
    expect(locale({ country: 'AT' })).to.equal('de');
    expect(locale({ country: 'DE-BY' })).to.equal('de');
    expect(locale({ country: 'US-CA' })).to.equal('en');
    expect(locale({ language: 'fi', country: 'FI' })).to.equal('en');
    expect(locale({ language: 'fi' }, ['de', 'fr'])).to.equal('de');
    expect(locale({})).to.equal('en');
    expect(locale({ language: 'pt-BR' }, ['en', 'pt', 'pt-BR'])).to.equal('pt-BR');
    expect(locale({ language: '$where', country: '{}' })).to.equal('en');
  });
});
