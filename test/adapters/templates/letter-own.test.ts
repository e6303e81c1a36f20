import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { createNoticeWriter, type NoticeRoom } from '../../../src/adapters/templates/notice-writer.ts';
import { letter, NOW } from './packwell.ts';

describe('A shop’s own letters, beside ours', () => {
  let folder = '';
  let letters = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tocsin-letters-'));
    letters = join(folder, 'letters');
    mkdirSync(letters);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const room = (warn?: (fault: string) => void): NoticeRoom =>
    createNoticeWriter({ folder: 'templates', own: folder, clock: { now: () => NOW }, warn });
  const text = (own: NoticeRoom, locale = 'en'): string => own.render(letter())[locale]?.text ?? '';
  const ours = readFileSync('templates/letters/letter.html.hbs', 'utf8');

  it('may say a sentence in other words; all others stay ours', () => {
    writeFileSync(join(letters, 'en.yaml'), 'closing: We write because you should know.\nheadings:\n  ask: Who can help?\n');
    const own = room();
    expect(text(own)).to.contain('We write because you should know.').and.not.to.contain('puts you on no list');
    expect(text(own)).to.contain('Who can help?').and.to.contain('What happened?');
    expect(text(own, 'de')).to.contain('Wen kann ich fragen?');
    expect(own.reading(letter(), 'en').grade).to.be.at.most(8);
  });

  it('may speak another language, from one file, without code', () => {
    const german = readFileSync('templates/letters/de.yaml', 'utf8');
    writeFileSync(join(letters, 'nl.yaml'), german.replace('Was ist passiert?', 'Wat is er gebeurd?'));
    const own = room();
    expect(own.locales).to.deep.equal(['en', 'de', 'nl']);
    const source = letter({ locales: ['nl'], content: { nl: { 'what-happened': 'Iemand heeft gegevens gekopieerd.' } } });
    const { html = '', text: twin = '' } = own.render(source)['nl'] ?? {};
    expect(html).to.contain('<html lang="nl" dir="ltr">');
    expect(twin).to.contain('Wat is er gebeurd?').and.to.contain('6. Dezember'.slice(0, 2));
    expect(own.localeFor({ name: 'A', email: '', country: 'NL' }, own.locales)).to.equal('nl');
    expect(own.reading(source, 'nl').grade).to.equal(null);
  });

  it('may have a look of its own, as data: what it prints is escaped, and nothing runs', () => {
    writeFileSync(join(letters, 'letter.html.hbs'), ours.replace('font-size:22px', 'font-size:24px'));
    expect(room().render(letter())['en']?.html).to.contain('font-size:24px');
  });

  it('is refused, by file and line, where it could do more than print', () => {
    const faulty: readonly (readonly [string, RegExp])[] = [
      ['{{{subject}}}', /letter\.html\.hbs: line 1: prints without escaping/],
      ['{{subject.constructor}}', /every object inherits/],
      ['{{#with __proto__}}x{{/with}}', /every object inherits/],
      ['{{> ../../etc/passwd}}', /a partial that we do not have|Parse error/],
      ['{{> notice}}', /a partial that we do not have: notice/],
      ['{{lookup this "constructor"}}', /a helper that we do not have: lookup/],
      ['<p>{{subject}}</p>', /leaves out what every letter says: .*forms/],
    ];
    for (const [source, why] of faulty) {
      writeFileSync(join(letters, 'letter.html.hbs'), source);
      expect(() => room(), source).to.throw(why);
    }
  });

  it('is left out and told where it is faulty, and ours stand in', () => {
    for (const [file, source] of [
      ['letter.html.hbs', '{{{subject}}}'],
      ['en.yaml', 'closing: {broken'],
      ['en.yaml', 'closing: "{unclosed"'],
      ['fr.yaml', 'dir: ltr'],
      ['contacts.yaml', 'bureaus: none'],
    ] as const) {
      rmSync(letters, { recursive: true });
      mkdirSync(letters);
      writeFileSync(join(letters, file), source);
      const told: string[] = [];
      const own = room((fault) => told.push(fault));
      expect(told, source).to.have.lengthOf(1);
      expect(told[0]).to.match(/^Not used, our own letters stand in: /).and.to.contain(file.replace('.yaml', ''));
      expect(text(own)).to.equal(text(createNoticeWriter({ folder: 'templates', clock: { now: () => NOW } })));
    }
  });

  it('need not be there', () => {
    rmSync(letters, { recursive: true });
    expect(room().locales).to.deep.equal(['en', 'de']);
    cpSync('templates/letters', letters, { recursive: true });
    expect(text(room())).to.equal(text(createNoticeWriter({ folder: 'templates', clock: { now: () => NOW } })));
  });
});

describe('Pages of the readers’ own', () => {
  it('have their places in the letter, switched off until they are built', () => {
    const clock = { now: () => NOW };
    const off = createNoticeWriter({ folder: 'templates', clock }).render(letter());
    expect(JSON.stringify(off)).not.to.match(/⟦(?:link|reference)⟧/);
    const on = createNoticeWriter({ folder: 'templates', clock, personalPages: true }).render(letter());
    for (const locale of ['en', 'de']) {
      for (const format of ['html', 'text'] as const) {
        expect(on[locale]?.[format], locale).to.contain('⟦link⟧').and.to.contain('⟦reference⟧');
      }
    }
  });
});
