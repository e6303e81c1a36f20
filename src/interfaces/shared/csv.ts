import Papa from 'papaparse';

/** A cell that begins so would run as a formula in a spreadsheet (CWE-1236), wide signs in some of them too. */
const FORMULA = /^[=+\-@\t\r\n\uFF0B\uFF0D\uFF1D\uFF20]/;

/** One line of a CSV file (RFC 4180), with its line end; no cell of it runs as a formula. */
export function csvLine(cells: readonly string[]): string {
  return `${Papa.unparse([[...cells]], { escapeFormulae: FORMULA, newline: '\r\n' })}\r\n`;
}
