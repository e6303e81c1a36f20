/** Whether what a person wrote fills an element: something specific of its own kind, never a placeholder. */

const PLACEHOLDER =
  /^(?:t\.?b\.?[dac]\.?|to be (?:determined|confirmed|added|done)|to ?do|n\.?\/?a\.?|none yet|unknown|not known|pending|x+|test|placeholder|lorem ipsum.*|offen|noch offen|unbekannt|nicht bekannt|folgt|wird nachgereicht|k\.? ?a\.?|platzhalter)$/i;
const BRACKETED = /^(?:\[[^\]]*\]|<[^>]*>|\{[^}]*\}|\{\{[^}]*\}\}|\([^)]*\)|_+|\.+|…|\?+|-+)$/;
const NOT_KNOWN = /^(?:unknown|not known|unbekannt|nicht bekannt)$/i;

function bare(text: string): string {
  return text.trim().replace(/[.!:]+$/, '');
}

/** A text that says something: a name, a date, a sentence; not blank, not 'tbd', not what stands for a text to come. */
export function isSpecific(text: string): boolean {
  const said = bare(text);
  return /[\p{L}\p{N}]/u.test(said) && !PLACEHOLDER.test(said) && !BRACKETED.test(said);
}

/** A statement in prose: specific, and more than a word. */
export function isProse(text: string): boolean {
  return isSpecific(text) && (text.trim().match(/[\p{L}\p{N}]+/gu) ?? []).length >= 2;
}

/** A number, a range, or why there is none. */
export function isCount(text: string): boolean {
  return /\p{N}/u.test(text) ? isSpecific(text) : (text.trim().match(/\p{L}+/gu) ?? []).length >= 4;
}

/** A contact by which a person answers: a mail address, or a number to call. */
export function isReach(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text.trim()) || (text.match(/\p{N}/gu) ?? []).length >= 6;
}

/** Yes, no, or that it is not known: there the law takes that for an answer. */
function isAnswer(text: string): boolean {
  return isSpecific(text) || NOT_KNOWN.test(bare(text));
}

/** A day or moment, or in words why there is none. */
function isMoment(text: string): boolean {
  return isAnswer(text) && (/\p{N}/u.test(text) || NOT_KNOWN.test(bare(text)) || isCount(text));
}

const isLei = (text: string): boolean => /^[A-Z0-9]{18}\d{2}$/.test(text.trim());
const isCurrency = (text: string): boolean => /^[A-Z]{3}$/.test(text.trim());

type Fills = (text: string) => boolean;

/** Elements of which the law wants less, or another thing, than a statement in prose. */
const KINDS: readonly (readonly [Fills, readonly string[]])[] = [
  [
    isAnswer,
    ['malicious', 'cross-border-impact', 'attacker', 'extortion', 'criminal-complaint', 'police-delay'],
  ],
  [isAnswer, ['continuity-plan', 'recurring', 'publication', 'reclassified', 'resolution-authority-info']],
  [isMoment, ['when-root-cause-fixed', 'when-notice', 'duration']],
  [isCount, ['told-subjects-count', 'costs-direct', 'costs-indirect', 'recoveries']],
  [isLei, ['lei']],
  [isCurrency, ['currency']],
  [isSpecific, ['entity-type', 'submitter', 'parent', 'member-states', 'incident-type', 'other-authorities']],
  [
    isSpecific,
    ['product', 'service', 'area', 'status', 'sensitivity', 'told-subjects', 'told-subjects-means'],
  ],
];

const BY_ELEMENT: ReadonlyMap<string, Fills> = new Map(
  KINDS.flatMap(([fills, elements]) => elements.map((element) => [element, fills] as const)),
);

/** Whether a text fills an element that has a field of its own in the draft. */
export function fills(element: string, text: string): boolean {
  return (BY_ELEMENT.get(element) ?? isProse)(text);
}

/** Whether a text holds a number, however its thousands are parted. */
export function says(text: string, number: number): boolean {
  const numbers = text.match(/\p{N}(?:[\p{N}.,'’\s]*\p{N})?/gu) ?? [];
  return numbers.some((one) => one.replace(/\D/g, '') === String(number));
}
