import { expect } from 'chai';
import { withShopHouse } from '../support/shop.ts';
import { letters } from './papers.ts';
import { handsOf, openFor, type Cast } from './people.ts';
import { Story } from './telling.ts';

/** A shop in Zürich with a few customers in Liechtenstein; the eve of the national holiday, a Saturday. */
const LINDENHOF = {
  name: 'Lindenhof Laden',
  zone: 'Europe/Zurich',
  profile: {
    role: 'controller',
    establishments: ['CH'],
    mainEstablishment: 'CH',
    sectors: ['ecommerce'],
    listed: false,
  },
  contact: { address: 'Lindenhof 1, 8001 Zürich' },
};

describe('A story: a laptop is stolen from a train to Zürich, and its encryption decides everything', function () {
  this.timeout(120_000);
  const story = new Story(withShopHouse());
  let cast: Cast;

  before(async () => {
    cast = await openFor(story, LINDENHOF, { staff: 'Urs', responder: 'Lea', legal: 'Beat', dpo: 'Vreni' });
  });

  it('Friday 18:30: the bag is gone; twelve people in Liechtenstein start a clock that Switzerland does not have', async () => {
    story.itIs('2026-07-31T19:10');
    await story.log(cast.staff, {
      state: 'breach',
      kind: 'lost-device',
      title: 'Laptop stolen on the train',
      whatHappened: 'My bag with the laptop was gone when the train reached Zürich.',
      reporter: 'Urs himself',
      detectedAt: '2026-07-31T18:30',
      awareAt: '2026-07-31T19:00',
      categories: ['name', 'email', 'postal-address', 'order-history'],
      subjects: [
        { place: 'CH', count: 1200, groups: ['customers'] },
        { place: 'LI', count: 12, groups: ['customers'] },
      ],
      facts: { cyber: false, malicious: true },
    });
    expect(await story.clocks()).to.deep.equal({
      'ch-ndsg-24-fdpic': 'undecided: breach.availability, breach.confidentiality, breach.integrity, risk',
      'ch-ndsg-24-subjects':
        'undecided: answered.ch-ndsg-24-subjects, breach.availability, breach.confidentiality, breach.integrity',
      'eea-gdpr-art33-authority':
        '2026-08-03T19:00+02:00 if undecided: breach.availability, breach.confidentiality, breach.integrity, risk',
      'gdpr-art34-subjects':
        'undecided: breach.availability, breach.confidentiality, breach.integrity, data.encrypted, data.keyCompromised, risk',
    });
    expect(await story.page('detect')).to.deep.equal({
      shows: ['note-first-sight', 'call-decider', 'ask-the-loser', 'fix-awareness'],
      asks: {},
      hides: {},
    });
    expect(await story.page('contain')).to.deep.equal({
      shows: ['lock-and-wipe', 'end-its-sessions', 'log-each-step', 'check-log-ins-since'],
      asks: { 'block-the-sim': ['answers.deviceKind'], 'report-loss': ['answers.stolen'] },
      hides: {},
    });
  });

  it('no phone, so no SIM to block; stolen, so the police hear of it', async () => {
    await story.appoint(cast.responder, cast.responder);
    await story.finish('detect', handsOf(cast));
    expect(await story.isStopped(cast.responder, 'detect')).to.deep.equal({
      kind: 'stage-gate-closed',
      stage: 'detect',
      tasks: [],
      facts: ['answers.deviceKind', 'answers.stolen'],
    });
    await story.learn(cast.responder, { 'answers.deviceKind': 'phone', 'answers.stolen': true });
    expect(await story.page('contain')).to.deep.equal({
      shows: [
        'lock-and-wipe',
        'end-its-sessions',
        'log-each-step',
        'block-the-sim',
        'check-log-ins-since',
        'report-loss',
      ],
      asks: {},
      hides: {},
    });
    await story.learn(cast.responder, { 'answers.deviceKind': 'laptop' });
    expect(await story.page('contain')).to.deep.equal({
      shows: ['lock-and-wipe', 'end-its-sessions', 'log-each-step', 'check-log-ins-since', 'report-loss'],
      asks: {},
      hides: { 'block-the-sim': 'answers.deviceKind == "phone"' },
    });
    await story.close(cast.responder, 'detect');
    await story.finish('contain', handsOf(cast));
    await story.close(cast.responder, 'contain');
  });

  it('everyone believes that it was encrypted, and belief counts as no', async () => {
    story.itIs('2026-07-31T21:00');
    await story.learn(cast.responder, {
      'answers.encrypted': 'said',
      'answers.locked': 'off',
      'data.keyCompromised': false,
      'breach.confidentiality': true,
      'breach.integrity': false,
      'breach.availability': true,
      occurredAt: '2026-07-31T18:05',
    });
    expect((await story.see()).incident.facts['data.encrypted']).to.deep.include({
      value: false,
      revision: 1,
    });
    await story.learn(cast.legal, { risk: 'risk' }, 'Without proof somebody may read all orders.');
    expect(await story.clocks()).to.deep.equal({
      'ch-ndsg-24-subjects': 'undecided: answered.ch-ndsg-24-subjects',
      'eea-gdpr-art33-authority@LI': '2026-08-03T19:00+02:00',
    });
    expect(await story.targetOf('decide-on-proof')).to.equal('2026-08-03T07:00+02:00');
  });

  it('Saturday, the national holiday: Lea finds the proof, and the answer settles the fact', async () => {
    story.itIs('2026-08-01T11:00');
    await story.learn(cast.responder, { 'answers.encrypted': 'shown' });
    expect((await story.see()).incident.facts['data.encrypted']).to.deep.include({
      value: true,
      revision: 2,
    });
    expect(await story.clocks()).to.deep.equal({
      'ch-ndsg-24-subjects': 'undecided: answered.ch-ndsg-24-subjects',
      'eea-gdpr-art33-authority@LI': '2026-08-03T19:00+02:00',
    });
    await story.learn(
      cast.legal,
      { risk: 'unlikely' },
      'Full-disk encryption is shown, it was switched off, and the key is in our hands.',
    );
    expect(await story.clocks()).to.deep.equal({
      'ch-ndsg-24-subjects': 'undecided: answered.ch-ndsg-24-subjects',
    });
    await story.finish('assess', handsOf(cast));
    expect(await story.waitsFor()).to.deep.equal({ tasks: [], facts: ['incident.dutiesDecided'] });
  });

  it('whether the people need it for their protection is a person’s to say, and Beat says no', async () => {
    await story.decideNotOwed(
      cast.legal,
      'The data are unreadable, so there is nothing they could do to protect themselves.',
      'ch-ndsg-24-subjects',
    );
    expect(await story.clocks()).to.deep.equal({ 'ch-ndsg-24-subjects': 'not owed, as decided' });
    await story.close(cast.legal, 'assess');
    await story.learn(cast.responder, {
      'answers.lettersAnyway': false,
      'answers.hasInsurance': false,
      'answers.crime': true,
      'answers.firstFilingIncomplete': false,
    });
    expect(await story.page('notify')).to.deep.equal({
      shows: ['one-voice', 'if-it-comes-back'],
      asks: {},
      hides: {
        'tell-owner-of-data': 'roleIs("processor")',
        'answers-for-help-desk': 'duties.people || answers.lettersAnyway',
        'tell-insurer': 'answers.hasInsurance',
        'file-authority': 'duties.authority',
        'letters-named-content': 'duties.people || answers.lettersAnyway',
        'complete-authority': 'answers.firstFilingIncomplete',
      },
    });
    await story.finish('notify', handsOf(cast));
    expect(await story.waitsFor()).to.deep.equal({ tasks: [], facts: [] });
    await story.close(cast.legal, 'notify');
  });

  it('three weeks later it is closed: no letter, no notice, and a record of why', async () => {
    story.itIs('2026-08-21T09:00');
    expect(await story.finish('review', handsOf(cast))).to.deep.equal({
      'hold-review': 'responder',
      'three-changes': 'administrator',
      'close-record': 'dpo',
      'encrypt-all': 'administrator',
      'less-on-devices': 'administrator',
    });
    await story.finish('contain', handsOf(cast));
    await story.close(cast.dpo, 'review');
    const { types, words } = await story.record();
    expect(types.filter((type) => type.startsWith('notice-') || type === 'people-told')).to.deep.equal([]);
    expect(types).to.include('obligation-decided');
    expect(words.join()).to.contain('The data are unreadable');
    expect(await letters(story)).to.deep.equal([]);
    expect(await story.verdict()).to.deep.include({ ok: true, flaws: [] });
  });
});
