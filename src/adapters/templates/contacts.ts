import { readFileSync } from 'node:fs';
import Joi from 'joi';
import { parse } from 'yaml';

/**
 * An office that people can turn to. `source`: where it was found; `checked`: the day on which somebody compared it with
 * the office's own page.
 */
export interface Contact {
  readonly name: string;
  readonly place: string;
  readonly phone?: string;
  readonly post?: string;
  readonly site?: string;
  readonly source: string;
  readonly checked: string | null;
  readonly owner: string;
}

/** Offices and numbers that letters name (`letters/contacts.yaml`): data with a day of check, not text of a template. */
export interface Contacts {
  /** The nationwide consumer reporting agencies of the US. */
  readonly bureaus: readonly Contact[];
  /** The federal office for consumers in the US. */
  readonly commission: readonly Contact[];
  /** Attorneys general and agencies of the states whose law wants them named. */
  readonly states: readonly Contact[];
  /** Numbers and addresses that sentences of advice name, by the word in their braces. */
  readonly numbers: Readonly<Record<string, string>>;
}

const checkedOn = Joi.string()
  .pattern(/^\d{4}-\d\d-\d\d$/)
  .allow(null)
  .required();
const offices = Joi.array()
  .items(
    Joi.object({
      name: Joi.string().required(),
      place: Joi.string().required(),
      phone: Joi.string().pattern(/^\+/),
      post: Joi.string(),
      site: Joi.string(),
      source: Joi.string().required(),
      checked: checkedOn,
      owner: Joi.string().required(),
    }),
  )
  .required();
const schema = Joi.object({
  bureaus: offices,
  commission: offices,
  states: offices,
  numbers: Joi.object()
    .pattern(
      /^[a-z][A-Za-z]*$/,
      Joi.object({ say: Joi.string().required(), place: Joi.string().required(), checked: checkedOn, owner: Joi.string().required() }),
    )
    .required(),
}).required();

/** @throws Error naming the file and what is wrong in it */
export function readContacts(path: string): Contacts {
  const { error, value } = schema.validate(parse(readFileSync(path, 'utf8')), { abortEarly: false }) as {
    error?: Error;
    value: Omit<Contacts, 'numbers'> & { readonly numbers: Readonly<Record<string, { readonly say: string }>> };
  };
  if (error) throw new Error(`${path}: ${error.message}`);
  const numbers = Object.fromEntries(Object.entries(value.numbers).map(([name, { say }]) => [name, say]));
  return { ...value, numbers };
}
