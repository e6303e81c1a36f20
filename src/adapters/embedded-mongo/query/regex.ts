import { CODE, MongoFault } from '../errors.ts';

/** MongoDB's own code for a pattern that PCRE refuses. */
const INVALID_REGEX = 51091;

const SPACE = '\\t\\n\\v\\f\\r ';
const LINE_ENDS = '\\n\\v\\f\\r\\x85\\u2028\\u2029';
const BLANK = '\\t \\xa0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000';
const UNICODE_SPACE = '\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff';
const END = '(?![\\s\\S])';

const POSIX: Readonly<Record<string, string>> = {
  alnum: 'a-zA-Z0-9',
  alpha: 'a-zA-Z',
  ascii: '\\x00-\\x7f',
  blank: ' \\t',
  cntrl: '\\x00-\\x1f\\x7f',
  digit: '0-9',
  graph: '\\x21-\\x7e',
  lower: 'a-z',
  print: '\\x20-\\x7e',
  punct: '!-\\/:-@\\[-`\\{-~',
  space: SPACE,
  upper: 'A-Z',
  word: 'a-zA-Z0-9_',
  xdigit: '0-9a-fA-F',
};

// Escapes whose meaning differs from JavaScript's: outside a class, and inside one.
const OUTSIDE: Readonly<Record<string, string>> = {
  s: `[${SPACE}]`,
  S: `[^${SPACE}]`,
  v: `[${LINE_ENDS}]`,
  V: `[^${LINE_ENDS}]`,
  h: `[${BLANK}]`,
  H: `[^${BLANK}]`,
  N: '[^\\n]',
  R: `(?:\\r\\n|[${LINE_ENDS}])`,
  A: '(?<![\\s\\S])',
  z: END,
  Z: `(?=\\n?${END})`,
  e: '\\x1b',
  a: '\\x07',
  E: '',
};
const INSIDE: Readonly<Record<string, string>> = {
  s: SPACE,
  S: `\\S${UNICODE_SPACE}`,
  v: LINE_ENDS,
  h: BLANK,
  e: '\\x1b',
  a: '\\x07',
  b: '\\x08',
  E: '',
};
const SAME_AS_JAVASCRIPT = 'dDwWnrtf';

/**
 * A pattern of MongoDB (PCRE2, UTF, without UCP) as a JavaScript one that matches the same strings.
 * Options: `i`, `m`, `s`, `x`, `u`. Throws MongoFault 51091 for what JavaScript cannot express.
 */
export function compileRegex(pattern: string, options: string): RegExp {
  const unknown = Array.from(options).find((option) => !'imsxu'.includes(option));
  if (unknown !== undefined) {
    throw new MongoFault(51108, `invalid flag in regex options: ${unknown}`);
  }
  if (pattern.includes('\0')) {
    throw new MongoFault(CODE.BadValue, 'Regular expression cannot contain an embedded null byte');
  }
  const leading = /^\(\?([imsx]+)\)/.exec(pattern);
  const flags = options + (leading?.[1] ?? '');
  const source = new Translation(pattern.slice(leading?.[0].length ?? 0), flags).whole();
  try {
    return new RegExp(source, flags.includes('i') ? 'iu' : 'u');
  } catch (error) {
    throw invalid(pattern, error instanceof Error ? error.message : 'cannot be compiled');
  }
}

function invalid(pattern: string, why: string): MongoFault {
  return new MongoFault(INVALID_REGEX, `Regular expression is invalid: ${why}: ${pattern}`);
}

/** Walks a pattern once and writes its JavaScript form. */
class Translation {
  readonly #pattern: string;
  readonly #multiline: boolean;
  readonly #dotAll: boolean;
  readonly #extended: boolean;
  #at = 0;

  constructor(pattern: string, flags: string) {
    this.#pattern = pattern;
    this.#multiline = flags.includes('m');
    this.#dotAll = flags.includes('s');
    this.#extended = flags.includes('x');
  }

  whole(): string {
    let out = '';
    while (this.#at < this.#pattern.length) out += this.#next();
    return out;
  }

  #next(): string {
    const quantifier = this.#take(/\{\d+(?:,\d*)?\}/y);
    if (quantifier) return quantifier[0];
    if (this.#extended && this.#take(/\s+|#[^\n]*/y)) return '';
    const char = this.#char();
    switch (char) {
      case '\\':
        return this.#escape(OUTSIDE);
      case '[':
        return this.#class();
      case '(':
        return this.#group();
      case '.':
        return this.#dotAll ? '[\\s\\S]' : '[^\\n]';
      case '^':
        return this.#multiline ? '(?<![^\\n])' : '^';
      case '$':
        // Without `m`, PCRE's `$` also matches before a line end that closes the text.
        return this.#multiline ? '(?![^\\n])' : `(?=\\n?${END})`;
      case '{':
      case '}':
      case ']':
        return `\\${char}`;
      default:
        return char;
    }
  }

  #group(): string {
    if (this.#take(/\?#[^)]*\)/y)) return '';
    const named = this.#take(/\?P?[<'](\w+)[>']/y);
    if (named) return `(?<${named[1] ?? ''}>`;
    const back = this.#take(/\?P=(\w+)\)/y);
    if (back) return `\\k<${back[1] ?? ''}>`;
    if (this.#pattern.startsWith('*', this.#at)) throw invalid(this.#pattern, 'verbs are not supported');
    return '(';
  }

  #escape(table: Readonly<Record<string, string>>): string {
    const literal = this.#take(/Q([\s\S]*?)(?:\\E|$)/y);
    if (literal) return quote(literal[1] ?? '');
    const code = this.#take(/x\{([0-9a-fA-F]+)\}|x([0-9a-fA-F]{0,2})|u\{([0-9a-fA-F]+)\}|u([0-9a-fA-F]{4})/y);
    if (code) return unit(parseInt(code[1] ?? code[2] ?? code[3] ?? code[4] ?? '', 16) || 0);
    const octal = this.#take(table === INSIDE ? /[0-7]{1,3}/y : /0[0-7]{0,2}/y);
    if (octal) return unit(parseInt(octal[0], 8));
    const property = this.#take(/([pP])(?:\{(\^?)(\w+)\}|(\w))/y);
    if (property) return propertyOf(property);
    const reference = this.#take(/(?:k[<{'](\w+)[>}']|g\{?(\d+)\}?|([1-9]\d*))/y);
    if (reference)
      return reference[1] ? `\\k<${reference[1]}>` : `(?:\\${reference[2] ?? reference[3] ?? ''})`;
    const control = this.#take(/c([A-Za-z])/y);
    if (control) return `\\c${control[1] ?? ''}`;
    return this.#simpleEscape(table);
  }

  #simpleEscape(table: Readonly<Record<string, string>>): string {
    const char = this.#char();
    const own = Object.hasOwn(table, char) ? table[char] : undefined;
    if (own !== undefined) return own;
    if (SAME_AS_JAVASCRIPT.includes(char) || (table === OUTSIDE && 'bB'.includes(char))) return `\\${char}`;
    if (char === '' || /[a-zA-Z0-9]/.test(char)) throw invalid(this.#pattern, `\\${char} is not supported`);
    return quote(char);
  }

  #class(): string {
    let out = this.#take(/\^/y) ? '[^' : '[';
    if (this.#take(/\]/y)) out += '\\]';
    for (;;) {
      const posix = this.#take(/\[:(\^?)(\w+):\]/y);
      if (posix) {
        const members = posix[1] === '' ? POSIX[posix[2] ?? ''] : undefined;
        if (members === undefined) throw invalid(this.#pattern, `${posix[0]} is not supported`);
        out += members;
        continue;
      }
      const char = this.#char();
      if (char === '') throw invalid(this.#pattern, 'missing terminating ] for character class');
      if (char === ']') return `${out}]`;
      if (char === '\\') {
        const set = /[dDwWsSvhpP]/.test(this.#pattern.charAt(this.#at));
        out += this.#escape(INSIDE);
        // After a set, and before one, a hyphen is only a hyphen.
        if (set && this.#take(/-/y)) out += '\\-';
      } else if (char === '-') {
        out += this.#hyphen(out);
      } else {
        out += char === '[' ? '\\[' : char;
      }
    }
  }

  #hyphen(before: string): string {
    const rest = this.#pattern.slice(this.#at, this.#at + 2);
    const literal = before === '[' || before === '[^' || rest.startsWith(']') || /^\\[dDwWsSvhpP]/.test(rest);
    return literal ? '\\-' : '-';
  }

  #char(): string {
    const char = this.#pattern.codePointAt(this.#at);
    if (char === undefined) return '';
    const text = String.fromCodePoint(char);
    this.#at += text.length;
    return text;
  }

  #take(form: RegExp): RegExpExecArray | null {
    form.lastIndex = this.#at;
    const found = form.exec(this.#pattern);
    if (found) this.#at += found[0].length;
    return found;
  }
}

function quote(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, (char) => (char === '-' ? '\\x2d' : `\\${char}`));
}

function unit(code: number): string {
  return `\\u{${code.toString(16)}}`;
}

function propertyOf(found: RegExpExecArray): string {
  const negated = (found[1] === 'P') !== (found[2] === '^');
  const name = found[3] ?? found[4] ?? '';
  const script = name.length > 2 ? `Script=${name}` : name;
  return `\\${negated ? 'P' : 'p'}{${script}}`;
}
