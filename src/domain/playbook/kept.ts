import { DOCUMENT_END, merge } from './assemble.ts';
import { parsePlaybook } from './parse.ts';
import type { Playbook } from './types.ts';

/**
 * The playbook of a text kept with an incident ({@link Playbook.text}): the playbook's file and its trunk, exactly as
 * they were when the incident took them over.
 * @returns undefined when the text is no playbook that this version can read
 */
export function readKept(text: string): Playbook | undefined {
  const [own = '', trunk = ''] = text.split(DOCUMENT_END, 2);
  const book = parsePlaybook(own, 'kept playbook').playbook;
  const base = parsePlaybook(trunk, 'kept trunk').playbook;
  return book && base ? merge(book, base) : undefined;
}
