import { NOTICE_KINDS, type NoticeKind } from './notice.ts';
import type { NoticeFacts } from './content-facts.ts';
import { fills, isCount, isProse, isReach, isSpecific, says } from './filled.ts';

/** The words of a draft: locale -> field -> text as the author wrote it; what has no language stands under `*`. */
export type Content = Readonly<Record<string, Readonly<Record<string, string>>>>;

export const LOCALE_FREE = '*';

/** What a notice or letter says of the organisation. */
export interface Sender {
  readonly name: string;
  readonly contact: {
    readonly email: string;
    readonly phone: string;
    readonly address: string;
    readonly website: string;
    readonly dpo: string;
  };
}

/** Everything that can fill an element, in one language. */
export interface Known {
  readonly facts: NoticeFacts;
  readonly sender: Sender;
  /** The words of a field: of this language, or those without one. */
  readonly words: (field: string) => string;
}

/** One thing that an element of a law's list asks for, and where a person fills it. */
export interface Need {
  readonly from: 'draft' | 'facts' | 'organisation';
  /** A field of the draft, the name of a fact, or `name`, `contact.dpo` … of the organisation. */
  readonly field: string;
  readonly met: (known: Known) => boolean;
  /** Asked in these kinds only. */
  readonly kinds?: readonly NoticeKind[];
}

/** A field of the draft that a person writes in. Names are those of the canonical fields (EDPB template draft v1.0). */
export interface DraftField {
  readonly field: string;
  /** Written once in each language, or once for all. */
  readonly localised: boolean;
}

/** What can be written in a notice to an office of any kind. */
const OFFICE: readonly DraftField[] = [
  { field: 'what-happened', localised: true },
  { field: 'subject-detail', localised: true },
  { field: 'data-detail', localised: true },
  { field: 'subject-count', localised: false },
  { field: 'record-count', localised: false },
  { field: 'consequences', localised: true },
  { field: 'measures-taken', localised: true },
  { field: 'measures-prevent-detail', localised: true },
  { field: 'delay-reason', localised: true },
  { field: 'phases-note', localised: true },
];

/** Elements that every letter brings along for the readers whose law wants them: nobody has to write them. */
const LETTER_SAYS: ReadonlySet<string> = new Set([
  ...['title-and-headings', 'when-notice', 'police-delay', 'police-report', 'fcra-rights'],
  ...[
    'bureau-contacts',
    'freeze-advice',
    'fraud-alert',
    'ftc-contact',
    'state-ag-contact',
    'state-agency-contact',
  ],
]);

const LETTER: readonly DraftField[] = [
  { field: 'what-happened', localised: true },
  { field: 'data-detail', localised: true },
  { field: 'not-affected', localised: true },
  { field: 'consequences', localised: true },
  { field: 'measures-taken', localised: true },
  { field: 'measures-prevent-detail', localised: true },
  { field: 'advice', localised: true },
  { field: 'confirmed', localised: false },
];

/** Beside these every notice to an office says what happened, whether its law lists that or not. */
const BESIDE: Readonly<Record<string, readonly string[]>> = {
  'categories-subjects': ['subject-detail'],
  'categories-data': ['data-detail'],
};

const ONLY_WHERE_ASKED: ReadonlySet<string> = new Set(['delay-reason', 'phases-note']);

/** The fields that this notice has in any case. A letter has all of its own; an early warning only what it is asked. */
function fieldsFor(kind: NoticeKind, elements: readonly string[]): readonly DraftField[] {
  if (kind === 'letter') return LETTER;
  if (elements.length === 0) return OFFICE.filter(({ field }) => !ONLY_WHERE_ASKED.has(field));
  const wanted = new Set([
    'what-happened',
    // A controller weighs the consequences and what we will do for its own notice (GDPR art. 33(3)(c), (d)).
    ...(kind === 'controller' ? ['consequences', 'measures-prevent-detail'] : []),
    ...elements.flatMap((element) => [
      ...needsOf(element, kind).map(({ field }) => field),
      ...(BESIDE[element] ?? []),
    ]),
  ]);
  return OFFICE.filter(({ field }) => wanted.has(field));
}

/**
 * The fields of a draft of this kind, in the order of the form. An element that a duty asks for and that has no
 * field of its own here (a state's own text, say) gets one under its key.
 */
export function draftFields(kind: NoticeKind, elements: readonly string[]): readonly DraftField[] {
  const fields = fieldsFor(kind, elements);
  const asked = elements
    .flatMap((element) => needsOf(element, kind))
    .flatMap(({ from, field }) => (from === 'draft' ? [field] : []));
  const own = [...new Set(asked)].filter((name) => !fields.some(({ field }) => field === name));
  return [...fields, ...own.map((field) => ({ field, localised: isLocalised(field) }))];
}

function isLocalised(name: string): boolean {
  return OFFICE.find(({ field }) => field === name)?.localised ?? !isForbidding(name);
}

/** What makes a notice one of a breach of personal data: a law that asks whose data, or which. */
const OF_DATA: ReadonlySet<string> = new Set([
  ...['categories-data', 'categories-subjects', 'count-subjects', 'count-records', 'dpo-contact'],
]);

/** Whether a notice with these elements is one of a breach of personal data; without a list it is taken to be. */
export function asksForData(elements: Iterable<string>): boolean {
  const all = [...elements];
  return all.length === 0 || all.some((element) => OF_DATA.has(element));
}

/** What an element asks for in a notice of this kind; every need must be met. */
export function needsOf(element: string, kind: NoticeKind): readonly Need[] {
  if (kind === 'letter' && LETTER_SAYS.has(element)) return [];
  const needs = ELEMENTS[element] ?? [
    { from: 'draft', field: element, met: (k) => fills(element, k.words(element)) },
  ];
  return needs.filter(({ kinds }) => kinds === undefined || kinds.includes(kind));
}

/** `not-count`, `not-nature`: what the text must not hold. A person confirms it; nothing of it is printed. */
export function isForbidding(element: string): boolean {
  return element.startsWith('not-');
}

/** Every kind but the letter. */
const OFFICES: readonly NoticeKind[] = NOTICE_KINDS.filter((kind) => kind !== 'letter');

const prose = (field: string): Need => ({ from: 'draft', field, met: ({ words }) => isProse(words(field)) });

/** A moment fills its element also when a person said that it is unknown, and why. */
const moment = (field: keyof NoticeFacts['moments']): Need => ({
  from: 'facts',
  field,
  met: ({ facts }) => facts.moments[field] !== undefined || facts.unknown.has(field),
});

const REACHABLE: Need = {
  from: 'organisation',
  field: 'contact.email',
  met: ({ sender: { contact } }) => isReach(contact.email) || isReach(contact.phone),
};

const ADDRESS: Need = {
  from: 'organisation',
  field: 'contact.address',
  met: ({ sender }) => isSpecific(sender.name) && isSpecific(sender.contact.address),
};

function confirmed(element: string): Need {
  return { from: 'draft', field: element, met: ({ words }) => isSpecific(words(element)) };
}

// Below a hundred a day of the month or an hour would be taken for the number of people.
const TELLING = 100;

function withoutCount(field: string): Need {
  const met = ({ facts: { people }, words }: Known): boolean =>
    ![people?.least ?? 0, people?.most ?? 0].some((count) => count >= TELLING && says(words(field), count));
  return { from: 'draft', field, met };
}

/** What each element of the laws' lists is filled by. Elements not listed have a field of the draft of their own. */
const ELEMENTS: Readonly<Record<string, readonly Need[]>> = {
  nature: [
    {
      from: 'facts',
      field: 'breach.confidentiality',
      met: ({ facts }) => facts.breach.length > 0,
      kinds: ['authority', 'controller'],
    },
    prose('what-happened'),
  ],
  'categories-subjects': [
    {
      from: 'facts',
      field: 'subjects',
      met: ({ facts, words }) => facts.groups.length > 0 || isProse(words('subject-detail')),
    },
  ],
  'count-subjects': [
    {
      from: 'draft',
      field: 'subject-count',
      met: ({ words }) => isCount(words('subject-count')),
      kinds: ['controller'],
    },
    {
      from: 'facts',
      field: 'subjects',
      kinds: NOTICE_KINDS.filter((kind) => kind !== 'controller'),
      met: ({ facts }) => facts.people !== null && (facts.people.most !== null || facts.people.least > 1),
    },
  ],
  'categories-data': [
    {
      from: 'facts',
      field: 'data.categories',
      met: ({ facts, words }) => facts.categories.length > 0 || isProse(words('data-detail')),
    },
  ],
  'count-records': [
    { from: 'draft', field: 'record-count', met: ({ words }) => isCount(words('record-count')) },
  ],
  'dpo-contact': [
    { from: 'organisation', field: 'contact.dpo', met: ({ sender }) => isSpecific(sender.contact.dpo) },
    REACHABLE,
  ],
  'contact-organisation': [REACHABLE],
  organisation: [ADDRESS, REACHABLE],
  consequences: [prose('consequences')],
  'measures-taken': [prose('measures-taken')],
  'measures-mitigation': [prose('measures-taken')],
  'measures-proposed': [
    { ...prose('measures-prevent-detail'), kinds: OFFICES },
    // To people art. 34(2) wants the measures 'taken or proposed' (33(3)(d)): what was done may be all there is.
    {
      ...prose('measures-prevent-detail'),
      kinds: ['letter'],
      met: ({ words }) => isProse(words('measures-prevent-detail')) || isProse(words('measures-taken')),
    },
  ],
  'delay-reason': [prose('delay-reason')],
  'phases-note': [prose('phases-note')],
  advice: [
    {
      from: 'facts',
      field: 'data.categories',
      met: ({ facts, words }) => facts.categories.length > 0 || isProse(words('advice')),
    },
  ],
  // The advice stands in the letter wherever passwords are among the data; where surely none are, there is none to give.
  'change-password': [
    { from: 'facts', field: 'data.categories', met: ({ facts }) => facts.categories.length > 0 },
  ],
  'when-occurred': [moment('occurredAt')],
  'when-detected': [moment('detectedAt')],
  'when-aware': [moment('awareAt')],
  'when-classified': [moment('classifiedAt')],
  'when-recovered': [moment('recoveredAt')],
  'when-resolved': [moment('handledAt')],
  processor: [
    {
      from: 'facts',
      field: 'supplier',
      met: ({ facts }) => facts.withoutSupplier || isSpecific(facts.supplier?.name ?? ''),
    },
  ],
  // What must not be said: the text is looked through for the number, and a person confirms. What happened is left
  // out of the form of the letter for readers where it must not be said; the rest of the text a person looks through.
  'not-count': [...LETTER.map(({ field }) => withoutCount(field)), confirmed('not-count')],
  'not-nature': [confirmed('not-nature')],
  // The reference and the kind of notice are always printed; the letter always names the right to complain.
  reference: [],
  'notice-kind': [],
  'complaint-right': [],
};
