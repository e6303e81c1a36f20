import { parseDocument } from 'yaml';

type Tree = string | { readonly [name: string]: Tree };

/**
 * A catalogue of words, flat: `step.due` -> the ICU message as it is written.
 * @throws Error that names the file where it is no catalogue
 */
export function parseWords(text: string, file: string): Readonly<Record<string, string>> {
  const document = parseDocument(text, { stringKeys: true });
  const fault = document.errors[0] ?? document.warnings[0];
  if (fault) throw new Error(`${file}: ${fault.message}`);
  return Object.fromEntries(flat(document.toJS({ maxAliasCount: 0 }) as Tree, '', file));
}

function flat(tree: Tree, name: string, file: string): readonly (readonly [string, string])[] {
  if (typeof tree === 'string') return [[name, tree]];
  if (typeof tree !== 'object' || tree === null) throw new Error(`${file}: ${name} is no message`);
  return Object.entries(tree).flatMap(([key, below]) =>
    flat(below, name === '' ? key : `${name}.${key}`, file),
  );
}
