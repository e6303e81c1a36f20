import Joi from 'joi';
import { hashOf } from './parse.ts';
import { schemaProblem } from './schema-problems.ts';
import { byPlace, isSource, readYaml } from './source.ts';
import type { LintProblem, Task } from './types.ts';

/** Where a thing is found in a system: a click path, as menus stood on the day of the check. */
export interface Place {
  /** `system.topic`. */
  readonly id: string;
  readonly system: string;
  readonly topic: string;
  /** The name of the thing looked for, which helps after a redesign too. */
  readonly looksFor: string;
  readonly path: string;
  /** Read on a help page; otherwise from general knowledge, and said so on the page. */
  readonly seen: boolean;
}

export interface Places {
  /** The day on which the paths were last compared with the help pages, as YYYY-MM-DD. */
  readonly checkedOn: string;
  readonly hash: string;
  readonly places: readonly Place[];
  /** The mail to a host, ready to copy; NAME and TIME are to be filled in. */
  readonly hostLetter: { readonly subject: string; readonly body: string };
}

const NAME = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

const placeSchema = Joi.object({
  path: Joi.string().max(300).required(),
  seen: Joi.boolean().strict().required().description('Read on a help page; false: from general knowledge.'),
});

/** The shape of places-to-click.yaml. */
export const placesSchema = Joi.object<RawPlaces>({
  checkedOn: Joi.string()
    .pattern(/^\d{4}-\d{2}-\d{2}$/, 'a day such as 2026-11-24')
    .required(),
  topics: Joi.object()
    .pattern(NAME, Joi.string().max(120))
    .required()
    .description('Topic -> the name of the thing looked for.'),
  systems: Joi.object()
    .pattern(
      NAME,
      Joi.object({
        name: Joi.string().required(),
        places: Joi.object().pattern(NAME, placeSchema).required(),
      }),
    )
    .required(),
  hostLetter: Joi.object({ subject: Joi.string().required(), body: Joi.string().required() }).required(),
});

interface RawPlaces {
  checkedOn: string;
  topics: Record<string, string>;
  systems: Record<string, { name: string; places: Record<string, { path: string; seen: boolean }> }>;
  hostLetter: { subject: string; body: string };
}

/** Reads places-to-click.yaml, or says what is wrong with line and column. */
export function parsePlaces(
  text: string,
  file: string,
): { readonly places?: Places; readonly problems: readonly LintProblem[] } {
  const source = readYaml(text, file);
  if (!isSource(source)) return { problems: source };
  const checked = placesSchema.validate(source.value ?? {}, { abortEarly: false });
  if (checked.error)
    return { problems: checked.error.details.map((item) => schemaProblem(item, source)).sort(byPlace) };
  const { value } = checked;
  const problems: LintProblem[] = [];
  const places = Object.entries(value.systems).flatMap(([key, system]) =>
    Object.entries(system.places).map(([topic, place]): Place => {
      const looksFor = value.topics[topic];
      if (looksFor === undefined) {
        problems.push(source.problemAtKey(['systems', key, 'places', topic], `there is no topic "${topic}"`));
      }
      return { id: `${key}.${topic}`, system: system.name, topic, looksFor: looksFor ?? topic, ...place };
    }),
  );
  if (problems.length > 0) return { problems };
  const { checkedOn, hostLetter } = value;
  return { problems, places: { checkedOn, hash: hashOf(text), places, hostLetter } };
}

/** The places that a task names, in the order in which it names them. */
export function placesFor(task: Pick<Task, 'clicks'>, places: Places): Place[] {
  const found = task.clicks.flatMap((click) =>
    places.places.filter(
      (place) => place.id === click || (click.startsWith('*.') && click.slice(2) === place.topic),
    ),
  );
  return [...new Set(found)];
}
