import Joi from 'joi';
import { didYouMean } from './did-you-mean.ts';
import type { PlaybookFile } from './parse.ts';
import { schemaProblem } from './schema-problems.ts';
import { byPlace, isSource, readYaml, type Path, type Source } from './source.ts';
import type { LintProblem } from './types.ts';

const words = (max: number) => Joi.string().trim().max(max);
const named = (value: Joi.Schema) => Joi.object().pattern(/^[A-Za-z][A-Za-z0-9-]*$/, value);

/** The shape of a translation; texts may be longer than the English ones, as languages are. */
const translationSchema = Joi.object<Raw>({
  id: Joi.string().required().description('The id of the playbook whose words these are.'),
  title: words(90),
  about: Joi.object({
    situation: words(1600),
    signs: Joi.array().items(words(260)),
    severity: words(1100),
    goesWrong: Joi.array().items(words(260)),
  }).default({}),
  asks: named(Joi.object({ ask: words(280), values: named(words(160)).default({}) })).default({}),
  tasks: named(Joi.object({ title: words(90), what: words(2100), keep: words(420) })).default({}),
});

interface Raw {
  readonly id: string;
  readonly title?: string;
  readonly about: {
    readonly situation?: string;
    readonly signs?: readonly string[];
    readonly severity?: string;
    readonly goesWrong?: readonly string[];
  };
  readonly asks: Readonly<
    Record<string, { readonly ask?: string; readonly values: Readonly<Record<string, string>> }>
  >;
  readonly tasks: Readonly<
    Record<string, { readonly title?: string; readonly what?: string; readonly keep?: string }>
  >;
}

/** A file of words for one playbook in another language, by the ids of what they say. */
export interface Translation extends Raw {
  readonly source: Source;
}

/** Reads a file of words, or says what is wrong with line and column. */
export function parseTranslation(
  text: string,
  file: string,
): { readonly translation?: Translation; readonly problems: readonly LintProblem[] } {
  const source = readYaml(text, file);
  if (!isSource(source)) return { problems: source };
  const checked = translationSchema.validate(source.value ?? {}, { abortEarly: false });
  if (checked.error)
    return { problems: checked.error.details.map((item) => schemaProblem(item, source)).sort(byPlace) };
  return { translation: { ...checked.value, source }, problems: [] };
}

/** Words for what the playbook has not: a misspelt id, or a task that is gone. */
export function strayWords(translation: Translation, book: PlaybookFile): readonly LintProblem[] {
  const { source, asks, tasks, about } = translation;
  const stray = (path: Path, known: readonly string[]): LintProblem[] => {
    const name = String(path.at(-1));
    if (known.includes(name)) return [];
    return [
      source.problemAtKey(path, `the playbook "${book.id}" has no "${name}"${didYouMean(name, known)}`),
    ];
  };
  const taskIds = book.tasks.map(({ id }) => id);
  const askIds = book.asks.map(({ id }) => id);
  const lists = (['signs', 'goesWrong'] as const).flatMap((list) => {
    const [here, there] = [about[list]?.length, book.about?.[list].length ?? 0];
    return here === undefined || here === there
      ? []
      : [source.problem(['about', list], `"${list}" has ${here} entries; in English it has ${there}`)];
  });
  return [
    ...lists,
    ...Object.keys(asks).flatMap((id) => stray(['asks', id], askIds)),
    ...Object.entries(asks).flatMap(([id, { values }]) => {
      const known = Object.keys(book.asks.find((ask) => ask.id === id)?.values ?? {});
      if (!askIds.includes(id)) return [];
      return Object.keys(values).flatMap((value) => stray(['asks', id, 'values', value], known));
    }),
    ...Object.keys(tasks).flatMap((id) => stray(['tasks', id], taskIds)),
  ].sort(byPlace);
}

/** English words and what they are in the other language; and what has none yet, by its place in the playbook. */
export interface Pairs {
  readonly pairs: readonly (readonly [english: string, other: string])[];
  readonly missing: readonly string[];
}

/** Lays a playbook's English words beside those of its translation. */
export function pairsOf(book: PlaybookFile, { title, about, asks, tasks }: Translation): Pairs {
  const pairs: [string, string][] = [];
  const missing: string[] = [];
  const lay = (where: string, english: string | undefined, other: string | undefined): void => {
    if (english === undefined) return;
    if (other === undefined) missing.push(where);
    else pairs.push([english, other]);
  };
  lay('title', book.title, title);
  lay('about.situation', book.about?.situation, about.situation);
  lay('about.severity', book.about?.severity, about.severity);
  for (const list of ['signs', 'goesWrong'] as const)
    for (const [n, english] of (book.about?.[list] ?? []).entries())
      lay(`about.${list}`, english, about[list]?.[n]);
  for (const { id, ask, values } of book.asks) {
    lay(`asks.${id}`, ask, asks[id]?.ask);
    for (const [value, english] of Object.entries(values ?? {}))
      lay(`asks.${id}.values.${value}`, english, asks[id]?.values[value]);
  }
  for (const { id, ...task } of book.tasks)
    for (const part of ['title', 'what', 'keep'] as const)
      lay(`tasks.${id}.${part}`, task[part], tasks[id]?.[part]);
  return { pairs, missing: [...new Set(missing)] };
}
