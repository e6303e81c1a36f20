import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { Temporal } from 'temporal-polyfill';
import { pdfPrinter } from '../../../src/adapters/print/letters-pdf.ts';
import type { Paper, PaperLetter } from '../../../src/application/ports/print.ts';

const clock = { now: () => Temporal.Instant.from('2026-12-06T10:00:00Z') };

/** Windows of the usual envelopes, in points of the sheet: DIN 5008 form B, US #10. */
const WINDOWS: Readonly<Record<Paper, readonly [left: number, top: number, width: number, height: number]>> =
  {
    a4: [57, 128, 241, 127],
    letter: [63, 144, 324, 81],
  };

const LETTER: Omit<PaperLetter, 'to'> = {
  subject: 'Ihre Daten bei Linden Shop: was am 3. Dezember passiert ist',
  text: 'Guten Tag,\n\nWas ist passiert?\n\nJemand hat Daten kopiert.\n',
  locale: 'de',
  from: 'Linden Shop · Lindenweg 1 · 10115 Berlin',
};

/** Addresses as they come from abroad; whatever the lines, an envelope shows all of them. */
const ADDRESSES: Readonly<Record<string, readonly string[]>> = {
  'of three lines': ['Jan Nowak', 'Lindenweg 7', '10115 Berlin'],
  'of six lines below the name': [
    'Prof. Dr. Anna-Maria Großmann-Überschär',
    'Institut für Angewandte Informatik',
    'Gebäude 4, Treppenhaus B, 3. Stock',
    'Donaudampfschifffahrtsstraße 128',
    'Postfach 1020304',
    '1010 Wien',
    'ÖSTERREICH',
  ],
  'of six long lines': Array.from(
    { length: 7 },
    (_, line) => `Line ${line} of an address that is rather long, flat ${line}`,
  ),
  'of lines as long as a list takes': [
    'x'.repeat(200),
    ...Array.from({ length: 6 }, (_, line) => `${line}${'y'.repeat(98)}z`),
  ],
  'in Polish, Greek and Cyrillic': [
    'Łucja Żółć-Świętosławska',
    'Γεώργιος Παπαδόπουλος',
    'вул. Хрещатик 1',
    '01001 Київ',
  ],
};

describe('Letters on paper, opened by another reader', function () {
  this.timeout(30_000);
  let folder = '';

  before(function () {
    try {
      execFileSync('pdftotext', ['-v'], { stdio: 'ignore' });
    } catch {
      this.skip();
    }
    folder = mkdtempSync(join(tmpdir(), 'tocsin-paper-'));
  });
  after(() => {
    if (folder !== '') rmSync(folder, { recursive: true });
  });

  /** The text of a page, or of a box on it. */
  async function read(to: readonly string[], paper: Paper, boxed: boolean): Promise<string> {
    const file = join(folder, 'letter.pdf');
    writeFileSync(file, await pdfPrinter({ clock }).print([{ ...LETTER, to }], paper));
    const [x, y, W, H] = WINDOWS[paper];
    const box = boxed ? ['-r', '72', '-x', x, '-y', y, '-W', W, '-H', H].map(String) : [];
    return execFileSync('pdftotext', ['-f', '1', '-l', '1', ...box, file, '-'], { encoding: 'utf8' });
  }

  for (const paper of ['a4', 'letter'] as const)
    for (const [what, lines] of Object.entries(ADDRESSES))
      it(`an address ${what} stands whole in the window of ${paper === 'a4' ? 'DIN 5008' : 'US #10'}`, async () => {
        const seen = (await read(lines, paper, true)).replace(/\s/g, '');
        // What is longer than any window is cut at the end of its line, and every line is there.
        for (const line of lines) expect(seen).to.contain(line.replace(/\s/g, '').slice(0, 40));
        expect(seen).to.contain('LindenShop').and.not.to.contain('passiert');
      });

  it('a name in another script is printed with a face from the shop’s own folder', async function () {
    const face = '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf';
    if (!existsSync(face)) this.skip();
    const fonts = join(folder, 'fonts');
    mkdirSync(fonts);
    copyFileSync(face, join(fonts, 'dejavu.ttf'));
    const to = ['ნინო ბერიძე', 'Weg 1', '10115 Berlin'];
    const letter = { ...LETTER, to, text: 'Guten Tag ნინო ბერიძე,\n\nJemand hat Daten kopiert.\n' };
    const file = join(folder, 'other.pdf');
    writeFileSync(file, await pdfPrinter({ clock, fonts }).print([letter], 'a4'));
    const used = execFileSync('pdffonts', [file], { encoding: 'utf8' });
    expect(used).to.contain('DejaVuSans').and.to.contain('Inter');
    const seen = execFileSync('pdftotext', [file, '-'], { encoding: 'utf8' });
    expect(seen).to.contain('ნინო ბერიძე').and.to.contain('Guten Tag ნინო');
  });

  it('the text stands below the window, and is readable', async () => {
    const page = await read(ADDRESSES['of three lines'] ?? [], 'a4', false);
    expect(page).to.contain('Was ist passiert?').and.to.contain('Jemand hat Daten kopiert.');
  });
});
