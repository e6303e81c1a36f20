import type { DomainError, Problem } from '../../domain/errors.ts';
import type { Locale, Values, Words } from './words.ts';

/** What is told of a refusal, to people by a page and to programs by a problem document. */
export interface Refusal {
  readonly status: number;
  /** Names the kind of error: its words are `errors.<key>.heading` and `.what`. */
  readonly key: string;
  readonly values: Values;
  readonly problems: readonly Problem[];
}

const STATUS: Readonly<Record<DomainError['kind'], number>> = {
  'invalid-input': 422,
  'not-allowed': 403,
  'not-found': 404,
  'stale-version': 409,
  'stage-gate-closed': 409,
  'wrong-state': 409,
  'seal-broken': 409,
};

/** An expected error of a use case as it is told. */
export function refusalOf(error: DomainError, words: Words, locale: Locale): Refusal {
  const base = { status: STATUS[error.kind], problems: [] };
  switch (error.kind) {
    case 'invalid-input':
      return { ...base, key: 'invalid-input', values: {}, problems: error.problems };
    case 'not-allowed': {
      const key = `not-allowed-${error.reason ?? 'role'}`;
      const known = words.has('en', `errors.${key}.heading`);
      return { ...base, key: known ? key : 'not-allowed-role', values: error.values ?? {} };
    }
    case 'not-found':
      return { ...base, key: error.what === 'link' ? 'link-spent' : 'not-found', values: {} };
    case 'stale-version':
      return { ...base, key: 'stale-version', values: {} };
    case 'stage-gate-closed': {
      const count = error.tasks.length + error.facts.length;
      return { ...base, key: 'stage-gate-closed', values: { count } };
    }
    case 'wrong-state': {
      const named = `notice.state.${error.state}`;
      const state = words.has('en', named) ? words.say(locale, named) : error.state;
      return {
        ...base,
        key: 'wrong-state',
        values: { why: words.say(locale, `problem.${error.key}`, { state }) },
      };
    }
    case 'seal-broken':
      return { ...base, key: 'seal-broken', values: { part: error.part } };
  }
}

/** One problem as a sentence: what to write instead. */
export function problemWords(words: Words, locale: Locale, { key, values }: Problem): string {
  const nearest = values?.['nearest'];
  const sentence = words.say(locale, `problem.${key}`, worded(words, locale, values));
  return typeof nearest === 'string'
    ? `${sentence} ${words.say(locale, 'problem-nearest', { nearest })}`
    : sentence;
}

/** An element of a law's list as the page calls it. */
function worded(words: Words, locale: Locale, values: Problem['values']): Values {
  const key = `notices.elements.${String(values?.['element'])}`;
  return words.has('en', key) ? { ...values, element: words.say(locale, key) } : (values ?? {});
}
