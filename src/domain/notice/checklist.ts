import {
  draftFields,
  isForbidding,
  LOCALE_FREE,
  needsOf,
  type Content,
  type Known,
  type Need,
  type Sender,
} from './content.ts';
import type { NoticeFacts } from './content-facts.ts';
import type { NoticeKind } from './notice.ts';

export interface ChecklistInput {
  readonly kind: NoticeKind;
  /** What each duty wants in it, and whether its law lets an element follow later. */
  readonly duties: readonly { readonly content: readonly string[]; readonly phases: boolean }[];
  readonly facts: NoticeFacts;
  readonly sender: Sender;
  readonly content: Content;
  /** The languages that it goes out in; those of the content, if not given. */
  readonly locales?: readonly string[];
  /** Elements of which 'not yet known, will follow' was chosen. */
  readonly follows: readonly string[];
  /** What the form of the authority holds of these elements, where the notice goes on one. */
  readonly form?: {
    readonly filled: ReadonlySet<string>;
    readonly open: ReadonlySet<string>;
    /** Then the notice says what is missing, and by when it follows. */
    readonly incomplete: boolean;
  };
  /** Whether the period has passed: only then reasons for the delay are asked (GDPR 33(1), second sentence). */
  readonly late: boolean;
}

export interface ElementState {
  readonly element: string;
  readonly state: 'filled' | 'missing' | 'follows';
  readonly field: string;
  readonly from: 'draft' | 'facts' | 'organisation';
  /**
   * Where it is missing: those languages, none where one text serves all of them; otherwise all languages of the
   * notice.
   */
  readonly locales: readonly string[];
}

/** The languages of a draft, in its order. */
export function localesOf(content: Content): readonly string[] {
  return Object.keys(content).filter((locale) => locale !== LOCALE_FREE);
}

/** Every element that the duties want, once, in the order of their lists, and whether the draft fills it. */
export function checklist(input: ChecklistInput): readonly ElementState[] {
  return wanted(input).map((element) => stateOf(element, input));
}

/** A text that is written in one language and not in another that the notice goes out in. */
export interface Untranslated {
  readonly field: string;
  readonly locale: string;
  /** The language whose words stand in. */
  readonly from: string;
}

/** What would be printed in a foreign language, so that it can be said and nobody approves it unseen. */
export function untranslated(
  kind: NoticeKind,
  content: Content,
  locales: readonly string[] = localesOf(content),
): readonly Untranslated[] {
  const fields = [...new Set(localesOf(content).flatMap((locale) => Object.keys(content[locale] ?? {})))];
  const known = new Map(draftFields(kind, fields).map(({ field, localised }) => [field, localised]));
  return fields
    .filter((field) => known.get(field) !== false)
    .flatMap((field) =>
      locales.flatMap((locale) => {
        const from = wordsFor(content, field, locale)?.locale;
        return from === undefined || from === locale || from === LOCALE_FREE ? [] : [{ field, locale, from }];
      }),
    );
}

/** The words of a field for a language: its own, those without a language, or another language's. */
export function wordsFor(
  content: Content,
  field: string,
  locale: string,
): { readonly text: string; readonly locale: string } | undefined {
  for (const candidate of [locale, LOCALE_FREE, ...localesOf(content)]) {
    const text = content[candidate]?.[field]?.trim();
    if (text) return { text, locale: candidate };
  }
  return undefined;
}

function wanted({ duties, late, follows, form }: ChecklistInput): readonly string[] {
  const elements = new Set(duties.flatMap(({ content }) => content));
  const later = form?.incomplete ?? [...elements].some((element) => follows.includes(element));
  return [...elements].filter(
    (element) => (element !== 'delay-reason' || late) && (element !== 'phases-note' || later),
  );
}

function stateOf(element: string, input: ChecklistInput): ElementState {
  const { kind, content, follows, form } = input;
  const needs = needsOf(element, kind);
  const written = input.locales ?? localesOf(content);
  const locales = written.length > 0 ? written : [LOCALE_FREE];
  // What the form says to be determined is not there, whatever is known beside it.
  const open = form?.open.has(element) ?? false;
  for (const need of needs) {
    const lacking = open ? locales : locales.filter((locale) => !need.met(knownIn(input, locale)));
    if (lacking.length === 0 || (!open && form?.filled.has(element))) continue;
    const later = (open || follows.includes(element)) && mayFollow(element, input);
    const once = need.from === 'draft' && isOnce(kind, need.field);
    return item(element, later ? 'follows' : 'missing', need, once ? [] : lacking);
  }
  return item(element, 'filled', needs[0] ?? { from: 'facts', field: element }, locales);
}

/** Whether a field of the draft is written once for all languages. */
function isOnce(kind: NoticeKind, field: string): boolean {
  return draftFields(kind, [field]).some((own) => own.field === field && !own.localised);
}

function item(
  element: string,
  state: ElementState['state'],
  { from, field }: Pick<Need, 'from' | 'field'>,
  locales: readonly string[],
): ElementState {
  return { element, state, field, from, locales };
}

function knownIn({ facts, sender, content }: ChecklistInput, locale: string): Known {
  const words = (field: string): string => content[locale]?.[field] ?? content[LOCALE_FREE]?.[field] ?? '';
  return { facts, sender, words };
}

/**
 * An element may follow only if every duty that wants it allows phases, and never why it is late or what is left.
 * Nothing follows in a letter: phases are for authorities and controllers (GDPR 33(4)), art. 34 has none.
 */
function mayFollow(element: string, { kind, duties }: ChecklistInput): boolean {
  if (kind === 'letter') return false;
  if (element === 'delay-reason' || element === 'phases-note' || isForbidding(element)) return false;
  return duties.every(({ content, phases }) => phases || !content.includes(element));
}
