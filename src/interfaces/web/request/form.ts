import type { Request } from 'express';
import type { InvalidInput, Problem } from '../../../domain/errors.ts';

/** A form whose shape is wrong (a nested or doubled field): not what a page of ours sends. */
export class MalformedForm extends Error {
  readonly error: InvalidInput;

  constructor(problems: readonly Problem[]) {
    super('malformed form');
    this.error = { kind: 'invalid-input', problems };
  }
}

/** What a person sent with a form. Each field is a text; only those asked for by `list` may stand several times. */
export interface Form {
  /** The text of a field, line ends as \n; '' where it is missing. @throws MalformedForm if it stands twice */
  text(name: string): string;
  /** Every text of a field of check boxes or repeated rows, in order. */
  list(name: string): readonly string[];
  /** A whole number of up to nine digits, or `otherwise`. */
  int(name: string, otherwise: number): number;
  has(name: string): boolean;
  /** The names of all fields that were sent. */
  readonly names: readonly string[];
  /** The key of idempotency of the form that was sent, if it has one of ours. */
  readonly key: string | undefined;
}

const FIELD = /^[\w.:@/-]{1,120}$/;
const KEY = /^[\w-]{8,80}$/;

/** @throws MalformedForm naming every field that is not a plain text field */
export function formOf(request: Request): Form {
  const body = (request.body ?? {}) as Record<string, string | string[]>;
  const problems = Object.keys(body)
    .filter((name) => !FIELD.test(name))
    .map((name) => ({ path: name.split('[')[0]?.slice(0, 60) ?? '', key: 'form.nested' }));
  if (problems.length > 0) throw new MalformedForm(problems);
  const fields = new Map(Object.entries(body));
  const text = (name: string): string => {
    const value = fields.get(name) ?? '';
    if (typeof value !== 'string') throw new MalformedForm([{ path: name, key: 'form.repeated' }]);
    return value.replace(/\r\n?/g, '\n');
  };
  const key = text('key');
  return {
    text,
    list: (name) => [fields.get(name) ?? []].flat().map((value) => value.replace(/\r\n?/g, '\n')),
    int: (name, otherwise) => (/^\d{1,9}$/.test(text(name)) ? Number(text(name)) : otherwise),
    has: (name) => fields.has(name),
    names: [...fields.keys()],
    key: KEY.test(key) ? key : undefined,
  };
}
