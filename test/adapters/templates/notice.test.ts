import { expect } from 'chai';
import { Temporal } from 'temporal-polyfill';
import type { NoticeSource } from '../../../src/application/ports/notices.ts';
import type { Incident, Obligation } from '../../../src/domain/incident/incident.ts';
import { ELEMENTS, FORBIDDEN_ELEMENTS } from '../../../src/domain/law/elements.ts';
import { draftFields } from '../../../src/domain/notice/content.ts';
import { createNoticeWriter } from '../../../src/adapters/templates/notice-writer.ts';
import { ART_33, ART_33_2, authority, incident, linden, NOW, rewritten, writer } from './packwell.ts';

function text(source: NoticeSource, locale = 'en'): string {
  return writer().render(source)[locale]?.text ?? '';
}

const GERMAN = {
  'what-happened': 'Bei unserem Auftragsverarbeiter Packwell hat jemand Bestelldaten kopiert.',
  consequences: 'Betrug mit Nachrichten, die echte Bestellungen nennen.',
  'measures-taken': 'Die Verbindung zu Packwell ist getrennt.',
  'measures-prevent-detail': 'Ab Januar verschickt ein anderes Unternehmen.',
};

function german(): NoticeSource {
  return authority({ content: { de: GERMAN, '*': { 'record-count': 'etwa 300' } } });
}

function obligation(over: Partial<Obligation>): Obligation {
  return {
    key: ART_33.id,
    duty: ART_33.id,
    notify: 'authority',
    decision: 'applies',
    missing: [],
    startedAt: null,
    dueAt: null,
    latestAt: null,
    noNumber: false,
    revision: 1,
    lawHash: 'h',
    ...over,
  };
}

describe('The notice to the authority', () => {
  it('holds everything of article 33(3), in English', () => {
    const said = text(authority());
    for (const part of [
      'Personal data breach: Linden Shop, INC-2026-0001',
      'To: BlnBDI (Berlin)',
      'Under: GDPR art. 33(1)',
      'Kind of breach: confidentiality',
      'The data were held by: Packwell',
      'Someone copied order data at our processor Packwell.',
      'It began: Thursday, 3 December 2026, 02:10 (Europe/Berlin, UTC+01:00)',
      'We became aware: Saturday, 5 December 2026, 09:30 (Europe/Berlin, UTC+01:00)',
      'Groups of people: customers',
      'Number of people: 3',
      'Kinds of data: names, e-mail addresses, telephone numbers, postal addresses, order histories',
      'Number of records: about 300',
      'Mara Linde, data protection officer',
      'Fraud by messages that name real orders.',
      'The connection to Packwell was cut.',
      'Another company ships our parcels from January.',
      'art. 33(3)(d)',
    ]) {
      expect(said).to.contain(part);
    }
    expect(said).not.to.match(/Not stated|undefined|Reasons for the delay/);
  });

  it('holds the same in German, in German words', () => {
    const said = text(german(), 'de');
    for (const part of [
      'Verletzung des Schutzes personenbezogener Daten: Linden Shop',
      'Art der Verletzung: Vertraulichkeit',
      'Bekannt geworden: Samstag, 5. Dezember 2026, 09:30',
      'Gruppen von Personen: Kundinnen und Kunden',
      'Kategorien der Daten: Namen, E-Mail-Adressen',
      'Zahl der Datensätze: etwa 300',
      'Betrug mit Nachrichten',
      'Art. 33 Abs. 3 Buchst. c',
    ]) {
      expect(said).to.contain(part);
    }
    expect(said).not.to.match(/Nicht angegeben|Personal data/);
  });

  it('counts people as they are known', () => {
    const counted = (subjects: readonly Record<string, number>[]): string =>
      text(authority({ incident: incident({ subjects }) }));
    expect(counted([{ count: 48_211 }])).to.contain('Number of people: 48,211');
    expect(counted([{ min: 1000, max: 2000 }])).to.contain('Number of people: 1,000 to 2,000');
    expect(counted([{ min: 1000 }])).to.contain('Number of people: at least 1,000');
  });

  it('marks what will follow, and says so at its head', () => {
    const source = { ...rewritten(authority(), '*', { 'record-count': '' }), follows: ['count-records'] };
    const said = text(rewritten(source, 'en', { 'phases-note': 'Packwell counts the records until Friday.' }));
    expect(said).to.contain('This notice is not complete.');
    expect(said).to.contain('will follow without undue further delay: Number of records.');
    expect(said).to.contain('Number of records: Not yet known. This will follow.');
    expect(said).to.contain('Packwell counts the records until Friday.');
  });

  it('says what is not stated where nothing may follow', () => {
    expect(text(rewritten(authority(), '*', { 'record-count': '' }))).to.contain('Number of records: Not stated.');
  });

  it('asks and prints the reasons of a delay once the period has passed', () => {
    const late = (over: Partial<Obligation>): NoticeSource =>
      authority({ incident: incident({}, { obligations: [obligation(over)] }) });
    const asked = (source: NoticeSource): boolean =>
      writer().checklist(source).some(({ element }) => element === 'delay-reason');
    const past = NOW.subtract({ minutes: 1 });
    const future = NOW.add({ hours: 1 });
    expect(asked(late({ dueAt: past }))).to.equal(true);
    expect(asked(late({ dueAt: future }))).to.equal(false);
    const met = { at: past.subtract({ hours: 1 }), by: 'u1', dueAt: past, complete: true };
    expect(asked(late({ dueAt: past, met })), 'filed in time, then time went on').to.equal(false);
    expect(asked(late({ dueAt: past, duty: 'another' }))).to.equal(false);
    const reasoned = rewritten(late({ dueAt: past }), 'en', { 'delay-reason': 'Packwell told us late.' });
    expect(text(reasoned)).to.match(/Reasons for the delay\n+art\. 33\(1\)\n+Packwell told us late\./);
  });

  it('prints an element that another law asks for under its own heading, and never what is only confirmed', () => {
    const duty = { ...ART_33, content: [...ART_33.content, 'cross-border', 'id-protection', 'not-count'] };
    const source = rewritten(authority({ duties: [duty] }), 'en', {
      'cross-border': 'People in Austria are affected.',
      'id-protection': 'Twelve months with Example Watch.',
      'not-count': 'checked by Mara',
    });
    const said = text(source);
    expect(said).to.match(/Other states concerned\n+People in Austria are affected\./);
    expect(said).to.match(/Identity protection\n+Twelve months/);
    expect(said).not.to.contain('checked by Mara');
  });

  it('is proposed in the language of the organisation alone', () => {
    const proposed = writer().propose(
      { ...authority(), organisation: { ...linden, locale: 'de' } },
      { whatHappened: 'Es ist etwas passiert.' },
    );
    expect(Object.keys(proposed)).to.deep.equal(['de', '*']);
    expect(proposed['de']).to.include({ 'what-happened': 'Es ist etwas passiert.', 'delay-reason': '' });
    expect(proposed['*']).to.deep.equal({ 'record-count': '' });
  });

  it('keeps hostile facts as text', () => {
    const hostile = '</p><script>x</script> {{y}} {z} \u202Eabc\r\nBcc: a@b.example';
    const organisation = {
      ...linden,
      name: hostile,
      contact: { email: hostile, phone: hostile, address: hostile, website: hostile, dpo: hostile },
    };
    const words = Object.fromEntries(Object.keys(GERMAN).map((field) => [field, hostile]));
    const { html, subject } = writer().render(
      authority({ organisation, recipient: hostile, content: { en: words, '*': { 'record-count': hostile } } }),
    )['en'] ?? { html: '', subject: '' };
    expect(html).to.contain('&lt;script&gt;x&lt;/script&gt; {{y}} {z} abc');
    expect(html).not.to.match(/<script|\u202E/);
    expect(subject).not.to.match(/[\r\n\u202E]/);
  });
});

describe('The notice to the controller', () => {
  it('holds what lets the controller meet article 33(3), and cites no article that does not bind us', () => {
    const bare = authority({ kind: 'controller', duties: [ART_33_2], recipient: 'Ahorn GmbH' });
    const source = rewritten(bare, '*', { 'subject-count': '2' });
    const said = text(source);
    expect(said).to.contain('Personal data breach at your processor: Linden Shop');
    expect(said).to.contain('To: Ahorn GmbH');
    expect(said).to.contain('First sign seen: Saturday, 5 December 2026, 08:00');
    expect(said).not.to.contain('33(3)');
    expect(said, 'their own people, not all that we know of').to.contain('Number of your people affected: 2');
    expect(said).to.contain('Please do not wait for it, since your own period may begin with this notice.');
    expect(writer().checklist(source).map(({ state }) => state)).to.deep.equal(ART_33_2.content.map(() => 'filled'));
    expect(writer().fields(source).map(({ field }) => field)).not.to.include('delay-reason');
  });
});

describe('The notice writer', () => {
  it('writes in English and German, English first', () => {
    expect(writer().locales).to.deep.equal(['en', 'de']);
  });

  it('renders no language that it does not write', () => {
    const content = { ...authority().content, xx: { 'what-happened': 'abc def' } };
    expect(Object.keys(writer().render(authority({ content })))).to.deep.equal(['en']);
  });

  it('writes, asks and proposes in the languages of the notice and no other', () => {
    const source = { ...german(), locales: ['de', 'en'] };
    expect(Object.keys(writer().render(source))).to.deep.equal(['de', 'en']);
    expect(writer().render(source)['en']?.text).to.contain('Die Verbindung zu Packwell ist getrennt.');
    const untranslated = writer().untranslated(source).map(({ field, locale }) => [field, locale]);
    expect(untranslated).to.deep.include(['what-happened', 'en']);
    const missing = writer().checklist(source).filter(({ state }) => state === 'missing');
    expect(missing.map(({ locales }) => locales)).to.deep.equal(missing.map(() => ['en']));
    expect(missing).to.have.lengthOf(4);
    const alone = { ...german(), locales: ['de'] };
    expect(Object.keys(writer().propose(alone, {}))).to.deep.equal(['de', '*']);
    expect(writer().untranslated(alone)).to.deep.equal([]);
  });

  it('has a name for every element that a law can ask for, and for every field of a draft', () => {
    for (const locale of writer().locales) {
      const words = writer().words(locale);
      for (const element of [...ELEMENTS, ...FORBIDDEN_ELEMENTS]) {
        expect(words.has(`elements.${element}`), `${element} (${locale})`).to.equal(true);
      }
      for (const kind of ['authority', 'controller', 'letter'] as const) {
        for (const { field } of draftFields(kind, [])) {
          expect(words.has(`fields.${field}`), `${field} (${locale})`).to.equal(true);
        }
      }
    }
  });

  it('says at start which folder of templates it cannot use', () => {
    const clock = { now: () => Temporal.Instant.from('2026-12-06T10:00:00Z') };
    expect(() => createNoticeWriter({ folder: 'test/domain', clock })).to.throw();
  });

  it('takes incidents of which nothing is known yet', () => {
    const bare: Incident = { ...incident(), facts: {} };
    expect(text(authority({ incident: bare, content: { en: {} } }))).to.contain('Number of people: Not stated.');
  });
});
