import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Joi from 'joi';
import type { Clock } from '../../application/ports/house.ts';
import type { LetterReading, Letters, LetterSource } from '../../application/ports/letters.ts';
import type { Format } from '../../domain/notice/notice.ts';
import { hintsFor, type Hint, type Phrases } from '../../domain/notice/phrasing.ts';
import { readingOf } from '../../domain/notice/reading.ts';
import type { Person } from '../../domain/people/person.ts';
import { areasIn } from './by-place.ts';
import { readContacts, type Contacts } from './contacts.ts';
import { compileFolder, type Templates } from './engine.ts';
import { adviceOf, placedSentencesOf } from './letter-advice.ts';
import { letterView, type LetterOptions, type LetterView } from './letter.ts';
import { addressed, greeting, localeFor, personalise, textIn } from './personal.ts';
import { SLOT } from './plain.ts';
import { textTwin } from './text-twin.ts';
import { readWords, type Words } from './words.ts';

export interface LetterRoomOptions {
  /** Our own `letters` folder. */
  readonly folder: string;
  /** A shop's own beside it: its files stand in place of ours, its words over ours, key by key. */
  readonly own?: string | undefined;
  readonly clock: Clock;
  readonly offices?: ReadonlyMap<string, string> | undefined;
  /** Told of a fault in the shop's own files, which are then left out; without it a fault is thrown. */
  readonly warn?: ((fault: string) => void) | undefined;
  /** Pages of the readers' own and of references: switched off until they are built. */
  readonly personalPages?: boolean | undefined;
}

const TEMPLATE = 'letter.html';

/**
 * Reads the letter's template, its offices and its languages (`<locale>.yaml`), ours and the shop's own. An own
 * template that leaves out what ours prints is a fault, since a letter without it would not be the one that the law
 * wants.
 *
 * @throws Error naming file and fault if one of ours cannot be used: at start, not at the first breach
 */
export function openLetters(options: LetterRoomOptions): Letters {
  try {
    return new FolderOfLetters(options);
  } catch (error) {
    if (options.own === undefined || !options.warn) throw error;
    const ours = new FolderOfLetters({ ...options, own: undefined });
    const fault = error instanceof Error ? error.message : String(error);
    // A fault in a template of the shop's must not leave it without letters.
    options.warn(`Not used, our own letters stand in: ${fault}`);
    return ours;
  }
}

class FolderOfLetters implements Letters {
  readonly locales: readonly string[];
  private readonly templates: Templates;
  private readonly words: ReadonlyMap<string, Words>;
  private readonly options: LetterOptions;
  private readonly clock: Clock;

  constructor({ folder, own, clock, offices, personalPages }: LetterRoomOptions) {
    const ownFolder = own !== undefined && existsSync(own) ? own : undefined;
    this.clock = clock;
    this.templates = templatesOf(folder, ownFolder);
    this.words = languagesOf(folder, ownFolder);
    this.locales = [...this.words.keys()];
    this.options = {
      contacts: contactsOf(folder, ownFolder),
      offices: offices ?? new Map<string, string>(),
      personalPages: personalPages ?? false,
    };
  }

  render(source: LetterSource, locale: string): Record<Format, string> {
    const view = this.view(source, locale);
    const html = this.templates.render(TEMPLATE, { ...view });
    return { subject: view.subject, html, text: textTwin(html) };
  }

  reading(source: LetterSource, locale: string, place?: string): LetterReading {
    const view = this.view(source, locale);
    const running = runningText(view);
    const html = this.templates.render(TEMPLATE, { ...view });
    const readings = (place === undefined ? placesOf(html) : [place]).map((home) => ({
      ...readingOf(textIn(running, 'text', home)),
      bytes: Buffer.byteLength(textIn(html, 'html', home)),
    }));
    return {
      words: Math.max(...readings.map(({ words }) => words)),
      grade: locale === 'en' ? Math.max(...readings.map(({ grade }) => grade ?? 0)) : null,
      bytes: Math.max(...readings.map(({ bytes }) => bytes)),
    };
  }

  hints({ content, organisation }: Pick<LetterSource, 'content' | 'organisation'>, locale: string): readonly Hint[] {
    return hintsFor(content[locale] ?? {}, phrasesOf(this.in(locale)), organisation.contact.website);
  }

  personalise(text: string, format: Format, person: Person, locale: string): string {
    return personalise(text, format, person, this.in(locale), this.clock.now());
  }

  addressed(...[text, format, place, locale, tag]: Parameters<Letters['addressed']>): string {
    const letter = addressed(text, format, place, this.in(locale), this.clock.now());
    return letter.replaceAll(SLOT.salutation, () => tag);
  }

  greeting(...[person, format, locale]: Parameters<Letters['greeting']>): string {
    return greeting(person, format, this.in(locale));
  }

  localeFor(person: Person, locales: readonly string[]): string {
    return localeFor(person, locales);
  }

  private view(source: LetterSource, locale: string): LetterView {
    return letterView(source, this.in(locale), this.options);
  }

  private in(locale: string): Words {
    const words = this.words.get(locale);
    if (!words) throw new Error(`no letters are written in ${locale}`);
    return words;
  }
}

/** What a reader reads on end, with its marks: without whom to ask, addresses and lists of offices. */
function runningText(view: LetterView): string {
  const forms = view.forms.flatMap(({ open, close, sections }) => [
    open,
    ...sections.flatMap(({ element, heading, before, items, steps, after }) =>
      element === 'dpo-contact'
        ? [heading]
        : [heading, ...before.flat(), ...items, ...steps.map(({ text }) => text), ...after.flat()],
    ),
    close,
  ]);
  return [...forms, view.genuine.call, view.genuine.never, view.closing].join('\n');
}

/** A place of each kind that a text tells apart, and none. */
function placesOf(text: string): readonly string[] {
  const groups: Readonly<Record<string, string>> = { EU: 'AT', EEA: 'NO' };
  return ['', ...new Set(areasIn(text).map((area) => groups[area] ?? area))];
}

function templatesOf(folder: string, own: string | undefined): Templates {
  const ours = compileFolder(folder);
  if (own === undefined) return ours;
  const theirs = compileFolder(own);
  if (!theirs.has(TEMPLATE)) return ours;
  const read = new Set(theirs.reads(TEMPLATE));
  const left = ours.reads(TEMPLATE).filter((name) => !read.has(name));
  if (left.length === 0) return theirs;
  throw new Error(
    `${join(own, `${TEMPLATE}.hbs`)} leaves out what every letter says: ${left.join(', ')}. ` +
      'Begin with a copy of ours and keep every name that it prints.',
  );
}

function languagesOf(folder: string, own: string | undefined): ReadonlyMap<string, Words> {
  const ours = languageFiles(folder);
  const theirs = own === undefined ? [] : languageFiles(own);
  const locales = [...new Set([...ours, ...theirs])].sort(
    (a, b) => Number(b === 'en') - Number(a === 'en') || a.localeCompare(b),
  );
  const words = new Map(
    locales.map((locale) => {
      const files = [
        ...(ours.includes(locale) ? [join(folder, `${locale}.yaml`)] : []),
        ...(own !== undefined && theirs.includes(locale) ? [join(own, `${locale}.yaml`)] : []),
      ];
      return [locale, readWords(files, locale)] as const;
    }),
  );
  const english = words.get('en');
  for (const language of words.values()) checkLanguage(language, english ?? language);
  return words;
}

/** A language that lacks a sentence would fail in the middle of a breach. */
function checkLanguage(language: Words, english: Words): void {
  const wanted = english.keys.filter((key) => !/^(?:hints|advice|required\.\w+\.)/.test(key));
  const missing = wanted.filter((key) => !language.has(key));
  if (missing.length > 0) throw new Error(`letters/${language.locale}.yaml lacks ${missing.join(', ')}`);
  adviceOf(language);
  phrasesOf(language);
  for (const part of ['freeze', 'alert', 'rights']) placedSentencesOf(language, `required.${part}`);
}

function languageFiles(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((file) => /^([a-z]{2,3}(?:-\w+)?)\.yaml$/.exec(file)?.[1] ?? []);
}

function contactsOf(folder: string, own: string | undefined): Contacts {
  const theirs = own === undefined ? '' : join(own, 'contacts.yaml');
  return readContacts(theirs !== '' && existsSync(theirs) ? theirs : join(folder, 'contacts.yaml'));
}

const texts = Joi.array().items(Joi.string()).required();
const phrases = Joi.object({ banned: texts, hedges: texts }).required();

function phrasesOf(words: Words): Phrases {
  const { error, value } = phrases.validate(words.file['hints']) as { error?: Error; value: Phrases };
  if (error) throw new Error(`letters/${words.locale}.yaml: hints: ${error.message}`);
  return value;
}
