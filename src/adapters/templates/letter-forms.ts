import { marksExcept, marksFor, withUnplaced } from './by-place.ts';

/** The parts of a letter that stand under headings. */
export type SectionName = 'happened' | 'affected' | 'meaning' | 'done' | 'now' | 'ask';

/** A form of the letter: which parts, in which order, for whom. Its words stand in each language's file. */
export interface LetterForm {
  /** Where its words stand: `forms.<id>`; '' for the usual ones. */
  readonly id: '' | 'california' | 'massachusetts';
  readonly sections: readonly SectionName[];
  /** Parts whose text stands at the end of another, because the law counts the headings. */
  readonly folded: Readonly<Partial<Record<SectionName, SectionName>>>;
  /** The law wants the day of the letter in it. */
  readonly dated: boolean;
  /** The law forbids to say what happened: neither the author's account nor what would give it away. */
  readonly silent: boolean;
}

const USUAL: LetterForm = {
  id: '',
  sections: ['happened', 'affected', 'meaning', 'done', 'now', 'ask'],
  folded: {},
  dated: false,
  silent: false,
};

const PRESCRIBED: readonly (LetterForm & { readonly area: string })[] = [
  {
    // Cal. Civ. Code 1798.82(d)(1): title, five headings in this order, and the date of the notice.
    id: 'california',
    area: 'US-CA',
    sections: ['happened', 'affected', 'done', 'now', 'ask'],
    folded: { meaning: 'affected' },
    dated: true,
    silent: false,
  },
  {
    // Mass. Gen. Laws ch. 93H s. 3(b): not the nature of the breach, not the number of residents affected.
    id: 'massachusetts',
    area: 'US-MA',
    sections: ['affected', 'meaning', 'now', 'ask'],
    folded: {},
    dated: false,
    silent: true,
  },
];

/** Places where the letter must not say what happened. */
export const SILENT_AREAS: readonly string[] = PRESCRIBED.filter(({ silent }) => silent).map(({ area }) => area);

/** Every form with the marks of its readers: those that a state prescribes, and the usual one for all others. */
export function formsFor(
  places: readonly string[] | null,
): readonly (LetterForm & { readonly open: string; readonly close: string })[] {
  const areas = (area: string): readonly string[] => withUnplaced([area], places);
  return [
    { ...USUAL, ...marksExcept(PRESCRIBED.flatMap(({ area }) => areas(area))) },
    ...PRESCRIBED.map((form) => ({ ...form, ...marksFor(areas(form.area)) })),
  ];
}
