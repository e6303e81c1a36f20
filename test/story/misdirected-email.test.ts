import { expect } from 'chai';
import { withShopHouse } from '../support/shop.ts';
import { handsOf, openFor, type Cast } from './people.ts';
import { Story } from './telling.ts';

/** A shop in Vienna; a long weekend: clocks go back on Sunday, and Monday is the national holiday. */
const LINDENALLEE = {
  name: 'Lindenallee',
  zone: 'Europe/Vienna',
  profile: {
    role: 'controller',
    establishments: ['AT'],
    mainEstablishment: 'AT',
    sectors: ['ecommerce'],
    listed: false,
  },
  contact: { address: 'Lindenallee 1, 1010 Wien' },
};

describe('A story: sixty addresses in cc at a shop in Vienna, and none of the mails arrives', function () {
  this.timeout(120_000);
  const story = new Story(withShopHouse());
  let cast: Cast;

  before(async () => {
    cast = await openFor(story, LINDENALLEE, { staff: 'Resi', responder: 'Max', legal: 'Eva', dpo: 'Karl' });
  });

  it('Friday 16:00: sent in cc; 72 hours end an hour earlier on the clock, for Sunday has 25', async () => {
    story.itIs('2026-10-23T16:20');
    await story.log(cast.staff, {
      state: 'breach',
      kind: 'misdirected-email',
      title: 'Autumn mailing in cc',
      whatHappened: 'I put sixty addresses into cc instead of bcc and pressed Send.',
      reporter: 'Resi herself',
      detectedAt: '2026-10-23T16:00',
      awareAt: '2026-10-23T16:10',
      categories: ['name', 'email'],
      subjects: [{ place: 'AT', count: 60, groups: ['customers'] }],
      facts: { cyber: false, malicious: false, inadvertent: true },
    });
    expect(await story.clocks()).to.deep.equal({
      'gdpr-art33-authority':
        '2026-10-26T15:10+01:00 if undecided: breach.availability, breach.confidentiality, breach.integrity, risk',
      'gdpr-art34-subjects':
        'undecided: breach.availability, breach.confidentiality, breach.integrity, data.encrypted, data.keyCompromised, risk',
    });
    expect(await story.page('detect')).to.deep.equal({
      shows: ['note-first-sight', 'call-decider', 'keep-sent-mail', 'fix-awareness'],
      asks: {},
      hides: {},
    });
    expect(await story.page('contain')).to.deep.equal({
      shows: [
        'stop-what-is-queued',
        'log-each-step',
        'ask-to-delete',
        'check-auto-forward',
        'collect-confirmations',
      ],
      asks: { 'telephone-the-worst': ['answers.recipientCount'] },
      hides: {},
    });
  });

  it('with sixty recipients nobody telephones them one by one', async () => {
    await story.appoint(cast.responder, cast.responder);
    await story.finish('detect', handsOf(cast));
    expect(await story.isStopped(cast.responder, 'detect')).to.deep.equal({
      kind: 'stage-gate-closed',
      stage: 'detect',
      tasks: [],
      facts: ['answers.mailKind', 'answers.recipientCount'],
    });
    await story.learn(cast.responder, { 'answers.mailKind': 'open-list', 'answers.recipientCount': 12 });
    expect((await story.page('contain')).shows).to.deep.equal([
      'stop-what-is-queued',
      'log-each-step',
      'ask-to-delete',
      'telephone-the-worst',
      'check-auto-forward',
      'collect-confirmations',
    ]);
    await story.learn(cast.responder, { 'answers.recipientCount': 60 });
    expect((await story.page('contain')).hides).to.deep.equal({
      'telephone-the-worst': 'answers.recipientCount <= 20',
    });
    await story.close(cast.responder, 'detect');
  });

  it('the mail provider still holds all sixty; they are deleted, so it was a near miss', async () => {
    story.itIs('2026-10-23T17:00');
    await story.done(cast.staff, 'stop-what-is-queued');
    await story.turn(
      cast.legal,
      'near-miss',
      'All sixty mails were deleted from the queue; the provider’s log shows none delivered.',
    );
    expect(await story.clocks()).to.deep.equal({});
    expect(story.at.laid.wakes.get(story.incident)).to.deep.equal([]);
    const why = 'No mail was delivered.';
    await story.notNeeded(cast.staff, 'ask-to-delete', why);
    await story.notNeeded(cast.staff, 'collect-confirmations', why);
    expect(await story.waitsFor()).to.deep.equal({ tasks: [], facts: [] });
    await story.close(cast.responder, 'contain');
  });

  it('the log is read again: two mails were delivered after all, and the old clock stands as if it had never stopped', async () => {
    story.itIs('2026-10-24T10:00');
    await story.turn(cast.legal, 'breach', 'Two of the mails were delivered before the queue was stopped.');
    expect(await story.clocks()).to.deep.equal({
      'gdpr-art33-authority':
        '2026-10-26T15:10+01:00 if undecided: breach.availability, breach.confidentiality, breach.integrity, risk',
      'gdpr-art34-subjects':
        'undecided: breach.availability, breach.confidentiality, breach.integrity, data.encrypted, data.keyCompromised, risk',
    });
    await story.turn(cast.legal, 'near-miss', 'Both went to our own test mailboxes.');
    expect(await story.clocks()).to.deep.equal({});
  });

  it('it is assessed all the same, in an hour', async () => {
    await story.learn(cast.responder, {
      'answers.confirmed': 'all',
      'answers.trusted': true,
      'data.encrypted': false,
      'data.keyCompromised': false,
      'breach.confidentiality': false,
      'breach.integrity': false,
      'breach.availability': false,
      occurredAt: '2026-10-23T16:00',
    });
    await story.learn(cast.legal, { risk: 'none' }, 'Nobody but us received it.');
    expect(await story.page('assess')).to.deep.equal({
      shows: [
        'look-into-attachment',
        'count-addresses',
        'read-as-outsider',
        'trusted-or-not',
        'weigh-severity',
        'decide-risk',
      ],
      asks: {},
      hides: {},
    });
    await story.finish('assess', handsOf(cast));
    expect(await story.waitsFor()).to.deep.equal({ tasks: [], facts: [] });
    await story.close(cast.legal, 'assess');
  });

  it('nothing is owed and nobody is told; what could be asked is answered', async () => {
    expect(await story.page('notify')).to.deep.equal({
      shows: ['answer-complaints'],
      asks: {
        'answers-for-help-desk': ['answers.lettersAnyway'],
        'tell-insurer': ['answers.hasInsurance'],
        'sorry-one-by-one': ['answers.lettersAnyway'],
        'report-police': ['answers.crime'],
        'complete-authority': ['answers.firstFilingIncomplete'],
      },
      hides: { 'tell-controller-of-list': 'roleIs("processor")', 'file-if-risk': 'duties.authority' },
    });
    await story.learn(cast.responder, {
      'answers.lettersAnyway': false,
      'answers.hasInsurance': false,
      'answers.crime': false,
      'answers.firstFilingIncomplete': false,
    });
    await story.notNeeded(cast.staff, 'answer-complaints', 'Nobody noticed.');
    await story.finish('notify', handsOf(cast));
    expect(await story.waitsFor()).to.deep.equal({ tasks: [], facts: [] });
    await story.close(cast.legal, 'notify');
  });

  it('the lesson is learned, and the near miss stands in the register like a breach', async () => {
    story.itIs('2026-10-30T09:00');
    expect(await story.finish('review', handsOf(cast))).to.deep.equal({
      'hold-review': 'responder',
      'three-changes': 'administrator',
      'mailing-tool-only': 'administrator',
      'close-record': 'dpo',
    });
    await story.finish('contain', handsOf(cast));
    await story.close(cast.dpo, 'review');
    const { types, words } = await story.record();
    expect(types.filter((type) => type === 'state-changed')).to.have.length(3);
    expect(types.filter((type) => type.startsWith('notice-'))).to.deep.equal([]);
    expect(words).to.include('Both went to our own test mailboxes.');
    expect(await story.verdict()).to.deep.include({ ok: true, flaws: [] });
  });
});
