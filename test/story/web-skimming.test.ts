import { expect } from 'chai';
import type { LogForm } from '../../src/application/incident/log-incident.ts';
import { withShopHouse } from '../support/shop.ts';
import { letters, Paper } from './papers.ts';
import { handsOf, openFor, type Cast } from './people.ts';
import { Story } from './telling.ts';

/** A shop in Texas that sells to four states; the evening before Thanksgiving. */
const LINDEN_SUPPLY = {
  name: 'Linden Supply',
  zone: 'America/Chicago',
  profile: {
    role: 'controller',
    establishments: ['US-TX'],
    mainEstablishment: 'US-TX',
    sectors: ['ecommerce'],
    listed: false,
  },
  contact: { address: '1 Linden Street, Austin, TX 78701' },
};

const states = (california: number): LogForm['subjects'] => [
  { place: 'US-TX', count: 400, groups: ['customers'] },
  { place: 'US-CA', count: california, groups: ['customers'] },
  { place: 'US-NY', count: 120, groups: ['customers'] },
  { place: 'US-FL', count: 700, groups: ['customers'] },
];

describe('A story: cards are copied at the checkout of a shop in Texas, the evening before Thanksgiving', function () {
  this.timeout(120_000);
  const story = new Story(withShopHouse());
  let cast: Cast;

  before(async () => {
    cast = await openFor(story, LINDEN_SUPPLY, {
      staff: 'June',
      responder: 'Walt',
      legal: 'Nora',
      dpo: 'Abel',
    });
  });

  it('Wednesday: the bank that takes the cards calls, and the days of four states are counted at once', async () => {
    story.itIs('2026-11-25T18:30');
    await story.log(cast.staff, {
      state: 'breach',
      kind: 'web-skimming',
      title: 'Cards copied at checkout',
      whatHappened: 'The acquirer called: cards that were used at our checkout are misused elsewhere.',
      reporter: 'The acquirer, by telephone',
      detectedAt: '2026-11-25T16:00',
      awareAt: '2026-11-25T18:00',
      categories: ['name', 'email', 'postal-address', 'payment-card'],
      subjects: states(300),
      facts: { cyber: true, malicious: true },
    });
    expect(await story.clocks()).to.deep.equal({
      'card-acquirer': 'without undue delay',
      'us-ca-residents':
        '2026-12-25T23:59-06:00 if undecided: breach.confidentiality, data.accessCode, data.encrypted, data.keyCompromised',
      'us-fl-residents':
        '2026-12-25T23:59-06:00 if undecided: breach.confidentiality, data.accessCode, data.encrypted, data.keyCompromised, risk',
      'us-fl-ag':
        '2026-12-25T23:59-06:00 if undecided: breach.confidentiality, data.accessCode, data.encrypted, data.keyCompromised, risk',
      'us-fl-ag-noharm':
        '2026-12-25T23:59-06:00 if undecided: breach.confidentiality, data.accessCode, data.encrypted, data.keyCompromised, risk',
      'us-ny-residents':
        '2026-12-25T23:59-06:00 if undecided: breach.confidentiality, data.accessCode, data.encrypted, data.keyCompromised',
      'us-ny-ag':
        '2026-12-25T23:59-06:00 if undecided: breach.confidentiality, data.accessCode, data.encrypted, data.keyCompromised',
      'us-tx-residents':
        '2027-01-24T23:59-06:00 if undecided: breach.confidentiality, data.accessCode, data.encrypted, data.keyCompromised',
      'us-tx-ag':
        '2026-12-25T23:59-06:00 if undecided: breach.confidentiality, data.accessCode, data.encrypted, data.keyCompromised',
    });
    expect(await story.page('detect')).to.deep.equal({
      shows: [
        'note-first-sight',
        'call-decider',
        'open-private-channel',
        'copy-page-first',
        'list-suppliers-involved',
        'fix-awareness',
      ],
      asks: {},
      hides: {},
    });
  });

  it('Walt copies the page before he touches it; the gate asks where the card is typed', async () => {
    await story.appoint(cast.responder, cast.responder);
    await story.finish('detect', handsOf(cast));
    expect(await story.isStopped(cast.responder, 'detect')).to.deep.equal({
      kind: 'stage-gate-closed',
      stage: 'detect',
      tasks: [],
      facts: ['answers.cardFields'],
    });
    await story.learn(cast.responder, { 'answers.cardFields': 'own-page', 'answers.acquirerCalled': true });
    await story.close(cast.responder, 'detect');
  });

  it('the checkout comes down, and goes up again only after an outside check', async () => {
    story.itIs('2026-11-25T20:00');
    expect(await story.page('contain')).to.deep.equal({
      shows: [
        'log-each-step',
        'export-logs-first',
        'take-checkout-down',
        'call-acquirer',
        'change-secrets',
        'block-receiver',
        'find-way-in',
        'confirm-stopped',
        'clean-and-close',
        'reopen-checked',
      ],
      asks: {},
      hides: {},
    });
    await story.done(cast.owner, 'take-checkout-down', 'call-acquirer');
    await story.finish('contain', handsOf(cast));
    await story.close(cast.responder, 'contain');
  });

  it('Friday: more Californians typed than paid, and the attorney general of California comes into it', async () => {
    story.itIs('2026-11-27T10:00');
    expect(await story.page('assess')).to.deep.equal({
      shows: [
        'list-data',
        'check-protection',
        'all-who-typed',
        'first-and-last-day',
        'weigh-severity',
        'fields-read',
        'decide-risk',
        'pfi-or-not',
        'card-numbers-at-risk',
      ],
      asks: {},
      hides: {},
    });
    await story.learn(cast.responder, {
      subjects: states(640),
      'data.encrypted': false,
      'data.keyCompromised': false,
      'data.accessCode': true,
      'breach.confidentiality': true,
      'breach.integrity': true,
      'breach.availability': false,
      occurredAt: '2026-11-02T03:10',
      occurredTo: '2026-11-25T19:50',
      'answers.loginPageHit': false,
      'answers.untraceable': true,
    });
    await story.learn(cast.legal, { risk: 'high' }, 'Number, expiry and code are with a thief.');
    await story.learn(
      cast.legal,
      { determinedAt: '2026-11-27T09:30' },
      'The script was read: it took card and code.',
    );
    expect(await story.clocks()).to.deep.equal({
      'card-acquirer': 'without undue delay',
      'us-ca-residents': '2026-12-25T23:59-06:00',
      'us-ca-ag': 'waits for notified:us-ca-residents',
      'us-fl-residents': '2026-12-27T23:59-06:00',
      'us-fl-ag': '2026-12-27T23:59-06:00',
      'us-ny-residents': '2026-12-25T23:59-06:00',
      'us-ny-ag@us-ny-ag': '2026-12-25T23:59-06:00',
      'us-ny-ag@us-ny-dos': '2026-12-25T23:59-06:00',
      'us-ny-ag@us-ny-state-police': '2026-12-25T23:59-06:00',
      'us-tx-residents': '2027-01-26T23:59-06:00',
      'us-tx-ag': '2026-12-27T23:59-06:00',
    });
    await story.finish('assess', handsOf(cast));
    await story.close(cast.legal, 'assess');
    expect(await story.page('notify')).to.deep.equal({
      shows: [
        'answers-for-help-desk',
        'one-voice',
        'letter-within-days',
        'file-authority',
        'report-skimming-crime',
        'report-to-acquirer',
        'public-notice-untraceable',
      ],
      asks: {
        'tell-insurer': ['answers.hasInsurance'],
        'complete-authority': ['answers.firstFilingIncomplete'],
      },
      hides: { 'tell-controllers': 'roleIs("processor")' },
    });
  });

  it('the letters leave within days, and only then California’s fifteen days for its attorney general run', async () => {
    story.itIs('2026-11-30T11:00');
    await story.learn(cast.responder, { 'answers.crime': true, 'answers.hasInsurance': false });
    await story.tell(cast.responder, {
      consequences: 'Somebody may buy with your card until the bank has blocked it.',
      measures: 'The checkout is down, and the script is gone.',
    });
    await Paper.sent(
      story,
      cast,
      ['us-ca-residents', 'us-fl-residents', 'us-ny-residents', 'us-tx-residents'],
      [
        { name: 'Ann', email: 'ann@customers.example', language: 'en', country: 'US' },
        { name: 'Bob', email: 'bob@customers.example', language: 'en', country: 'US' },
      ],
    );
    const [letter, ...others] = await letters(story);
    expect(others).to.have.length(1);
    expect(letter?.to).to.equal('"Ann" <ann@customers.example>');
    expect(letter?.text).to.contain('payment card').and.to.contain('The checkout is down');
    expect(await story.clocks()).to.deep.equal({
      'card-acquirer': 'without undue delay',
      'us-ca-residents': 'met',
      'us-ca-ag': '2026-12-15T23:59-06:00',
      'us-fl-residents': 'met',
      'us-fl-ag': '2026-12-27T23:59-06:00',
      'us-ny-residents': 'met',
      'us-ny-ag@us-ny-ag': '2026-12-25T23:59-06:00',
      'us-ny-ag@us-ny-dos': '2026-12-25T23:59-06:00',
      'us-ny-ag@us-ny-state-police': '2026-12-25T23:59-06:00',
      'us-tx-residents': 'met',
      'us-tx-ag': '2026-12-27T23:59-06:00',
    });
  });

  it('each authority has its own notice', async () => {
    story.itIs('2026-12-02T09:00');
    const clocks = await story.clocks();
    for (const duty of Object.keys(clocks).filter((key) => /-ag(@|$)/.test(key))) {
      await Paper.filed(story, cast, [duty], { how: 'its web form' });
    }
    expect(await story.clocks()).to.deep.equal({
      'card-acquirer': 'without undue delay',
      'us-ca-residents': 'met',
      'us-ca-ag': 'met',
      'us-fl-residents': 'met',
      'us-fl-ag': 'met',
      'us-ny-residents': 'met',
      'us-ny-ag@us-ny-ag': 'met',
      'us-ny-ag@us-ny-dos': 'met',
      'us-ny-ag@us-ny-state-police': 'met',
      'us-tx-residents': 'met',
      'us-tx-ag': 'met',
    });
    expect((await story.waitsFor()).facts).to.deep.equal(['incident.dutiesSettled']);
    await story.tellDirectly(
      cast.legal,
      'card-acquirer',
      'Its incident desk, by telephone on Wednesday evening; case 4711.',
    );
    await story.learn(cast.responder, { 'answers.firstFilingIncomplete': false });
    await story.finish('notify', handsOf(cast));
    expect(await story.waitsFor()).to.deep.equal({ tasks: [], facts: [] });
    await story.close(cast.legal, 'notify');
  });

  it('two weeks later there are fewer scripts, each with an owner, and the record is closed', async () => {
    story.itIs('2026-12-14T10:00');
    expect(await story.finish('review', handsOf(cast))).to.deep.equal({
      'hold-review': 'responder',
      'three-changes': 'administrator',
      'own-the-scripts': 'administrator',
      'close-record': 'dpo',
      'watch-the-page': 'administrator',
    });
    await story.finish('contain', handsOf(cast));
    await story.close(cast.dpo, 'review');
    expect((await story.see()).stage).to.equal('closed');
    expect(await story.verdict()).to.deep.include({ ok: true, flaws: [] });
  });
});
