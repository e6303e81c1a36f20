import { expect } from 'chai';
import { prepareNotices } from '../../src/application/notice/prepare.ts';
import { viewNotice } from '../../src/application/notice/view-notice.ts';
import { good } from '../support/breach.ts';
import { withShopHouse } from '../support/shop.ts';
import { Paper } from './papers.ts';
import { openFor, type Cast } from './people.ts';
import { Story } from './telling.ts';

/** A shop in Toronto that sells to Europe and has no house there: no lead authority speaks for the others. */
const MAPLE = {
  name: 'Maple Goods',
  zone: 'America/Toronto',
  profile: {
    role: 'controller',
    establishments: ['CA-ON'],
    mainEstablishment: 'CA-ON',
    sectors: ['ecommerce'],
    listed: false,
  },
  contact: { address: '1 Front Street, Toronto' },
};

const BOTH = ['gdpr-art33-authority@FR', 'gdpr-art33-authority@NL'];

describe('A story: a shop outside the EEA tells two authorities, each by its own notice', function () {
  this.timeout(120_000);
  const story = new Story(withShopHouse());
  let cast: Cast;

  before(async () => {
    cast = await openFor(story, MAPLE, { staff: 'Joy', responder: 'Ron', legal: 'Amy', dpo: 'Lou' });
  });

  it('Monday: people in France and the Netherlands are affected, and both authorities are owed a notice', async () => {
    story.itIs('2026-11-16T09:00');
    await story.log(cast.staff, {
      state: 'breach',
      kind: 'credential-stuffing',
      title: 'Accounts taken over',
      whatHappened: 'Somebody tried stolen passwords, and some fitted.',
      reporter: 'Joy',
      detectedAt: '2026-11-16T08:00',
      awareAt: '2026-11-16T08:30',
      categories: ['name', 'email'],
      subjects: [
        { place: 'FR', count: 40, groups: ['customers'] },
        { place: 'NL', count: 20, groups: ['customers'] },
      ],
    });
    await story.learn(cast.legal, {
      'breach.confidentiality': true,
      'breach.integrity': false,
      'breach.availability': false,
      'data.encrypted': false,
      'data.keyCompromised': false,
    });
    await story.learn(cast.legal, { risk: 'risk' }, 'Accounts with addresses.');
    expect(Object.keys(await story.clocks())).to.include.members(BOTH);
  });

  it('one notice for both is refused, and says that each gets its own', async () => {
    let message = '';
    await Paper.begin(story, cast.responder, 'authority', BOTH).catch(
      (error: unknown) => (message = String(error)),
    );
    expect(message).to.contain('notice.several-recipients');
  });

  it('one press begins both: on the form of the CNIL, and on that of the AP', async () => {
    const form = { incident: story.incident, kind: 'authority' as const };
    const { notices } = good(await prepareNotices(story.house, cast.responder, form, 'a-double-click'));
    const again = good(await prepareNotices(story.house, cast.responder, form, 'a-double-click'));
    expect(again.notices).to.deep.equal(notices);
    const { incident } = await story.see();
    const own = incident.notices.filter(({ obligations }) => BOTH.includes(obligations[0] ?? ''));
    expect(own.map(({ obligations }) => obligations)).to.have.deep.members(BOTH.map((key) => [key]));
    const forms = await Promise.all(
      own.map(
        async ({ id }) => good(await viewNotice(story.house, cast.legal, story.incident, id)).pack?.form.id,
      ),
    );
    expect(forms).to.have.members(['fr-cnil', 'nl-ap']);
  });

  it('the CNIL is written to in French, under English labels, and its form is in French', async () => {
    const paper = await Paper.begin(story, cast.responder, 'authority', [BOTH[0] ?? ''], ['fr']);
    await paper.write(cast.responder, {
      words: { 'what-happened': 'Quelqu’un a essayé des mots de passe volés.' },
    });
    const { pack, rendered } = good(await viewNotice(story.house, cast.legal, story.incident, paper.notice));
    expect(Object.keys(rendered)).to.deep.equal(['fr']);
    expect(rendered['fr']?.text).to.contain('Quelqu’un a essayé des mots de passe volés.');
    expect(rendered['fr']?.html).to.contain('<p lang="fr" dir="auto">Quelqu’un a essayé');
    const texts = pack?.questions.flatMap(({ answers }) => answers.map(({ text }) => text)) ?? [];
    expect(texts).to.include('Quelqu’un a essayé des mots de passe volés.');
    let message = '';
    await Paper.begin(story, cast.responder, 'authority', [BOTH[0] ?? ''], ['nl']).catch(
      (error: unknown) => (message = String(error)),
    );
    expect(message).to.contain('locale.not-taken');
  });

  it('each is filed and numbered for itself, and each clock is met by its own', async () => {
    const own = (await story.see()).incident.notices.filter(
      ({ obligations, locales }) => BOTH.includes(obligations[0] ?? '') && !locales.includes('fr'),
    );
    for (const [place, { id }] of own.entries()) {
      const paper = Paper.of(story, id);
      await paper.write(cast.responder);
      await paper.handIn(cast.responder);
      await paper.approve(cast.legal);
      await paper.file(cast.legal, { way: 'web-form', how: '', reference: `N-${place}` });
      const clocks = await story.clocks();
      expect(BOTH.filter((key) => clocks[key] === 'met')).to.have.lengthOf(place + 1);
    }
  });
});
