import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { lintPlaybooks } from '../../../src/adapters/playbook-files/index.ts';
import { loadForms, readForms } from '../../../src/adapters/playbook-files/forms.ts';
import { formOf } from '../../../src/domain/notice/form/form-book.ts';
import { isTranslated } from '../../../src/domain/notice/form/form.ts';
import { formJsonSchema, vocabularyJsonSchema } from '../../../src/domain/notice/form/json-schema.ts';

const PLAYBOOKS = fileURLToPath(new URL('../../../playbooks', import.meta.url));
const { book, problems } = loadForms(PLAYBOOKS);
const ICO = readFileSync(join(PLAYBOOKS, 'forms/gb-ico.yaml'), 'utf8');

function lint(text: string, file = 'forms/gb-ico.yaml'): readonly string[] {
  return readForms({ files: [{ file, text }], problems: [] }).problems.map(
    ({ line, column, message }) => `${line}:${column} ${message}`,
  );
}

/** Line and column, from 1, at which a piece of the file begins. */
function placeIn(text: string, piece: string): string {
  const before = text.slice(0, text.indexOf(piece)).split('\n');
  return `${before.length}:${(before.at(-1) ?? '').length + 1}`;
}

/** Whom the contract has a row for (forms.md, sections 5 to 7): by its words, the authority that our forms serve. */
const ROWED: Readonly<Record<string, string>> = {
  'GB, ICO': 'gb-ico',
  'FR, CNIL': 'fr-cnil',
  'NL, AP': 'nl-ap',
  'LDI NRW': 'de-nw-ldi',
  'LfDI Rheinland-Pfalz': 'de-rp-lfdi',
  'LfD Niedersachsen': 'de-ni-lfd',
  'BayLfD (public bodies)': 'de-by-baylfd',
  BayLDA: 'de-by-baylda',
  BfDI: 'de-bfdi',
  'IE, DPC': 'ie-dpc',
  'SE, IMY': 'se-imy',
  'IT, Garante': 'it-gpdp',
  'PL, UODO': 'pl-uodo',
  'ES, AEPD': 'es-aepd',
  'AT DSB': 'at-dsb',
  'BE GBA/APD': 'be-gba-apd',
  DK: 'dk-datatilsynet',
  NO: 'no-datatilsynet',
  'LU CNPD': 'lu-cnpd',
  'MT IDPC': 'mt-idpc',
  'CH FDPIC': 'ch-edoeb',
  'EU EDPS': 'eu-edps',
  'AU OAIC': 'au-oaic',
  'CA OPC': 'ca-opc',
  'SG PDPC': 'sg-pdpc',
  'BR ANPD': 'br-anpd',
  'JP PPC': 'jp-ppc',
  'US HHS': 'us-hhs-ocr',
  'US-CA AG': 'us-ca-ag',
  'US-NY AG': 'us-ny-ag',
  'US-TX AG': 'us-tx-ag',
  BSI: 'de-bsi',
  CCB: 'be-ccb',
  CRA: 'eu-enisa',
};

/** The authorities that the contract's page gives a heading or a row of its own. */
function rowedIn(page: string): readonly string[] {
  const part = page.slice(page.indexOf('## 5. Europe'), page.indexOf('## 7. DORA'));
  const headed = [...part.matchAll(/^### ([A-Z]{2}, \S+)/gm)].map(([, name = '']) => name);
  const rows = [...part.matchAll(/^\| ([A-Z][^|]*?) \|/gm)].map(([, name = '']) => name);
  return [...headed, ...rows.flatMap((name) => name.split(', '))].filter((name) => name !== 'the rest');
}

describe('The forms of the authorities', () => {
  it('are all in order', () => {
    expect(problems).to.deep.equal([]);
    expect(lintPlaybooks([], { installed: PLAYBOOKS })).to.deep.equal([]);
  });

  it('are there for those whom issue 11 names', () => {
    const ids = book.forms.map(({ id }) => id);
    expect(ids).to.include.members([
      ...['edpb-draft', 'fr-cnil', 'gb-ico', 'ie-dpc', 'nl-ap', 'it-gpdp', 'es-aepd', 'de-nw-ldi'],
      ...['de-rp-lfdi', 'ch-edoeb', 'us-ca-ag', 'general'],
    ]);
  });

  it('every authority of forms.md has its form', () => {
    const page = join('..', 'shared', 'law', 'forms.md');
    const rowed = existsSync(page) ? rowedIn(readFileSync(page, 'utf8')) : Object.keys(ROWED);
    expect(rowed.length).to.be.greaterThan(25);
    const without = rowed.filter((name) => {
      const id = ROWED[name];
      return id === undefined || formOf(book, { id, languages: ['en'] }).id === 'general';
    });
    expect(without).to.deep.equal([]);
    for (const id of Object.values(ROWED))
      expect(formOf(book, { id, languages: ['en'] }).id, id).not.to.equal('general');
    expect(formOf(book, { id: 'none', languages: ['en'] }, 'dora').id).to.equal('dora');
    expect(formOf(book, { id: 'none', languages: ['en'] }, 'gdpr').id).to.equal('general');
  });

  it('every German authority for data protection, and each office of a US state that is told, has one', () => {
    const ids = readdirSync(join(PLAYBOOKS, 'authorities')).map((name) => name.replace(/\.yaml$/, ''));
    const german = ids.filter((id) => id.startsWith('de-') && !['de-bsi', 'de-bnetza'].includes(id));
    const states = ids.filter((id) => /^us-[a-z]{2}-ag$/.test(id));
    expect(german.length).to.be.greaterThan(17);
    expect(states.length).to.be.greaterThan(25);
    const without = [...german, ...states].filter(
      (id) => formOf(book, { id, languages: ['en'] }).id === 'general',
    );
    expect(without).to.deep.equal([]);
  });

  it('say of each question how sure it is, and where nothing was found that nothing was', () => {
    for (const { id, mark, source, questions } of book.forms) {
      expect(source.length, id).to.be.greaterThan(10);
      if (mark !== 'not-found') continue;
      expect(
        questions.every((question) => question.mark !== 'seen'),
        id,
      ).to.equal(true);
    }
  });

  it('refuse a question of its own that has fields, an option without one code, or a key that is taken', () => {
    const own = '  - { label: { en: Is there more? }, fields: [], own: more }\n';
    expect(lint(ICO + own)).to.deep.equal([]);
    expect(lint(ICO + own + own)[0]).to.contain('"more" is the key of another question of this form');
    expect(lint(ICO + own.replace('fields: []', 'fields: [severity]'))[0]).to.contain('has no fields');
    const listed = own.replace('own: more', 'own: more, options: [{ words: { en: x }, codes: [a, b] }]');
    expect(lint(ICO + listed)[0]).to.contain('has one code');
  });

  it('serve authorities that exist', () => {
    const known = readdirSync(join(PLAYBOOKS, 'authorities')).map((name) => name.replace(/\.yaml$/, ''));
    const served = book.forms.flatMap(({ authorities }) => authorities);
    expect(served.length).to.be.greaterThan(10);
    expect(served.filter((id) => !known.includes(id))).to.deep.equal([]);
  });

  it('are in their own language where it is English, German or French, and marked English only elsewhere', () => {
    const own = book.forms.filter(isTranslated).map(({ language }) => language);
    expect(new Set(own)).to.deep.equal(new Set(['en', 'de', 'fr']));
    const others = book.forms.filter((form) => !isTranslated(form)).map(({ language }) => language);
    expect(others.filter((language) => ['en', 'de', 'fr'].includes(language))).to.deep.equal([]);
  });

  it('give an authority without a form the general one, in its language where that is written', () => {
    const general = (languages: readonly string[]): readonly [string, string, boolean] => {
      const form = formOf(book, { id: 'none', languages });
      return [form.id, form.language, isTranslated(form)];
    };
    expect(general(['de'])).to.deep.equal(['general', 'de', true]);
    expect(general(['nl', 'fr', 'de'])).to.deep.equal(['general', 'fr', true]);
    expect(general(['fi'])).to.deep.equal(['general', 'fi', false]);
    expect(formOf(book, { id: 'gb-ico', languages: ['en'] }).id).to.equal('gb-ico');
    expect(formOf(book, null).id).to.equal('general');
  });

  it('name a fault by file, line and column, and the nearest right name', () => {
    const misspelt = ICO.replace('fields: [cyber-incident]', 'fields: [cyber-incidnt]');
    const [fault = ''] = lint(misspelt);
    expect(fault.startsWith(placeIn(misspelt, 'cyber-incidnt'))).to.equal(true, fault);
    expect(fault).to.contain('did you mean "cyber-incident"');
    expect(lintPlaybooks(['/nowhere/forms/x.yaml'], { installed: PLAYBOOKS })).to.have.length(1);
  });

  it('refuse a value that the list does not have, and one that stands in two options', () => {
    const wrong = ICO.replace('codes: [union]', 'codes: [unoin]');
    expect(lint(wrong)).to.deep.equal([
      `${placeIn(wrong, 'unoin')} "unoin" is no value of "data-categories" (did you mean "union"?)`,
    ]);
    const twice = ICO.replace('codes: [union]', 'codes: [health]');
    expect(lint(twice)).to.have.length(1);
    expect(lint(twice)[0]).to.contain('stands in two options');
  });

  it('refuse a German form without German words, and options without a list', () => {
    const german = ICO.replace('language: en', 'language: de');
    expect(lint(german)[0]).to.contain('the form is to be filled in "de"');
    const bare = ICO.replace('fields: [cyber-incident]', 'fields: [what-happened]');
    expect(lint(bare)[0]).to.contain('none of the fields of this question is a closed list');
  });

  it('have the schemas for editors that were made from what reads them', () => {
    for (const [name, schema] of [
      ['form.json', formJsonSchema()],
      ['form-vocabulary.json', vocabularyJsonSchema()],
    ] as const) {
      const written: unknown = JSON.parse(readFileSync(join(PLAYBOOKS, 'schema', name), 'utf8'));
      expect(written, name).to.deep.equal(JSON.parse(JSON.stringify(schema)));
    }
  });

  it('refuse a second form for the same authority', () => {
    const again = ICO.replace('id: gb-ico', 'id: gb-ico-old');
    const read = readForms({
      files: [
        { file: 'forms/gb-ico.yaml', text: ICO },
        { file: 'forms/gb-ico-old.yaml', text: again },
      ],
      problems: [],
    });
    expect(read.forms).to.have.length(1);
    expect(read.problems[0]?.message).to.equal('"gb-ico" is served by the form "gb-ico" already');
  });
});
