import { expect } from 'chai';
import { withShopHouse } from '../support/shop.ts';
import { letters, Paper } from './papers.ts';
import { handsOf, openFor, type Cast } from './people.ts';
import { Story, unknown } from './telling.ts';

/** A shop in Milan that also ships for others, and that NIS2 counts as important; Christmas Eve. */
const TIGLIO = {
  name: 'Bottega Tiglio',
  zone: 'Europe/Rome',
  profile: {
    role: ['controller', 'processor'],
    establishments: ['IT'],
    mainEstablishment: 'IT',
    sectors: ['ecommerce', 'nis2-important'],
    listed: false,
  },
  contact: { address: 'Via dei Tigli 1, 20121 Milano' },
};

describe('A story: a shop in Milan is locked and copied on Christmas Eve', function () {
  this.timeout(120_000);
  const story = new Story(withShopHouse());
  let cast: Cast;

  before(async () => {
    cast = await openFor(story, TIGLIO, { staff: 'Gaia', responder: 'Elio', legal: 'Rosa', dpo: 'Pio' });
  });

  it('Thursday 17:10: a note on every screen; the first authority wants to hear within a day', async () => {
    story.itIs('2026-12-24T18:40');
    await story.log(cast.staff, {
      state: 'breach',
      kind: 'ransomware-exfiltration',
      title: 'A note on every screen',
      whatHappened: 'At ten past five all files had a new ending, and a note asked for money.',
      reporter: 'Gaia, at the till',
      detectedAt: '2026-12-24T17:10',
      awareAt: '2026-12-24T18:30',
      categories: ['name', 'email', 'bank-account', 'tax-id'],
      subjects: [{ place: 'IT', min: 2000, max: 5000, groups: ['customers', 'employees'] }],
      facts: { cyber: true, malicious: true, ransomware: true, significant: true },
    });
    expect(await story.clocks()).to.deep.equal({
      'gdpr-art33-authority':
        '2026-12-27T18:30+01:00 if undecided: breach.availability, breach.confidentiality, breach.integrity, risk',
      'gdpr-art33-2-controller': 'undecided: breach.availability, breach.confidentiality, breach.integrity',
      'gdpr-art34-subjects':
        'undecided: breach.availability, breach.confidentiality, breach.integrity, data.encrypted, data.keyCompromised, risk',
      'it-nis2-25-early-warning': '2026-12-25T18:30+01:00',
      'it-nis2-25-notification': '2026-12-27T18:30+01:00',
      'it-nis2-25-final': 'undecided: ongoing',
      'nis2-art23-progress': 'undecided: ongoing',
      'nis2-art23-recipients': 'undecided: service.affected',
      'nis2-art23-threat-recipients': 'undecided: threat',
    });
    expect(await story.page('detect')).to.deep.equal({
      shows: [
        'note-first-sight',
        'call-decider',
        'open-private-channel',
        'list-suppliers-involved',
        'keep-note-and-sample',
        'fix-awareness',
      ],
      asks: {},
      hides: {},
    });
    expect(await story.page('contain')).to.deep.equal({
      shows: [
        'unplug-not-off',
        'save-the-backups',
        'log-each-step',
        'call-helpers',
        'no-talk-no-pay',
        'save-traffic-logs',
        'change-secrets',
        'run-the-shop-by-hand',
        'confirm-stopped',
        'close-way-in',
      ],
      asks: {},
      hides: {},
    });
  });

  it('the cable comes first; helpers are called whether or not there is a policy', async () => {
    await story.done(cast.staff, 'unplug-not-off', 'note-first-sight', 'call-decider');
    await story.done(cast.owner, 'call-helpers');
    await story.appoint(cast.responder, cast.responder);
    await story.finish('detect', handsOf(cast));
    await story.close(cast.responder, 'detect');
  });

  it('the way in is not closed yet; the gate stops Elio, and Rosa overrides it with a reason', async () => {
    await story.done(cast.responder, 'save-the-backups', 'save-traffic-logs', 'change-secrets');
    await story.done(cast.owner, 'no-talk-no-pay');
    expect(await story.isStopped(cast.responder, 'contain')).to.deep.equal({
      kind: 'stage-gate-closed',
      stage: 'contain',
      tasks: ['close-way-in'],
      facts: ['answers.backupGood'],
    });
    await story.learn(cast.responder, {
      'answers.backupGood': unknown('The backup may not be tested on this network.'),
    });
    expect(await story.isStopped(cast.responder, 'contain')).to.deep.equal({
      kind: 'stage-gate-closed',
      stage: 'contain',
      tasks: ['close-way-in'],
      facts: [],
    });
    expect(await story.refusesToOverride(cast.responder, 'contain', 'We have to go on.')).to.deep.equal({
      kind: 'not-allowed',
      permission: 'gate.override',
    });
    await story.closeAllTheSame(
      cast.legal,
      'contain',
      'The firewall is rebuilt on Monday; until then the machines stay off the network.',
    );
  });

  it('the early warning leaves the same night', async () => {
    story.itIs('2026-12-24T22:00');
    await Paper.filed(story, cast, ['it-nis2-25-early-warning'], {
      how: 'portal of the CSIRT',
      reference: 'CSIRT-77',
    });
    expect(await story.clocks()).to.deep.equal({
      'gdpr-art33-authority':
        '2026-12-27T18:30+01:00 if undecided: breach.availability, breach.confidentiality, breach.integrity, risk',
      'gdpr-art33-2-controller': 'undecided: breach.availability, breach.confidentiality, breach.integrity',
      'gdpr-art34-subjects':
        'undecided: breach.availability, breach.confidentiality, breach.integrity, data.encrypted, data.keyCompromised, risk',
      'it-nis2-25-early-warning': 'met',
      'it-nis2-25-notification': '2026-12-27T18:30+01:00',
      'it-nis2-25-final': 'undecided: ongoing',
      'nis2-art23-progress': 'undecided: ongoing',
      'nis2-art23-recipients': 'undecided: service.affected',
      'nis2-art23-threat-recipients': 'undecided: threat',
    });
  });

  it('St Stephen’s Day: a sample on the leak site, and what was unknown is known', async () => {
    story.itIs('2026-12-26T12:00');
    expect((await story.page('assess')).asks).to.deep.equal({ 'look-at-leak-site': ['answers.copySeen'] });
    await story.learn(cast.responder, { 'answers.copySeen': 'no' });
    expect((await story.page('assess')).hides).to.deep.equal({
      'look-at-leak-site': 'answers.copySeen != "no"',
    });
    await story.learn(cast.responder, {
      'answers.copySeen': 'yes',
      'answers.nis2': true,
      'answers.partnerData': true,
      'data.encrypted': false,
      'data.keyCompromised': false,
      'breach.confidentiality': true,
      'breach.integrity': true,
      'breach.availability': true,
      occurredAt: '2026-12-22T02:40',
      'service.affected': true,
      threat: false,
      ongoing: true,
    });
    await story.learn(cast.legal, { risk: 'high' }, 'Payroll and account numbers are for sale.');
    expect(await story.clocks()).to.deep.equal({
      'gdpr-art33-authority@IT': '2026-12-27T18:30+01:00',
      'gdpr-art33-2-controller': 'without undue delay',
      'gdpr-art34-subjects': 'without undue delay',
      'it-nis2-25-early-warning': 'met',
      'it-nis2-25-notification': '2026-12-27T18:30+01:00',
      'nis2-art23-progress@IT': 'waits for notified:nis2-art23-notification',
      'nis2-art23-recipients': 'without undue delay',
    });
    await story.finish('assess', handsOf(cast));
    expect(await story.waitsFor()).to.deep.equal({ tasks: [], facts: [] });
    await story.close(cast.legal, 'assess');
    expect(await story.page('notify')).to.deep.equal({
      shows: [
        'answers-for-help-desk',
        'tell-dependent-companies',
        'one-voice',
        'tell-csirt',
        'status-page',
        'file-early',
        'letters-before-leak',
      ],
      asks: { 'report-police': ['answers.crime'], 'complete-authority': ['answers.firstFilingIncomplete'] },
      hides: {},
    });
  });

  it('the authority is told in time, without the number, which follows', async () => {
    const notice = await Paper.begin(story, cast.responder, 'authority', ['gdpr-art33-authority@IT']);
    await notice.write(cast.responder, { follows: ['count-records'] });
    await notice.handIn(cast.responder);
    await notice.approve(cast.legal);
    await notice.file(cast.legal, { how: 'portal of the Garante', reference: 'GPDP-12' });
    await Paper.filed(story, cast, ['it-nis2-25-notification'], {
      how: 'portal of the CSIRT',
    });
    await Paper.filed(
      story,
      cast,
      ['gdpr-art33-2-controller'],
      { how: 'by mail and telephone' },
      'controller',
    );
    await story.learn(cast.legal, { 'answers.firstFilingIncomplete': true, 'answers.crime': true });
    expect(await story.clocks()).to.deep.equal({
      'gdpr-art33-authority@IT': 'met, rest to follow',
      'gdpr-art33-4-phases': 'without undue delay',
      'gdpr-art33-2-controller': 'met',
      'gdpr-art34-subjects': 'without undue delay',
      'it-nis2-25-early-warning': 'met',
      'it-nis2-25-notification': 'met',
      'nis2-art23-progress@IT': '2027-01-26T23:59+01:00',
      'nis2-art23-recipients': 'without undue delay',
    });
  });

  it('letters leave before the gang publishes', async () => {
    story.itIs('2026-12-28T09:00');
    await Paper.sent(
      story,
      cast,
      ['gdpr-art34-subjects'],
      [{ name: 'Nino', email: 'nino@customers.example', language: 'en', country: 'IT' }],
    );
    expect((await letters(story)).map(({ to }) => to)).to.deep.equal(['"Nino" <nino@customers.example>']);
    await story.finish('notify', handsOf(cast));
    expect(await story.waitsFor()).to.deep.equal({ tasks: [], facts: ['incident.dutiesSettled'] });
    await story.tellDirectly(
      cast.legal,
      'nis2-art23-recipients',
      'The notice on the site, and a call to each of the four shops.',
    );
    expect(await story.clocks()).to.deep.equal({
      'gdpr-art33-authority@IT': 'met, rest to follow',
      'gdpr-art33-4-phases': 'without undue delay',
      'gdpr-art33-2-controller': 'met',
      'gdpr-art34-subjects': 'met',
      'it-nis2-25-early-warning': 'met',
      'it-nis2-25-notification': 'met',
      'nis2-art23-progress@IT': '2027-01-26T23:59+01:00',
      'nis2-art23-recipients': 'met',
    });
  });

  it('a month on it is not over, so the progress report is due; once it is over, the final one', async () => {
    story.itIs('2027-01-20T10:00');
    await Paper.filed(story, cast, ['gdpr-art33-4-phases'], {
      how: 'portal of the Garante',
    });
    await story.learn(cast.responder, { ongoing: false, handledAt: '2027-01-19T18:00' });
    expect(await story.clocks()).to.deep.equal({
      'gdpr-art33-authority@IT': 'met, rest to follow',
      'gdpr-art33-4-phases': 'met',
      'gdpr-art33-2-controller': 'met',
      'gdpr-art34-subjects': 'met',
      'it-nis2-25-early-warning': 'met',
      'it-nis2-25-notification': 'met',
      'it-nis2-25-final': '2027-01-26T23:59+01:00',
      'nis2-art23-recipients': 'met',
    });
    await Paper.filed(story, cast, ['it-nis2-25-final'], {
      how: 'portal of the CSIRT',
    });
    await story.finish('notify', handsOf(cast));
    expect(await story.clocks()).to.deep.equal({
      'gdpr-art33-authority@IT': 'met, rest to follow',
      'gdpr-art33-4-phases': 'met',
      'gdpr-art33-2-controller': 'met',
      'gdpr-art34-subjects': 'met',
      'it-nis2-25-early-warning': 'met',
      'it-nis2-25-notification': 'met',
      'it-nis2-25-final': 'met',
      'nis2-art23-recipients': 'met',
    });
    expect(await story.waitsFor()).to.deep.equal({ tasks: [], facts: [] });
    await story.close(cast.legal, 'notify');
  });

  it('the way in is long closed; the review closes the record, overridden gate and all', async () => {
    story.itIs('2027-02-03T10:00');
    expect(await story.finish('contain', handsOf(cast))).to.deep.equal({
      'log-each-step': 'responder',
      'confirm-stopped': 'responder',
      'close-way-in': 'responder',
    });
    expect(await story.finish('review', handsOf(cast))).to.deep.equal({
      'hold-review': 'responder',
      'three-changes': 'administrator',
      'close-record': 'dpo',
      'restore-drill': 'administrator',
      'delete-what-hurt': 'dpo',
    });
    await story.close(cast.dpo, 'review');
    const { types, words } = await story.record();
    expect(types.filter((type) => type === 'notice-filed')).to.have.length(6);
    expect(types).to.include.members(['gate-overridden', 'told-directly', 'people-told']);
    expect(words.join()).to.contain('The firewall is rebuilt on Monday');
    expect(await story.verdict()).to.deep.include({ ok: true, flaws: [] });
  });
});
