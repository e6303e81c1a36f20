import { expect } from 'chai';
import { nameControllers } from '../../src/application/incident/name-controllers.ts';
import { prepareNotices } from '../../src/application/notice/prepare.ts';
import { takeAlong } from '../../src/application/notice/take-along.ts';
import { viewNotice } from '../../src/application/notice/view-notice.ts';
import { good, refused } from '../support/breach.ts';
import { withShopHouse } from '../support/shop.ts';
import { Paper } from './papers.ts';
import { openFor, type Cast } from './people.ts';
import { Story, unknown } from './telling.ts';

/** An agency in Hamburg that sends newsletters for shops: whose data they are, the shops decide. */
const MAILHAUS = {
  name: 'Mailhaus',
  zone: 'Europe/Berlin',
  profile: {
    role: 'processor',
    establishments: ['DE-HH'],
    mainEstablishment: 'DE-HH',
    sectors: [],
    listed: false,
  },
  contact: { address: 'Hafenstraße 2, 20359 Hamburg' },
};

const KADE = { name: 'Kade Retail BV', contact: 'privacy@kade.example' };
const AHORN = { name: 'Ahorn GmbH', contact: '' };

describe('A story: an agency is the processor of two shops, and tells each of them', function () {
  this.timeout(120_000);
  const story = new Story(withShopHouse());
  let cast: Cast;
  const notices: string[] = [];

  before(async () => {
    cast = await openFor(story, MAILHAUS, { staff: 'Ines', responder: 'Ole', legal: 'Thea', dpo: 'Kim' });
  });

  it('Tuesday 9:00: addresses lie open; the agency owes its controllers a word, and no authority', async () => {
    story.itIs('2026-12-08T09:00');
    await story.log(cast.staff, {
      state: 'breach',
      kind: 'exposed-storage',
      title: 'Newsletter addresses in an open bucket',
      whatHappened: 'A bucket with the addresses of two shops could be read by anybody.',
      reporter: 'A customer of one of the shops',
      detectedAt: '2026-12-08T08:30',
      awareAt: '2026-12-08T08:45',
      categories: ['name', 'email'],
      subjects: [{ place: 'DE', count: 700, groups: ['customers'] }],
    });
    await story.learn(cast.responder, {
      'breach.confidentiality': true,
      'breach.integrity': false,
      'breach.availability': false,
      'data.encrypted': false,
      occurredAt: unknown('The bucket keeps no log of who opened it.'),
    });
    expect(await story.clocks()).to.deep.equal({ 'gdpr-art33-2-controller': 'without undue delay' });
  });

  it('nobody can write to controllers whom nobody has named', async () => {
    const form = { incident: story.incident, kind: 'controller' as const };
    const none = refused(await prepareNotices(story.house, cast.responder, form));
    expect(none.kind === 'invalid-input' && none.problems[0]?.key).to.equal('notice.name-controllers');
  });

  it('they are named, and each has a clock of its own; the record holds no name', async () => {
    const form = { incident: story.incident, controllers: [KADE, AHORN] };
    good(await nameControllers(story.house, cast.responder, form));
    expect(await story.clocks()).to.deep.equal({
      'gdpr-art33-2-controller@c1': 'without undue delay',
      'gdpr-art33-2-controller@c2': 'without undue delay',
    });
    const { incident } = await story.see();
    const { obligations, controllers } = incident;
    expect(controllers?.map(({ name }) => name)).to.deep.equal(['Kade Retail BV', 'Ahorn GmbH']);
    expect(JSON.stringify(incident.outbox)).not.to.contain('Kade');
    expect(obligations.filter(({ key }) => key.startsWith('gdpr-art33-2'))).to.have.lengthOf(2);
  });

  it('one notice cannot go to both', async () => {
    const both = ['gdpr-art33-2-controller@c1', 'gdpr-art33-2-controller@c2'];
    const one = Paper.begin(story, cast.responder, 'controller', both);
    let message = '';
    await one.catch((error: unknown) => (message = String(error)));
    expect(message).to.contain('notice.several-recipients');
  });

  it('one press begins a notice for each, and a second press begins nothing', async () => {
    const form = { incident: story.incident, kind: 'controller' as const };
    const begun = good(await prepareNotices(story.house, cast.responder, form));
    expect(begun.notices).to.have.lengthOf(2);
    const again = refused(await prepareNotices(story.house, cast.responder, form));
    expect(again.kind === 'invalid-input' && again.problems[0]?.key).to.equal('notice.all-begun');
    notices.push(...begun.notices);
  });

  it('each says what that shop needs for its own notice, its people alone, and waits for nothing', async () => {
    for (const [place, notice] of notices.entries()) {
      const paper = Paper.of(story, notice);
      const lacking = await paper.lacks(cast.responder);
      expect(lacking).to.include.members(['count-subjects', 'measures-taken']);
      await paper.write(cast.responder, {
        words: {
          'subject-count': place === 0 ? '500' : '200',
          consequences: `More spam, and fake newsletters. ${'x'.repeat(10_000)}`,
        },
      });
      await paper.handIn(cast.responder);
      await paper.approve(cast.legal);
    }
    const [first, second] = await Promise.all(
      notices.map(async (notice) => good(await viewNotice(story.house, cast.legal, story.incident, notice))),
    );
    const text = first?.rendered['en']?.text ?? '';
    expect(text).to.contain('Number of your people affected: 500');
    expect(text).not.to.contain('700');
    expect(text).to.contain('More spam, and fake newsletters.');
    expect(text).to.contain('Please do not wait for it');
    expect(second?.rendered['en']?.text).to.contain('To: Ahorn GmbH');
    expect(second?.rendered['en']?.text).not.to.contain('Kade');
  });

  it('Kade gets it as a mail from the agency’s own mail program, Ahorn on paper', async () => {
    const at = { incident: story.incident, locale: 'en' };
    const kade = await takeAlong(story.house, cast.responder, { ...at, notice: notices[0] ?? '', as: 'eml' });
    const mail = Buffer.from(good(kade).content).toString();
    expect(mail).to.match(/^To: .*privacy@kade\.example/m);
    expect(mail).to.match(/^X-Unsent: 1/m);
    const ahorn = await takeAlong(story.house, cast.responder, {
      ...at,
      notice: notices[1] ?? '',
      as: 'pdf',
    });
    expect(Buffer.from(good(ahorn).content).subarray(0, 5).toString()).to.equal('%PDF-');
  });

  it('Kade is told at 11:00; Ahorn’s clock still runs until it is told, too', async () => {
    story.itIs('2026-12-08T11:00');
    const kade = Paper.of(story, notices[0] ?? '');
    await kade.file(cast.legal, { way: 'e-mail', how: 'privacy@kade.example' });
    expect(await story.clocks()).to.deep.equal({
      'gdpr-art33-2-controller@c1': 'met',
      'gdpr-art33-2-controller@c2': 'without undue delay',
    });
    story.itIs('2026-12-08T11:20');
    await Paper.of(story, notices[1] ?? '').file(cast.legal, { way: 'telephone', how: 'Herr Ahorn' });
    expect(await story.clocks()).to.deep.equal({
      'gdpr-art33-2-controller@c1': 'met',
      'gdpr-art33-2-controller@c2': 'met',
    });
    expect(await story.verdict()).to.deep.include({ ok: true, flaws: [] });
  });
});
