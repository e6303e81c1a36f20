import type { Clock } from '../../application/ports/house.ts';
import type { Paper, PaperLetter, Printer } from '../../application/ports/print.ts';
import { bytesOf, withFaces } from './document.ts';
import { faceFiles, useFaceFor } from './other-faces.ts';
import { recordsPdf } from './records-pdf.ts';

const MM = 72 / 25.4;
const INCH = 72;

interface Sheet {
  readonly size: 'A4' | 'LETTER';
  readonly margins: {
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly bottom: number;
  };
  /** Where the address stands, seen through the window; points from the left and the top of the sheet. */
  readonly window: {
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
  };
  /** Where the text begins. */
  readonly text: number;
}

const SHEETS: Readonly<Record<Paper, Sheet>> = {
  // DIN 5008, form B: window 85 x 45 mm, 20 mm from the left, 45 mm from the top; the text 98.46 mm from the top.
  a4: {
    size: 'A4',
    margins: { left: 25 * MM, right: 20 * MM, top: 20 * MM, bottom: 20 * MM },
    window: { left: 20 * MM, top: 45 * MM, width: 85 * MM, height: 45 * MM },
    text: 98.5 * MM,
  },
  // US #10 with one window, 4 1/2 x 1 1/8 in, 7/8 in from the left and 1/2 in from the bottom of 4 1/8 in; the sheet in
  // thirds shows there what stands 2 to 3 1/8 in from its top.
  letter: {
    size: 'LETTER',
    margins: { left: INCH, right: INCH, top: 0.8 * INCH, bottom: 0.8 * INCH },
    window: { left: 0.875 * INCH, top: 2 * INCH, width: 4.5 * INCH, height: 1.125 * INCH },
    text: 3.9 * INCH,
  },
};

const PADDING = 5 * MM;
const SMALL = 7;
const ADDRESS = 10;
const BODY = 10;

interface PrinterOptions {
  readonly clock: Clock;
  /** A folder of other faces (`<data>/fonts`), for names in scripts that ours does not have. */
  readonly fonts?: string;
}

/** Prints letters by pdfkit, with a face that has Latin, Greek and Cyrillic, and with those that a shop adds. */
export function pdfPrinter({ clock, fonts }: PrinterOptions): Printer {
  return {
    async print(letters, paper) {
      // Loaded with the first letter: no start waits for it.
      const { default: PDFDocument } = await import('pdfkit');
      const sheet = SHEETS[paper];
      const document = new PDFDocument({
        size: sheet.size,
        margins: sheet.margins,
        autoFirstPage: false,
        tagged: true,
        pdfVersion: '1.7',
        lang: letters[0]?.locale ?? 'en',
        info: { Title: letters[0]?.subject ?? '', CreationDate: new Date(clock.now().epochMilliseconds) },
      });
      withFaces(document);
      const others = faceFiles(fonts);
      for (const letter of letters) draw(document, sheet, letter, others);
      if (letters.length === 0) document.addPage();
      return bytesOf(document);
    },
    printRecords: (records) => recordsPdf(records, clock),
  };
}

function draw(
  document: PDFKit.PDFDocument,
  sheet: Sheet,
  letter: PaperLetter,
  others: readonly string[],
): void {
  document.addPage();
  const { left, top, width, height } = sheet.window;
  const inside = { width: width - 2 * PADDING, height: ADDRESS * 2, ellipsis: true, lineBreak: false };
  document
    .font('face')
    .fontSize(SMALL)
    .text(letter.from, left + PADDING, top + 2 * MM, inside);
  const box = {
    left: left + PADDING,
    top: top + 7 * MM,
    width: width - 2 * PADDING,
    height: height - 8 * MM,
  };
  drawAddress(useFaceFor(document, 'face', letter.to.join(''), others), letter.to, box);
  document.font('bold').fontSize(12).text(letter.subject, sheet.margins.left, sheet.text, { align: 'left' });
  document.moveDown(0.8).font('face').fontSize(BODY);
  for (const paragraph of paragraphsOf(letter)) drawParagraph(document, paragraph, others);
}

const SMALLEST = 6;

/**
 * The address in the largest size at which it stands whole in the window. Where none is small enough, each line is
 * cut at its end: a parcel service needs the town more than the end of a street.
 */
function drawAddress(
  document: PDFKit.PDFDocument,
  lines: readonly string[],
  { left, top, width, height }: Sheet['window'],
): void {
  const text = lines.join('\n');
  for (let size = ADDRESS; size >= SMALLEST; size -= 0.5) {
    document.fontSize(size);
    if (document.heightOfString(text, { width }) > height) continue;
    document.text(text, left, top, { width });
    return;
  }
  const step = height / lines.length;
  lines.forEach((line, index) => {
    document.text(line, left, top + index * step, { width, height: step, ellipsis: true, lineBreak: false });
  });
}

const RULE = /^[-–—_=*]{8,}$/;

function drawParagraph(document: PDFKit.PDFDocument, paragraph: string, others: readonly string[]): void {
  if (RULE.test(paragraph)) {
    const { x, y, page } = document;
    document
      .moveTo(x, y)
      .lineTo(page.width - page.margins.right, y)
      .lineWidth(0.5)
      .stroke();
    document.moveDown(0.6);
    return;
  }
  const lines = paragraph.split('\n');
  const isHeading = lines.length === 1 && (lines[0]?.length ?? 0) < 80 && !/[.:,;!)\d]$/.test(lines[0] ?? '');
  useFaceFor(document, isHeading ? 'bold' : 'face', paragraph, others).text(paragraph, {
    align: 'left',
    lineGap: 1.5,
  });
  document.moveDown(isHeading ? 0.25 : 0.7);
}

/** The paragraphs of the plain text, without the subject, which stands above them already. */
function paragraphsOf({ text, subject }: PaperLetter): readonly string[] {
  return text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '' && paragraph !== subject);
}
