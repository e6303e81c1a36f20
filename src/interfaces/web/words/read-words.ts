import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { compileWords, LOCALES, type Catalogue, type Locale, type Words } from '../../shared/words.ts';

/**
 * Reads the words of a folder: `pages.<locale>.yaml`, `errors.<locale>.yaml`, and under `notices.` those of notices
 * (`notices.<locale>.yaml`), so that a page calls an element as the notice itself does.
 * @throws Error with file, line and column
 */
export function readWords(folder: string): Words {
  const entries = LOCALES.map((locale) => {
    const read = (file: string): Catalogue => readCatalogue(join(folder, `${file}.${locale}.yaml`));
    return [locale, [read('pages'), read('errors'), { notices: read('notices') }]];
  });
  return compileWords(Object.fromEntries(entries) as Record<Locale, Catalogue[]>);
}

function readCatalogue(path: string): Catalogue {
  const document = parseDocument(readFileSync(path, 'utf8'), { stringKeys: true });
  const fault = document.errors[0] ?? document.warnings[0];
  if (fault) throw new Error(`${path}: ${fault.message}`);
  return document.toJS({ maxAliasCount: 0 }) as Catalogue;
}
