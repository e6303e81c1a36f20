import { IntlMessageFormat } from 'intl-messageformat';
import type { Problem } from '../../../domain/errors.ts';
import { zonedText } from '../../../domain/law/moments.ts';
import { parsePeriod } from '../../../domain/law/period.ts';
import type { TraceStep } from '../../../domain/law/types.ts';
import { conditionWords } from './condition-words.ts';

type Values = Readonly<Record<string, unknown>>;

/** What a command prints of a step: one sentence, the instant it led to, the source it rests on. */
export interface PrintedStep {
  readonly step: string;
  readonly at: string | null;
  readonly cite: string | null;
}

interface Compiled {
  readonly format: (values: Readonly<Record<string, string | number>>) => string;
  /** What the message chooses by, as it is where the engine says nothing of it. */
  readonly absent: Readonly<Record<string, string>>;
}

/** English sentences for what the engine says by key. A message is compiled when it is first needed. */
export class LawWords {
  private readonly messages: Readonly<Record<string, string>>;
  private readonly compiled = new Map<string, Compiled>();
  /** The same few hundred conditions are said again and again in a batch. */
  private readonly conditions = new Map<string, string>();

  constructor(messages: Readonly<Record<string, string>>) {
    this.messages = messages;
  }

  /** A step of a working, its instants in a zone. */
  step({ key, values, cite, at }: TraceStep, zone: string): PrintedStep {
    const when = at ? zonedText(at, zone) : null;
    const full = key.includes('.') ? key : `step.${key}`;
    return { step: this.say(full, { ...values, cite, at: when ?? '' }), at: when, cite: cite ?? null };
  }

  /** Why a duty applies or does not, in one sentence. */
  because({ key, values, cite }: TraceStep): string {
    return this.say(`because.${key}`, { ...values, cite });
  }

  /** A fault of what was given, with the place where it is. */
  fault({ path, key, values = {} }: Problem, where = path): string {
    const told = this.say(`fault.${key}`, values);
    return where === '' ? told : `${where}: ${told}`;
  }

  say(key: string, values: Values): string {
    const compiled = this.compiled.get(key) ?? this.compile(key);
    // Ugly, never silent: a key without words shows what it was to say.
    if (!compiled) return `${key} ${JSON.stringify(values)}`;
    return compiled.format(this.printable(values, compiled.absent));
  }

  private compile(key: string): Compiled | undefined {
    const text = this.messages[key];
    if (text === undefined) return undefined;
    const chosen = [...text.matchAll(/\{(\w+), select,/g)].map(
      ([, name = '']) => [name, 'undefined'] as const,
    );
    const compiled = { format: plain(text) ?? icu(text), absent: Object.fromEntries(chosen) };
    this.compiled.set(key, compiled);
    return compiled;
  }

  /** Values as a sentence can hold them: clocks, periods and rules in words, lists with commas, never null. */
  private printable(
    values: Values,
    absent: Readonly<Record<string, string>>,
  ): Record<string, string | number> {
    const printed: Record<string, string | number> = { ...absent };
    for (const [name, value] of Object.entries(values)) {
      if (value === undefined || value === null) continue;
      if (Array.isArray(value)) {
        if (value.length > 0) printed[name] = value.join(', ');
      } else if (name === 'minutes' && typeof value === 'number')
        printed['length'] = this.period(`PT${value}M`);
      else if (typeof value === 'string') printed[name] = this.named(name, value);
      else printed[name] = typeof value === 'number' ? value : JSON.stringify(value);
    }
    if (values['rule'] === 'earlier-of') printed['ruleKey'] = 'earlierOf';
    else if (values['rule'] === 'none') printed['ruleKey'] = 'none';
    const places = [values['established'], values['people']].flatMap((list) =>
      Array.isArray(list) ? (list as readonly string[]) : [],
    );
    if (places.length > 0) printed['places'] = [...new Set(places)].join(', ');
    return printed;
  }

  /** Conditions, clocks, periods and rules have words of their own; every other text is said as it is. */
  private named(name: string, text: string): string {
    if (name === 'condition') return this.condition(text);
    if (name === 'period') return this.period(text);
    if (name === 'rule') return this.orItself(`rule.${text}`, text);
    if (name !== 'clock' && name !== 'waitsFor') return text;
    const [kind = '', duty] = text.split(':');
    return this.orItself(`clock.${kind}`, text, duty === undefined ? {} : { duty });
  }

  private condition(text: string): string {
    let said = this.conditions.get(text);
    if (said === undefined) {
      said = conditionWords(text, (key, values) => this.say(key, values));
      this.conditions.set(text, said);
    }
    return said;
  }

  private orItself(key: string, text: string, values: Values = {}): string {
    return key in this.messages ? this.say(key, values) : text;
  }

  private period(text: string): string {
    const period = parsePeriod(text);
    switch (period?.kind) {
      case 'elapsed':
        return period.minutes % 60 === 0
          ? this.say('period.hours', { count: period.minutes / 60 })
          : this.say('period.minutes', { count: period.minutes });
      case 'days':
        return this.say('period.days', { count: period.days });
      case 'months':
        return this.say('period.months', { count: period.months });
      case 'business-days':
        return this.say('period.business-days', { count: period.days });
      case 'none':
        return this.say('period.none', {});
      default:
        return text;
    }
  }
}

/** Most messages only put values in: those need no reader of ICU, and thousands of them are said at once. */
function plain(text: string): Compiled['format'] | undefined {
  if (!/^(?:[^{}'#]|\{\w+\})*$/.test(text)) return undefined;
  const parts = text.split(/\{(\w+)\}/);
  return (values) => parts.map((part, i) => (i % 2 === 0 ? part : String(values[part] ?? ''))).join('');
}

function icu(text: string): Compiled['format'] {
  const message = new IntlMessageFormat(text, 'en-GB', undefined, { ignoreTag: true });
  return (values) => String(message.format(values));
}
