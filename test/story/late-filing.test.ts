import { expect } from 'chai';
import { attachEvidence } from '../../src/application/evidence/attach.ts';
import { acknowledgeFiling } from '../../src/application/notice/file.ts';
import { viewNotice } from '../../src/application/notice/view-notice.ts';
import { wasLate } from '../../src/domain/incident/standing.ts';
import { good, refused } from '../support/breach.ts';
import { withShopHouse } from '../support/shop.ts';
import { Paper } from './papers.ts';
import { openFor, type Cast } from './people.ts';
import { Story } from './telling.ts';

/** A shop in Köln; a long weekend at the end of the carnival. */
const DOMSHOP = {
  name: 'Domshop',
  zone: 'Europe/Berlin',
  profile: {
    role: 'controller',
    establishments: ['DE-NW'],
    mainEstablishment: 'DE-NW',
    sectors: ['ecommerce'],
    listed: false,
  },
  contact: { address: 'Domstraße 1, 50667 Köln' },
};

const KEY = 'gdpr-art33-authority@DE-NW';
const REASON = 'The only person who can reach the mail system was in hospital until Monday.';

describe('A story: a notice that comes a day late, and says why once', function () {
  this.timeout(120_000);
  const story = new Story(withShopHouse());
  let cast: Cast;
  let paper: Paper;

  before(async () => {
    cast = await openFor(story, DOMSHOP, { staff: 'Uli', responder: 'Ada', legal: 'Ruth', dpo: 'Piet' });
  });

  it('Friday 9:00: we are aware; 72 hours end on Monday at 9:00', async () => {
    story.itIs('2027-02-05T09:10');
    await story.log(cast.staff, {
      state: 'breach',
      kind: 'phished-mailbox',
      title: 'Somebody reads the mailbox of the orders',
      whatHappened: 'A forwarding rule that nobody made sends all orders out.',
      reporter: 'Uli',
      detectedAt: '2027-02-05T08:40',
      awareAt: '2027-02-05T09:00',
      categories: ['name', 'email'],
      subjects: [{ place: 'DE', count: 80, groups: ['customers'] }],
    });
    await story.learn(cast.legal, {
      'breach.confidentiality': true,
      'breach.integrity': false,
      'breach.availability': false,
      'data.encrypted': false,
      'data.keyCompromised': false,
    });
    await story.learn(cast.legal, { risk: 'risk' }, 'Orders show addresses.');
    expect((await story.clocks())[KEY]).to.equal('2027-02-08T09:00+01:00');
  });

  it('Tuesday: the form asks why it is late, and does not let it be handed in without', async () => {
    story.itIs('2027-02-09T10:00');
    paper = await Paper.begin(story, cast.responder, 'authority', [KEY], ['de']);
    expect(await paper.lacks(cast.responder)).to.include('delay-reason');
    await paper.write(cast.responder, { leaves: ['delay-reason'] });
    const error = await paper.mayNotHandIn(cast.responder);
    expect(error.kind).to.equal('invalid-input');
    await paper.write(cast.responder, { words: { 'delay-reason': REASON } });
    await paper.handIn(cast.responder);
    await paper.approve(cast.legal);
  });

  it('the reasons stand in the pack, and filing does not ask for them again', async () => {
    const { pack, delayReason } = good(
      await viewNotice(story.house, cast.legal, story.incident, paper.notice),
    );
    const answers = pack?.questions.flatMap((question) => question.answers) ?? [];
    expect(answers.find(({ field }) => field === 'delay-reason')?.text).to.equal(REASON);
    expect(delayReason).to.equal(REASON);
    await paper.file(cast.legal, { way: 'web-form', how: '' });
    const filed = good(await viewNotice(story.house, cast.legal, story.incident, paper.notice));
    expect(filed.words.get(filed.notice.filed?.lateBecause?.id ?? '')).to.equal(REASON);
    expect((await story.clocks())[KEY]).to.equal('met-late');
  });

  it('two days later the number and the confirmation come, and nothing else moves', async () => {
    story.itIs('2027-02-11T14:00');
    const at = { incident: story.incident, notice: paper.notice };
    const foreign = await acknowledgeFiling(story.house, cast.legal, { ...at, receipt: 'nothing-like-it' });
    expect(refused(foreign)).to.deep.include({ kind: 'not-found', what: 'evidence' });
    const file = { incident: story.incident, name: 'Bestätigung.pdf', type: 'application/pdf' };
    const bytes = async function* (): AsyncIterable<Uint8Array> {
      yield await Promise.resolve(Buffer.from('%PDF-1.7 confirmation'));
    };
    const { evidence } = good(await attachEvidence(story.house, cast.legal, { ...file, content: bytes() }));
    const before = good(await viewNotice(story.house, cast.legal, story.incident, paper.notice));
    good(
      await acknowledgeFiling(story.house, cast.legal, {
        ...at,
        reference: 'LDI-4711',
        receipt: evidence,
        at: '2027-02-10T00:00',
      }),
    );
    const view = good(await viewNotice(story.house, cast.legal, story.incident, paper.notice));
    expect(view.receipt).to.deep.include({ id: evidence, name: 'Bestätigung.pdf' });
    expect(view.notice.filed).to.deep.include({ reference: 'LDI-4711', receipt: evidence });
    expect(view.notice.filed?.at.equals(before.notice.filed!.at)).to.equal(true);
    expect(view.obligations[0]?.obligation.met).to.deep.equal(before.obligations[0]?.obligation.met);
  });

  it('Rule 2: awareness is corrected to Saturday; the new judgement stands beside the frozen one', async () => {
    await story.learn(
      cast.legal,
      { awareAt: '2027-02-06T11:00' },
      'The rule was seen on Friday, understood on Saturday.',
    );
    const { obligations } = await story.see();
    const one = obligations.find(({ obligation }) => obligation.key === KEY)!;
    const { met, dueAt } = one.obligation;
    expect(dueAt?.equals(story.moment('2027-02-09T11:00'))).to.equal(true);
    expect(met?.dueAt?.equals(story.moment('2027-02-08T09:00'))).to.equal(true);
    expect(wasLate(met!)).to.equal(true);
    expect(one.standing).to.equal('met-late');
  });
});
