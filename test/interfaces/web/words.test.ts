import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { parse } from 'yaml';
import { localeOf } from '../../../src/interfaces/shared/words.ts';
import { readWords } from '../../../src/interfaces/web/words/read-words.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const words = readWords(join(ROOT, 'templates/messages'));

type Tree = Readonly<Record<string, unknown>>;

function keysOf(tree: Tree, above = ''): string[] {
  return Object.entries(tree).flatMap(([name, value]) =>
    typeof value === 'string' ? [`${above}${name}`] : keysOf(value as Tree, `${above}${name}.`),
  );
}

function catalogue(file: string): string[] {
  return keysOf(parse(readFileSync(join(ROOT, 'templates/messages', file), 'utf8')) as Tree).sort();
}

function filesBelow(folder: string, extension: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(extension))
    .map((name) => readFileSync(join(ROOT, folder, name), 'utf8'));
}

function found(texts: readonly string[], pattern: RegExp): string[] {
  return [...new Set(texts.flatMap((text) => [...text.matchAll(pattern)].map(([, key = '']) => key)))].sort();
}

describe('The words of the pages', () => {
  const rooms = readdirSync(join(ROOT, 'templates/messages')).flatMap(
    (file) => /^(\w[\w-]*)\.en\.yaml$/.exec(file)?.[1] ?? [],
  );
  for (const file of rooms) {
    it(`say in German everything that ${file} say in English, and nothing else`, () => {
      expect(catalogue(`${file}.de.yaml`)).to.deep.equal(catalogue(`${file}.en.yaml`));
    });
  }

  it('are written once: no room takes the key of another', () => {
    const own = rooms.filter((room) => room !== 'law' && room !== 'notices');
    const keys = own.flatMap((room) => catalogue(`${room}.en.yaml`));
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).to.deep.equal([]);
  });

  it('are there for every key that a template or a page asks for', () => {
    const asked = [
      ...found(filesBelow('templates/pages', '.hbs'), /(?:\{\{|\()t "([^"]+)"/g),
      ...found(filesBelow('src/interfaces/web', '.ts'), /\bsay\(\s*'([^']+)'/g),
    ];
    expect(asked.length).to.be.greaterThan(200);
    expect(asked.filter((key) => !words.has('en', key))).to.deep.equal([]);
  });

  it('are there for every problem that a use case or the domain can tell', () => {
    const rooms = ['src/domain/incident', 'src/domain/people', 'src/domain/notice', 'src/application'];
    const texts = rooms.flatMap((room) => filesBelow(room, '.ts'));
    const keys = [
      ...found(texts, /invalid\([^()]*?(?:\([^()]*\)[^()]*?)?, '([a-z.-]+)'/g),
      ...found(texts, /path: [^,]+, key: '([a-z.-]+)'/g),
      ...found(texts, /kind: 'wrong-state'[^}]*key: '([a-z.-]+)'/g),
      ...found(filesBelow('src/domain/law', 'facts-shape.ts'), /(?:\bkey: |named\(\s*)'([a-z.-]+)'/g),
    ];
    expect(keys.length).to.be.greaterThan(30);
    expect(keys.filter((key) => !words.has('en', `problem.${key}`))).to.deep.equal([]);
  });

  it('are there for everything that can happen in an incident', () => {
    const texts = ['src/domain/incident', 'src/application'].flatMap((room) => filesBelow(room, '.ts'));
    const types = found(texts, /\btype: '([a-z-]+)'/g);
    expect(types).to.include('incident-logged');
    expect(types.filter((type) => !words.has('en', `happened.${type}`))).to.deep.equal([]);
  });

  it('put values in as they are: braces and tags of a value are text', () => {
    expect(words.say('en', 'log.zone', { zone: '{x} <b>' })).to.equal('Local time of {x} <b>.');
  });

  it('show a missing key in brackets rather than crash', () => {
    expect(words.say('de', 'no.such.key')).to.equal('[no.such.key]');
  });

  it('are in the person’s own language, else in the first of the browser’s that we have', () => {
    expect(localeOf('de', 'en')).to.equal('de');
    expect(localeOf(undefined, 'fr-FR, de-AT;q=0.8, en;q=0.5')).to.equal('de');
    expect(localeOf(undefined, undefined)).to.equal('en');
  });
});
