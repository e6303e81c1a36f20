import { expect } from 'chai';
import { restrictIncident } from '../../src/application/incident/lead.ts';
import { viewIncident } from '../../src/application/incident/view-incident.ts';
import { good, refused } from '../support/breach.ts';
import { withShopHouse } from '../support/shop.ts';
import { letters, Paper } from './papers.ts';
import { handsOf, openFor, type Cast } from './people.ts';
import { Story } from './telling.ts';

/** A shop in Madrid; the Wednesday of Holy Week, and nobody works until Monday. */
const TILO = {
  name: 'Tienda Tilo',
  zone: 'Europe/Madrid',
  profile: {
    role: 'controller',
    establishments: ['ES'],
    mainEstablishment: 'ES',
    sectors: ['ecommerce'],
    listed: false,
  },
  contact: { address: 'Calle del Tilo 1, 28001 Madrid' },
};

describe('A story: somebody who leaves a shop in Madrid takes the customers along, in Holy Week', function () {
  this.timeout(120_000);
  const story = new Story(withShopHouse());
  let cast: Cast;

  before(async () => {
    cast = await openFor(story, TILO, { staff: 'Pilar', responder: 'Iker', legal: 'Alba', dpo: 'Blas' });
  });

  it('Wednesday 18:00: an export that nobody ordered, found by Iker and kept to four people', async () => {
    story.itIs('2026-04-01T19:10');
    await story.log(cast.responder, {
      state: 'breach',
      kind: 'malicious-insider',
      title: 'An export on the last day',
      whatHappened: 'On the last day of work an account exported all customers with their orders.',
      reporter: 'Iker, in the audit log',
      detectedAt: '2026-04-01T18:00',
      awareAt: '2026-04-01T19:00',
      categories: ['name', 'email', 'phone', 'order-history'],
      subjects: [
        { place: 'ES', count: 800, groups: ['customers'] },
        { place: 'PT', count: 20, groups: ['customers'] },
      ],
      facts: { cyber: false, malicious: true },
    });
    expect(await story.clocks()).to.deep.equal({
      'gdpr-art33-authority':
        '2026-04-04T19:00+02:00 if undecided: breach.availability, breach.confidentiality, breach.integrity, risk',
      'gdpr-art34-subjects':
        'undecided: breach.availability, breach.confidentiality, breach.integrity, data.encrypted, data.keyCompromised, risk',
    });
    const to = [cast.owner, cast.responder, cast.legal, cast.dpo].map(({ user }) => user);
    good(await restrictIncident(story.house, cast.legal, { incident: story.incident, to }));
    const seen = refused(await viewIncident(story.house, cast.staff, story.incident));
    expect(seen.kind).to.equal('not-found');
    await story.done(cast.owner, 'few-people');
    expect(await story.page('detect')).to.deep.equal({
      shows: [
        'note-first-sight',
        'call-decider',
        'open-private-channel',
        'few-people',
        'counsel-first',
        'fix-awareness',
      ],
      asks: {},
      hides: {},
    });
  });

  it('the works council and the person are questions of the gate', async () => {
    await story.appoint(cast.legal, cast.responder);
    const hands = { ...handsOf(cast), staff: cast.responder };
    await story.finish('detect', hands);
    expect(await story.isStopped(cast.responder, 'detect')).to.deep.equal({
      kind: 'stage-gate-closed',
      stage: 'detect',
      tasks: [],
      facts: ['answers.person', 'answers.worksCouncil'],
    });
    expect((await story.page('contain')).asks).to.deep.equal({ 'declare-deletion': ['answers.person'] });
    await story.learn(cast.responder, { 'answers.person': 'unknown', 'answers.worksCouncil': false });
    expect((await story.page('contain')).hides).to.deep.equal({
      'declare-deletion': 'answers.person != "unknown"',
    });
    await story.close(cast.responder, 'detect');
    await story.learn(cast.responder, { 'answers.person': 'leaver' });
    expect((await story.page('contain')).shows).to.deep.equal([
      'log-each-step',
      'save-before-talk',
      'change-secrets',
      'cut-at-one-moment',
      'take-back-devices',
      'confirm-stopped',
      'hearing-in-person',
      'declare-deletion',
    ]);
    await story.learn(cast.responder, { 'answers.stillInside': true });
    await story.finish('contain', hands);
    await story.close(cast.responder, 'contain');
  });

  it('Maundy Thursday: taken, and so far not used; the authority is told without a name', async () => {
    story.itIs('2026-04-02T12:00');
    await story.learn(cast.responder, {
      'data.encrypted': false,
      'data.keyCompromised': false,
      'breach.confidentiality': true,
      'breach.integrity': false,
      'breach.availability': false,
      occurredAt: '2026-03-31T17:42',
      'answers.used': false,
    });
    await story.learn(
      cast.legal,
      { risk: 'risk' },
      'Contacts and orders, taken by one person who signed that they are deleted.',
    );
    expect(await story.clocks()).to.deep.equal({ 'gdpr-art33-authority@ES': '2026-04-04T19:00+02:00' });
    await story.finish('assess', { ...handsOf(cast), staff: cast.responder });
    await story.close(cast.legal, 'assess');
    expect(await story.page('notify')).to.deep.equal({
      shows: ['one-voice', 'file-without-name'],
      asks: {
        'answers-for-help-desk': ['answers.lettersAnyway'],
        'tell-insurer': ['answers.hasInsurance'],
        'letters-if-harm': ['answers.lettersAnyway'],
        'police-or-not': ['answers.crime'],
        'complete-authority': ['answers.firstFilingIncomplete'],
      },
      hides: { 'tell-controllers': 'roleIs("processor")', 'letter-to-new-holder': 'answers.used' },
    });
    await Paper.filed(story, cast, ['gdpr-art33-authority@ES'], {
      how: 'electronic office of the AEPD',
    });
  });

  it('Easter Tuesday: a customer forwards an offer of a new shop, so the assessment is opened again', async () => {
    story.itIs('2026-04-07T09:30');
    await story.reopen(
      cast.legal,
      'assess',
      'A new shop writes to our customers and knows what they bought.',
    );
    expect((await story.see()).stage).to.equal('assess');
    expect(
      (await story.see()).tasks
        .filter(({ stage, state }) => stage === 'assess' && state === 'open')
        .map(({ task }) => task.id),
    ).to.deep.equal([]);
    await story.learn(cast.responder, { 'answers.used': true });
    await story.learn(cast.legal, { risk: 'high' }, 'The data are in use by somebody who means to use them.');
    expect(await story.clocks()).to.deep.equal({
      'gdpr-art33-authority@ES': 'met',
      'gdpr-art34-subjects': 'without undue delay',
    });
    await story.close(cast.legal, 'assess');
    expect((await story.see()).stage).to.equal('notify');
    expect(await story.page('notify')).to.deep.equal({
      shows: [
        'answers-for-help-desk',
        'one-voice',
        'file-without-name',
        'letters-if-harm',
        'letter-to-new-holder',
      ],
      asks: {
        'tell-insurer': ['answers.hasInsurance'],
        'police-or-not': ['answers.crime'],
        'complete-authority': ['answers.firstFilingIncomplete'],
      },
      hides: { 'tell-controllers': 'roleIs("processor")' },
    });
  });

  it('the customers are written to, and the stage closes', async () => {
    await Paper.sent(
      story,
      cast,
      ['gdpr-art34-subjects'],
      [
        { name: 'Carmen', email: 'carmen@customers.example', language: 'en', country: 'ES' },
        { name: 'Rui', email: 'rui@customers.example', language: 'en', country: 'PT' },
      ],
    );
    expect((await letters(story)).map(({ to }) => to)).to.deep.equal([
      '"Carmen" <carmen@customers.example>',
      '"Rui" <rui@customers.example>',
    ]);
    await story.learn(cast.responder, {
      'answers.hasInsurance': false,
      'answers.crime': true,
      'answers.firstFilingIncomplete': false,
    });
    await story.finish('notify', { ...handsOf(cast), staff: cast.responder });
    expect(await story.waitsFor()).to.deep.equal({ tasks: [], facts: [] });
    await story.close(cast.legal, 'notify');
  });

  it('it is closed, and both assessments stand in the record', async () => {
    story.itIs('2026-04-21T11:00');
    expect(await story.finish('review', { ...handsOf(cast), staff: cast.responder })).to.deep.equal({
      'hold-review': 'responder',
      'three-changes': 'administrator',
      'leaver-list': 'administrator',
      'close-record': 'dpo',
      'fewer-rights': 'administrator',
    });
    await story.finish('contain', handsOf(cast));
    await story.close(cast.dpo, 'review');
    const { types, words } = await story.record();
    expect(types).to.include.members(['restricted', 'stage-reopened', 'notice-filed', 'people-told']);
    expect(types.lastIndexOf('notice-filed')).to.be.below(types.indexOf('stage-reopened'));
    expect(words.join()).to.contain('taken by one person').and.to.contain('in use by somebody');
    expect(await story.verdict()).to.deep.include({ ok: true, flaws: [] });
  });
});
