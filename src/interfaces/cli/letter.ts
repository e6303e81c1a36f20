import type { Incident } from '../../domain/incident/incident.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { InvalidInput, Problem } from '../../domain/errors.ts';
import { parseFacts } from '../../domain/law/facts.ts';
import { judge } from '../../domain/law/judge/judge.ts';
import type { LawBook } from '../../domain/law/law-book.ts';
import type { Facts } from '../../domain/law/types.ts';
import type { Person } from '../../domain/people/person.ts';
import type { LetterSource, Letters } from '../../application/ports/letters.ts';
import { checklist } from '../../domain/notice/checklist.ts';
import { noticeFacts } from '../../domain/notice/content-facts.ts';
import { isObject, jsonOf, located, textOf } from './law/input.ts';
import { LawWords } from './law/words.ts';
import {
  contentOf,
  narrativeOf,
  organisationOf,
  personOf,
  untranslatedIn,
  type Narrative,
} from './letter-input.ts';
import type { LetterDesk } from './letter-desk.ts';
import type { ExitCode } from './program.ts';

export interface LetterCommandOptions {
  readonly facts: string;
  readonly locale?: string;
  readonly format: 'text' | 'html' | 'eml';
  readonly person?: string;
  readonly check?: boolean;
}

const NOBODY: Person = { name: '', email: '' };

/** The duty whose list a letter is measured by where no law surely wants one: what the GDPR wants is good anywhere. */
const USUAL_DUTY = 'gdpr-art34-subjects';

/** `letter`: the letter to the people of a breach whose facts are in a file, or how it reads and what it lacks. */
export async function runLetter(options: LetterCommandOptions, desk: LetterDesk): Promise<ExitCode> {
  const words = new LawWords(await desk.law.words());
  const letters = await desk.letters();
  const book = await desk.law.book();
  const case_ = await read(options.facts, desk, words, (given) => caseOf(given, book));
  const person =
    options.person === undefined ? ok(NOBODY) : await read(options.person, desk, words, personOf);
  if (!case_.ok || !person.ok) return 2;
  const locale = localeFor(options.locale, person.value, letters);
  if (locale === null) {
    desk.complain(
      `--locale: no letters are written in ${String(options.locale)}; there are ${letters.locales.join(', ')}.`,
    );
    return 2;
  }
  const duties = await dutiesOf(case_.value.facts, book, desk);
  const source = { ...case_.value.source, duties, content: contentOf(case_.value.narrative, locale) };
  if (options.check)
    desk.say(JSON.stringify(checked(source, case_.value.narrative, person.value, locale, letters)));
  else desk.say(await printed(source, person.value, locale, options.format, desk));
  return 0;
}

interface Case {
  readonly facts: Facts;
  readonly source: Pick<LetterSource, 'incident' | 'organisation'>;
  readonly narrative: Narrative;
}

/** Reads a file of JSON; its faults are told with their places. */
async function read<T>(
  file: string,
  desk: LetterDesk,
  words: LawWords,
  reading: (given: unknown) => Result<T, InvalidInput>,
): Promise<Result<T, undefined>> {
  const text = textOf(file);
  const parsed = jsonOf(text);
  const made = parsed.ok ? reading(parsed.value) : parsed;
  if (made.ok) return made;
  for (const line of await located(file, text, made.error.problems, words)) desk.complain(line);
  return fail(undefined);
}

function caseOf(given: unknown, book: LawBook): Result<Case, InvalidInput> {
  if (!isObject(given)) {
    return fail({
      kind: 'invalid-input',
      problems: [{ path: '', key: 'wrong-type', values: { rule: 'an object' } }],
    });
  }
  const { organisation: sender, narrative: told, ...raw } = given;
  const facts = parseFacts(raw, new Set(book.duties.keys()));
  const organisation = organisationOf(sender);
  const narrative = narrativeOf(told);
  if (facts.ok && organisation.ok && narrative.ok) {
    const incident = incidentOf(raw, facts.value);
    return ok({
      facts: facts.value,
      source: { incident, organisation: organisation.value },
      narrative: narrative.value,
    });
  }
  const problems = [facts, organisation, narrative].flatMap((part): readonly Problem[] =>
    part.ok ? [] : part.error.problems,
  );
  return fail({ kind: 'invalid-input', problems });
}

/** The facts as an incident has them, its moments as instants: local times were read in the facts' zone. */
function incidentOf(raw: Readonly<Record<string, unknown>>, facts: Facts): LetterSource['incident'] {
  const moments = Object.entries(facts.moments).map(([name, at]) => [name, String(at)]);
  const all: Record<string, unknown> = { ...raw, ...(Object.fromEntries(moments) as object) };
  const entries = Object.entries(all).map(([name, value]) => [name, { value }]);
  return { facts: Object.fromEntries(entries) as Incident['facts'], zone: facts.zone ?? 'UTC' };
}

/** `--locale` wins over the person's language; a region that has no letter of its own reads its language's. */
function localeFor(asked: string | undefined, person: Person, letters: Letters): string | null {
  if (asked === undefined) return letters.localeFor(person, letters.locales);
  const language = asked.split(/[-_]/)[0] ?? '';
  return (
    letters.locales.find((own) => own === asked) ?? letters.locales.find((own) => own === language) ?? null
  );
}

/** The lists of the duties to tell people that surely apply. */
async function dutiesOf(facts: Facts, book: LawBook, desk: LetterDesk): Promise<LetterSource['duties']> {
  const applying = judge(facts, book, { workingDays: await desk.law.workingDays() }).filter(
    ({ decision, duty }) => decision === 'applies' && duty.notify === 'people',
  );
  const lists = applying.map(({ duty }) => ({ content: duty.content?.elements ?? [] }));
  if (lists.length > 0) return lists;
  return [{ content: book.duties.get(USUAL_DUTY)?.versions[0].duty.content?.elements ?? [] }];
}

function checked(
  source: LetterSource,
  narrative: Narrative,
  person: Person,
  locale: string,
  letters: Letters,
): object {
  const { words, grade, bytes } = letters.reading(source, locale, person.country ?? '');
  const items = checklist({
    kind: 'letter',
    duties: source.duties.map(({ content }) => ({ content, phases: false })),
    facts: noticeFacts(source.incident),
    sender: source.organisation,
    content: source.content,
    locales: [locale],
    follows: [],
    late: false,
  });
  const of = (present: boolean): readonly string[] =>
    items.filter(({ state }) => (state === 'filled') === present).map(({ element }) => element);
  return {
    words,
    grade,
    bytes,
    elements: { present: of(true), missing: of(false) },
    untranslated: untranslatedIn(narrative, locale),
  };
}

async function printed(
  source: LetterSource,
  person: Person,
  locale: string,
  format: LetterCommandOptions['format'],
  desk: LetterDesk,
): Promise<string> {
  const letters = await desk.letters();
  const rendered = letters.render(source, locale);
  const of = (part: 'subject' | 'html' | 'text'): string =>
    letters.personalise(rendered[part], part, person, locale).trimEnd();
  if (format !== 'eml') return of(format);
  const { name, contact } = source.organisation;
  const mail = { subject: of('subject'), html: of('html'), text: `${of('text')}\n` };
  return desk.mail({ ...mail, from: { name, email: contact.email }, to: person, locale });
}
