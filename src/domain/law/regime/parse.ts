import { createHash } from 'node:crypto';
import type Joi from 'joi';
import { nearest } from '../nearest.ts';
import type { LintProblem } from '../types.ts';
import { lintFile, type Reference } from './lint-file.ts';
import type { RawRegime } from './raw.ts';
import { regimeSchema } from './schema.ts';
import { Source, type Path } from './source.ts';

/** A law file that was read: what it says, the hash of its text, and where it names other duties. */
export interface Regime {
  readonly id: string;
  readonly title: string;
  /** SHA-256 of the text, in hex: an incident keeps it to say by which text it was judged. */
  readonly hash: string;
  readonly file: string;
  readonly raw: RawRegime;
  /** Names of other duties, with their places; empty for a file that comes from the compiled cache. */
  readonly references: readonly Reference[];
}

/**
 * Reads one law file. With any fault there is no regime, and every fault has its line and column. What only shows
 * across files (unknown duties, cycles, two duties with one id) is found when the files are put together.
 */
export function parseRegime(
  text: string,
  file: string,
): { regime?: Regime; problems: readonly LintProblem[] } {
  const source = new Source(text, file);
  if (source.problems.length > 0) return { problems: source.problems };
  const checked = regimeSchema.validate(source.value());
  if (checked.error) {
    for (const detail of checked.error.details) report(source, detail);
    return { problems: source.problems };
  }
  const raw = checked.value as RawRegime;
  const references = lintFile(raw, source);
  if (source.problems.length > 0) return { problems: source.problems };
  const hash = createHash('sha256').update(text).digest('hex');
  return { regime: { id: raw.regime, title: raw.title, hash, file, raw, references }, problems: [] };
}

const TYPES = ['string', 'number', 'boolean', 'array', 'object'];

function report(source: Source, detail: Joi.ValidationErrorItem): void {
  const path: Path = detail.path;
  const context = detail.context ?? {};
  const given: unknown = context['value'];
  switch (detail.type) {
    case 'object.unknown': {
      const name = String(path.at(-1) ?? '');
      source.atKey(path, 'unknown-key', { given: name, nearest: nearest(name, keysBeside(path)) });
      return;
    }
    case 'any.only': {
      const allowed = ((context['valids'] as unknown[] | undefined) ?? []).map(String);
      source.at(path, 'unknown-value', { given, nearest: nearest(String(given), allowed) });
      return;
    }
    case 'any.required':
      source.at(path, 'required', { missing: String(path.at(-1) ?? '') });
      return;
    case 'alternatives.types': {
      const words = ((context['types'] as string[] | undefined) ?? []).filter(
        (word) => !TYPES.includes(word),
      );
      if (typeof given === 'string' && words.length > 0) {
        source.at(path, 'unknown-value', { given, nearest: nearest(given, words) });
      } else source.at(path, 'wrong-shape', { given, rule: detail.type });
      return;
    }
    case 'alternatives.match':
    case 'alternatives.any':
      reportAlternatives(source, detail);
      return;
    default:
      source.at(path, 'wrong-shape', {
        given: typeof given === 'object' ? undefined : given,
        rule: detail.type,
      });
  }
}

/** Of several shapes the one meant is that whose faults lie deepest: those are told. */
function reportAlternatives(source: Source, detail: Joi.ValidationErrorItem): void {
  const inner = (detail.context?.['details'] as Joi.ValidationErrorItem[] | undefined) ?? [];
  const depth = Math.max(...inner.map((one) => one.path.length), 0);
  const deepest = inner.filter((one) => one.path.length === depth && !one.type.endsWith('.base'));
  if (deepest.length === 0) {
    source.at(detail.path, 'wrong-shape', { rule: detail.type });
    return;
  }
  for (const one of deepest) report(source, one);
}

interface Described {
  readonly keys?: Readonly<Record<string, Described>>;
  readonly items?: readonly Described[];
  readonly matches?: readonly { readonly schema: Described }[];
  readonly patterns?: readonly { readonly rule: Described }[];
}

function keysBeside(path: Path): readonly string[] {
  let nodes: readonly Described[] = [regimeSchema.describe() as unknown as Described];
  for (const step of path.slice(0, -1)) {
    nodes = nodes
      .flatMap((node) => (node.matches ? node.matches.map(({ schema }) => schema) : [node]))
      .flatMap((node) => {
        if (typeof step === 'number') return node.items ?? [];
        const key = node.keys?.[step];
        return key ? [key] : (node.patterns ?? []).map((pattern) => pattern.rule);
      });
  }
  return nodes
    .flatMap((node) => [node, ...(node.matches ?? []).map(({ schema }) => schema)])
    .flatMap((node) => Object.keys(node.keys ?? {}));
}
