import type { NoticeKind } from './notice.ts';

/** In which part of a letter an element of a law's list is answered, best first, where it has no part of its own. */
const IN_LETTERS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    'when-occurred': ['nature', 'required'],
    'when-detected': ['nature', 'required'],
    'when-aware': ['nature'],
    'when-notice': ['nature'],
    processor: ['nature'],
    'notice-kind': ['nature'],
    'title-and-headings': ['nature'],
    'data-detail': ['categories-data'],
    // California counts the headings: what it can mean stands under the data there.
    consequences: ['categories-data'],
    'measures-mitigation': ['measures-taken'],
    'measures-proposed': ['measures-taken'],
    'change-password': ['advice'],
    'contact-organisation': ['dpo-contact'],
    organisation: ['dpo-contact'],
    reference: ['dpo-contact'],
    'complaint-right': ['dpo-contact'],
    'police-delay': ['required'],
    'police-report': ['required'],
    'fcra-rights': ['required'],
    'bureau-contacts': ['required'],
    'freeze-advice': ['required'],
    'fraud-alert': ['required'],
    'ftc-contact': ['required'],
    'state-ag-contact': ['required'],
    'state-agency-contact': ['required'],
    'id-protection': ['required'],
    parent: ['required'],
  }),
);

/**
 * The part of a notice in which an element of its checklist is said, so that who reads the list can read the sentence.
 * @param parts the parts that the text has (`data-element` of its headings)
 * @returns null where the text has none of them: what must not be said, say, stands nowhere
 */
export function passageOf(element: string, kind: NoticeKind, parts: ReadonlySet<string>): string | null {
  const wanted = [element, ...(kind === 'letter' ? (IN_LETTERS.get(element) ?? []) : [])];
  return wanted.find((part) => parts.has(part)) ?? null;
}
