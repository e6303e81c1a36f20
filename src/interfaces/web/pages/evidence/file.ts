import type { EvidenceView } from '../../../../application/evidence/view-evidence.ts';
import type { StaffVisit } from '../../request/visit.ts';

/** A file as lists name it; who may not open it gets no link. */
export function fileModel(visit: StaffVisit, incident: string, { id, name, size }: EvidenceView): object {
  const { say } = visit;
  return {
    id: `e-${id}`,
    name: name === '' ? say('evidence.nameless') : name,
    href: name !== '' && visit.may('evidence.attach') ? `/incidents/${incident}/evidence/${id}` : null,
    size: sizeWords(visit, size),
  };
}

const STEP = 1024;
const UNITS = ['bytes', 'kB', 'MB', 'GB'] as const;

/** `1.2 MB` in the page's language. */
export function sizeWords({ say, locale }: StaffVisit, bytes: number): string {
  const power = Math.min(Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(STEP)), UNITS.length - 1);
  const size = new Intl.NumberFormat(locale, { maximumFractionDigits: power === 0 ? 0 : 1 });
  return say('evidence.size', { size: size.format(bytes / STEP ** power), unit: UNITS[power] });
}
