import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { compileWords, LOCALES, type Catalogue, type Locale, type Words } from './words.ts';

const FILES = ['pages', 'errors'] as const;

/** Reads `pages.<locale>.yaml` and `errors.<locale>.yaml` of a folder. @throws Error with file, line and column */
export function readWords(folder: string): Words {
  const entries = LOCALES.map((locale) => [
    locale,
    FILES.map((file) => readCatalogue(join(folder, `${file}.${locale}.yaml`))),
  ]);
  return compileWords(Object.fromEntries(entries) as Record<Locale, Catalogue[]>);
}

function readCatalogue(path: string): Catalogue {
  const document = parseDocument(readFileSync(path, 'utf8'), { stringKeys: true });
  const fault = document.errors[0] ?? document.warnings[0];
  if (fault) throw new Error(`${path}: ${fault.message}`);
  return document.toJS({ maxAliasCount: 0 }) as Catalogue;
}
