import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { parse } from 'yaml';
import type { NoticeSource } from '../../../src/application/ports/notices.ts';
import { differs, hashTexts, seal } from '../../../src/domain/notice/seal.ts';
import { EEA, US_STATES } from '../../../src/domain/law/places.ts';
import { DATA_CATEGORIES } from '../../../src/domain/law/vocabulary.ts';
import { createNoticeWriter } from '../../../src/adapters/templates/notice-writer.ts';
import type { Format } from '../../../src/domain/notice/notice.ts';
import type { Json } from '../../../src/domain/register/entry.ts';
import { incident, letter, NOW, rewritten } from './packwell.ts';
import { wordsOfHtml, wordsOfText } from './twins.ts';

const OFFICES = new Map([
  ['FR', 'Commission nationale (CNIL)'],
  ['GB', 'Information Commission (ICO)'],
  ['DE-BE', 'Berliner Beauftragte (BlnBDI)'],
]);
const room = createNoticeWriter({ folder: 'templates', clock: { now: () => NOW }, offices: OFFICES });

/** One of everything: every kind of data, at a supplier, with people in places whose laws differ. */
function everything(facts: Readonly<Record<string, Json>> = {}): NoticeSource {
  return letter({
    incident: incident({
      'data.categories': DATA_CATEGORIES,
      subjects: [
        { place: 'DE', count: 5 },
        { place: 'US-CA', count: 300 },
        { place: 'US-MA', count: 1340 },
        { place: 'US-RI', count: 2 },
      ],
      ...facts,
    }),
  });
}

function read(source: NoticeSource, country: string, locale = 'en'): Record<Format, string> {
  const texts = room.render({ ...source, locales: [locale] })[locale];
  const of = (format: Format): string =>
    room.personalise(texts?.[format] ?? '', format, { name: 'Ada', email: '', country }, locale);
  return { subject: of('subject'), html: of('html'), text: of('text') };
}

const of = (...categories: readonly string[]): NoticeSource => everything({ 'data.categories': categories });

const EVERYWHERE = ['', 'US', 'CH', 'JP', 'DE-BE', 'GB', ...EEA, ...US_STATES];

describe('A letter by where its reader lives', () => {
  it('is one whole letter everywhere: both twins alike, one greeting, one way to complain, no mark left', () => {
    for (const locale of ['en', 'de']) {
      const texts = room.render(everything())[locale];
      for (const country of EVERYWHERE) {
        const at = `${locale} ${country}`;
        const person = { name: 'Ada', email: '', country };
        const html = room.personalise(texts?.html ?? '', 'html', person, locale);
        const text = room.personalise(texts?.text ?? '', 'text', person, locale);
        expect(wordsOfText(text), at).to.deep.equal(wordsOfHtml(html));
        expect(html, at).not.to.match(/[⟦⟧]|<p[^>]*>\s*<\/p>|<p[^>]*><br>/);
        expect(text, at).not.to.match(/[⟦⟧]|\n\n\n| \n/);
        expect(text.match(/Ada,/g), at).to.have.lengthOf(1);
        expect(html.match(/<h1/g), at).to.have.lengthOf(1);
        expect(html.match(/<ol/g), at).to.have.lengthOf(1);
        expect(text.match(/You can also|Sie können sich auch/g), at).to.have.lengthOf(1);
        expect(Buffer.byteLength(html), at).to.be.below(30_000);
      }
    }
  });

  it('tells each reader the advice of the own place, whoever else is on the list', () => {
    const has = (categories: readonly string[], country: string, words: RegExp): void => {
      const source = of(...categories);
      expect(read(source, country).text, country).to.match(words);
      for (const other of ['', 'US-NY', 'DE', 'GB', 'PL', 'FR', 'SE', 'DK', 'ES', 'PT', 'NL']) {
        const same = other === country || (country === 'US-TX' && other === 'US-NY');
        if (!same) expect(read(source, other).text, `${String(words)} for ${other}`).not.to.match(words);
      }
    };
    has(['ssn'], 'US-TX', /Freeze your credit at Equifax/);
    has(['ssn'], 'PL', /Block your PESEL/);
    has(['ssn'], 'SE', /bedrägerispärr/);
    has(['ssn'], 'DK', /kreditadvarsel/);
    has(['ssn'], 'GB', /Cifas/);
    has(['passport'], 'DE', /Schufa/);
    has(['passport'], 'FR', /17Cyber/);
    has(['passport'], 'ES', /CIRBE .* 017/);
    has(['passport'], 'PT', /Banco de Portugal/);
    has(['passport'], 'NL', /Meldpunt/);
    has(['payment-card'], 'US-TX', /within 60 days/);
    has(['payment-card'], 'DE', /116 116/);
    has(['bank-account'], 'GB', /Direct Debit Guarantee/);
    has(['name'], 'GB', /7726 and false mails to report@phishing\.gov\.uk/);
    has(['health'], 'US-TX', /health plan/);
    has(['children'], 'US-TX', /child under 16/);
  });

  it('counts the same steps for everybody', () => {
    const { text = '' } = room.render({ ...everything(), locales: ['en'] })['en'] ?? {};
    for (const country of EVERYWHERE) {
      const own = room.personalise(text, 'text', { name: '', email: '', country }, 'en');
      expect(own.match(/^ \d\. /gm), country).to.have.lengthOf(5);
    }
  });

  it('names the authority to which this reader can complain, where we know it', () => {
    expect(read(letter(), 'FR').text).to.contain('where you live: Commission nationale (CNIL).');
    expect(read(letter(), 'DE-BE', 'de').text).to.contain('an Ihrem Wohnort beschweren: Berliner Beauftragte (BlnBDI).');
    expect(read(letter(), 'IT').text).to.contain('the data protection authority where you live.');
    expect(read(letter(), '').text).to.contain('the data protection authority where you live.');
    expect(read(letter(), 'US-TX').text).to.contain('attorney general of your state').and.not.to.contain('data protection authority where');
  });

  it('takes the place of everybody affected for a reader of whom none is known', () => {
    const cards = (...places: readonly string[]): string =>
      read(everything({ 'data.categories': ['payment-card'], subjects: places.map((place) => ({ place })) }), '').text;
    expect(cards('DE', 'AT')).to.contain('within 13 months');
    expect(cards('DE', 'US-CA')).not.to.match(/13 months|60 days/);
    expect(cards('US-CA')).to.contain('Notice of Data Breach');
  });

  it('is sealed whole: another word of advice for one place only breaks the seal', () => {
    const sealed = seal({ texts: hashTexts(room.render(of('ssn'))), attachments: [] });
    const again = { texts: hashTexts(room.render(of('ssn'))), attachments: [] };
    expect(differs(sealed, again)).to.equal(null);
    const changed = room.render(of('ssn'));
    const tampered = Object.fromEntries(
      Object.entries(changed).map(([locale, formats]) => [
        locale,
        { ...formats, text: formats.text.replace('Block your PESEL', 'Call us about your PESEL') },
      ]),
    );
    expect(tampered['en']?.text).not.to.equal(changed['en']?.text);
    expect(differs(sealed, { texts: hashTexts(tampered), attachments: [] })).to.equal('text');
  });
});

describe('Forms of the letter that law prescribes', () => {
  const headings = (html: string): readonly string[] =>
    [...html.matchAll(/<h2 data-element="(?!required)[^>]*>([^<]*)<\/h2>/g)].map(([, heading = '']) => heading);

  it('California: its title, its five headings in their order, and the date of the letter', () => {
    const file = parse(readFileSync('playbooks/regimes/us-ca.yaml', 'utf8')) as {
      duties: { id: string; content: { title: string; headings: string[] } }[];
    };
    const law = file.duties.find(({ id }) => id === 'us-ca-residents')?.content;
    const { html, text } = read(everything(), 'US-CA');
    expect(html).to.contain(`>${String(law?.title)}</h1>`);
    expect(headings(html)).to.deep.equal(law?.headings);
    expect(text).to.contain('\nDate of this letter: 6 December 2026\n');
    expect(text).to.contain('Someone can now write or call you and sound like us.');
    expect(text).to.contain('The police have not asked us to hold this letter back.');
    const held = everything({ lawEnforcementHold: { from: '2026-12-04T10:00:00Z' } });
    expect(read(held, 'US-CA').text).to.contain('The police asked us to hold this letter back for a time.');
    // In another language the words of the statute stand before their translation.
    const german = headings(read(everything(), 'US-CA', 'de').html);
    expect(german.map((heading) => heading.split(' – ')[0])).to.deep.equal(law?.headings);
    for (const country of ['US', 'US-NY', 'DE', '']) {
      expect(read(everything(), country).text).not.to.contain('Notice of Data Breach');
    }
  });

  it('Massachusetts: not what happened, not how many, but the police report and the freeze', () => {
    for (const locale of ['en', 'de']) {
      const { subject, html, text } = read(everything(), 'US-MA', locale);
      for (const format of [subject, html, text]) {
        expect(format).not.to.match(/Packwell|3 December|3\. Dezember|5 December|copied order|Bestelldaten|1[,.]?340|We cut/);
      }
      expect(html).not.to.match(/data-element="(?:nature|measures-taken)"/);
    }
    const { text } = read(everything(), 'US-MA');
    expect(text).to.contain('You have the right to report it to the police and to get a copy of the report.');
    expect(text).to.contain('You can freeze your credit at these three bureaus').and.to.contain('It is free.');
    expect(text.match(/sorry/g)).to.have.lengthOf(1);
    const offered = rewritten(everything(), 'en', {
      'id-protection': 'We pay for 18 months of credit watch with Example Watch.',
      parent: 'Our parent company is Linden Holding.',
    });
    const wanted = { ...offered, duties: [{ ...offered.duties[0], content: ['id-protection', 'parent'] }] };
    const protectedBy = wanted as unknown as NoticeSource;
    expect(read(protectedBy, 'US-MA').text).to.match(/18 months of credit watch[^]*Linden Holding/);
    expect(read(protectedBy, 'US-CA').text).to.contain('18 months').and.not.to.contain('Linden Holding');
    expect(read(protectedBy, 'DE').text).not.to.match(/18 months|Linden Holding/);
  });

  it('Rhode Island: how many of its people; nobody else is told a number', () => {
    expect(read(everything(), 'US-RI').text).to.contain('In Rhode Island this affects 2 people.');
    for (const country of ['US-IL', 'US-MA', 'US-NY', 'DE']) {
      expect(read(everything(), country).text).not.to.match(/this affects|1[,.]?340|\b300\b/);
    }
  });

  it('every state: bureaus with telephone and address, freeze, alert, FTC, days; nobody outside reads them', () => {
    for (const state of US_STATES) {
      const { text } = read(everything(), state);
      for (const office of ['Equifax\n+1 888', 'Experian\n+1 888', 'TransUnion\n+1 800', 'Federal Trade Commission\n+1 877'])
        expect(text, state).to.contain(office);
      expect(text, state).to.match(/fraud alert[^]*free/);
      expect(text.indexOf('Required information'), state).to.be.above(text.indexOf('This letter is genuine'));
    }
    for (const country of ['', 'DE', 'GB']) expect(read(everything(), country).text).not.to.match(/Required information|Equifax\n/);
  });

  it('states whose law wants their own offices named get them, others do not', () => {
    const named: Readonly<Record<string, RegExp>> = {
      'US-DC': /Attorney General of the District of Columbia\n\+1/,
      'US-IA': /Attorney General of Iowa\n\+1/,
      'US-MD': /Attorney General of Maryland\n\+1/,
      'US-NC': /Attorney General of North Carolina\n\+1/,
      'US-NY': /New York Department of State/,
      'US-OR': /Oregon Department of Justice/,
      'US-RI': /Attorney General of Rhode Island\n\+1/,
    };
    for (const [state, office] of Object.entries(named)) {
      expect(read(everything(), state).text, state).to.match(office);
      expect(read(everything(), 'US-TX').text).not.to.match(office);
    }
    expect(read(everything(), 'US-NM').text).to.contain('Fair Credit Reporting Act');
  });
});
