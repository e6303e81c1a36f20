import { expect } from 'chai';
import { withShopHouse } from '../support/shop.ts';
import { letters, Paper } from './papers.ts';
import { handsOf, openFor, type Cast } from './people.ts';
import { Story, unknown } from './telling.ts';

/** A shop in Berlin with customers in Germany, Austria and Switzerland; a Friday evening in Advent. */
const LINDEN_SHOP = {
  name: 'Linden Shop',
  zone: 'Europe/Berlin',
  profile: {
    role: 'controller',
    establishments: ['DE-BE'],
    mainEstablishment: 'DE-BE',
    sectors: ['ecommerce'],
    listed: false,
  },
  contact: { address: 'Lindenweg 1, 10115 Berlin' },
};

const PEOPLE = [
  { name: 'Greta', email: 'greta@customers.example', language: 'de', country: 'DE' },
  { name: 'Hannes', email: 'hannes@customers.example', language: 'de', country: 'AT' },
  { name: 'Joe', email: 'joe@customers.example', language: 'en', country: 'CH' },
];

describe('A story: the parcel service loses our orders on a Friday evening', function () {
  this.timeout(120_000);
  const story = new Story(withShopHouse());
  let cast: Cast;

  before(async () => {
    cast = await openFor(story, LINDEN_SHOP, { staff: 'Iris', responder: 'Sam', legal: 'Mara', dpo: 'Lene' });
  });

  it('Friday 18:22: the parcel service calls Iris, who logs it, and the 72 hours run', async () => {
    story.itIs('2026-12-04T18:45');
    await story.log(cast.staff, {
      state: 'breach',
      kind: 'supplier-breach',
      title: 'Our orders copied at the parcel service',
      whatHappened: 'The parcel service called: its orders were copied, ours among them.',
      reporter: 'The parcel service, by telephone',
      detectedAt: '2026-12-04T18:22',
      awareAt: '2026-12-04T18:40',
      categories: ['name', 'email', 'postal-address', 'order-history'],
      subjects: [
        { place: 'DE', count: 900, groups: ['customers'] },
        { place: 'AT', count: 100, groups: ['customers'] },
        { place: 'CH', count: 40, groups: ['customers'] },
      ],
      supplier: { name: 'Example Parcels', toldUsAt: '2026-12-04T18:22' },
    });
    expect(await story.clocks()).to.deep.equal({
      'ch-ndsg-24-fdpic': 'undecided: breach.availability, breach.confidentiality, breach.integrity, risk',
      'ch-ndsg-24-subjects':
        'undecided: answered.ch-ndsg-24-subjects, breach.availability, breach.confidentiality, breach.integrity',
      'gdpr-art33-authority':
        '2026-12-07T18:40+01:00 if undecided: breach.availability, breach.confidentiality, breach.integrity, risk',
      'gdpr-art34-subjects':
        'undecided: breach.availability, breach.confidentiality, breach.integrity, data.encrypted, data.keyCompromised, risk',
    });
    expect(await story.page('detect')).to.deep.equal({
      shows: [
        'note-first-sight',
        'call-decider',
        'open-private-channel',
        'record-when-told',
        'list-suppliers-involved',
        'check-own-side',
        'fix-awareness',
      ],
      asks: {},
      hides: {},
    });
  });

  it('the gate of detect waits for a leader and for the supplier’s word; Sam leads and asks', async () => {
    await story.finish('detect', handsOf(cast));
    expect(await story.isStopped(cast.responder, 'detect')).to.deep.equal({
      kind: 'stage-gate-closed',
      stage: 'detect',
      tasks: [],
      facts: ['incident.leader', 'answers.supplierConfirmed'],
    });
    await story.appoint(cast.responder, cast.responder);
    await story.learn(cast.responder, {
      'answers.supplierInvolved': true,
      'answers.supplierConfirmed': true,
      'answers.apiAccess': true,
    });
    await story.close(cast.responder, 'detect');
  });

  it('Friday night: the keys are cut before anything else, whatever stage the form is in', async () => {
    story.itIs('2026-12-04T20:10');
    expect(await story.page('contain')).to.deep.equal({
      shows: [
        'log-each-step',
        'export-logs-first',
        'cut-supplier-access',
        'demand-in-writing',
        'pause-new-orders',
        'change-secrets',
        'read-contract',
        'ask-sub-suppliers',
        'confirm-stopped',
      ],
      asks: {},
      hides: {},
    });
    await story.done(cast.responder, 'cut-supplier-access');
    expect(await story.isStopped(cast.responder, 'contain')).to.deep.equal({
      kind: 'stage-gate-closed',
      stage: 'contain',
      tasks: [
        'export-logs-first',
        'demand-in-writing',
        'pause-new-orders',
        'change-secrets',
        'read-contract',
      ],
      facts: [],
    });
    await story.finish('contain', handsOf(cast));
    await story.close(cast.responder, 'contain');
    expect((await story.see()).stage).to.equal('assess');
  });

  it('Saturday: nobody knows in which role the supplier acts, and that is an answer', async () => {
    story.itIs('2026-12-05T11:00');
    await story.learn(cast.responder, {
      'data.encrypted': false,
      'data.keyCompromised': false,
      'breach.confidentiality': true,
      'breach.integrity': false,
      'breach.availability': false,
      cyber: true,
      malicious: true,
      occurredAt: unknown('The parcel service does not know yet; its logs begin in November.'),
      'answers.supplierRole': 'unknown',
    });
    expect((await story.see()).incident.supplier?.role ?? 'none').to.equal('none');
    expect(await story.clocks()).to.deep.equal({
      'ch-ndsg-24-fdpic': 'undecided: risk',
      'ch-ndsg-24-subjects': 'undecided: answered.ch-ndsg-24-subjects',
      'gdpr-art33-authority': '2026-12-07T18:40+01:00 if undecided: risk',
      'gdpr-art34-subjects': 'undecided: risk',
    });
    await story.finish('assess', handsOf(cast));
    expect(await story.isStopped(cast.responder, 'assess')).to.deep.equal({
      kind: 'stage-gate-closed',
      stage: 'assess',
      tasks: [],
      facts: ['risk', 'incident.riskReason', 'incident.dutiesDecided'],
    });
  });

  it('the risk is Mara’s to decide, with a reason; with it every duty is answered but one', async () => {
    await story.learn(cast.legal, { risk: 'high' }, 'Orders show what somebody buys and where they live.');
    expect(await story.clocks()).to.deep.equal({
      'ch-ndsg-24-fdpic': 'without undue delay',
      'ch-ndsg-24-subjects': 'undecided: answered.ch-ndsg-24-subjects',
      'gdpr-art33-authority@DE-BE': '2026-12-07T18:40+01:00',
      'gdpr-art34-subjects': 'without undue delay',
    });
    await story.learn(cast.legal, { 'answered.ch-ndsg-24-subjects': true });
    expect(await story.clocks()).to.deep.equal({
      'ch-ndsg-24-fdpic': 'without undue delay',
      'ch-ndsg-24-subjects': 'without undue delay',
      'gdpr-art33-authority@DE-BE': '2026-12-07T18:40+01:00',
      'gdpr-art34-subjects': 'without undue delay',
    });
    expect(await story.targetOf('file-with-supplier-facts')).to.equal('2026-12-05T18:40+01:00');
    await story.close(cast.legal, 'assess');
    expect(await story.page('notify')).to.deep.equal({
      shows: [
        'answers-for-help-desk',
        'one-voice',
        'do-not-rely-on-supplier',
        'write-letters',
        'warn-parcel-fraud',
        'file-with-supplier-facts',
        'notice-of-default',
      ],
      asks: {
        'tell-insurer': ['answers.hasInsurance'],
        'report-police': ['answers.crime'],
        'complete-authority': ['answers.firstFilingIncomplete'],
      },
      hides: { 'tell-controllers': 'roleIs("processor")' },
    });
  });

  it('Monday: the notice is filed in time, and says that the number will follow', async () => {
    story.itIs('2026-12-07T14:00');
    await story.tell(cast.responder, {
      consequences: 'False parcel messages that know the order.',
      measures: 'The keys of the parcel service are cut.',
    });
    const notice = await Paper.begin(story, cast.responder, 'authority', ['gdpr-art33-authority@DE-BE']);
    expect(await notice.lacks(cast.responder)).to.deep.equal([
      'count-records',
      'measures-proposed',
      'phases-note',
    ]);
    await notice.write(cast.responder, { follows: ['count-records'] });
    expect(await notice.lacks(cast.responder)).to.deep.equal([]);
    await notice.handIn(cast.responder);
    expect(await notice.mayNotApprove(cast.responder)).to.deep.equal({
      kind: 'not-allowed',
      permission: 'notice.approve',
    });
    await notice.approve(cast.legal);
    await notice.file(cast.legal, { how: 'web form of the authority', reference: 'LDA-4711' });
    await story.learn(cast.legal, { 'answers.firstFilingIncomplete': true });
    expect(await story.clocks()).to.deep.equal({
      'ch-ndsg-24-fdpic': 'without undue delay',
      'ch-ndsg-24-subjects': 'without undue delay',
      'gdpr-art33-authority@DE-BE': 'met, rest to follow',
      'gdpr-art33-4-phases': 'without undue delay',
      'gdpr-art34-subjects': 'without undue delay',
    });
    expect(await story.page('notify')).to.deep.equal({
      shows: [
        'answers-for-help-desk',
        'one-voice',
        'do-not-rely-on-supplier',
        'write-letters',
        'warn-parcel-fraud',
        'file-with-supplier-facts',
        'notice-of-default',
        'complete-authority',
      ],
      asks: { 'tell-insurer': ['answers.hasInsurance'], 'report-police': ['answers.crime'] },
      hides: { 'tell-controllers': 'roleIs("processor")' },
    });
    const { responder, legal } = cast;
    const swiss = await Paper.begin(story, responder, 'authority', ['ch-ndsg-24-fdpic']);
    await swiss.write(responder, { form: false });
    // The FDPIC's form asks what it can mean for the people from a list of its own, and more.
    await swiss.answer(responder, { impact: 'fraud' });
    await swiss.write(responder);
    await swiss.handIn(responder);
    await swiss.approve(legal);
    await swiss.file(legal, { how: 'web form of the FDPIC' });
  });

  it('Tuesday: three people are written to in their languages, and each letter leaves once', async () => {
    story.itIs('2026-12-08T10:00');
    await Paper.sent(story, cast, ['gdpr-art34-subjects', 'ch-ndsg-24-subjects'], PEOPLE);
    expect((await letters(story)).map(({ to, subject }) => [to, subject])).to.deep.equal([
      ['"Greta" <greta@customers.example>', 'Ihre Daten bei Linden Shop: was passiert ist'],
      ['"Hannes" <hannes@customers.example>', 'Ihre Daten bei Linden Shop: was passiert ist'],
      ['"Joe" <joe@customers.example>', 'Your data at Linden Shop: what happened'],
    ]);
    expect(await story.clocks()).to.deep.equal({
      'ch-ndsg-24-fdpic': 'met',
      'ch-ndsg-24-subjects': 'met',
      'gdpr-art33-authority@DE-BE': 'met, rest to follow',
      'gdpr-art33-4-phases': 'without undue delay',
      'gdpr-art34-subjects': 'met',
    });
  });

  it('a week later the rest is filed under the same number, and the stage closes', async () => {
    story.itIs('2026-12-14T09:00');
    await story.finish('notify', handsOf(cast));
    expect(await story.waitsFor()).to.deep.equal({
      tasks: ['tell-insurer'],
      facts: ['incident.dutiesSettled'],
    });
    await Paper.filed(story, cast, ['gdpr-art33-4-phases'], {
      how: 'web form of the authority',
      reference: 'LDA-4711, second part',
    });
    expect(await story.clocks()).to.deep.equal({
      'ch-ndsg-24-fdpic': 'met',
      'ch-ndsg-24-subjects': 'met',
      'gdpr-art33-authority@DE-BE': 'met, rest to follow',
      'gdpr-art33-4-phases': 'met',
      'gdpr-art34-subjects': 'met',
    });
    await story.learn(cast.responder, {
      'answers.lettersAnyway': false,
      'answers.hasInsurance': false,
      'answers.crime': true,
    });
    expect(await story.waitsFor()).to.deep.equal({ tasks: [], facts: [] });
    await story.finish('notify', handsOf(cast));
    await story.close(cast.legal, 'notify');
  });

  it('it is talked through and closed, and the register proves all of it', async () => {
    story.itIs('2026-12-18T15:00');
    expect(await story.finish('review', handsOf(cast))).to.deep.equal({
      'hold-review': 'responder',
      'three-changes': 'administrator',
      'decide-supplier-future': 'administrator',
      'close-record': 'dpo',
      'shrink-feed': 'administrator',
    });
    await story.finish('contain', handsOf(cast));
    await story.close(cast.dpo, 'review');
    expect((await story.see()).stage).to.equal('closed');
    expect(await story.verdict()).to.deep.include({ ok: true, flaws: [] });
  });
});
