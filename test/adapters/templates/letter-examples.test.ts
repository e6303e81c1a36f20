import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { NoticeSource } from '../../../src/application/ports/notices.ts';
import { wordsOf } from '../../../src/domain/notice/reading.ts';
import { incident, letter, writer } from './packwell.ts';

/**
 * Whole letters, to be read as people read them: `examples/<name>.<locale>.txt`. Whoever changes a word of the letter
 * changes it here too, and reads the whole of it again.
 */
const EXAMPLES: Readonly<Record<string, { readonly source: NoticeSource; readonly country: string }>> = {
  'orders-at-a-supplier': { source: letter(), country: 'GB' },
  'stolen-passwords': { source: passwords(), country: 'DE' },
  'social-security-numbers-in-massachusetts': { source: numbers(), country: 'US-MA' },
};

function passwords(): NoticeSource {
  const { supplier: _supplier, ...own } = incident({ 'data.categories': ['email', 'password-plain'] });
  return letter({
    incident: own,
    content: {
      en: {
        'what-happened':
          'On 3 December someone read the log-ins of our shop. Yours was among them. They came in through a fault in our software.',
        'not-affected': 'Your card was not there. We never had its number.',
        consequences: 'Someone can try this password with your e-mail address: at your mailbox, your bank, other shops.',
        'measures-taken': 'We mended the fault on 5 December and told the data protection authority.',
      },
      de: {
        'what-happened':
          'Am 3. Dezember hat jemand die Zugangsdaten unseres Shops gelesen. Ihre waren darunter. Der Weg hinein war ein Fehler in unserer Software.',
        'not-affected': 'Ihre Karte ist nicht betroffen. Wir hatten ihre Nummer nie.',
        consequences:
          'Jemand kann dieses Passwort mit Ihrer E-Mail-Adresse ausprobieren: in Ihrem Postfach, bei Ihrer Bank, in anderen Shops.',
        'measures-taken': 'Wir haben den Fehler am 5. Dezember behoben und die Aufsichtsbehörde informiert.',
      },
      '*': { confirmed: 'old-password-closed, notice-on-website' },
    },
  });
}

function numbers(): NoticeSource {
  return letter({ incident: incident({ 'data.categories': ['name', 'ssn', 'bank-account'] }) });
}

describe('Letters as people read them', () => {
  for (const [name, { source, country }] of Object.entries(EXAMPLES)) {
    for (const locale of ['en', 'de']) {
      it(`${name} (${locale})`, () => {
        const texts = writer().render(source)[locale];
        const person = { name: 'Ada Beispiel', email: '', country };
        const text = writer().personalise(texts?.text ?? '', 'text', person, locale);
        expect(text).to.equal(readFileSync(new URL(`examples/${name}.${locale}.txt`, import.meta.url), 'utf8'));
        const letterItself = text.replace(/\n(?:Required information|Pflichtangaben)[^]*/, '');
        expect(wordsOf(letterItself).length).to.be.below(350);
      });
    }
  }
});
