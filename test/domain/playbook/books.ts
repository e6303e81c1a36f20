import { readFileSync } from 'node:fs';
import { parseFacts } from '../../../src/domain/law/facts.ts';
import type { Facts } from '../../../src/domain/law/types.ts';
import { assemble, parsePlaybook } from '../../../src/domain/playbook/index.ts';
import type { LintProblem, Playbook, PlaybookFile } from '../../../src/domain/playbook/index.ts';

const FOLDER = new URL('../../../playbooks/', import.meta.url);

export function shippedText(name: string): string {
  return readFileSync(new URL(name, FOLDER), 'utf8');
}

export function read(text: string, file = 'shop.yaml'): PlaybookFile {
  const { playbook, problems } = parsePlaybook(text, file);
  if (playbook === undefined)
    throw new Error(problems.map(({ line, message }) => `${line}: ${message}`).join('\n'));
  return playbook;
}

export const trunk = (): PlaybookFile => read(shippedText('trunk.yaml'), 'trunk.yaml');

/** A shipped playbook, whole. */
export function shipped(id: string): Playbook {
  return whole(shippedText(`${id}.yaml`));
}

export function whole(text: string): Playbook {
  const { playbook, problems } = assemble(read(text), trunk());
  if (playbook === undefined)
    throw new Error(problems.map(({ line, message }) => `${line}: ${message}`).join('\n'));
  return playbook;
}

export function facts(input: Record<string, unknown>): Facts {
  const parsed = parseFacts(input);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
}

/** A small playbook of a shop: each part can be replaced by other YAML. */
export function shopBook(
  parts: Partial<Record<'head' | 'asks' | 'detect' | 'contain' | 'assess' | 'notify', string>> = {},
): string {
  return `id: sold-a-used-till
title: A till was sold with its memory
version: 1
include: trunk
about:
  situation: A used till went to a buyer with last year's receipts in it.
  signs: [The buyer calls.]
  usualData: [name, order-history]
  severity: Mostly low.
  goesWrong: [Forgetting the second till.]
suggestedWhen: inadvertent
${parts.head ?? ''}
asks:
  tillSeen: { ask: Has the buyer looked into it?, type: bool }
${parts.asks ?? ''}
stages:
  detect:
    tasks:
${parts.detect ?? '      []'}
  contain:
    tasks:
${parts.contain ?? '      []'}
  assess:
    tasks:
${parts.assess ?? '      []'}
  notify:
    tasks:
${parts.notify ?? '      []'}
  review: {}
`;
}

/** A task in YAML, as deep as a stage's list needs it. */
export function task(id: string, more: Record<string, string> = {}): string {
  const keys = {
    title: 'Do it',
    owner: 'staff',
    due: 'aware+PT2H',
    what: 'Do it.',
    keep: 'A note.',
    ...more,
  };
  return [
    `      - id: ${id}`,
    ...Object.entries(keys).map(([key, value]) => `        ${key}: ${value}`),
  ].join('\n');
}

/** All faults of a file, of its own and on the trunk. */
export function faults(text: string): readonly LintProblem[] {
  const { playbook, problems } = parsePlaybook(text, 'shop.yaml');
  return playbook === undefined ? problems : assemble(playbook, trunk()).problems;
}

/** Faults as `line:column message`. */
export function faultLines(text: string): string[] {
  return faults(text).map(({ line, column, message }) => `${line}:${column} ${message}`);
}

/** `line:column` of a piece of a text, as editors count. */
export function placeOf(text: string, piece: string): string {
  const before = text.slice(0, text.indexOf(piece));
  return `${before.split('\n').length}:${before.length - before.lastIndexOf('\n')}`;
}
