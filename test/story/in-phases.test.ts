import { expect } from 'chai';
import { viewNotice } from '../../src/application/notice/view-notice.ts';
import { good } from '../support/breach.ts';
import { withShopHouse } from '../support/shop.ts';
import { Paper } from './papers.ts';
import { openFor, type Cast } from './people.ts';
import { Story } from './telling.ts';

const LINDEN = {
  name: 'Linden',
  zone: 'Europe/Berlin',
  profile: {
    role: 'controller',
    establishments: ['DE-NW'],
    mainEstablishment: 'DE-NW',
    sectors: ['ecommerce'],
    listed: false,
  },
  contact: { address: 'Lindenweg 1, 50667 Köln' },
};

const KEY = 'gdpr-art33-authority@DE-NW';

describe('A story: a notice in phases, and in the end it is taken back', function () {
  this.timeout(120_000);
  const story = new Story(withShopHouse());
  let cast: Cast;
  let first: Paper;

  before(async () => {
    cast = await openFor(story, LINDEN, { staff: 'Iris', responder: 'Sam', legal: 'Mara', dpo: 'Lene' });
  });

  const packOf = async ({ notice }: Paper) =>
    good(await viewNotice(story.house, cast.legal, story.incident, notice)).pack;

  it('Monday: the first notice says what is known, and what will follow', async () => {
    story.itIs('2026-11-16T09:00');
    await story.log(cast.staff, {
      state: 'breach',
      kind: 'ransomware-exfiltration',
      title: 'The order database is encrypted',
      whatHappened: 'Orders could not be opened this morning.',
      reporter: 'Iris',
      detectedAt: '2026-11-16T07:30',
      awareAt: '2026-11-16T08:40',
      categories: ['name', 'email', 'password-hash'],
      subjects: [{ place: 'DE', min: 10_000, max: 20_000, groups: ['customers'] }],
    });
    await story.learn(cast.legal, {
      'breach.confidentiality': true,
      'breach.integrity': false,
      'breach.availability': true,
      'data.encrypted': false,
      'data.keyCompromised': false,
    });
    await story.learn(cast.legal, { risk: 'risk' }, 'Addresses with hashed passwords.');
    first = await Paper.begin(story, cast.responder, 'authority', [KEY], ['de']);
    await first.write(cast.responder, { follows: ['count-records'] });
    const pack = await packOf(first);
    expect(pack?.completeness).to.equal('incomplete');
    expect(pack?.questions.some(({ state }) => state === 'open')).to.equal(true);
  });

  it('nobody can call it complete while something is to be determined', async () => {
    await first.answer(cast.responder, { completeness: 'complete' });
    const pack = await packOf(first);
    expect(pack?.completeness).to.equal('incomplete');
    expect(pack?.findings.map(({ key }) => key)).to.include('complete-though-missing');
    expect((await first.mayNotHandIn(cast.responder)).kind).to.equal('invalid-input');
    await first.answer(cast.responder, { completeness: '' });
  });

  it('it is filed under the number LDI-0815, and the duty waits for the rest', async () => {
    await first.handIn(cast.responder);
    await first.approve(cast.legal);
    await first.file(cast.legal, { way: 'web-form', how: 'form of the LDI', reference: 'LDI-0815' });
    expect((await story.clocks())[KEY]).to.equal('met, rest to follow');
  });

  it('Friday: the follow-up begins with what was filed, under its number, and is complete', async () => {
    story.itIs('2026-11-20T15:00');
    const rest = await Paper.begin(story, cast.responder, 'authority', [KEY], ['de']);
    const words = (await packOf(rest))?.questions.flatMap(({ answers }) => answers) ?? [];
    const said = (field: string): string | undefined => words.find((one) => one.field === field)?.text;
    expect(said('authority-reference')).to.equal('LDI-0815');
    expect(said('measures-taken')).to.equal('We ended the access and checked that it stays ended.');
    await rest.write(cast.responder, { words: { 'record-count': '18400' } });
    expect((await packOf(rest))?.completeness).to.equal('complete');
    await rest.handIn(cast.responder);
    await rest.approve(cast.legal);
    await rest.file(cast.legal, { way: 'web-form', how: 'form of the LDI' });
    expect((await story.clocks())[KEY]).to.equal('met');
  });

  it('the first filing stays the anchor: the follow-up moved neither its moment nor its deadline', async () => {
    const { obligations } = await story.see();
    const met = obligations.find(({ obligation }) => obligation.key === KEY)?.obligation.met;
    expect(met?.notice).to.equal(first.notice);
    expect(met?.at.equals(story.moment('2026-11-16T09:00'))).to.equal(true);
  });

  it('in December it is taken back under the number, with the reason', async () => {
    story.itIs('2026-12-03T10:00');
    const back = await Paper.begin(story, cast.responder, 'authority', [KEY], ['de']);
    await back.answer(cast.responder, { completeness: 'withdraw' });
    expect((await back.mayNotHandIn(cast.responder)).kind).to.equal('invalid-input');
    await back.answer(cast.responder, { 'withdraw-reason': 'The copies were test data.' });
    await back.write(cast.responder);
    const text = good(await viewNotice(story.house, cast.legal, story.incident, back.notice)).rendered['de'];
    expect(text?.text).to.contain('Wir nehmen unsere Meldung mit Ihrem Aktenzeichen LDI-0815 zurück.');
    expect(text?.text).to.contain('The copies were test data.');
    await back.handIn(cast.responder);
    await back.approve(cast.legal);
    await back.file(cast.legal, { way: 'web-form', how: 'form of the LDI' });
    const { notices } = (await story.see()).incident;
    expect(notices.at(-1)?.filed).to.deep.include({ withdraws: true });
    expect((await story.clocks())[KEY]).to.equal('met');
  });
});
