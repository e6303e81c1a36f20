import Joi from 'joi';
import type { InvalidInput, Problem } from '../../domain/errors.ts';
import { problemsOf } from '../../domain/joi-problems.ts';
import { nearestPlace, placeOf } from '../../domain/law/places.ts';
import { LOCALE_FREE, type Content, type Sender } from '../../domain/notice/content.ts';
import type { Person } from '../../domain/people/person.ts';
import { fail, ok, type Result } from '../../domain/result.ts';

type Told = string | Readonly<Record<string, string>>;

/** What the author tells: each a text for every language, or one for each. */
export type Narrative = Readonly<Partial<Record<keyof typeof FIELDS, Told>>>;

const FIELDS = {
  whatHappened: 'what-happened',
  consequences: 'consequences',
  measures: 'measures-taken',
} as const;

const text = Joi.string().allow('');
const told = Joi.alternatives(text, Joi.object().pattern(/^[a-z]{2,3}(?:-\w+)*$/, text));
const narrativeSchema = Joi.object({ whatHappened: told, consequences: told, measures: told }).prefs({
  convert: false,
  abortEarly: false,
});
const organisationSchema = Joi.object({
  name: Joi.string().required(),
  contact: Joi.alternatives(text, Joi.object({ email: text, phone: text, address: text })),
  dpo: text,
  website: text,
})
  .required()
  .prefs({ convert: false, abortEarly: false });
const personSchema = Joi.object({ email: text, name: text, language: text, country: text })
  .required()
  .prefs({ convert: false, abortEarly: false });

/** The sender of the letter. A contact in one text is read as a mail address and the rest of it. */
export function organisationOf(given: unknown): Result<Sender, InvalidInput> {
  const { error, value } = organisationSchema.validate(given) as Checked<GivenOrganisation>;
  if (error) return refused(error, 'organisation');
  const { name, contact = '', dpo = '', website = '' } = value;
  const { email = '', phone = '', address = '' } = typeof contact === 'string' ? reachOf(contact) : contact;
  return ok({ name, contact: { email, phone, address, website, dpo } });
}

export function narrativeOf(given: unknown): Result<Narrative, InvalidInput> {
  const { error, value } = narrativeSchema.validate(given ?? {}) as Checked<Narrative>;
  return error ? refused(error, 'narrative') : ok(value);
}

/** One person affected. */
export function personOf(given: unknown): Result<Person, InvalidInput> {
  const { error, value } = personSchema.validate(given) as Checked<Partial<Person>>;
  if (error) return refused(error, '');
  const { email = '', name = '', language, country = '' } = value;
  const place = placeOf(country.trim().toUpperCase());
  if (country.trim() !== '' && place === undefined) {
    const values = { given: country, nearest: nearestPlace(country) };
    return fail({ kind: 'invalid-input', problems: [{ path: 'country', key: 'place-unknown', values }] });
  }
  return ok({
    email,
    name,
    ...(language ? { language } : {}),
    ...(place === undefined ? {} : { country: place }),
  });
}

/** The draft that a narrative makes: what is plain stands in every language. */
export function contentOf(narrative: Narrative, locale: string): Content {
  const content: Record<string, Record<string, string>> = { [locale]: {} };
  for (const [name, field] of Object.entries(FIELDS) as [keyof typeof FIELDS, string][]) {
    const words = narrative[name];
    const byLocale = typeof words === 'string' ? { [LOCALE_FREE]: words } : (words ?? {});
    for (const [language, said] of Object.entries(byLocale)) {
      content[language] = { ...content[language], [field]: said };
    }
  }
  return content;
}

/** The parts of a narrative that are not written in this language, by their names. */
export function untranslatedIn(narrative: Narrative, locale: string): readonly string[] {
  return Object.entries(narrative).flatMap(([name, words]) => {
    const said = typeof words === 'string' ? words : Object.values(words).join('');
    const translated = typeof words !== 'string' && (words[locale] ?? '').trim() !== '';
    return said.trim() === '' || translated ? [] : [name];
  });
}

interface Checked<T> {
  readonly error?: Joi.ValidationError;
  readonly value: T;
}

interface GivenOrganisation {
  readonly name: string;
  readonly contact?: string | Reach;
  readonly dpo?: string;
  readonly website?: string;
}

interface Reach {
  readonly email?: string;
  readonly phone?: string;
  readonly address?: string;
}

function reachOf(contact: string): Reach {
  const email = /[^\s@,;<>()]+@[^\s@,;<>()]+\.[^\s@,;<>()]+/.exec(contact)?.[0] ?? '';
  const phone = contact.replace(email, '').replace(/^[\s,;|<>()-]+|[\s,;|<>()-]+$/g, '');
  return { email, phone };
}

function refused(error: Joi.ValidationError, under: string): Result<never, InvalidInput> {
  const problems = problemsOf(error).map((problem): Problem => {
    const path = [under, problem.path].filter((part) => part !== '').join('.');
    return { ...problem, path };
  });
  return fail({ kind: 'invalid-input', problems });
}
