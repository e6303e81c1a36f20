import { expect } from 'chai';
import { fill, withAnswers } from '../../../../src/domain/notice/form/fill/fill.ts';
import type { Known } from '../../../../src/domain/notice/form/fill/known.ts';
import type { Values } from '../../../../src/domain/notice/form/fields.ts';
import { parseFacts } from '../../../../src/domain/law/facts.ts';
import { DATA_CATEGORIES } from '../../../../src/domain/law/vocabulary.ts';
import { codesOf } from '../../../../src/domain/notice/form/lists.ts';
import { DATA } from '../../../../src/domain/notice/form/fill/maps.ts';
import { check } from '../../../../src/domain/notice/form/check.ts';
import type { FormNotice } from '../../../../src/domain/notice/form/finding.ts';
import { at, bookOfForms, formNamed } from './forms.ts';
import { PAYROLL } from './worked.ts';

const FACTS = {
  zone: 'Europe/Berlin',
  establishments: ['DE-NW'],
  mainEstablishment: 'DE-NW',
  sectors: ['ecommerce'],
  occurredAt: '2026-11-14T02:10',
  detectedAt: '2026-11-16T07:30',
  awareAt: '2026-11-16T08:40',
  ongoing: true,
  breach: { confidentiality: true, integrity: false, availability: true },
  data: { categories: ['name', 'email', 'password-hash', 'order-history', 'children'], encrypted: false },
  subjects: [
    { place: 'DE', count: 17_900, groups: ['customers', 'applicants'] },
    { place: 'AT', count: 500, groups: ['customers'] },
  ],
} as const;

function known(facts: object = {}, more: Partial<Known> = {}): Known {
  const parsed = parseFacts({ ...FACTS, ...facts });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return {
    facts: parsed.value,
    unknown: new Set(),
    reference: 'INC-2026-0031',
    playbook: 'ransomware-exfiltration',
    duties: ['gdpr-art33-authority'],
    organisation: {
      name: 'Muster Handel GmbH',
      contact: {
        email: 'info@shop.example',
        phone: '+49 221 5550100',
        address: 'Domstraße 1, 50667 Köln',
        website: 'https://shop.example',
        dpo: 'Jan Roth, dpo@shop.example',
      },
    },
    told: { duty: 'undecided' },
    earlier: null,
    othersTold: [],
    authorities: [],
    words: {},
    ...more,
  };
}

const values = (facts: object = {}, more: Partial<Known> = {}): Values => fill(known(facts, more)).values;

const GENERAL = formNamed('general');
const FILING = { filedAt: at('2026-11-17T09:00Z'), dueAt: null, allPlacesListed: true };
const NO_CONTACT = { email: '', phone: '', address: '', website: '', dpo: '' };
/** All that a form can ask, answered; whether it is complete is not said. */
const { completeness: _said, ...PAYROLL_ANSWERS } = PAYROLL;

/** The notice as it would be filed on the general form. */
function filed(answers: Values, follows: readonly 'record-count-mode'[] = []): FormNotice {
  return withAnswers(fill(known()), { answers, follows }, GENERAL, FILING);
}

describe('Filling a notice from what is known', () => {
  it('takes the organisation, its officer and its own reference over', () => {
    expect(values()).to.include({
      'notice-type': 'new',
      'own-reference': 'INC-2026-0031',
      'legal-ground': 'gdpr',
      'controller-name': 'Muster Handel GmbH',
      'controller-contact': 'info@shop.example, +49 221 5550100',
      'controller-sector': 'private',
      'dpo-contact': 'dpo@shop.example',
    });
    expect(values({ sectors: ['public-body'] })['controller-sector']).to.equal('public');
  });

  it('takes times, kinds of breach and the kind of incident from facts and playbook', () => {
    const filled = values();
    expect(filled['occurred-shape']).to.equal('ongoing');
    expect(filled['aware-at']?.toString()).to.equal(at('2026-11-16T08:40+01:00').toString());
    expect(filled['breach-kind']).to.deep.equal(['confidentiality', 'availability']);
    expect(filled).to.include({
      unintelligible: 'no',
      'incident-nature': 'ransomware',
      'cyber-incident': 'yes',
    });
  });

  it('calls it one day or a period by the days of the incident own zone', () => {
    const shape = (occurredTo: string): string | undefined => values({ occurredTo })['occurred-shape'];
    expect(shape('2026-11-14T23:59')).to.equal('one-day');
    expect(shape('2026-11-15T00:00')).to.equal('period');
  });

  it('says nothing of encryption that nobody looked at, and asks', () => {
    const readable = (data: object): string | undefined => values({ data }).unintelligible;
    expect(readable({})).to.equal(undefined);
    expect(readable({ encrypted: true })).to.equal(undefined);
    expect(readable({ encrypted: true, keyCompromised: false })).to.equal('intact');
    expect(readable({ encrypted: true, keyCompromised: true })).to.equal('may-be-subverted');
  });

  it('maps people and data to the lists, children to minors, and applicants to staff', () => {
    const filled = values();
    expect(filled['subject-categories']).to.deep.equal(['customers', 'employees', 'minors']);
    expect(filled['data-categories']).to.deep.equal(['basic', 'contact', 'credentials', 'other']);
    expect(filled['subject-count']).to.equal(18_400);
    expect(filled['subjects-by-place']).to.deep.equal([
      { place: 'DE', count: 17_900 },
      { place: 'AT', count: 500 },
    ]);
  });

  it('makes no number of a range', () => {
    const filled = values({ subjects: [{ place: 'DE', min: 10, max: 20 }] });
    expect(filled['subject-count']).to.equal(undefined);
    expect(filled['subject-count-mode']).to.equal(undefined);
  });

  it('has a place for every category of data that a fact can name', () => {
    for (const category of DATA_CATEGORIES)
      for (const code of DATA[category]) expect(codesOf('data-categories'), category).to.include(code);
    expect(DATA['bank-credentials']).to.deep.equal(['credentials', 'payment']);
  });

  it('sees borders by the states of establishment and of the people', () => {
    const crosses = (facts: object): string | undefined => values(facts)['cross-border'];
    expect(crosses({})).to.equal('yes');
    expect(crosses({ subjects: [{ place: 'DE-BY', count: 3 }] })).to.equal('no');
    expect(crosses({ subjects: [{ count: 3 }] })).to.equal('unknown');
    expect(crosses({ establishments: ['DE', 'FR'], subjects: [] })).to.equal('yes');
    const away = values({ establishments: ['US-CA'], mainEstablishment: 'US-CA' });
    expect(away).to.include({ 'non-eea-controller': 'yes', 'cross-border': 'no' });
    expect(away['lead-authority']).to.equal(undefined);
  });

  it('takes the legal ground from the duty', () => {
    const ground = (duty: string): string | undefined => values({}, { duties: [duty] })['legal-ground'];
    expect(ground('uk-gdpr-art33-authority')).to.equal('uk-gdpr');
    expect(ground('led-art30-authority')).to.equal('led');
    expect(ground('us-ca-ag')).to.equal('other');
  });

  it('says whether the people are told by the duty and the dispatch', () => {
    const told = (one: Known['told'], facts: object = {}): Values => values(facts, { told: one });
    expect(told({ duty: 'applies' })['subjects-told']).to.equal('will-later');
    expect(told({ duty: 'does-not-apply' }, { risk: 'unlikely' })['subjects-told']).to.equal('no-not-high');
    const safe = { risk: 'high', data: { encrypted: true, keyCompromised: false } };
    expect(told({ duty: 'does-not-apply' }, safe)).to.include({
      'subjects-told': 'no-34-3',
      'not-told-ground': 'protected',
    });
    const sent = told({ duty: 'met', at: at('2026-11-17T09:00Z'), sent: { told: 9, of: 10 } });
    expect(sent).to.include({ 'subjects-told': 'yes', 'told-count': 9, 'told-coverage': 'not-all' });
  });

  it('makes what follows an earlier filing a follow-up under its number', () => {
    expect(values({}, { earlier: { reference: 'LDI-4711' } })).to.include({
      'notice-type': 'follow-up',
      'authority-reference': 'LDI-4711',
    });
  });

  it('shows where each value came from', () => {
    const { from } = fill(known({}, { words: { 'what-happened': 'The database was encrypted.' } }));
    expect(from['controller-name']).to.equal('organisation');
    expect(from['aware-at']).to.equal('facts');
    expect(from['what-happened']).to.equal('record');
    expect(from['risk-method']).to.equal(undefined);
  });

  it("lets the author's answer win, and is incomplete exactly while something is open", () => {
    const completeness = (
      answers: Values,
      follows: readonly 'record-count-mode'[] = [],
    ): string | undefined => filed({ ...PAYROLL_ANSWERS, ...answers }, follows).values.completeness;
    expect(completeness({})).to.equal('complete');
    expect(completeness({ 'risk-outcome': 'tbd' })).to.equal('incomplete');
    expect(completeness({ 'record-count-mode': 'tbd' }, ['record-count-mode'])).to.equal('incomplete');
    expect(completeness({}, ['record-count-mode'])).to.equal('complete');
    expect(completeness({ completeness: 'withdraw' }, ['record-count-mode'])).to.equal('withdraw');
    expect(filed({ 'incident-nature': 'exfiltration' }).values).to.include({
      'incident-nature': 'exfiltration',
    });
  });

  it('is complete only where each field that the form asks holds an answer, whatever its author says', () => {
    expect(filed({}).values.completeness).to.equal('incomplete');
    const { 'dpo-name': _dpo, ...unnamed } = PAYROLL_ANSWERS;
    const bare = fill({ ...known(), organisation: { name: 'Muster', contact: NO_CONTACT } });
    const without = withAnswers(bare, { answers: unnamed, follows: [] }, GENERAL, FILING);
    expect(without.values.completeness).to.equal('incomplete');
    for (const placeholder of ['tbd', 'unknown', '[name]', '   '])
      expect(filed({ 'measures-taken': placeholder }).values.completeness, placeholder).to.equal(
        'incomplete',
      );
    const claimed = filed({ completeness: 'complete' });
    expect(claimed).to.deep.include({ overclaimed: true });
    expect(claimed.values.completeness).to.equal('incomplete');
    const keys = check(claimed, FILING, GENERAL, bookOfForms().vocabulary).map(({ key }) => key);
    expect(keys).to.include('complete-though-missing');
  });
});
