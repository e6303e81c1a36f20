import { compileCondition, type Node } from '../law/conditions/condition.ts';
import { languageOf } from './language.ts';
import type { Ask } from './types.ts';

/**
 * A condition taken apart, so that a page can say it in its own language.
 *
 * `is`: a yes-or-no thing holds; `compare`: a thing against a value; `asks`: one of the law's questions with its
 * value (`data("payment-card")`); `code`: what has no simpler form, as written.
 */
export type Saying =
  | { readonly kind: 'all' | 'any'; readonly parts: readonly Saying[] }
  | { readonly kind: 'always' | 'never' }
  | { readonly kind: 'is'; readonly name: string; readonly holds: boolean }
  | { readonly kind: 'asks'; readonly question: string; readonly value: string; readonly holds: boolean }
  | { readonly kind: 'compare'; readonly name: string; readonly by: Comparison; readonly value: string }
  | { readonly kind: 'code'; readonly text: string };

export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=';

/** @param asks the questions of the playbook whose condition it is; it was linted before */
export function sayingOf(condition: string, asks: readonly Ask[]): Saying {
  return ofNode(compileCondition(condition, new Map(), languageOf(asks)).root, condition);
}

function ofNode(node: Node, whole: string): Saying {
  switch (node.op) {
    case 'and':
      return { kind: 'all', parts: node.kids.map((kid) => ofNode(kid, whole)) };
    case 'or':
      return { kind: 'any', parts: node.kids.map((kid) => ofNode(kid, whole)) };
    case 'not':
      return turned(ofNode(node.kid, whole));
    case 'value':
      return { kind: node.value ? 'always' : 'never' };
    case 'atom':
      return ofAtom(node.atom.text);
    default:
      return { kind: 'code', text: whole };
  }
}

const NAME = /^[A-Za-z][\w.]*$/;
const QUESTION = /^(\w+)\("([^"]*)"\)$/;
const COMPARISON = /^([A-Za-z][\w.]*) (==|!=|<=|>=|<|>) "?([^"]*)"?$/;

function ofAtom(text: string): Saying {
  if (NAME.test(text)) return { kind: 'is', name: text, holds: true };
  const [, question, asked] = QUESTION.exec(text) ?? [];
  if (question !== undefined && asked !== undefined)
    return { kind: 'asks', question, value: asked, holds: true };
  const [, name, by, value] = COMPARISON.exec(text) ?? [];
  if (name !== undefined && value !== undefined)
    return { kind: 'compare', name, by: by as Comparison, value };
  return { kind: 'code', text };
}

const OPPOSITE: Readonly<Record<Comparison, Comparison>> = {
  '==': '!=',
  '!=': '==',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
};

/** The opposite, said of each part: not (a or b) is neither a nor b. */
function turned(saying: Saying): Saying {
  switch (saying.kind) {
    case 'all':
      return { kind: 'any', parts: saying.parts.map(turned) };
    case 'any':
      return { kind: 'all', parts: saying.parts.map(turned) };
    case 'always':
      return { kind: 'never' };
    case 'never':
      return { kind: 'always' };
    case 'is':
    case 'asks':
      return { ...saying, holds: !saying.holds };
    case 'compare':
      return { ...saying, by: OPPOSITE[saying.by] };
    case 'code':
      return { kind: 'code', text: `!(${saying.text})` };
  }
}
