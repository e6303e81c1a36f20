import { expect } from 'chai';
import { Temporal } from 'temporal-polyfill';
import { check } from '../../../../src/domain/notice/form/check.ts';
import type { Field, Values } from '../../../../src/domain/notice/form/fields.ts';
import type { Filing, Finding } from '../../../../src/domain/notice/form/finding.ts';
import type { Form } from '../../../../src/domain/notice/form/form.ts';
import { at, bookOfForms, formNamed } from './forms.ts';

const GENERAL = formNamed('general');
const FILING: Filing = {
  filedAt: at('2026-11-18T15:10+01:00'),
  dueAt: at('2026-11-19T08:40+01:00'),
  allPlacesListed: true,
};

/** A notice in which nothing is wrong; each test turns one thing. */
const GOOD: Values = { 'notice-type': 'new', completeness: 'complete', 'breach-kind': ['confidentiality'] };

interface Turned {
  readonly follows?: readonly Field[];
  readonly filing?: Partial<Filing>;
  readonly form?: Form;
}

function found(
  values: Values,
  { follows = [], filing = {}, form = GENERAL }: Turned = {},
): readonly string[] {
  return findings(values, { follows, filing, form }).map(
    ({ rule, field, key, level }) => `${rule} ${field} ${key}${level === 'warning' ? ' (warning)' : ''}`,
  );
}

function findings(values: Values, { follows = [], filing = {}, form = GENERAL }: Turned): readonly Finding[] {
  const notice = { values: { ...GOOD, ...values }, follows };
  return check(notice, { ...FILING, ...filing }, form, bookOfForms().vocabulary);
}

describe('The check before a notice is filed', () => {
  it('has nothing to say of a notice in which nothing is wrong', () => {
    expect(found({})).to.deep.equal([]);
  });

  it('R1: withdraw only in a follow-up, with a reason and the number of the authority', () => {
    expect(found({ completeness: 'withdraw' })).to.deep.equal([
      'R1 completeness withdraw-not-follow-up',
      'R1 withdraw-reason withdraw-reason',
      'R1 authority-reference withdraw-reference',
    ]);
    const whole: Values = {
      'notice-type': 'follow-up',
      completeness: 'withdraw',
      'withdraw-reason': 'The list was a test list.',
      'authority-reference': 'AP-2026-004711',
    };
    expect(found(whole)).to.deep.equal([]);
  });

  it('R2: to be determined only while incomplete, and a complete notice with one is refused', () => {
    const open: Values = { severity: 'tbd', 'data-categories': ['contact', 'tbd'] };
    expect(found({ ...open, completeness: 'incomplete' })).to.deep.equal([]);
    expect(found(open)).to.deep.equal([
      'R2 data-categories open-though-complete',
      'R2 severity open-though-complete',
    ]);
    expect(found({}, { follows: ['occurred-from'] })).to.deep.equal([
      'R2 occurred-from open-though-complete',
    ]);
  });

  it('R2: what may not be left for a follow-up is refused even while incomplete', () => {
    const turned = { follows: ['what-happened', 'record-count'] as const };
    expect(found({ completeness: 'incomplete' }, turned)).to.deep.equal(['R2 what-happened may-not-follow']);
  });

  it('R3: the reasons for the delay are asked exactly when new and later than the period', () => {
    const late = { filing: { filedAt: at('2026-11-19T08:41+01:00') } };
    const onTime = { filing: { filedAt: at('2026-11-19T08:40+01:00') } };
    const reason = { 'delay-reason': 'The supplier told us late.' };
    expect(found({}, late)).to.deep.equal(['R3 delay-reason delay-reason-missing']);
    expect(found(reason, late)).to.deep.equal([]);
    expect(found({}, onTime)).to.deep.equal([]);
    expect(found(reason, onTime)).to.deep.equal(['R3 delay-reason delay-reason-not-asked (warning)']);
    expect(found({ 'notice-type': 'follow-up' }, late)).to.deep.equal([]);
    expect(found({}, { filing: { dueAt: null } })).to.deep.equal([]);
  });

  it('R4: an end only for one day and a period, not before the beginning, not in the future', () => {
    const from = at('2026-11-14T02:10+01:00');
    const to = at('2026-11-14T05:00+01:00');
    const span = (shape: string, more: Values = {}): Values => ({
      'occurred-shape': shape,
      'occurred-from': from,
      'occurred-to': to,
      ...more,
    });
    expect(found(span('one-day'))).to.deep.equal([]);
    expect(found(span('period'))).to.deep.equal([]);
    expect(found(span('ongoing'))).to.deep.equal(['R4 occurred-to end-without-period']);
    expect(found(span('period', { 'occurred-from': to, 'occurred-to': from }))).to.deep.equal([
      'R4 occurred-to end-before-beginning',
    ]);
    expect(found(span('period', { 'occurred-to': at('2026-11-18T15:11+01:00') }))).to.deep.equal([
      'R4 occurred-to in-the-future',
    ]);
  });

  it('R5: the details and the consequences only for the kinds that are ticked', () => {
    const details: Values = {
      'confidentiality-detail': 'disclosed',
      'integrity-detail': 'no-misuse',
      'availability-detail': 'temporary',
      'consequence-confidentiality': ['linkable'],
      'consequence-integrity': ['other'],
      'consequence-availability': ['service-disturbed'],
    };
    expect(found(details)).to.deep.equal([
      'R5 integrity-detail kind-not-ticked',
      'R5 consequence-integrity kind-not-ticked',
      'R5 availability-detail kind-not-ticked',
      'R5 consequence-availability kind-not-ticked',
    ]);
    const all = { 'breach-kind': ['confidentiality', 'integrity', 'availability'] };
    expect(found({ ...details, ...all })).to.deep.equal([]);
  });

  it('R6: not telling because the risk is not high clashes with a high risk', () => {
    const told: Values = { 'subjects-told': 'no-not-high' };
    expect(found({ ...told, 'risk-outcome': 'high' })).to.deep.equal([
      'R6 subjects-told not-high-though-high',
    ]);
    expect(found({ ...told, 'risk-outcome': 'risk' })).to.deep.equal([]);
  });

  it('R6: each ground of art. 34(3) needs its reason and what it rests on', () => {
    const ground = (name: string, more: Values = {}): Values => ({
      'subjects-told': 'no-34-3',
      'not-told-ground': name,
      'not-told-reason': 'The disk was encrypted.',
      ...more,
    });
    expect(found({ 'subjects-told': 'no-34-3' })).to.deep.equal([
      'R6 not-told-ground ground-missing',
      'R6 not-told-reason not-told-reason-missing',
    ]);
    expect(found(ground('protected', { unintelligible: 'intact' }))).to.deep.equal([]);
    expect(found(ground('protected', { unintelligible: 'may-be-subverted' }))).to.deep.equal([
      'R6 unintelligible protection-may-fail (warning)',
    ]);
    expect(found(ground('protected', { unintelligible: 'no' }))).to.deep.equal([
      'R6 unintelligible protection-missing',
    ]);
    expect(found(ground('disproportionate', { 'told-means': ['individual'] }))).to.deep.equal([
      'R6 told-means public-notice-missing',
    ]);
    expect(found(ground('disproportionate', { 'told-means': ['public'] }))).to.deep.equal([]);
    expect(found(ground('risk-removed'))).to.deep.equal([]);
  });

  it('R7: the people of the EEA are no more than all, and exact numbers add up', () => {
    const people = (mode: string, count: number): Values => ({
      'subject-count-mode': mode,
      'subject-count': count,
      'subjects-by-place': [
        { place: 'NL', count: 201_000 },
        { place: 'BE', count: 38_000 },
        { place: 'GB', count: 1_112 },
      ],
    });
    expect(found(people('exact', 240_112))).to.deep.equal([]);
    expect(found(people('exact', 240_113))).to.deep.equal(['R7 subjects-by-place places-do-not-add-up']);
    expect(found(people('exact', 240_113), { filing: { allPlacesListed: false } })).to.deep.equal([]);
    expect(found(people('approximate', 250_000))).to.deep.equal([]);
    expect(found(people('approximate', 238_999))).to.deep.equal(['R7 subjects-by-place places-exceed']);
  });

  it('R8: exact and approximate need a number, the two others must have none', () => {
    for (const mode of ['exact', 'approximate']) {
      expect(found({ 'subject-count-mode': mode })).to.deep.equal(['R8 subject-count count-missing']);
      expect(found({ 'record-count-mode': mode, 'record-count': 7 })).to.deep.equal([]);
    }
    expect(found({ 'record-count-mode': 'undeterminable', 'record-count': 7 })).to.deep.equal([
      'R8 record-count count-not-allowed',
    ]);
    expect(
      found({ completeness: 'incomplete', 'subject-count-mode': 'tbd', 'subject-count': 0 }),
    ).to.deep.equal(['R8 subject-count count-not-allowed']);
    expect(found({ 'record-count': 7 })).to.deep.equal(['R8 record-count-mode count-mode-missing']);
  });

  it('R9: yes needs when and how, and a planned day lies after the filing', () => {
    expect(found({ 'subjects-told': 'yes' })).to.deep.equal([
      'R9 told-at told-when',
      'R9 told-means told-how',
    ]);
    const planned = (day: string): Values => ({ 'subjects-told': 'will-on-date', 'will-tell-at': at(day) });
    expect(found(planned('2026-11-20T09:00+01:00'))).to.deep.equal([]);
    expect(found(planned('2026-11-18T15:10+01:00'))).to.deep.equal(['R9 will-tell-at day-after-filing']);
    expect(found({ 'subjects-told': 'will-on-date' })).to.deep.equal(['R9 will-tell-at day-after-filing']);
  });

  it('R10: free text is searched for mail addresses, IBANs, card and identity numbers', () => {
    const traces: readonly (readonly [string, string])[] = [
      ['Sent to lena.vogt@mail.example by mistake.', 'mail'],
      ['The account DE89 3704 0044 0532 0130 00 was shown.', 'iban'],
      ['The card 4111 1111 1111 1111 was shown.', 'card'],
      ['The number 219-09-9999 was shown.', 'identity'],
      ['Le numéro 1 85 05 78 006 084 36 était lisible.', 'identity'],
      ['The number AB 12 34 56 C was shown.', 'identity'],
    ];
    for (const [text, kind] of traces)
      expect(found({ 'what-happened': text }), text).to.deep.equal([
        `R10 what-happened personal-${kind} (warning)`,
      ]);
  });

  it('R10: is silent on own contacts, dates, counts and what only looks like a number of those kinds', () => {
    const quiet =
      'On 2026-11-14 the account DE00 3704 0044 0532 0130 00 (no such account), 18,400 people, order 4111 1111 1111 1112, telephone +49 221 5550100.';
    expect(found({ 'what-happened': quiet })).to.deep.equal([]);
    const own: Values = {
      'controller-contact': 'info@shop.example',
      'measures-taken': 'Questions reach us at info@shop.example.',
    };
    expect(found(own)).to.deep.equal([]);
  });

  it('R11: a text over the limit of the form is refused and never cut', () => {
    const form: Form = {
      ...GENERAL,
      questions: GENERAL.questions.map((question) =>
        question.fields.includes('what-happened') ? { ...question, limit: 10 } : question,
      ),
    };
    expect(found({ 'what-happened': 'äöüß😀67890' }, { form })).to.deep.equal([]);
    const [tooLong] = findings({ 'what-happened': 'äöüß😀678901' }, { form });
    expect(tooLong).to.deep.include({ rule: 'R11', level: 'error', field: 'what-happened', key: 'too-long' });
    expect(tooLong?.values).to.deep.equal({ limit: 10, length: 11, over: 1 });
  });

  it('R12: what the form has neither a value nor an other for is told', () => {
    const form = formNamed('it-gpdp');
    expect(found({ 'cause-origin': 'external-malicious' }, { form })).to.deep.equal([]);
    const lacking: Form = {
      ...form,
      questions: form.questions.map(({ options, ...question }) =>
        question.fields[0] === 'cause-origin' && options
          ? { ...question, options: options.slice(0, 1) }
          : { ...question, ...(options ? { options } : {}) },
      ),
    };
    expect(found({ 'cause-origin': 'external-malicious' }, { form: lacking })).to.deep.equal([
      'R12 cause-origin form-lacks-value (warning)',
    ]);
  });

  it('refuses what the form itself will not send: a small risk at the LDI NRW', () => {
    const form = formNamed('de-nw-ldi');
    expect(found({ 'risk-outcome': 'unlikely' }, { form })).to.deep.equal(['form risk-outcome form-refuses']);
    expect(found({ 'risk-outcome': 'risk' }, { form })).to.deep.equal([]);
  });

  it('counts a moment, whatever its zone, as the same moment', () => {
    const filedAt = Temporal.Instant.from('2026-11-19T07:40:00Z');
    expect(found({}, { filing: { filedAt } })).to.deep.equal([]);
  });
});
