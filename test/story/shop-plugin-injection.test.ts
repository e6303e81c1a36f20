import { expect } from 'chai';
import { recordAssessment } from '../../src/application/incident/assess.ts';
import { good } from '../support/breach.ts';
import { withShopHouse } from '../support/shop.ts';
import { letters, Paper } from './papers.ts';
import { handsOf, openFor, type Cast } from './people.ts';
import { Story } from './telling.ts';

/** A shop in São Paulo; the Friday before Carnival. */
const TILIA = {
  name: 'Loja Tília',
  zone: 'America/Sao_Paulo',
  profile: {
    role: 'controller',
    establishments: ['BR'],
    mainEstablishment: 'BR',
    sectors: ['ecommerce'],
    listed: false,
  },
  contact: { address: 'Rua das Tílias 1, 01001-000 São Paulo' },
};

describe('A story: a plug-in lets somebody read the database of a shop in São Paulo before Carnival', function () {
  this.timeout(120_000);
  const story = new Story(withShopHouse());
  let cast: Cast;

  before(async () => {
    cast = await openFor(story, TILIA, { staff: 'Bia', responder: 'Caio', legal: 'Lia', dpo: 'Davi' });
  });

  it('Friday 17:00: a warning about the plug-in, and a strange administrator in ours', async () => {
    story.itIs('2027-02-05T18:40');
    await story.log(cast.responder, {
      state: 'breach',
      kind: 'shop-plugin-injection',
      title: 'An administrator whom nobody made',
      whatHappened: 'After the warning about the plug-in we found an administrator whom nobody made.',
      reporter: 'Caio, after a warning',
      detectedAt: '2027-02-05T17:00',
      awareAt: '2027-02-05T18:30',
      categories: ['name', 'email', 'postal-address', 'password-hash'],
      subjects: [{ place: 'BR', count: 9000, groups: ['customers'] }],
      facts: { cyber: true, malicious: true },
    });
    expect(await story.clocks()).to.deep.equal({
      'br-lgpd-anpd':
        '2027-02-10T23:59-03:00 if undecided: answered.br-lgpd-anpd, breach.availability, breach.confidentiality, breach.integrity, data.categories, risk',
      'br-lgpd-subjects':
        '2027-02-10T23:59-03:00 if undecided: answered.br-lgpd-anpd, breach.availability, breach.confidentiality, breach.integrity, data.categories, risk',
      'br-lgpd-proof':
        '2027-02-15T23:59-03:00 if undecided: answered.br-lgpd-anpd, breach.availability, breach.confidentiality, breach.integrity, data.categories, risk',
    });
    expect(await story.page('detect')).to.deep.equal({
      shows: [
        'note-first-sight',
        'call-decider',
        'open-private-channel',
        'snapshot-first',
        'list-suppliers-involved',
        'pin-the-version',
        'fix-awareness',
      ],
      asks: {},
      hides: {},
    });
  });

  it('snapshot first; then maintenance, new keys, and a look at the checkout', async () => {
    await story.appoint(cast.responder, cast.responder);
    await story.finish('detect', handsOf(cast));
    await story.close(cast.responder, 'detect');
    expect(await story.page('contain')).to.deep.equal({
      shows: [
        'log-each-step',
        'maintenance-mode',
        'check-payment-path',
        'change-all-keys',
        'find-back-doors',
        'neighbours-on-host',
        'confirm-stopped',
        'rebuild-clean',
      ],
      asks: {},
      hides: {},
    });
    await story.finish('contain', handsOf(cast));
    expect(await story.isStopped(cast.responder, 'contain')).to.deep.equal({
      kind: 'stage-gate-closed',
      stage: 'contain',
      tasks: [],
      facts: ['answers.cardsTouched', 'answers.shellFound'],
    });
    expect((await story.page('notify')).asks).to.deep.equal({
      'acquirer-if-cards': ['answers.cardsTouched'],
      'tell-insurer': ['answers.hasInsurance'],
      'report-police': ['answers.crime'],
      'complete-authority': ['answers.firstFilingIncomplete'],
    });
    await story.learn(cast.responder, {
      'answers.cardsTouched': false,
      'answers.shellFound': true,
      'answers.fixDate': '2027-02-03T12:00',
    });
    expect(await story.page('notify')).to.deep.equal({
      shows: [
        'tell-host-and-agency',
        'answers-for-help-desk',
        'one-voice',
        'file-authority',
        'letter-with-password-step',
        'tell-plugin-author',
      ],
      asks: {
        'tell-insurer': ['answers.hasInsurance'],
        'report-police': ['answers.crime'],
        'complete-authority': ['answers.firstFilingIncomplete'],
      },
      hides: { 'acquirer-if-cards': 'answers.cardsTouched', 'tell-controllers': 'roleIs("processor")' },
    });
    await story.close(cast.responder, 'contain');
  });

  it('the calculator advises one thing, Lia decides another, and both stand', async () => {
    story.itIs('2027-02-06T11:00');
    const input = {
      data: { type: 'behavioural' },
      ei: 'significant',
      circumstances: { confidentiality: 0.5, malicious: true },
    };
    const { severity } = good(
      await recordAssessment(story.house, cast.dpo, { incident: story.incident, input, shown: 0 }),
    );
    expect(severity).to.deep.include({ score: 2.5, level: 'medium', risk: 'risk' });
    await story.learn(cast.responder, {
      'data.encrypted': false,
      'data.keyCompromised': false,
      'breach.confidentiality': true,
      'breach.integrity': false,
      'breach.availability': false,
      occurredAt: '2027-02-03T02:15',
    });
    expect(await story.clocks()).to.deep.equal({
      'br-lgpd-anpd': '2027-02-10T23:59-03:00 if undecided: answered.br-lgpd-anpd, data.categories, risk',
      'br-lgpd-subjects': '2027-02-10T23:59-03:00 if undecided: answered.br-lgpd-anpd, data.categories, risk',
      'br-lgpd-proof': '2027-02-15T23:59-03:00 if undecided: answered.br-lgpd-anpd, data.categories, risk',
    });
    await story.learn(
      cast.legal,
      { risk: 'high' },
      'Old hashes without salt, and people use a password twice.',
    );
    expect(await story.clocks()).to.deep.equal({
      'br-lgpd-anpd': '2027-02-10T23:59-03:00 if undecided: answered.br-lgpd-anpd, data.categories',
      'br-lgpd-subjects': '2027-02-10T23:59-03:00 if undecided: answered.br-lgpd-anpd, data.categories',
      'br-lgpd-proof': '2027-02-15T23:59-03:00 if undecided: answered.br-lgpd-anpd, data.categories',
    });
    await story.learn(cast.legal, { 'answered.br-lgpd-anpd': true });
    expect(await story.clocks()).to.deep.equal({
      'br-lgpd-anpd': '2027-02-10T23:59-03:00',
      'br-lgpd-subjects': '2027-02-10T23:59-03:00',
      'br-lgpd-proof': '2027-02-15T23:59-03:00',
    });
    await story.finish('assess', handsOf(cast));
    expect(await story.waitsFor()).to.deep.equal({ tasks: [], facts: [] });
    await story.close(cast.legal, 'assess');
  });

  it('Ash Wednesday is the third working day: authority and people on the same date', async () => {
    story.itIs('2027-02-09T15:00');
    const notice = await Paper.begin(story, cast.responder, 'authority', ['br-lgpd-anpd']);
    await notice.write(cast.responder);
    expect(await notice.lacks(cast.responder)).to.deep.equal(['processor']);
    await story.learn(cast.responder, { 'answers.supplierInvolved': false });
    expect(await notice.lacks(cast.responder)).to.deep.equal([]);
    await notice.handIn(cast.responder);
    await notice.approve(cast.legal);
    await notice.file(cast.legal, { how: 'form of the ANPD' });
    await Paper.sent(
      story,
      cast,
      ['br-lgpd-subjects'],
      [{ name: 'Ana', email: 'ana@customers.example', language: 'en', country: 'BR' }],
    );
    const [letter, ...others] = await letters(story);
    expect(others).to.deep.equal([]);
    expect(letter?.to).to.equal('"Ana" <ana@customers.example>');
    expect(letter?.text).to.contain('password');
    expect(await story.clocks()).to.deep.equal({
      'br-lgpd-anpd': 'met',
      'br-lgpd-subjects': 'met',
      'br-lgpd-proof': '2027-02-15T23:59-03:00',
    });
    await Paper.filed(story, cast, ['br-lgpd-proof'], {
      how: 'form of the ANPD',
    });
    await story.learn(cast.responder, {
      'answers.hasInsurance': false,
      'answers.crime': true,
      'answers.firstFilingIncomplete': false,
    });
    await story.finish('notify', handsOf(cast));
    expect(await story.waitsFor()).to.deep.equal({ tasks: [], facts: [] });
    await story.close(cast.legal, 'notify');
  });

  it('it is reviewed and closed', async () => {
    story.itIs('2027-02-24T10:00');
    expect(await story.finish('review', handsOf(cast))).to.deep.equal({
      'hold-review': 'responder',
      'three-changes': 'administrator',
      'updates-with-a-name': 'administrator',
      'close-record': 'dpo',
      'waf-and-backup': 'administrator',
    });
    await story.finish('contain', handsOf(cast));
    await story.close(cast.dpo, 'review');
    expect(await story.verdict()).to.deep.include({ ok: true, flaws: [] });
  });
});
