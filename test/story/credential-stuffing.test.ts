import { expect } from 'chai';
import { withShopHouse } from '../support/shop.ts';
import { letters, Paper } from './papers.ts';
import { handsOf, openFor, type Cast } from './people.ts';
import { Story } from './telling.ts';

/** A shop in Lyon; the night before the national holiday, which is a Tuesday. */
const TILLEUL = {
  name: 'Boutique Tilleul',
  zone: 'Europe/Paris',
  profile: {
    role: 'controller',
    establishments: ['FR'],
    mainEstablishment: 'FR',
    sectors: ['ecommerce'],
    listed: false,
  },
  contact: { address: '1 rue du Tilleul, 69001 Lyon' },
};

describe('A story: somebody tries stolen passwords at a shop in Lyon, the night before the national holiday', function () {
  this.timeout(120_000);
  const story = new Story(withShopHouse());
  let cast: Cast;

  before(async () => {
    cast = await openFor(story, TILLEUL, { staff: 'Zoé', responder: 'Luc', legal: 'Inès', dpo: 'Rémi' });
  });

  it('Monday night: thousands of log-ins fail; a suspicion is logged, and no clock runs yet', async () => {
    story.itIs('2026-07-13T21:20');
    await story.log(cast.staff, {
      state: 'suspicion',
      kind: 'credential-stuffing',
      title: 'Thousands of failed log-ins',
      whatHappened: 'Since nine in the evening thousands of log-ins fail, and some do not.',
      reporter: 'Zoé, who saw the alarm of the host',
      detectedAt: '2026-07-13T21:00',
      categories: ['online-credentials', 'name', 'email', 'postal-address', 'order-history'],
      subjects: [],
      facts: { cyber: true, malicious: true },
    });
    const clocks = await story.clocks();
    expect(Object.keys(clocks).length).to.be.greaterThan(200);
    const surely = Object.entries(clocks).filter(([, words]) => !words.includes('subjects'));
    expect(surely.map(([duty]) => duty)).to.deep.equal([
      'fr-cass-l12-10-1-complaint',
      'gdpr-art33-authority',
      'gdpr-art34-subjects',
    ]);
    for (const [, words] of surely) expect(words).to.match(/^undecided: /);
    expect(await story.page('detect')).to.deep.equal({
      shows: [
        'note-first-sight',
        'call-decider',
        'save-login-logs',
        'list-suppliers-involved',
        'list-entered',
        'fix-awareness',
      ],
      asks: {},
      hides: {},
    });
    expect(await story.targetOf('slow-the-attack')).to.equal('2026-07-13T22:00+02:00');
  });

  it('Luc slows the attack at once and finds eleven accounts that were entered', async () => {
    await story.appoint(cast.responder, cast.responder);
    await story.done(cast.responder, 'slow-the-attack', 'save-login-logs');
    expect(await story.isStopped(cast.responder, 'detect')).to.deep.equal({
      kind: 'stage-gate-closed',
      stage: 'detect',
      tasks: ['note-first-sight', 'call-decider', 'list-suppliers-involved', 'list-entered', 'fix-awareness'],
      facts: ['incident.awareness'],
    });
    story.itIs('2026-07-13T23:30');
    await story.learn(cast.responder, {
      subjects: [
        { place: 'FR', count: 9, groups: ['customers'] },
        { place: 'BE', count: 2, groups: ['customers'] },
      ],
    });
    await story.turn(cast.legal, 'breach', 'Eleven accounts were entered, not only tried.', {
      awareAt: '2026-07-13T23:10',
    });
    expect(await story.clocks()).to.deep.equal({
      'fr-cass-l12-10-1-complaint': '2026-07-16T23:10+02:00 if undecided: cyberInsurance',
      'gdpr-art33-authority':
        '2026-07-16T23:10+02:00 if undecided: breach.availability, breach.confidentiality, breach.integrity, risk',
      'gdpr-art34-subjects':
        'undecided: breach.availability, breach.confidentiality, breach.integrity, data.encrypted, data.keyCompromised, risk',
    });
    await story.finish('detect', handsOf(cast));
    await story.close(cast.responder, 'detect');
  });

  it('nobody knows yet of orders and vouchers, so their task asks; a yes shows it, a no hides it', async () => {
    expect(await story.page('contain')).to.deep.equal({
      shows: [
        'slow-the-attack',
        'log-each-step',
        'protect-staff-logins',
        'change-secrets',
        'log-out-and-reset',
        'undo-mail-changes',
        'confirm-stopped',
      ],
      asks: { 'hold-suspicious-orders': ['answers.ordersMade', 'answers.storedValue'] },
      hides: {},
    });
    await story.learn(cast.responder, { 'answers.ordersMade': false });
    expect((await story.page('contain')).asks).to.deep.equal({
      'hold-suspicious-orders': ['answers.storedValue'],
    });
    await story.learn(cast.responder, { 'answers.storedValue': false });
    expect((await story.page('contain')).hides).to.deep.equal({
      'hold-suspicious-orders': 'answers.ordersMade || answers.storedValue',
    });
    await story.learn(cast.responder, { 'answers.storedValue': true });
    expect((await story.page('contain')).shows).to.deep.equal([
      'slow-the-attack',
      'log-each-step',
      'hold-suspicious-orders',
      'protect-staff-logins',
      'change-secrets',
      'log-out-and-reset',
      'undo-mail-changes',
      'confirm-stopped',
    ]);
    await story.finish('contain', handsOf(cast));
    await story.close(cast.responder, 'contain');
  });

  it('the national holiday: the risk was high, and is removed before anybody could use it', async () => {
    story.itIs('2026-07-14T10:00');
    await story.learn(cast.responder, {
      'data.encrypted': false,
      'data.keyCompromised': false,
      'breach.confidentiality': true,
      'breach.integrity': false,
      'breach.availability': false,
      occurredAt: '2026-07-13T20:50',
      'answers.partnerData': false,
    });
    await story.learn(cast.legal, { risk: 'high' }, 'The address book and the orders could be seen.');
    expect(await story.clocks()).to.deep.equal({
      'fr-cass-l12-10-1-complaint': '2026-07-16T23:10+02:00 if undecided: cyberInsurance',
      'gdpr-art33-authority@FR': '2026-07-16T23:10+02:00',
      'gdpr-art34-subjects': 'without undue delay',
    });
    const refusal = await story.refuses(cast.responder, 'exceptions.riskRemoved', true, 'We reset them.');
    expect(refusal).to.deep.equal({ kind: 'not-allowed', permission: 'exception.record' });
    expect(await story.refuses(cast.legal, 'exceptions.riskRemoved', true)).to.deep.equal({
      kind: 'invalid-input',
      problems: [{ path: 'because', key: 'text.missing' }],
    });
    await story.learn(
      cast.legal,
      { 'exceptions.riskRemoved': true },
      'All eleven sessions ended within minutes; no page but the account page was opened, nothing was ordered.',
    );
    expect(await story.clocks()).to.deep.equal({
      'fr-cass-l12-10-1-complaint': '2026-07-16T23:10+02:00 if undecided: cyberInsurance',
      'gdpr-art33-authority@FR': '2026-07-16T23:10+02:00',
    });
    expect(await story.page('notify')).to.deep.equal({
      shows: ['one-voice', 'calm-line-for-others', 'file-authority', 'refund-without-asking'],
      asks: {
        'answers-for-help-desk': ['answers.lettersAnyway'],
        'tell-insurer': ['answers.hasInsurance'],
        'letter-entered-only': ['answers.lettersAnyway'],
        'report-police': ['answers.crime'],
        'complete-authority': ['answers.firstFilingIncomplete'],
      },
      hides: { 'tell-controllers': 'roleIs("processor")', 'tell-payment-provider': 'answers.ordersMade' },
    });
    await story.learn(cast.dpo, {
      cyberInsurance: true,
      'answers.hasInsurance': true,
      'answers.crime': true,
    });
    expect(await story.clocks()).to.deep.equal({
      'fr-cass-l12-10-1-complaint': '2026-07-16T23:10+02:00',
      'gdpr-art33-authority@FR': '2026-07-16T23:10+02:00',
    });
    await story.finish('assess', handsOf(cast));
    expect(await story.waitsFor()).to.deep.equal({ tasks: [], facts: [] });
    await story.close(cast.legal, 'assess');
  });

  it('the owner wants to write all the same; the letter asks to change the password elsewhere too', async () => {
    story.itIs('2026-07-15T09:00');
    await story.learn(cast.responder, { 'answers.lettersAnyway': false });
    expect(Object.keys((await story.page('notify')).hides)).to.deep.equal([
      'tell-controllers',
      'answers-for-help-desk',
      'tell-payment-provider',
      'letter-entered-only',
    ]);
    await story.learn(cast.responder, { 'answers.lettersAnyway': true });
    await Paper.sent(
      story,
      cast,
      ['gdpr-art34-subjects'],
      [{ name: 'Paul', email: 'paul@customers.example', language: 'en', country: 'FR' }],
    );
    const [letter, ...others] = await letters(story);
    expect(others).to.deep.equal([]);
    expect(letter?.to).to.equal('"Paul" <paul@customers.example>');
    expect(letter?.text).to.contain('password');
    expect(await story.clocks()).to.deep.equal({
      'fr-cass-l12-10-1-complaint': '2026-07-16T23:10+02:00',
      'gdpr-art33-authority@FR': '2026-07-16T23:10+02:00',
    });
    await Paper.filed(story, cast, ['gdpr-art33-authority@FR'], {
      how: 'teleservice of the CNIL',
    });
    expect(await story.clocks()).to.deep.equal({
      'fr-cass-l12-10-1-complaint': '2026-07-16T23:10+02:00',
      'gdpr-art33-authority@FR': 'met',
    });
    await Paper.filed(story, cast, ['fr-cass-l12-10-1-complaint'], {
      how: 'complaint at the police station',
    });
    await story.learn(cast.responder, { 'answers.firstFilingIncomplete': false });
    await story.finish('notify', handsOf(cast));
    expect(await story.waitsFor()).to.deep.equal({ tasks: [], facts: [] });
    await story.close(cast.legal, 'notify');
  });

  it('it is reviewed and closed', async () => {
    story.itIs('2026-07-29T10:00');
    expect(await story.finish('review', handsOf(cast))).to.deep.equal({
      'hold-review': 'responder',
      'three-changes': 'administrator',
      'close-record': 'dpo',
      'second-factor-or-code': 'administrator',
      'alarm-on-failures': 'responder',
    });
    await story.finish('contain', handsOf(cast));
    await story.close(cast.dpo, 'review');
    expect((await story.see()).stage).to.equal('closed');
    const { types, words } = await story.record();
    expect(types).to.include.members(['state-changed', 'exception-used', 'people-told', 'notice-filed']);
    expect(words.join()).to.contain('nothing was ordered');
    expect(await story.verdict()).to.deep.include({ ok: true, flaws: [] });
  });
});
