import type { NoticeFacts } from './content-facts.ts';

/** A sentence and the readers that it is for: everybody, those in some places, or all but those. */
export interface PlacedSentence {
  readonly text: string;
  /** Places (ISO 3166, `EU`, `EEA`): only for readers who live in one of them. */
  readonly in?: readonly string[];
  /** Only for readers who live in none of these. */
  readonly except?: readonly string[];
}

/** A sentence of advice and when it may stand. */
interface AdviceSentence extends PlacedSentence {
  /** What we did or never do: only if the draft confirms it, since a false comfort is worse than none. */
  readonly if?: string;
}

/** Advice for kinds of data, or for a breach at a supplier. Blocks stand in order of merit. */
export interface AdviceBlock {
  readonly id: string;
  /** Any of these data categories calls for it; an empty list: any data at all. */
  readonly categories: readonly string[];
  /** Only when a supplier held the data. */
  readonly supplier?: boolean;
  /** Where one of these stands already, this says nothing new. */
  readonly unless?: readonly string[];
  /** How urgent, in the reader's words: 'Today'. */
  readonly time: string;
  readonly say: readonly AdviceSentence[];
}

/** One numbered step of a letter, sentence by sentence. `time` is '' where the author gave none. */
export interface Step {
  readonly block: string;
  readonly time: string;
  readonly say: readonly PlacedSentence[];
}

/** More than five steps and people take none (Zou and Schaub 2019). */
export const MOST_STEPS = 5;

/**
 * The steps of a letter: those that the facts call for, the most useful first, then the author's own, at most
 * {@link MOST_STEPS} in all; the author's always stand. Which sentences a reader gets is decided by where the reader
 * lives; a step that would say nothing to somebody does not stand, so that everybody counts the same steps.
 *
 * @param own one step a line; `Today: call us` gives its time.
 * @param confirmed keys of measures and practices that hold, of `AdviceSentence.if`.
 */
export function stepsFor(
  blocks: readonly AdviceBlock[],
  facts: NoticeFacts,
  own: string,
  confirmed: ReadonlySet<string>,
): readonly Step[] {
  const authors = own.split('\n').flatMap(authorsStep).slice(0, MOST_STEPS);
  const chosen: AdviceBlock[] = [];
  for (const block of blocks) {
    if (!calledFor(block, facts)) continue;
    if (block.unless?.some((id) => chosen.some((other) => other.id === id))) continue;
    chosen.push(block);
  }
  const steps = chosen.flatMap(({ id, time, say }): Step[] => {
    const holding = say.filter((sentence) => sentence.if === undefined || confirmed.has(sentence.if));
    const forAll = holding.some((sentence) => sentence.in === undefined && sentence.except === undefined);
    return forAll ? [{ block: id, time, say: holding.map(placed) }] : [];
  });
  return [...steps.slice(0, MOST_STEPS - authors.length), ...authors];
}

function calledFor({ categories, supplier }: AdviceBlock, facts: NoticeFacts): boolean {
  if (supplier === true && !facts.supplier) return false;
  return categories.length === 0 || categories.some((category) => facts.categories.includes(category));
}

function placed({ text, in: areas, except }: AdviceSentence): PlacedSentence {
  return {
    text: text.trim(),
    ...(areas === undefined ? {} : { in: areas }),
    ...(except === undefined ? {} : { except }),
  };
}

function authorsStep(line: string): readonly Step[] {
  const text = line.replace(/^\s*(?:[-*•]|\d+[.)])\s+/, '').trim();
  if (text === '') return [];
  const timed = /^(\p{L}[\p{L}\p{N} ]{1,30}): (.+)$/u.exec(text);
  return [{ block: 'author', time: timed?.[1] ?? '', say: [{ text: timed?.[2] ?? text }] }];
}
