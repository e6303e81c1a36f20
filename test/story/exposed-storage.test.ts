import { expect } from 'chai';
import { withShopHouse } from '../support/shop.ts';
import { Paper } from './papers.ts';
import { handsOf, openFor, type Cast } from './people.ts';
import { Story, unknown } from './telling.ts';

/** An agency in Utrecht that keeps orders for other shops; the Friday before King's Day. */
const LINDE_STUDIO = {
  name: 'Linde Studio',
  zone: 'Europe/Amsterdam',
  profile: {
    role: 'processor',
    establishments: ['NL'],
    mainEstablishment: 'NL',
    sectors: ['ecommerce'],
    listed: false,
  },
  contact: { address: 'Lindestraat 1, 3511 AA Utrecht' },
};

describe('A story: a bucket with other shops’ orders stood open in Utrecht', function () {
  this.timeout(120_000);
  const story = new Story(withShopHouse());
  let cast: Cast;

  before(async () => {
    cast = await openFor(story, LINDE_STUDIO, {
      staff: 'Fleur',
      responder: 'Daan',
      legal: 'Noor',
      dpo: 'Teun',
    });
  });

  it('Friday 16:00: a researcher writes; as a processor we owe word to the shop, and to nobody else', async () => {
    story.itIs('2026-04-24T17:30');
    await story.log(cast.staff, {
      state: 'breach',
      kind: 'exposed-storage',
      title: 'A bucket stood open',
      whatHappened: 'A researcher wrote that a bucket with order exports can be listed by anybody.',
      reporter: 'A researcher, by mail',
      detectedAt: '2026-04-24T16:00',
      awareAt: '2026-04-24T17:20',
      categories: ['name', 'email', 'order-history'],
      subjects: [
        { place: 'NL', count: 5000, groups: ['customers'] },
        { place: 'BE', count: 500, groups: ['customers'] },
      ],
      facts: { cyber: true, inadvertent: true, malicious: false },
    });
    expect(await story.clocks()).to.deep.equal({
      'gdpr-art33-2-controller': 'undecided: breach.availability, breach.confidentiality, breach.integrity',
    });
    expect(await story.page('detect')).to.deep.equal({
      shows: [
        'note-first-sight',
        'call-decider',
        'save-access-logs',
        'list-suppliers-involved',
        'fix-awareness',
      ],
      asks: {},
      hides: {},
    });
    expect(await story.page('contain')).to.deep.equal({
      shows: ['log-each-step', 'close-to-public', 'rotate-found-secrets', 'confirm-stopped', 'find-siblings'],
      asks: { 'answer-the-finder': ['answers.finder'], 'clear-caches': ['answers.indexed'] },
      hides: {},
    });
    await story.appoint(cast.responder, cast.responder);
  });

  it('closed first, then asked; the finder’s task shows because there is one', async () => {
    await story.done(cast.responder, 'close-to-public', 'save-access-logs');
    await story.learn(cast.responder, {
      'answers.finder': true,
      'answers.indexed': false,
      'answers.store': 's3',
    });
    expect(await story.page('contain')).to.deep.equal({
      shows: [
        'log-each-step',
        'close-to-public',
        'rotate-found-secrets',
        'answer-the-finder',
        'confirm-stopped',
        'find-siblings',
      ],
      asks: {},
      hides: { 'clear-caches': 'answers.indexed' },
    });
    await story.finish('detect', handsOf(cast));
    await story.close(cast.responder, 'detect');
    await story.finish('contain', handsOf(cast));
    await story.close(cast.responder, 'contain');
  });

  it('the shop hears of it the same evening', async () => {
    story.itIs('2026-04-24T21:00');
    await story.learn(cast.responder, {
      'breach.confidentiality': true,
      'breach.integrity': false,
      'breach.availability': false,
    });
    const early = await Paper.begin(story, cast.responder, 'controller', ['gdpr-art33-2-controller']);
    await early.write(cast.responder);
    expect(await early.lacks(cast.responder)).to.deep.equal(['when-occurred']);
    await story.learn(cast.responder, { occurredAt: unknown('The history of the setting is being read.') });
    expect(await early.lacks(cast.responder)).to.deep.equal([]);
    expect(await story.clocks()).to.deep.equal({ 'gdpr-art33-2-controller': 'without undue delay' });
    expect(await story.page('notify')).to.deep.equal({
      shows: ['tell-whose-bucket', 'one-voice', 'close-with-finder'],
      asks: {
        'answers-for-help-desk': ['answers.lettersAnyway'],
        'tell-insurer': ['answers.hasInsurance'],
        'report-police': ['answers.crime'],
        'letters-by-file-kind': ['answers.lettersAnyway'],
        'complete-authority': ['answers.firstFilingIncomplete'],
      },
      hides: { 'file-with-window': 'duties.authority' },
    });
    await early.handIn(cast.responder);
    await early.approve(cast.legal);
    await early.file(cast.legal, { how: 'by telephone, then by mail' });
    expect(await story.clocks()).to.deep.equal({ 'gdpr-art33-2-controller': 'met' });
  });

  it('Saturday: our own newsletter list lay there too, so we are a controller as well, and a clock of our own runs', async () => {
    story.itIs('2026-04-25T11:00');
    await story.learn(cast.responder, { role: ['processor', 'controller'] });
    expect(await story.clocks()).to.deep.equal({
      'gdpr-art33-authority': '2026-04-27T17:20+02:00 if undecided: risk',
      'gdpr-art33-2-controller': 'met',
      'gdpr-art34-subjects': 'undecided: data.encrypted, data.keyCompromised, risk',
    });
    expect(await story.page('notify')).to.deep.equal({
      shows: [
        'tell-whose-bucket',
        'answers-for-help-desk',
        'one-voice',
        'file-with-window',
        'letters-by-file-kind',
        'close-with-finder',
      ],
      asks: {
        'tell-insurer': ['answers.hasInsurance'],
        'report-police': ['answers.crime'],
        'complete-authority': ['answers.firstFilingIncomplete'],
      },
      hides: {},
    });
  });

  it('the logs show the finder alone: the risk is unlikely, and nothing is owed to the authority', async () => {
    await story.learn(cast.responder, {
      'answers.logsExist': true,
      'data.encrypted': false,
      'data.keyCompromised': false,
      occurredAt: '2025-11-03T09:00',
      occurredTo: '2026-04-24T17:25',
    });
    expect(await story.clocks()).to.deep.equal({
      'gdpr-art33-authority': '2026-04-27T17:20+02:00 if undecided: risk',
      'gdpr-art33-2-controller': 'met',
      'gdpr-art34-subjects': 'undecided: risk',
    });
    await story.learn(
      cast.legal,
      { risk: 'unlikely' },
      'Complete logs show one reader, who deleted what he saw and says so in writing.',
    );
    expect(await story.clocks()).to.deep.equal({ 'gdpr-art33-2-controller': 'met' });
    expect(await story.page('notify')).to.deep.equal({
      shows: ['tell-whose-bucket', 'one-voice', 'close-with-finder'],
      asks: {
        'answers-for-help-desk': ['answers.lettersAnyway'],
        'tell-insurer': ['answers.hasInsurance'],
        'report-police': ['answers.crime'],
        'letters-by-file-kind': ['answers.lettersAnyway'],
        'complete-authority': ['answers.firstFilingIncomplete'],
      },
      hides: { 'file-with-window': 'duties.authority' },
    });
    await story.finish('assess', handsOf(cast));
    expect(await story.waitsFor()).to.deep.equal({ tasks: [], facts: [] });
    await story.close(cast.responder, 'assess');
  });

  it('there is nothing more to tell but the finder', async () => {
    await story.learn(cast.responder, {
      'answers.lettersAnyway': false,
      'answers.hasInsurance': false,
      'answers.crime': false,
      'answers.firstFilingIncomplete': false,
    });
    expect(await story.page('notify')).to.deep.equal({
      shows: ['tell-whose-bucket', 'one-voice', 'close-with-finder'],
      asks: {},
      hides: {
        'answers-for-help-desk': 'duties.people || answers.lettersAnyway',
        'tell-insurer': 'answers.hasInsurance',
        'report-police': 'answers.crime',
        'file-with-window': 'duties.authority',
        'letters-by-file-kind': 'duties.people || answers.lettersAnyway',
        'complete-authority': 'answers.firstFilingIncomplete',
      },
    });
    await story.finish('notify', handsOf(cast));
    await story.notNeeded(cast.staff, 'close-with-finder', 'He was thanked and wants no more.');
    expect(await story.waitsFor()).to.deep.equal({ tasks: [], facts: [] });
    await story.close(cast.legal, 'notify');
  });

  it('it is reviewed and closed', async () => {
    story.itIs('2026-05-05T10:00');
    expect(await story.finish('review', handsOf(cast))).to.deep.equal({
      'hold-review': 'responder',
      'three-changes': 'administrator',
      'default-closed': 'administrator',
      'logs-on': 'administrator',
      'close-record': 'dpo',
    });
    await story.close(cast.dpo, 'review');
    expect((await story.see()).stage).to.equal('closed');
    expect(await story.verdict()).to.deep.include({ ok: true, flaws: [] });
  });
});
