interface ReferenceParts {
  readonly series: string;
  readonly year: number;
  readonly number: number;
}

const REFERENCE = /^([A-Z]+)-(\d{4})-(\d{4,9})$/;

/** INC-2026-0042. Beyond 9,999 the number grows a digit. */
export function formatReference({ series, year, number }: ReferenceParts): string {
  return `${series}-${String(year).padStart(4, '0')}-${String(number).padStart(4, '0')}`;
}

/** The parts of a reference. @throws RangeError if it is none */
export function parseReference(reference: string): ReferenceParts {
  const parts = readReference(reference);
  if (!parts) throw new RangeError(`${reference} is not a reference.`);
  return parts;
}

/** The parts of what a person may have typed as a reference, or null. */
export function readReference(reference: string): ReferenceParts | null {
  const match = REFERENCE.exec(reference);
  if (!match) return null;
  return { series: match[1] ?? '', year: Number(match[2]), number: Number(match[3]) };
}
