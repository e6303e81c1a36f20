import type { Json } from '../../../../domain/register/entry.ts';
import { invalid, type InvalidInput } from '../../../../domain/errors.ts';
import { fail, ok, type Result } from '../../../../domain/result.ts';
import type { Form } from '../../request/form.ts';
import { placeCode } from '../places.ts';
import { NO_SECTOR } from './sectors.ts';

/** Facts of the profile that are answered yes, no or not at all. */
export const YES_OR_NO = ['listed', 'cyberInsurance', 'doraExcepted'] as const;

/** Facts with a few words to choose from; none chosen is unknown. */
export const ONE_OF = {
  firmSize: ['larger', 'smaller'],
  databaseLevel: ['basic', 'medium', 'high'],
} as const;

const ASKED: readonly string[] = [
  'role',
  'establishments',
  'mainEstablishment',
  'sectors',
  'turnoverAud',
  ...YES_OR_NO,
  ...Object.keys(ONE_OF),
];

/**
 * The facts of the profile as the form has them; what is left empty is unknown, not 'none', and so is absent.
 * @param before what this page does not ask (facts of a later law) stays as it was
 */
export function readProfile(
  form: Form,
  before: Readonly<Record<string, Json>>,
): Result<Readonly<Record<string, unknown>>, InvalidInput> {
  const turnover = readNumber(form.text('turnoverAud'));
  if (turnover === null)
    return fail(
      invalid('turnoverAud', 'turnover.not-a-number', { given: form.text('turnoverAud').slice(0, 40) }),
    );
  const role = form.list('role');
  const main = form.text('mainEstablishment').trim();
  const places = form
    .text('establishments')
    .split(',')
    .map(placeCode)
    .filter((code) => code !== '');
  return ok({
    ...Object.fromEntries(Object.entries(before).filter(([name]) => !ASKED.includes(name))),
    ...(role.length > 0 ? { role } : {}),
    ...(places.length > 0 ? { establishments: places } : {}),
    ...(main === '' ? {} : { mainEstablishment: placeCode(main) }),
    ...sectorsOf(form.list('sectors')),
    ...(turnover === undefined ? {} : { turnoverAud: turnover }),
    ...Object.fromEntries(YES_OR_NO.flatMap((name) => yesOrNo(name, form.text(name)))),
    ...Object.fromEntries(Object.keys(ONE_OF).flatMap((name) => oneOf(name, form.text(name)))),
  });
}

function sectorsOf(chosen: readonly string[]): { readonly sectors?: readonly string[] } {
  const sectors = [...new Set(chosen.filter((sector) => sector !== NO_SECTOR))];
  return chosen.length === 0 ? {} : { sectors };
}

function yesOrNo(name: string, answer: string): [string, boolean][] {
  return answer === 'yes' || answer === 'no' ? [[name, answer === 'yes']] : [];
}

/** What is none of the words goes on to the facts' own check, which says which there are. */
function oneOf(name: string, answer: string): [string, string][] {
  return answer === '' || answer === 'unknown' ? [] : [[name, answer]];
}

/** `3,000,000` or `3.000.000`; undefined for nothing, null for what is no whole number. */
function readNumber(text: string): number | undefined | null {
  const tidy = text.trim().replace(/(?<=\d)[.,' \u00a0](?=\d{3}\b)/g, '');
  if (tidy === '') return undefined;
  return /^\d{1,13}$/.test(tidy) ? Number(tidy) : null;
}
