import { expect } from 'chai';
import {
  checklist,
  untranslated,
  wordsFor,
  type ChecklistInput,
} from '../../../src/domain/notice/checklist.ts';
import { draftFields } from '../../../src/domain/notice/content.ts';
import { isProse, isSpecific } from '../../../src/domain/notice/filled.ts';
import { noticeFacts } from '../../../src/domain/notice/content-facts.ts';
import {
  ART_33,
  ART_33_2,
  ART_34,
  authority,
  incident,
  letter,
  linden,
  NOW,
} from '../../adapters/templates/packwell.ts';

function input(over: Partial<ChecklistInput> = {}): ChecklistInput {
  const { content } = authority();
  return {
    kind: 'authority',
    duties: [ART_33],
    facts: noticeFacts(incident()),
    sender: linden,
    content,
    follows: [],
    late: false,
    ...over,
  };
}

const stateOf = (element: string, over: Partial<ChecklistInput> = {}): string | undefined =>
  checklist(input(over)).find((item) => item.element === element)?.state;

describe('The checklist of a notice', () => {
  it('has every element of article 33(3) filled when facts, draft and organisation say it', () => {
    const items = checklist(input());
    expect(items.map(({ element }) => element)).to.deep.equal([
      'nature',
      'categories-subjects',
      'count-subjects',
      'categories-data',
      'count-records',
      'dpo-contact',
      'consequences',
      'measures-taken',
      'measures-proposed',
    ]);
    expect(items.filter(({ state }) => state !== 'filled')).to.deep.equal([]);
  });

  it('misses each element when its own field, and nothing else, is empty', () => {
    const facts = (without: string): Partial<ChecklistInput> => {
      const { facts: all, ...rest } = incident();
      const kept = Object.fromEntries(Object.entries(all).filter(([name]) => name !== without));
      return { facts: noticeFacts({ ...rest, facts: kept }) };
    };
    const draft = (field: string): Partial<ChecklistInput> => {
      const { content } = authority();
      const locale = content['en']?.[field] === undefined ? '*' : 'en';
      return { content: { ...content, [locale]: { ...content[locale], [field]: '' } } };
    };
    const contact = { sender: { ...linden, contact: { ...linden.contact, dpo: '' } } };
    const cases: readonly (readonly [string, string, string, Partial<ChecklistInput>])[] = [
      ['nature', 'breach.confidentiality', 'facts', facts('breach.confidentiality')],
      ['nature', 'what-happened', 'draft', draft('what-happened')],
      ['categories-data', 'data.categories', 'facts', facts('data.categories')],
      ['count-records', 'record-count', 'draft', draft('record-count')],
      ['consequences', 'consequences', 'draft', draft('consequences')],
      ['measures-taken', 'measures-taken', 'draft', draft('measures-taken')],
      ['measures-proposed', 'measures-prevent-detail', 'draft', draft('measures-prevent-detail')],
      ['dpo-contact', 'contact.dpo', 'organisation', contact],
    ];
    for (const [element, field, from, over] of cases) {
      const missing = checklist(input(over)).filter(({ state }) => state === 'missing');
      const locales = field === 'record-count' ? [] : ['en'];
      expect(missing, field).to.deep.equal([{ element, state: 'missing', field, from, locales }]);
    }
    const nobody = checklist(input(facts('subjects'))).filter(({ state }) => state === 'missing');
    expect(nobody.map(({ element }) => element)).to.deep.equal(['categories-subjects', 'count-subjects']);
  });

  it('takes no placeholder for content', () => {
    for (const text of [
      '',
      '  ',
      'tbd',
      'TBD.',
      'To be determined',
      'n/a',
      '…',
      '---',
      'xxx',
      '[what happened]',
    ]) {
      expect(isSpecific(text), text).to.equal(false);
    }
    for (const text of [
      '{{narrative}}',
      '<enter text>',
      'noch offen',
      'wird nachgereicht',
      '(folgt)',
      'unknown',
    ]) {
      expect(isSpecific(text), text).to.equal(false);
    }
    for (const text of ['Packwell', '300', 'Unknown people copied data', 'TBD Logistics lost a parcel']) {
      expect(isSpecific(text), text).to.equal(true);
    }
    expect(isProse('copied')).to.equal(false);
    expect(isProse('Daten kopiert')).to.equal(true);
  });

  it('asks for the reasons of a delay exactly when it is late', () => {
    expect(stateOf('delay-reason')).to.equal(undefined);
    expect(stateOf('delay-reason', { late: true })).to.equal('missing');
  });

  it('lets elements follow where the law allows phases, and then asks what is missing', () => {
    const { content } = authority();
    const open = { content: { ...content, '*': {} }, follows: ['count-records'] };
    expect(stateOf('count-records', open)).to.equal('follows');
    expect(stateOf('phases-note', open)).to.equal('missing');
    expect(stateOf('count-records', { ...open, duties: [{ ...ART_33, phases: false }] })).to.equal('missing');
    const both = { ...open, duties: [ART_33, { content: ['count-records'], phases: false }] };
    expect(stateOf('count-records', both), 'one law that does not allow it decides').to.equal('missing');
    expect(stateOf('count-records', { follows: ['count-records'] }), 'known after all').to.equal('filled');
  });

  it('lets nothing follow in a letter, whatever its law', () => {
    const { content } = letter();
    const over = { kind: 'letter' as const, duties: [{ ...ART_34, phases: true }] };
    const open = {
      ...over,
      content: { en: { ...content['en'], consequences: '' } },
      follows: ['consequences'],
    };
    expect(stateOf('consequences', open)).to.equal('missing');
  });

  it('never lets the reasons of a delay follow', () => {
    expect(stateOf('delay-reason', { late: true, follows: ['delay-reason'] })).to.equal('missing');
  });

  it('names the languages in which words are missing', () => {
    const { content } = letter();
    const german = { ...content['de'], consequences: '' };
    const items = checklist({
      ...input(),
      kind: 'letter',
      duties: [ART_34],
      content: { ...content, de: german },
    });
    expect(items.filter(({ state }) => state === 'missing')).to.deep.equal([
      { element: 'consequences', state: 'missing', field: 'consequences', from: 'draft', locales: ['de'] },
    ]);
  });

  it('is not full for a draft without a word in any language', () => {
    const missing = checklist(input({ content: {} })).filter(({ state }) => state === 'missing');
    expect(missing.map(({ element }) => element)).to.include.members(['nature', 'consequences']);
  });

  it('takes a moment that a person said is unknown for an answer', () => {
    const { facts, ...rest } = incident();
    const unknown = { at: NOW, by: 'u1', revision: 1, unknown: { id: 'n', hash: 'h' } };
    const over = { kind: 'controller' as const, duties: [ART_33_2] };
    const without = noticeFacts({
      ...rest,
      facts: Object.fromEntries(Object.entries(facts).filter(([name]) => name !== 'occurredAt')),
    });
    expect(stateOf('when-occurred', { ...over, facts: without })).to.equal('missing');
    const said = noticeFacts({ ...rest, facts: { ...facts, occurredAt: unknown } });
    expect(stateOf('when-occurred', { ...over, facts: said })).to.equal('filled');
  });

  it('counts no people of whom only some row is known', () => {
    const facts = noticeFacts(incident({ subjects: [{ place: 'DE' }] }));
    expect(stateOf('count-subjects', { facts })).to.equal('missing');
    const range = noticeFacts(incident({ subjects: [{ place: 'DE', min: 10, max: 20 }] }));
    expect(stateOf('count-subjects', { facts: range })).to.equal('filled');
  });

  it('takes for each element what is specific of its own kind', () => {
    const duties = [
      { content: ['lei', 'currency', 'malicious', 'told-subjects-count', 'area'], phases: true },
    ];
    const with_ = (words: Record<string, string>): Partial<ChecklistInput> => ({
      duties,
      content: { en: words },
    });
    const filled: readonly (readonly [string, string])[] = [
      ['lei', '529900T8BM49AURSDO55'],
      ['currency', 'EUR'],
      ['malicious', 'not known'],
      ['malicious', 'no'],
      ['told-subjects-count', '340'],
      ['area', 'Bavaria'],
    ];
    const missing: readonly (readonly [string, string])[] = [
      ['lei', 'Packwell GmbH in Bremen'],
      ['currency', 'the euro of Europe'],
      ['malicious', 'tbd'],
      ['told-subjects-count', 'some'],
      ['area', 'unknown'],
      ['area', '…'],
    ];
    for (const [element, text] of filled)
      expect(stateOf(element, with_({ [element]: text })), `${element}: ${text}`).to.equal('filled');
    for (const [element, text] of missing)
      expect(stateOf(element, with_({ [element]: text })), `${element}: ${text}`).to.equal('missing');
  });

  it('looks for what a letter must not say, and has a person confirm it besides', () => {
    const duties = [{ content: ['not-count', 'not-nature'], phases: false }];
    const facts = noticeFacts({ facts: { subjects: { value: [{ place: 'US-MA', count: 1340 }] } } } as never);
    const of = (what: string, advice: string, confirmed = 'checked by me'): readonly string[] =>
      checklist(
        input({
          kind: 'letter',
          duties,
          facts,
          content: {
            en: { 'what-happened': what, advice },
            '*': { 'not-count': confirmed, 'not-nature': confirmed },
          },
        }),
      )
        .filter(({ state }) => state !== 'filled')
        .map(({ element, field }) => `${element} in ${field}`);
    expect(of('', 'Freeze your credit, free of charge.')).to.deep.equal([]);
    expect(of('', 'You are one of 1,340 people.')).to.deep.equal(['not-count in advice']);
    // Readers where it must not be said get a form of the letter without it.
    expect(of('A list was copied.', 'You are one of 13,400.')).to.deep.equal([]);
    expect(of('', 'Freeze your credit.', '')).to.deep.equal([
      'not-count in not-count',
      'not-nature in not-nature',
    ]);
  });

  it('asks nobody to write what every letter brings along for its readers', () => {
    const elements = [
      'bureau-contacts',
      'freeze-advice',
      'ftc-contact',
      'title-and-headings',
      'police-report',
    ];
    const duties = [{ content: elements, phases: false }];
    for (const element of elements) {
      expect(stateOf(element, { duties, kind: 'letter' }), element).to.equal('filled');
      expect(stateOf(element, { duties, kind: 'authority' }), element).to.equal('missing');
    }
    expect(draftFields('letter', elements)).to.deep.equal(draftFields('letter', []));
  });

  it('gives every element that the draft fills a field in the draft', () => {
    expect(draftFields('letter', ['delay-reason']).map(({ field }) => field)).to.include('delay-reason');
    expect(draftFields('letter', ['security-before']).map(({ field }) => field)).to.include(
      'security-before',
    );
  });

  it('takes measures taken for enough in a letter, where the law wants them taken or proposed', () => {
    const duties = [{ content: ['measures-proposed'], phases: false }];
    const content = { en: { 'measures-taken': 'We cut the line.' } };
    expect(stateOf('measures-proposed', { duties, content, kind: 'letter' })).to.equal('filled');
    expect(stateOf('measures-proposed', { duties, content })).to.equal('missing');
    expect(stateOf('measures-proposed', { duties, content: { en: {} }, kind: 'letter' })).to.equal('missing');
  });

  it('gives an element without a field of its own one under its key', () => {
    const duties = [{ content: ['id-protection', 'not-count'], phases: false }];
    expect(draftFields('letter', ['id-protection', 'not-count']).slice(-2)).to.deep.equal([
      { field: 'id-protection', localised: true },
      { field: 'not-count', localised: false },
    ]);
    expect(stateOf('id-protection', { duties })).to.equal('missing');
    expect(stateOf('not-count', { duties }), 'a person confirms what must not be said').to.equal('missing');
    const content = {
      en: { 'id-protection': 'Twelve months with Example Watch.' },
      '*': { 'not-count': 'checked by me' },
    };
    expect(stateOf('id-protection', { duties, content })).to.equal('filled');
    expect(stateOf('not-count', { duties, content })).to.equal('filled');
  });
});

describe('Texts that are not translated', () => {
  const content = {
    en: { 'what-happened': 'It happened.', advice: '' },
    de: { advice: 'Rat' },
    '*': { confirmed: 'x' },
  };

  it('fall back to the words of another language, and are listed', () => {
    expect(wordsFor(content, 'what-happened', 'de')).to.deep.equal({ text: 'It happened.', locale: 'en' });
    expect(wordsFor(content, 'confirmed', 'de')).to.deep.equal({ text: 'x', locale: '*' });
    expect(wordsFor(content, 'consequences', 'de')).to.equal(undefined);
    expect(untranslated('letter', content)).to.deep.equal([
      { field: 'what-happened', locale: 'de', from: 'en' },
      { field: 'advice', locale: 'en', from: 'de' },
    ]);
  });
});

describe('Facts of a notice', () => {
  it('are read under dotted names and whole', () => {
    const whole = noticeFacts(
      incident({
        data: { categories: ['ssn'] },
        breach: { availability: true },
        'breach.confidentiality': false,
      }),
    );
    expect(whole.breach).to.deep.equal(['availability']);
    expect(noticeFacts(incident()).categories).to.have.lengthOf(5);
  });

  it('add up rows and ranges of people', () => {
    const people = (...rows: Record<string, number>[]): unknown =>
      noticeFacts(incident({ subjects: rows })).people;
    expect(people({ count: 2 }, { count: 1 })).to.deep.equal({ least: 3, most: 3 });
    expect(people({ count: 2 }, { min: 5, max: 9 })).to.deep.equal({ least: 7, most: 11 });
    expect(people({ count: 2 }, {})).to.deep.equal({ least: 3, most: null });
    expect(people()).to.deep.equal({ least: 0, most: 0 });
  });

  it('know all places, or say that they do not', () => {
    expect(noticeFacts(incident()).places).to.deep.equal(['DE', 'GB']);
    expect(noticeFacts(incident({ subjects: [{ place: 'DE' }, { count: 1 }] })).places).to.equal(null);
  });
});
