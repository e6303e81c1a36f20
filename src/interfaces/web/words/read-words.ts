import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { compileWords, LOCALES, type Catalogue, type Locale, type Words } from '../../shared/words.ts';

/** Files of the folder that other parts of the house read: not words of pages. */
const NOT_OF_PAGES = new Set(['law', 'notices']);

/**
 * Reads the words of a folder: every `<room>.<locale>.yaml` (`pages`, `errors`, one for each larger room of pages),
 * and under `notices.` those of notices (`notices.<locale>.yaml`), so that a page calls an element as the notice
 * itself does.
 * @throws Error with file, line and column
 */
export function readWords(folder: string): Words {
  const rooms = readdirSync(folder)
    .flatMap((file) => /^([\w-]+)\.en\.yaml$/.exec(file)?.[1] ?? [])
    .filter((room) => !NOT_OF_PAGES.has(room));
  const entries = LOCALES.map((locale) => {
    const read = (room: string): Catalogue => readCatalogue(join(folder, `${room}.${locale}.yaml`));
    return [locale, [...rooms.map(read), { notices: read('notices') }]];
  });
  return compileWords(Object.fromEntries(entries) as Record<Locale, Catalogue[]>);
}

function readCatalogue(path: string): Catalogue {
  const document = parseDocument(readFileSync(path, 'utf8'), { stringKeys: true });
  const fault = document.errors[0] ?? document.warnings[0];
  if (fault) throw new Error(`${path}: ${fault.message}`);
  return document.toJS({ maxAliasCount: 0 }) as Catalogue;
}
