import { Int32 } from 'bson';
import type { BSONRegExp } from 'bson';
import { CODE, MongoFault } from '../../errors.ts';
import { compileRegex } from '../../query/regex.ts';
import { isNumber, kindOf } from '../../values/kind.ts';
import { bound } from './arrays.ts';
import { isNullish, listed, namedValues, unary, whole } from './arguments.ts';
import type { Operator } from './arguments.ts';
import { textOf } from './convert.ts';

function asString(value: unknown, code: number, message: string): string {
  if (typeof value === 'string') return value;
  throw new MongoFault(code, `${message} ${kindOf(value)}`);
}

/** What the older string operators make of numbers, dates and nothing. */
function coerce(value: unknown, name: string): string {
  if (isNullish(value)) return '';
  if (typeof value === 'string' || isNumber(value) || value instanceof Date) return textOf(value);
  throw new MongoFault(16007, `can't convert from BSON type ${kindOf(value)} to String (${name})`);
}

function concatenate(operands: readonly unknown[]): unknown {
  if (operands.some(isNullish)) return null;
  return operands.map((operand) => asString(operand, 16702, '$concat only supports strings, not')).join('');
}

// Only ASCII letters change their case in MongoDB's $toUpper and $toLower.
const upper = (text: string): string => text.replace(/[a-z]/g, (letter) => letter.toUpperCase());
const lower = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

function split([text, separator]: unknown[]): unknown {
  if (isNullish(text) || isNullish(separator)) return null;
  const by = asString(
    separator,
    40086,
    '$split requires an expression that evaluates to a string as a second argument, found:',
  );
  if (by === '') throw new MongoFault(40087, '$split requires a non-empty separator');
  return asString(
    text,
    40085,
    '$split requires an expression that evaluates to a string as a first argument, found:',
  ).split(by);
}

function substringBytes([value, start, length]: unknown[]): string {
  const bytes = Buffer.from(coerce(value, '$substrBytes'), 'utf8');
  const from = whole(
    start,
    16034,
    `$substrBytes:  starting index must be a numeric type (is BSON type ${kindOf(start)})`,
  );
  const count = whole(
    length,
    16035,
    `$substrBytes:  length must be a numeric type (is BSON type ${kindOf(length)})`,
  );
  if (from < 0) throw new MongoFault(50752, '$substrBytes:  starting index must be non-negative');
  const end = count < 0 ? bytes.length : Math.min(bytes.length, from + count);
  const inside = (at: number): boolean => at < bytes.length && ((bytes[at] ?? 0) & 0xc0) === 0x80;
  if (inside(from))
    throw new MongoFault(28656, '$substrBytes:  Invalid range, starting index is a UTF-8 continuation byte.');
  if (from < end && inside(end))
    throw new MongoFault(
      28657,
      '$substrBytes:  Invalid range, ending index is in the middle of a UTF-8 character.',
    );
  return bytes.toString('utf8', Math.min(from, bytes.length), Math.max(from, end));
}

function substringPoints([value, start, length]: unknown[]): string {
  const points = pointsOf(coerce(value, '$substrCP'));
  const from = whole(
    start,
    34450,
    `$substrCP: starting index must be a numeric type (is BSON type ${kindOf(start)})`,
  );
  const count = whole(
    length,
    34452,
    `$substrCP: length must be a numeric type (is BSON type ${kindOf(length)})`,
  );
  if (from < 0) throw new MongoFault(34455, '$substrCP: the starting index must be nonnegative integer.');
  if (count < 0) throw new MongoFault(34454, '$substrCP: length must be a nonnegative integer.');
  return points.slice(from, from + count).join('');
}

/** Where a text begins in another, counted in bytes or code points. */
const indexIn = (name: string, units: (text: string) => readonly unknown[]): Operator =>
  listed(name, 2, 4, ([text, wanted, start, end]) => {
    if (isNullish(text)) return null;
    const all = units(asString(text, 40091, `${name} requires a string as the first argument, found:`));
    const part = units(asString(wanted, 40092, `${name} requires a string as the second argument, found:`));
    const to = Math.min(bound(end, all.length, name), all.length) - part.length;
    for (let at = bound(start, 0, name); at <= to; at++) {
      if (part.every((unit, offset) => unit === all[at + offset])) return new Int32(at);
    }
    return new Int32(-1);
  });

const bytesOf = (text: string): readonly number[] => [...Buffer.from(text, 'utf8')];
/** The code points of a text: MongoDB counts neither UTF-16 units nor what a reader calls a letter. */
const pointsOf = (text: string): string[] => Array.from(text);

// The characters that $trim removes when it is not told which (MongoDB's manual, "whitespace characters").
const WHITESPACE = new Set(
  '\0 \t\n\v\f\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a',
);

const trim = (name: string, left: boolean, right: boolean): Operator =>
  namedValues(name, ['input'], ['chars'], (values) => {
    const { input, chars } = values;
    if (isNullish(input) || ('chars' in values && isNullish(chars))) return null;
    const points = pointsOf(asString(input, 50699, `${name} requires its input to be a string, got`));
    const gone =
      'chars' in values
        ? new Set(asString(chars, 50700, `${name} requires 'chars' to be a string, got`))
        : WHITESPACE;
    let from = 0;
    let to = points.length;
    while (left && from < to && gone.has(points[from] as string)) from++;
    while (right && to > from && gone.has(points[to - 1] as string)) to--;
    return points.slice(from, to).join('');
  });

const replace = (name: string, run: (input: string, find: string, replacement: string) => string): Operator =>
  namedValues(name, ['input', 'find', 'replacement'], [], ({ input, find, replacement }) => {
    const [text, wanted, other] = [input, find, replacement].map((value) =>
      isNullish(value)
        ? null
        : asString(value, 51746, `${name} requires that its operands be strings, found:`),
    );
    if (typeof text !== 'string' || typeof wanted !== 'string' || typeof other !== 'string') return null;
    return run(text, wanted, other);
  });

function replaceFirst(input: string, find: string, replacement: string): string {
  const at = input.indexOf(find);
  return at === -1 ? input : input.slice(0, at) + replacement + input.slice(at + find.length);
}

interface Found {
  readonly match: string;
  readonly idx: Int32;
  readonly captures: (string | null)[];
}

const search = (name: string, run: (text: string, regex: RegExp) => unknown, nothing: unknown): Operator =>
  namedValues(name, ['input', 'regex'], ['options'], ({ input, regex, options }) => {
    if (isNullish(input) || isNullish(regex)) return nothing;
    const text = asString(input, 51104, `${name} needs 'input' to be of type string, not`);
    return run(text, compilePattern(name, regex, options));
  });

function compilePattern(name: string, regex: unknown, options: unknown): RegExp {
  const given = isNullish(options)
    ? ''
    : asString(options, 51106, `${name} needs 'options' to be of type string, not`);
  if (typeof regex === 'string') return globally(compileRegex(regex, given));
  if (kindOf(regex) !== 'regex') {
    throw new MongoFault(51105, `${name} needs 'regex' to be of type string or regex`);
  }
  const { pattern, options: own } = regex as BSONRegExp;
  if (own && given) {
    throw new MongoFault(
      51107,
      `${name}: found regex option(s) specified in both 'regex' and 'option' fields`,
    );
  }
  return globally(compileRegex(pattern, given || own));
}

const globally = (regex: RegExp): RegExp => new RegExp(regex.source, `${regex.flags.replace('g', '')}g`);

const foundOf = (match: RegExpExecArray): Found => ({
  match: match[0],
  idx: new Int32(pointsOf(match.input.slice(0, match.index)).length),
  captures: match.slice(1).map((capture: string | undefined) => capture ?? null),
});

function compareCaseless([a, b]: unknown[]): Int32 {
  const [left, right] = [a, b].map((value) => Buffer.from(upper(coerce(value, '$strcasecmp')), 'utf8'));
  return new Int32(Buffer.compare(left as Buffer, right as Buffer));
}

export const STRING_OPERATORS: Readonly<Record<string, Operator>> = {
  $concat: listed('$concat', 0, Infinity, concatenate),
  $toUpper: unary('$toUpper', (value) => upper(coerce(value, '$toUpper'))),
  $toLower: unary('$toLower', (value) => lower(coerce(value, '$toLower'))),
  $split: listed('$split', 2, 2, split),
  $substr: listed('$substr', 3, 3, substringBytes),
  $substrBytes: listed('$substrBytes', 3, 3, substringBytes),
  $substrCP: listed('$substrCP', 3, 3, substringPoints),
  $indexOfBytes: indexIn('$indexOfBytes', bytesOf),
  $indexOfCP: indexIn('$indexOfCP', pointsOf),
  $strLenBytes: unary('$strLenBytes', (value) => {
    return new Int32(
      Buffer.byteLength(asString(value, 34473, '$strLenBytes requires a string argument, found:')),
    );
  }),
  $strLenCP: unary('$strLenCP', (value) => {
    return new Int32(pointsOf(asString(value, 34471, '$strLenCP requires a string argument, found:')).length);
  }),
  $strcasecmp: listed('$strcasecmp', 2, 2, compareCaseless),
  $trim: trim('$trim', true, true),
  $ltrim: trim('$ltrim', true, false),
  $rtrim: trim('$rtrim', false, true),
  $replaceOne: replace('$replaceOne', replaceFirst),
  $replaceAll: replace('$replaceAll', (input, find, replacement) => {
    if (find === '')
      throw new MongoFault(CODE.NotImplemented, '$replaceAll of an empty text is not implemented');
    return input.split(find).join(replacement);
  }),
  $regexMatch: search('$regexMatch', (text, regex) => regex.test(text), false),
  $regexFind: search(
    '$regexFind',
    (text, regex) => {
      const match = regex.exec(text);
      return match ? foundOf(match) : null;
    },
    null,
  ),
  $regexFindAll: search('$regexFindAll', (text, regex) => [...text.matchAll(regex)].map(foundOf), []),
};
