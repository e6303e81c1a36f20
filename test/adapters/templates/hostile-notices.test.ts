import { expect } from 'chai';
import { mailFiles } from '../../../src/adapters/mail/mail-file.ts';
import type { NoticeSource } from '../../../src/application/ports/notices.ts';
import { ELEMENTS } from '../../../src/domain/law/elements.ts';
import { NOTICE_KINDS } from '../../../src/domain/notice/notice.ts';
import { packOf } from '../../../src/domain/notice/form/pack.ts';
import { bookOfForms } from '../../domain/notice/form/forms.ts';
import { PAYROLL } from '../../domain/notice/form/worked.ts';
import { ART_33, authority, linden, NOW, writer } from './packwell.ts';

/** Markup, templates, ICU, marks that turn the line round, breaks that would begin a header, and ten kilobytes. */
const HOSTILE =
  '</p><script>alert(1)</script><img src=x onerror=y> {{y}} {{{z}}} {name} {n, plural, other {#}} \u202Ecba\u2066 \u0000' +
  '\r\nBcc: everybody@example.org\r\n\u2028' +
  'N'.repeat(10_000);

const CLOCK = { now: () => NOW };

/** Every element that any law can ask for, so that every section is printed. */
const EVERYTHING = { ...ART_33, title: HOSTILE, citation: HOSTILE, content: [...ELEMENTS] };

function hostile(kind: NoticeSource['kind'], duties = [EVERYTHING]): NoticeSource {
  const source = authority({ kind, duties });
  const words = Object.fromEntries(
    [...writer().fields(source)].map(({ field }) => [field, HOSTILE] as const),
  );
  return {
    ...source,
    recipient: HOSTILE,
    organisation: {
      ...linden,
      name: HOSTILE,
      contact: { email: HOSTILE, phone: HOSTILE, address: HOSTILE, website: HOSTILE, dpo: HOSTILE },
    },
    incident: { ...source.incident, supplier: { name: HOSTILE } },
    content: { en: words, de: words, '*': words },
    locales: ['en', 'de'],
    earlier: { reference: HOSTILE, withdraws: true },
    form: {
      filled: new Set(),
      open: new Set(),
      incomplete: false,
      said: new Map([['phases-note', [HOSTILE]]]),
    },
  };
}

describe('Notices with hostile facts', () => {
  for (const kind of NOTICE_KINDS.filter((one) => one !== 'letter')) {
    it(`print them as text in a notice to ${kind}, in English and German`, () => {
      const rendered = writer().render(hostile(kind));
      expect(Object.keys(rendered)).to.deep.equal(['en', 'de']);
      for (const { subject = '', html = '', text = '' } of Object.values(rendered)) {
        expect(html).to.contain('&lt;script&gt;alert(1)&lt;/script&gt;');
        expect(html).not.to.match(/<script|<img/i);
        expect(html, 'a template in a value stays text').to.contain('{{y}}').and.to.contain('{name}');
        expect(html + text, 'nothing turns the line round').not.to.match(/[\p{Cf}\p{Zl}]/u);
        expect(subject, 'one line').not.to.match(/[\r\n\u2028\u202E]/);
        expect(text).to.contain('<script>alert(1)</script>');
      }
    });
  }

  it('stay within the mail that is taken along: no header of their own, and a name that a mail program can show', async () => {
    const { subject = '', html = '', text = '' } = writer().render(hostile('controller'))['en'] ?? {};
    const mail = await mailFiles({ clock: CLOCK }).write({
      identity: 'n',
      from: { name: HOSTILE, email: 'privacy@linden.example' },
      to: { name: HOSTILE, email: 'privacy@kade.example' },
      subject,
      html,
      text,
      locale: 'en',
    });
    const [head = ''] = Buffer.from(mail).toString().split('\r\n\r\n');
    expect(head).to.match(/^X-Unsent: 1$/m);
    expect(head.split('\r\n').filter((line) => /^(?:b?cc|to):/i.test(line))).to.have.lengthOf(1);
  });

  for (const form of bookOfForms().forms) {
    it(`stand as they are, and uncut, in the pack for ${form.id}`, () => {
      const values = {
        ...PAYROLL,
        'what-happened': HOSTILE,
        'controller-name': HOSTILE,
        'other-parties': [{ role: 'processor', name: HOSTILE, contact: HOSTILE }],
      };
      const pack = packOf({
        notice: { values, follows: [] },
        form,
        vocabulary: bookOfForms().vocabulary,
        filing: { filedAt: NOW, dueAt: null, allPlacesListed: true },
        zone: 'Europe/Berlin',
        reader: 'en',
      });
      const texts = pack.questions.flatMap(({ answers }) => answers.map(({ text }) => text));
      const asked = form.questions.filter(({ fields }) => fields.includes('what-happened'));
      expect(texts.filter((text) => text === HOSTILE).length).to.be.at.least(asked.length);
      expect(JSON.parse(JSON.stringify(pack))).to.deep.equal(pack);
    });
  }
});
