import { expect } from 'chai';
import { Temporal } from 'temporal-polyfill';
import type { NoticeSource } from '../../../src/application/ports/notices.ts';
import { DATA_CATEGORIES, SUBJECT_GROUPS } from '../../../src/domain/law/vocabulary.ts';
import type { Format } from '../../../src/domain/notice/notice.ts';
import { MOST_STEPS } from '../../../src/domain/notice/content-advice.ts';
import { liesIn } from '../../../src/domain/law/places.ts';
import { readingOf, sentencesOf, wordsOf, type Reading } from '../../../src/domain/notice/reading.ts';
import { adviceOf } from '../../../src/adapters/templates/letter-advice.ts';
import { websiteOf } from '../../../src/adapters/templates/letter.ts';
import { readWords, type Words } from '../../../src/adapters/templates/words.ts';
import { incident, letter, linden, rewritten, writer } from './packwell.ts';
import { wordsOfHtml, wordsOfText } from './twins.ts';

const LOCALES = ['en', 'de'] as const;
type Locale = (typeof LOCALES)[number];

const SIX: Readonly<Record<Locale, readonly string[]>> = {
  en: [
    'What happened?',
    'What of mine is affected?',
    'What can that mean for me?',
    'What have you done?',
    'What should I do now?',
    'Whom can I ask?',
  ],
  de: [
    'Was ist passiert?',
    'Welche meiner Daten sind betroffen?',
    'Was kann das für mich bedeuten?',
    'Was haben Sie unternommen?',
    'Was soll ich jetzt tun?',
    'Wen kann ich fragen?',
  ],
};

// Words that frighten, belittle or say nothing.
const BANNED: Readonly<Record<Locale, RegExp>> = {
  en: /seriously|abundance of caution|no evidence|limited number|some of your information|inconvenience|valued customer|industry-leading|rest assured|vigilant|cyber incident|urgent|immediately/i,
  de: /sehr ernst|höchste priorität|keine hinweise|begrenzte anzahl|unannehmlichkeiten|geschätzter kunde|wachsam|cyber|dringend|sofort handeln/i,
};

/** The letter of somebody without a name, as it is read at a place. */
function render(source: NoticeSource, locale: Locale = 'en', country = ''): Record<Format, string> {
  const texts = writer().render({ ...source, locales: [locale] })[locale];
  if (!texts) throw new Error(`nothing in ${locale}`);
  const reader = { name: '', email: '', country };
  const read = (format: Format): string => writer().personalise(texts[format], format, reader, locale);
  return { subject: read('subject'), html: read('html'), text: read('text') };
}

function ofCategories(categories: readonly string[]): NoticeSource {
  return letter({ incident: incident({ 'data.categories': categories }) });
}

describe('The letter to the people affected', () => {
  for (const locale of LOCALES) {
    it(`answers six questions in their order (${locale})`, () => {
      const { html, text, subject } = render(letter(), locale);
      const asked = [...html.matchAll(/<h2[^>]*>([^<]*)<\/h2>/g)].map(([, heading]) => heading);
      expect(asked.slice(0, 6)).to.deep.equal(SIX[locale]);
      const places = SIX[locale].map((heading) => text.indexOf(heading));
      expect(places).to.deep.equal([...places].sort((a, b) => a - b));
      expect(Math.min(...places)).to.be.above(-1);
      expect(html.match(/<h1/g)).to.have.lengthOf(1);
      expect(html).to.contain(`<title>${subject}</title>`);
    });

    it(`says everything in both twins, in the same order (${locale})`, () => {
      const { html, text } = render(letter(), locale);
      expect(wordsOfText(text)).to.deep.equal(wordsOfHtml(html));
      expect(wordsOfText(text).length).to.be.above(200);
    });

    it(`is short, plain and free of what such letters usually say (${locale})`, () => {
      const { text, html } = render(letter(), locale);
      expect(wordsOf(text).length).to.be.below(350);
      expect(text).not.to.match(BANNED[locale]);
      expect(Buffer.byteLength(html)).to.be.below(30_000);
      const longest = sentencesOf(text).filter((sentence) => wordsOf(sentence).length > 25);
      expect(longest).to.deep.equal([]);
      expect(text.match(locale === 'en' ? /sorry/g : /leid/g)).to.have.lengthOf(1);
    });

    it(`is of one page, alone: one link, nothing from outside, nothing that runs (${locale})`, () => {
      const { html } = render(letter(), locale);
      expect(html.match(/<a /g)).to.have.lengthOf(1);
      expect(html).to.match(/<a [^>]*href="https:\/\/linden\.example"[^>]*>linden\.example<\/a>/);
      expect(html).not.to.match(/<(?:img|script|link|iframe|form|object|video)\b|url\(|@import|\son\w+=/i);
      expect(html).to.contain(`<html lang="${locale}" dir="ltr">`);
      expect(html).to.match(new RegExp(`<table role="presentation" lang="${locale}" dir="ltr"`));
      expect(html).to.contain('prefers-color-scheme: dark');
      expect(html.match(/<table/g)).to.have.lengthOf(1);
    });

    it(`says that it is genuine, whom to ask and that one may complain (${locale})`, () => {
      const { text } = render(letter(), locale);
      expect(text).to.contain(locale === 'en' ? 'This letter is genuine' : 'Dieses Schreiben ist echt');
      expect(text).to.contain(locale === 'en' ? 'We never ask for a password' : 'Wir fragen nie nach Passwort');
      expect(text).to.contain('Mara Linde, data protection officer');
      expect(text).to.contain('+49 30 23125 100');
      expect(text).to.match(locale === 'en' ? /complain to the data protection authority/ : /Aufsichtsbehörde .* beschweren/);
      expect(text).to.contain('Lindenweg 1\n10115 Berlin');
    });

    it(`has words and advice for every kind of data (${locale})`, () => {
      const words = readWords(`templates/letters/${locale}.yaml`, locale);
      const advised = new Set(adviceOf(words).flatMap(({ categories }) => categories));
      for (const category of DATA_CATEGORIES) {
        expect(words.has(`categories.${category}`), category).to.equal(true);
        expect(advised.has(category), `advice for ${category}`).to.equal(true);
        const { text } = render(ofCategories([category]), locale);
        expect(text).to.contain(`- ${words.say(`categories.${category}`)}`);
        expect(text, category).to.match(/^ 1\. /m);
      }
      const notices = readWords(`templates/messages/notices.${locale}.yaml`, locale);
      for (const category of DATA_CATEGORIES) expect(notices.has(`categories.${category}`), category).to.equal(true);
      for (const group of SUBJECT_GROUPS) expect(notices.has(`groups.${group}`), group).to.equal(true);
    });
  }

  it('reads in grade 8 or lower, whatever the data, in ours alone and as a whole', () => {
    expect(writer().reading(letter(), 'en').grade).to.be.at.most(8);
    expect(writer().reading(letter(), 'de').grade).to.equal(null);
    for (const category of DATA_CATEGORIES) {
      const { grade, words } = writer().reading(ofCategories([category]), 'en');
      expect(grade, category).to.be.at.most(8);
      expect(words, category).to.be.below(350);
    }
  });

  it('reads in grade 8 or lower in every combination of advice, for readers everywhere', () => {
    const words = readWords('templates/letters/en.yaml', 'en');
    const { text: whole } = render(ofCategories([]));
    const frame = readingOf(whole.replace(/^\S+ ?1?0?\S*$/gm, ''));
    const places = ['', 'DE', 'GB', 'US-CA', 'PL', 'FR', 'ES', 'PT', 'SE', 'DK', 'NL'];
    for (const place of places) {
      const readings = adviceOf(words).map(({ time, say }) => {
        const read = say.filter(({ in: areas }) => areas?.some((area) => liesIn(place, area) === 'yes') ?? true);
        return readingOf(`${time}: ${read.map(({ text }) => text.replace(/\{dated[^]*\}\}/, 'since then')).join(' ')}`);
      });
      let combinations = 0;
      const check = (from: number, chosen: readonly Reading[]): void => {
        const all = [frame, ...chosen];
        const sum = (of: (reading: Reading) => number): number => all.reduce((total, one) => total + of(one), 0);
        const [count, sentences, syllables] = [sum((r) => r.words), sum((r) => r.sentences), sum((r) => r.syllables)];
        const grade = 0.39 * (count / sentences) + 11.8 * (syllables / count) - 15.59;
        if (grade > 8) expect(grade, `${place} ${from}`).to.be.at.most(8);
        combinations += 1;
        if (chosen.length === MOST_STEPS) return;
        readings.slice(from).forEach((next, i) => check(from + i + 1, [...chosen, next]));
      };
      check(0, []);
      expect(combinations).to.be.above(10_000);
      for (const { grade } of readings) expect(grade).to.be.at.most(8);
    }
  });

  it('is graded for whom it reads worst, or for a reader at a place, and is longer in the US', () => {
    const ssn = ofCategories(['ssn', 'bank-account']);
    const worst = writer().reading(ssn, 'en');
    const [german, american] = ['DE', 'US-NM'].map((place) => writer().reading(ssn, 'en', place));
    expect(german?.words).to.be.below(american?.words ?? 0);
    expect(german?.bytes).to.be.below(american?.bytes ?? 0);
    expect(worst.bytes).to.be.at.least(american?.bytes ?? Infinity);
    expect(worst.words).to.be.below(350);
    expect(worst.grade).to.be.at.most(8);
  });

  for (const locale of LOCALES) {
    it(`has each block of advice exactly where its data are, and no other (${locale})`, () => {
      const words = readWords(`templates/letters/${locale}.yaml`, locale);
      const blocks = adviceOf(words);
      // The first sentence that everybody gets tells a block from the others.
      const sign = blocks.map(({ say }) => {
        const { text } = say.find((sentence) => !sentence.in && !sentence.if) ?? { text: '' };
        return text.replace(/[{].*$/, '').slice(0, 60);
      });
      const alone = incident();
      for (const category of DATA_CATEGORIES) {
        const { text } = render(ofCategories([category]), locale);
        blocks.forEach((block, i) => {
          const ours = block.supplier === true || block.categories.includes(category);
          const twin = blocks.some(
            (other, k) => k !== i && sign[k] === sign[i] && other.categories.includes(category),
          );
          const hidden = block.unless?.some((id) =>
            blocks.some((other) => other.id === id && other.categories.includes(category)),
          );
          expect(text.includes(sign[i] ?? ''), `${block.id} for ${category}`).to.equal(
            (ours && hidden !== true) || twin,
          );
        });
      }
      const { supplier: _supplier, ...without } = alone;
      const own = letter({ incident: without });
      expect(render(own, locale).text).not.to.contain(sign[blocks.findIndex(({ supplier }) => supplier)]);
    });
  }

  it('says that a law asks for it only where one does', () => {
    const asked = letter({});
    const wanted = letter({ duties: [] });
    expect(render(asked, 'en').text).to.contain('We write because the law asks us to.');
    expect(render(wanted, 'en').text).to.contain('No law asks us to write. We think you should know.');
    expect(render(wanted, 'de').text).to.contain('Kein Gesetz verlangt dieses Schreiben.');
  });

  it('has no sentence of ours over twenty words, and fifteen at most on average', () => {
    for (const locale of LOCALES) {
      const words = readWords(`templates/letters/${locale}.yaml`, locale);
      const ours = adviceOf(words)
        .flatMap(({ say }) => say.map(({ text }) => text.replace(/\{dated[^]*\}\}/, 'since then')))
        .concat(['genuine.call', 'genuine.never', 'closing', 'ask.complain'].map((key) => words.say(key, { asked: 'no' })))
        .flatMap((text) => sentencesOf(text).map((sentence) => wordsOf(sentence).length));
      expect(Math.max(...ours), locale).to.be.at.most(20);
      expect(ours.reduce((sum, length) => sum + length, 0) / ours.length, locale).to.be.below(15);
    }
  });

  it('has the same sentences and the same advice in each language', () => {
    const [en, de] = LOCALES.map((locale) => readWords(`templates/letters/${locale}.yaml`, locale)) as [Words, Words];
    const sentences = ({ keys }: Words): readonly string[] => keys.filter((key) => !key.startsWith('hints.'));
    expect(sentences(de)).to.deep.equal(sentences(en));
    const frame = (words: Words): unknown =>
      adviceOf(words).map(({ id, categories, unless, supplier, say }) => ({
        id,
        categories,
        unless,
        supplier,
        say: say.map((sentence) => ({ in: sentence.in, except: sentence.except, if: sentence.if })),
      }));
    expect(frame(de)).to.deep.equal(frame(en));
    const [one, two] = LOCALES.map((locale) => readWords(`templates/messages/notices.${locale}.yaml`, locale).keys);
    expect(two).to.deep.equal(one);
  });

  it('gives at most five steps when everything leaked, and says the worst first', () => {
    const { text } = render(ofCategories(DATA_CATEGORIES));
    const steps = text.match(/^ \d\. .*/gm) ?? [];
    expect(steps).to.have.lengthOf(5);
    expect(steps[0]).to.match(/^ 1\. Today: Change this password/);
    expect(steps[1]).to.match(/^ 2\. Today: Change the password of your online bank/);
    expect(steps[2]).to.match(/^ 3\. Today: Call your bank/);
    expect(text).to.contain('Check your payments since 3 December 2026.');
  });

  it('names the supplier only where the author has not, and since when we know', () => {
    expect(render(letter()).text).not.to.contain('a company that works for us');
    const unnamed = rewritten(letter(), 'en', { 'what-happened': 'Someone copied order data. Yours were among them.' });
    expect(render(unnamed).text).to.contain(
      'The data were at Packwell, a company that works for us. Packwell told us on 5 December 2026. ' +
        'We have known of this since 5 December 2026.',
    );
    const alone = { ...incident() };
    delete (alone as { supplier?: unknown }).supplier;
    expect(render(letter({ incident: alone }), 'de').text).not.to.contain('auch den Namen');
  });

  it('says what we did or never do only when the draft confirms it', () => {
    const source = ofCategories(['password-plain']);
    expect(render(source).text).not.to.contain('We have already closed');
    const confirmed = rewritten(source, '*', { confirmed: 'old-password-closed, notice-on-website' });
    expect(render(confirmed).text).to.contain('We have already closed the old password here.');
    expect(render(confirmed).text).to.contain('This notice stands on the first page.');
  });

  it('says sorry once, also when the author has said it', () => {
    const said = rewritten(letter(), 'en', { 'measures-taken': 'We cut the line. We are sorry. We should have kept it safe.' });
    expect(render(said).text.match(/sorry/g)).to.have.lengthOf(1);
  });

  it('has a subject that is dull, under 60 characters, and silent about the kind of data', () => {
    const { subject } = render(ofCategories(['health']));
    expect(subject).to.equal('Your data at Linden Shop: what happened on 3 December');
    expect(subject.length).to.be.below(60);
    expect(render(letter(), 'de').subject).to.equal('Ihre Daten bei Linden Shop: was am 3. Dezember passiert ist');
    const { facts, ...rest } = incident();
    const undated = Object.fromEntries(Object.entries(facts).filter(([name]) => name !== 'occurredAt'));
    expect(render(letter({ incident: { ...rest, facts: undated } })).subject).to.equal(
      'Your data at Linden Shop: what happened',
    );
  });

  it('falls back to the other language for a text that is not translated, lists it, and misses it', () => {
    const source = rewritten(letter(), 'de', { consequences: '' });
    expect(render(source, 'de').text).to.contain('Someone can now write or call you');
    expect(writer().untranslated(source)).to.deep.equal([{ field: 'consequences', locale: 'de', from: 'en' }]);
    const missing = writer().checklist(source).filter(({ state }) => state === 'missing');
    expect(missing.map(({ element, locales }) => [element, locales])).to.deep.equal([['consequences', ['de']]]);
  });

  it('is proposed from the narrative, in the languages of the notice and no other', () => {
    const source = letter({ locales: ['en', 'de'] });
    const narrative = {
      whatHappened: 'Someone copied our orders.',
      consequences: 'Someone can sound like us.',
      measures: 'We cut the connection.',
      'whatHappened.de': 'Jemand hat unsere Bestellungen kopiert.',
    };
    const content = writer().propose(source, narrative);
    expect(Object.keys(content)).to.deep.equal(['en', 'de', '*']);
    expect(content['en']).to.include({
      'what-happened': 'Someone copied our orders.',
      consequences: 'Someone can sound like us.',
      'measures-taken': 'We cut the connection.',
      'measures-prevent-detail': '',
    });
    expect(content['de']).to.include({ 'what-happened': 'Jemand hat unsere Bestellungen kopiert.', consequences: '' });
    expect(content['*']).to.deep.equal({ confirmed: '' });
    const { locales: _locales, ...unsaid } = source;
    expect(Object.keys(writer().propose(unsaid, narrative))).to.deep.equal(['en', '*']);
    expect(Object.keys(writer().propose({ ...source, locales: ['de'] }, narrative))).to.deep.equal(['de', '*']);
    const german = writer().propose({ ...source, organisation: { ...linden, locale: 'de-AT' } }, narrative);
    expect(german['de']).to.include({ consequences: 'Someone can sound like us.' });
    expect(german['en']).to.include({ consequences: '' });
  });

  it('renders the same text again, byte for byte, at any time', () => {
    expect(writer().render(letter())).to.deep.equal(writer().render(letter()));
  });
});

describe('Hostile facts in a letter', () => {
  const HTML = '<script>alert(1)</script><img src=x onerror=y> & "q" \'a\'';
  const HANDLEBARS = '{{#each people}}{{{email}}}{{/each}} {{salutation}} {name} {dated, select, other {x}}';
  const everywhere = (text: string): NoticeSource => {
    const words = {
      'what-happened': text,
      'not-affected': text,
      'data-detail': text,
      consequences: text,
      'measures-taken': text,
      'measures-prevent-detail': text,
      advice: text,
    };
    const contact = { email: text, phone: text, address: text, website: text, dpo: text };
    return letter({
      organisation: { ...linden, name: text, contact },
      incident: incident({}, { supplier: { name: `S${text}`, toldUsAt: Temporal.Instant.from('2026-12-05T07:00:00Z') } }),
      content: { en: words, de: words },
    });
  };

  it('stay text: HTML runs nowhere, and the twin shows it as it was written', () => {
    const { html, text } = render(everywhere(HTML));
    expect(html).not.to.match(/<script|<img/);
    expect(html).to.contain('&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src&#x3D;x onerror&#x3D;y&gt; &amp; &quot;q&quot;');
    expect(text).to.contain(HTML);
    expect(wordsOfText(text)).to.deep.equal(wordsOfHtml(html));
  });

  it('stay text: Handlebars and message syntax are printed as written', () => {
    for (const locale of LOCALES) {
      const { html, text } = render(everywhere(HANDLEBARS), locale);
      expect(text).to.contain(HANDLEBARS);
      expect(html).to.contain('{{#each people}}{{{email}}}{{/each}}');
    }
  });

  it('put in no slot of their own', () => {
    for (const slot of ['⟦salutation⟧', '⟦in:US⟧', '⟦/⟧', '⟦date:UTC⟧']) {
      const { html, text, subject } = render(everywhere(slot));
      for (const format of [subject, html, text]) expect(format, slot).not.to.match(/[⟦⟧]/);
      expect(text).to.contain(slot.replace('⟦', '[').replace('⟧', ']'));
      expect(html.match(/Hello,/g), 'greeted once').to.have.lengthOf(1);
    }
  });

  it('break no subject, and turn nothing round', () => {
    const name = 'Linden\r\nBcc: evil@person.example\u0000\u202E Shop\u2066';
    const { subject, html, text } = render(letter({ organisation: { ...linden, name } }));
    expect(subject).to.equal('Your data at Linden Bcc: evil@person.example Shop: what happened on 3 December');
    // eslint-disable-next-line no-control-regex -- that is what must not be there
    for (const format of [subject, html, text]) expect(format).not.to.match(/[\u0000\u202E\u2066\r]/);
  });

  it('may be long: every word of 10 kB in every field arrives in both twins', () => {
    const long = `${'x'.repeat(10_000)} ${'Wort '.repeat(2_000)}`;
    const { html, text } = render(everywhere(long));
    expect(wordsOfText(text)).to.deep.equal(wordsOfHtml(html));
    expect(wordsOfText(text).length).to.be.above(10_000);
  });

  it('link nowhere but to a web address of their own', () => {
    for (const website of ['javascript:alert(1)', 'https://user:pw@evil.example', 'not a site', '', 'mailto:a@b.example']) {
      const { html } = render(letter({ organisation: { ...linden, contact: { ...linden.contact, website } } }));
      expect(html, website).not.to.match(/<a /);
    }
    expect(websiteOf('linden.example/notice?utm=1#x')).to.deep.equal({
      text: 'linden.example/notice',
      address: 'https://linden.example/notice',
    });
    expect(websiteOf('http://linden.example:8080/')).to.deep.equal({
      text: 'linden.example:8080',
      address: 'http://linden.example:8080',
    });
  });
});
