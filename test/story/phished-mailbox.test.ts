import { expect } from 'chai';
import { withShopHouse } from '../support/shop.ts';
import { letters, Paper } from './papers.ts';
import { handsOf, openFor, type Cast } from './people.ts';
import { Story, unknown } from './telling.ts';

/** A shop in Bristol with some Irish customers; the Thursday before Easter, and clocks go forward on Sunday. */
const LIME_TREE = {
  name: 'Lime Tree Shop',
  zone: 'Europe/London',
  profile: {
    role: 'controller',
    establishments: ['GB'],
    mainEstablishment: 'GB',
    sectors: ['ecommerce'],
    listed: false,
  },
  contact: { address: '1 Lime Tree Road, Bristol BS1 1AA' },
};

describe('A story: somebody reads and writes the mail of a shop in Bristol, over Easter', function () {
  this.timeout(120_000);
  const story = new Story(withShopHouse());
  let cast: Cast;

  before(async () => {
    cast = await openFor(story, LIME_TREE, { staff: 'Poppy', responder: 'Owen', legal: 'Ruth', dpo: 'Hugh' });
  });

  it('Thursday evening: a customer asks about a new bank account on an invoice', async () => {
    story.itIs('2027-03-25T20:30');
    await story.log(cast.staff, {
      state: 'breach',
      kind: 'phished-mailbox',
      title: 'Invoices with a strange bank account',
      whatHappened: 'A customer asked why our invoice names a new account. We did not write that mail.',
      reporter: 'A customer, by telephone',
      detectedAt: '2027-03-25T19:00',
      awareAt: '2027-03-25T20:15',
      categories: ['name', 'email', 'communications', 'bank-account', 'government-id'],
      subjects: [
        { place: 'GB', count: 350, groups: ['customers'] },
        { place: 'IE', count: 30, groups: ['customers'] },
      ],
      facts: { cyber: true, malicious: true },
    });
    expect(await story.clocks()).to.deep.equal({
      'gdpr-art33-authority':
        '2027-03-28T21:15+01:00 if undecided: breach.availability, breach.confidentiality, breach.integrity, risk',
      'gdpr-art34-subjects':
        'undecided: breach.availability, breach.confidentiality, breach.integrity, data.encrypted, data.keyCompromised, risk',
      'uk-gdpr-art33-authority':
        '2027-03-28T21:15+01:00 if undecided: breach.availability, breach.confidentiality, breach.integrity, risk',
      'uk-gdpr-art34-subjects':
        'undecided: breach.availability, breach.confidentiality, breach.integrity, data.encrypted, data.keyCompromised, risk',
    });
    expect(await story.page('detect')).to.deep.equal({
      shows: [
        'note-first-sight',
        'call-decider',
        'open-private-channel',
        'save-mail-logs',
        'copy-rules-and-apps',
        'list-suppliers-involved',
        'fix-awareness',
      ],
      asks: {},
      hides: {},
    });
  });

  it('Owen photographs the rules before he removes them, and the money is called back within the hour', async () => {
    await story.appoint(cast.responder, cast.responder);
    expect((await story.page('contain')).asks).to.deep.equal({ 'stop-the-money': ['answers.moneyMoved'] });
    await story.learn(cast.responder, { 'answers.moneyMoved': true });
    expect(await story.targetOf('stop-the-money')).to.equal('2027-03-25T21:15+00:00');
    await story.finish('detect', handsOf(cast));
    await story.close(cast.responder, 'detect');
    await story.done(cast.owner, 'stop-the-money');
    await story.done(cast.responder, 'throw-everyone-out', 'remove-persistence');
    expect(await story.isStopped(cast.responder, 'contain')).to.deep.equal({
      kind: 'stage-gate-closed',
      stage: 'contain',
      tasks: ['change-reset-accounts', 'check-other-boxes'],
      facts: ['answers.mailsSent'],
    });
    expect((await story.page('notify')).asks).to.deep.equal({
      'warn-recipients': ['answers.mailsSent'],
      'tell-insurer': ['answers.hasInsurance'],
      'report-police': ['answers.crime'],
      'inform-staff-concerned': ['answers.staffData'],
      'complete-authority': ['answers.firstFilingIncomplete'],
    });
    await story.learn(cast.responder, { 'answers.mailsSent': true });
    expect(await story.page('notify')).to.deep.equal({
      shows: [
        'warn-recipients',
        'answers-for-help-desk',
        'one-voice',
        'tell-partners',
        'file-authority',
        'letters-by-group',
      ],
      asks: {
        'tell-insurer': ['answers.hasInsurance'],
        'report-police': ['answers.crime'],
        'inform-staff-concerned': ['answers.staffData'],
        'complete-authority': ['answers.firstFilingIncomplete'],
      },
      hides: { 'tell-controllers': 'roleIs("processor")' },
    });
    await story.done(cast.staff, 'warn-recipients');
    await story.finish('contain', handsOf(cast));
    await story.close(cast.responder, 'contain');
  });

  it('nobody works from Good Friday to Easter Monday, and two deadlines pass on Sunday', async () => {
    story.itIs('2027-03-30T09:00');
    expect(
      (await story.see()).obligations
        .filter(({ standing }) => standing === 'overdue')
        .map(({ obligation }) => obligation.key),
    ).to.deep.equal(['gdpr-art33-authority', 'uk-gdpr-art33-authority']);
  });

  it('Tuesday: what the box held decides the rest, payroll of staff too', async () => {
    await story.learn(cast.responder, {
      'data.encrypted': false,
      'data.keyCompromised': false,
      'breach.confidentiality': true,
      'breach.integrity': true,
      'breach.availability': false,
      occurredAt: unknown('The sign-in log reaches back seven days, and the first log-in lies before.'),
    });
    await story.learn(
      cast.legal,
      { risk: 'high' },
      'Copies of identity cards and account numbers lay in the box.',
    );
    expect(await story.page('assess')).to.deep.equal({
      shows: [
        'list-data',
        'check-protection',
        'trace-sent-mails',
        'count-people',
        'fix-window',
        'weigh-severity',
        'what-box-held',
        'read-or-only-entered',
        'decide-risk',
        'people-in-mails',
      ],
      asks: {},
      hides: {},
    });
    await story.finish('assess', handsOf(cast));
    expect(await story.isStopped(cast.responder, 'assess')).to.deep.equal({
      kind: 'stage-gate-closed',
      stage: 'assess',
      tasks: [],
      facts: ['answers.staffData'],
    });
    await story.learn(cast.responder, { 'answers.staffData': true });
    expect(await story.clocks()).to.deep.equal({
      'gdpr-art33-authority@IE': '2027-03-28T21:15+01:00',
      'gdpr-art34-subjects': 'without undue delay',
      'uk-gdpr-art33-authority': '2027-03-28T21:15+01:00',
      'uk-gdpr-art34-subjects': 'without undue delay',
    });
    await story.close(cast.legal, 'assess');
    expect(await story.page('notify')).to.deep.equal({
      shows: [
        'warn-recipients',
        'answers-for-help-desk',
        'one-voice',
        'tell-partners',
        'inform-staff-concerned',
        'file-authority',
        'letters-by-group',
      ],
      asks: {
        'tell-insurer': ['answers.hasInsurance'],
        'report-police': ['answers.crime'],
        'complete-authority': ['answers.firstFilingIncomplete'],
      },
      hides: { 'tell-controllers': 'roleIs("processor")' },
    });
  });

  it('both authorities are told late; neither notice is handed in without the reasons, and nobody asks twice', async () => {
    story.itIs('2027-03-30T15:00');
    const notice = await Paper.begin(story, cast.responder, 'authority', ['uk-gdpr-art33-authority']);
    await notice.write(cast.responder, { leaves: ['delay-reason'] });
    expect(await notice.mayNotHandIn(cast.responder)).to.have.nested.property('problems[0].path', 'form');
    await notice.write(cast.responder);
    await notice.handIn(cast.responder);
    await notice.sendBack(cast.legal, 'Say that copies of identity cards were among it.');
    expect(await notice.state(cast.legal)).to.equal('draft');
    await notice.write(cast.responder);
    await notice.handIn(cast.responder);
    await notice.approve(cast.legal);
    await notice.file(cast.legal, { how: 'the ICO’s web form' });
    await Paper.filed(story, cast, ['gdpr-art33-authority@IE'], { how: 'the DPC’s web form' });
    expect((await story.record()).words).to.include('Nobody was at work over the holidays.');
    expect(await story.clocks()).to.deep.equal({
      'gdpr-art33-authority@IE': 'met-late',
      'gdpr-art34-subjects': 'without undue delay',
      'uk-gdpr-art33-authority': 'met-late',
      'uk-gdpr-art34-subjects': 'without undue delay',
    });
  });

  it('those whose cards and accounts lay in the box are written to', async () => {
    await Paper.sent(
      story,
      cast,
      ['uk-gdpr-art34-subjects', 'gdpr-art34-subjects'],
      [
        { name: 'Fiona', email: 'fiona@customers.example', language: 'en', country: 'IE' },
        { name: 'Ned', email: 'ned@customers.example', language: 'en', country: 'GB' },
      ],
    );
    const sent = await letters(story);
    expect(sent.map(({ to }) => to)).to.deep.equal([
      '"Fiona" <fiona@customers.example>',
      '"Ned" <ned@customers.example>',
    ]);
    expect(sent[0]?.text).to.contain('bank account').and.to.contain('identity card');
    await story.learn(cast.responder, {
      'answers.hasInsurance': false,
      'answers.crime': true,
      'answers.firstFilingIncomplete': false,
    });
    await story.finish('notify', handsOf(cast));
    expect(await story.waitsFor()).to.deep.equal({ tasks: [], facts: [] });
    await story.close(cast.legal, 'notify');
  });

  it('it is reviewed and closed; what was late stays late in the record', async () => {
    story.itIs('2027-04-12T16:00');
    expect(await story.targetOf('hold-review')).to.equal('2027-04-13T15:00+01:00');
    await story.finish('review', handsOf(cast));
    await story.finish('contain', handsOf(cast));
    await story.close(cast.dpo, 'review');
    const { words } = await story.record();
    expect(words.filter((text) => text === 'Nobody was at work over the holidays.')).to.have.length(2);
    expect(words).to.include('Say that copies of identity cards were among it.');
    expect(Object.values(await story.clocks()).filter((words) => words === 'met-late')).to.have.length(2);
    expect(await story.verdict()).to.deep.include({ ok: true, flaws: [] });
  });
});
