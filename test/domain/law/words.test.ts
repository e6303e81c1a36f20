import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import IntlMessageFormat from 'intl-messageformat';
import { parse } from 'yaml';

const catalogue = (locale: string): Record<string, string> =>
  parse(readFileSync(join('templates', 'messages', `law.${locale}.yaml`), 'utf8')) as Record<string, string>;

/** Everything that the engine says by key, read from its own sources. */
function keysIn(folder: string): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const name of readdirSync(folder, { recursive: true }) as string[]) {
    if (!name.endsWith('.ts')) continue;
    const text = readFileSync(join(folder, name), 'utf8');
    for (const match of text.matchAll(/\bkey: '([a-z.-]+)'/g)) keys.add(match[1] ?? '');
    for (const match of text.matchAll(/\bstep\('([a-z-]+)'/g)) keys.add(match[1] ?? '');
  }
  return keys;
}

describe('The words of the law', () => {
  const words = { en: catalogue('en'), de: catalogue('de') };

  it('are there for whatever the engine says, in both languages', () => {
    const said = [...keysIn(join('src', 'domain', 'law'))];
    const worded = (key: string, locale: 'en' | 'de'): boolean =>
      ['', 'step.', 'because.', 'fault.'].some((prefix) => `${prefix}${key}` in words[locale]);
    expect(said.length).to.be.greaterThan(60);
    expect(said.filter((key) => !worded(key, 'en'))).to.deep.equal([]);
    expect(Object.keys(words.de)).to.deep.equal(Object.keys(words.en));
  });

  it('are messages that can be formatted', () => {
    for (const [locale, catalogueOf] of Object.entries(words)) {
      for (const [key, message] of Object.entries(catalogueOf)) {
        expect(() => new IntlMessageFormat(message, locale), `${locale} ${key}`).to.not.throw();
      }
    }
  });
});
