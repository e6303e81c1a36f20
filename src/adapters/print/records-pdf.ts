import type { Clock } from '../../application/ports/house.ts';
import type { RecordsDocument } from '../../application/ports/print.ts';
import { bytesOf, withFaces } from './document.ts';

const MM = 72 / 25.4;
const MARGINS = { left: 18 * MM, right: 18 * MM, top: 18 * MM, bottom: 20 * MM };
const BODY = 9;
const TERM = 42 * MM;
const GAP = 3 * MM;
const GREY = '#5b6470';
const LINE = '#c9ced6';

/** A table of records, then each record in full, on A4 with the page's number and the number of pages. */
export async function recordsPdf(records: RecordsDocument, clock: Clock): Promise<Uint8Array> {
  const { default: PDFDocument } = await import('pdfkit');
  const document = new PDFDocument({
    size: 'A4',
    margins: MARGINS,
    // How many pages there are is known at the end.
    bufferPages: true,
    tagged: true,
    pdfVersion: '1.7',
    lang: records.locale,
    info: { Title: records.title, CreationDate: new Date(clock.now().epochMilliseconds) },
  });
  withFaces(document);
  drawHead(document, records);
  drawTable(document, records.table);
  for (const record of records.records) drawRecord(document, record);
  drawFooters(document, records);
  return bytesOf(document);
}

type Pdf = PDFKit.PDFDocument;

function drawHead(document: Pdf, { title, lead }: RecordsDocument): void {
  document.font('bold').fontSize(16).text(title);
  document.moveDown(0.4).font('face').fontSize(BODY);
  for (const line of lead) document.text(line, { lineGap: 1.5 });
  document.moveDown(1);
}

function drawTable(document: Pdf, { heads, widths, lines }: RecordsDocument['table']): void {
  const places = placesOf(document, widths);
  const drawHeads = (): void => {
    drawLine(document, places, heads, 'bold');
    rule(document);
  };
  drawHeads();
  for (const line of lines) {
    const height = heightOf(document, places, line);
    if (document.y + height > bottomOf(document)) {
      document.addPage();
      drawHeads();
    }
    drawLine(document, places, line, 'face');
    rule(document);
  }
}

interface Place {
  readonly x: number;
  readonly width: number;
}

function placesOf({ page }: Pdf, shares: readonly number[]): readonly Place[] {
  const whole = page.width - MARGINS.left - MARGINS.right;
  const sum = shares.reduce((total, share) => total + share, 0);
  let x = MARGINS.left;
  return shares.map((share) => {
    const place = { x, width: (whole * share) / sum - GAP };
    x += (whole * share) / sum;
    return place;
  });
}

function heightOf(document: Pdf, places: readonly Place[], cells: readonly string[]): number {
  document.font('bold').fontSize(BODY);
  return Math.max(
    ...cells.map((cell, at) => document.heightOfString(cell, { width: places[at]?.width ?? 0 })),
  );
}

function drawLine(document: Pdf, places: readonly Place[], cells: readonly string[], face: string): void {
  const { y } = document;
  const height = heightOf(document, places, cells);
  document.font(face).fontSize(BODY);
  for (const [at, cell] of cells.entries()) {
    const { x = MARGINS.left, width = 0 } = places[at] ?? {};
    document.text(cell, x, y, { width });
  }
  document.x = MARGINS.left;
  document.y = y + height + 3;
}

function rule(document: Pdf): void {
  const { page, y } = document;
  document
    .moveTo(MARGINS.left, y)
    .lineTo(page.width - MARGINS.right, y)
    .lineWidth(0.5)
    .strokeColor(LINE)
    .stroke();
  document.y = y + 4;
}

function drawRecord(document: Pdf, { heading, rows }: RecordsDocument['records'][number]): void {
  document.moveDown(1.2);
  // A heading never stands alone at the foot of a page.
  if (document.y + 90 > bottomOf(document)) document.addPage();
  document.font('bold').fontSize(12).text(heading, MARGINS.left, document.y);
  document.moveDown(0.3);
  for (const row of rows) drawRow(document, row);
}

/** The term in its column; the text beside it, which may go on over pages. */
function drawRow(
  document: Pdf,
  { term, paragraphs }: RecordsDocument['records'][number]['rows'][number],
): void {
  document.fontSize(BODY);
  const words = paragraphs.join('\n');
  const width = document.page.width - MARGINS.left - MARGINS.right - TERM - GAP;
  const first = document.font('face').heightOfString(words, { width });
  if (document.y + Math.min(first, 3 * BODY * 1.4) > bottomOf(document)) document.addPage();
  const { y } = document;
  document.fillColor(GREY).text(term, MARGINS.left, y, { width: TERM });
  const below = document.y;
  document.fillColor('black').text(words, MARGINS.left + TERM + GAP, y, { width, lineGap: 1 });
  document.x = MARGINS.left;
  // A long term may reach below a short text.
  if (document.y > y && document.y < below) document.y = below;
  document.y += 3;
}

function bottomOf({ page }: Pdf): number {
  return page.height - MARGINS.bottom;
}

function drawFooters(document: Pdf, { footer }: RecordsDocument): void {
  const { start, count } = document.bufferedPageRange();
  for (let at = 0; at < count; at += 1) {
    document.switchToPage(start + at);
    // What stands in the margin must not begin another page.
    document.page.margins.bottom = 0;
    document
      .font('face')
      .fontSize(8)
      .fillColor(GREY)
      .text(footer(at + 1, count), MARGINS.left, document.page.height - 12 * MM, {
        width: document.page.width - MARGINS.left - MARGINS.right,
        align: 'right',
        lineBreak: false,
      });
  }
}
