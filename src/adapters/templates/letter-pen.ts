import type { Temporal } from 'temporal-polyfill';
import type { LetterSource } from '../../application/ports/letters.ts';
import { wordsFor } from '../../domain/notice/checklist.ts';
import type { PlacedSentence } from '../../domain/notice/content-advice.ts';
import { noticeFacts, type NoticeFacts } from '../../domain/notice/content-facts.ts';
import { marked, marksExcept, marksFor, withUnplaced, type Marks } from './by-place.ts';
import type { Contacts } from './contacts.ts';
import { day, printedIn } from './dates.ts';
import { placedSentencesOf } from './letter-advice.ts';
import { oneLine, paragraphsOf } from './plain.ts';
import type { Values, Words } from './words.ts';

/** A paragraph, by its lines. */
export type Paragraph = readonly string[];

/** Writes in one language, from one incident: our sentences, the author's words, days, and what is for some places. */
export class LetterPen {
  readonly words: Words;
  readonly contacts: Contacts;
  readonly facts: NoticeFacts;
  /** Keys of measures and practices that the draft confirms. */
  readonly confirmed: ReadonlySet<string>;
  /** The organisation's name, on one line. */
  readonly name: string;
  private readonly source: LetterSource;

  constructor(source: LetterSource, words: Words, contacts: Contacts) {
    this.source = source;
    this.words = words;
    this.contacts = contacts;
    this.facts = noticeFacts(source.incident);
    this.confirmed = new Set(this.own('confirmed').split(/[\s,]+/));
    this.name = oneLine(source.organisation.name);
  }

  say(key: string, values: Values = {}): string {
    return this.words.say(key, values);
  }

  /** What the author wrote in a field, in this language or, where it is not translated, in another. */
  own(field: string): string {
    return wordsFor(this.source.content, field, this.words.locale)?.text ?? '';
  }

  paragraphs(field: string): readonly Paragraph[] {
    return paragraphsOf(this.own(field));
  }

  /** '3 December 2026', in the incident's zone. */
  day(at: Temporal.Instant): string {
    return day(at, this.source.incident.zone, printedIn(this.words.locale));
  }

  /** Marks of what is for readers in some areas only. */
  marks(areas: readonly string[]): Marks {
    return marksFor(withUnplaced(areas, this.facts.places));
  }

  /** Text for readers in some areas only. */
  for(areas: readonly string[], text: string): string {
    return marked(this.marks(areas), text);
  }

  /** Text for readers in none of these areas. */
  except(areas: readonly string[], text: string): string {
    return marked(marksExcept(withUnplaced(areas, this.facts.places)), text);
  }

  /** One text for the readers of each list of areas, and another for everybody else: each reader gets exactly one. */
  oneOf(choices: readonly (readonly [areas: readonly string[], text: string])[], otherwise: string): string {
    const marks = choices.map(([areas, text]) => ({ areas: withUnplaced(areas, this.facts.places), text }));
    const taken = [...new Set(marks.flatMap(({ areas }) => areas))];
    return [
      marked(marksExcept(taken), otherwise),
      ...marks.map(({ areas, text }) => marked(marksFor(areas), text)),
    ].join('');
  }

  /** Sentences as one running text, each for its readers. */
  spoken(sentences: readonly PlacedSentence[]): string {
    return sentences
      .map(({ text, in: areas, except }, index) => {
        // The space goes with the sentence before it, so that none is left where a sentence falls away.
        const spaced = index < sentences.length - 1 ? `${text} ` : text;
        if (areas) return this.for(areas, spaced);
        return except ? this.except(except, spaced) : spaced;
      })
      .join('');
  }

  /** The sentences of a key of the language's file, with values put in, as one running text. */
  spokenFrom(key: string, values: Values = {}): string {
    const sentences = placedSentencesOf(this.words, key);
    return this.spoken(
      sentences.map((sentence, index) => ({ ...sentence, text: this.say(`${key}.${index}.text`, values) })),
    );
  }
}
