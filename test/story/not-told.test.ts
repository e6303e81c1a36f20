import { expect } from 'chai';
import { withShopHouse } from '../support/shop.ts';
import { openFor, type Cast } from './people.ts';
import { Story } from './telling.ts';

const LINDEN = {
  name: 'Linden',
  zone: 'Europe/Berlin',
  profile: {
    role: 'controller',
    establishments: ['DE-BE'],
    mainEstablishment: 'DE-BE',
    sectors: ['ecommerce'],
    listed: false,
  },
};

const UNLIKELY = 'The laptop is encrypted, and its password was never written down.';
const KEPT = 'One customer asked us not to be written to; she was told at the counter.';

describe('A story: a risk is unlikely, nobody is told, and the decision stands', function () {
  this.timeout(120_000);
  const story = new Story(withShopHouse());
  let cast: Cast;

  before(async () => {
    cast = await openFor(story, LINDEN, { staff: 'Iris', responder: 'Sam', legal: 'Mara', dpo: 'Lene' });
  });

  it('Monday: an encrypted laptop is left on a train; until somebody assesses it, the clock runs', async () => {
    story.itIs('2026-11-16T09:00');
    await story.log(cast.staff, {
      state: 'breach',
      kind: 'lost-device',
      title: 'A laptop is left on the train',
      whatHappened: 'I forgot the laptop with the orders on the train.',
      reporter: 'Iris',
      detectedAt: '2026-11-16T08:00',
      awareAt: '2026-11-16T08:10',
      categories: ['name', 'email'],
      subjects: [{ place: 'DE', count: 12, groups: ['customers'] }],
    });
    await story.learn(cast.responder, {
      'breach.confidentiality': true,
      'breach.integrity': false,
      'breach.availability': false,
      'data.encrypted': true,
      'data.keyCompromised': false,
    });
    expect((await story.clocks())['gdpr-art33-authority']).to.contain('undecided: risk');
  });

  it('only who assesses risks may say that it is unlikely, and not without a reason', async () => {
    expect((await story.refuses(cast.responder, 'risk', 'unlikely', UNLIKELY)).kind).to.equal('not-allowed');
    expect((await story.refuses(cast.legal, 'risk', 'unlikely')).kind).to.equal('invalid-input');
  });

  it('legal decides: unlikely; then no law asks for a word, and the record says who decided and why', async () => {
    await story.learn(cast.legal, { risk: 'unlikely' }, UNLIKELY);
    expect(await story.clocks()).to.deep.equal({});
    const { types, words } = await story.record();
    expect(types).to.include('fact-changed');
    expect(words).to.include(UNLIKELY);
    const { incident } = await story.see();
    expect(incident.facts['risk']).to.deep.include({ value: 'unlikely', by: cast.legal.user });
    // Not a row that is gone: it stands there as not applying.
    expect(incident.obligations.find(({ duty }) => duty === 'gdpr-art33-authority')?.decision).to.equal(
      'does-not-apply',
    );
  });

  it('Rule 4: not telling against what the law engine says is a decision with a reason and an approver', async () => {
    await story.learn(cast.legal, { risk: 'high' }, 'The password stood on a note in the bag.');
    await story.learn(cast.responder, { 'data.keyCompromised': true });
    expect(Object.keys(await story.clocks())).to.include('gdpr-art34-subjects');
    await story.decideNotOwed(cast.dpo, KEPT, 'gdpr-art34-subjects');
    expect((await story.clocks())['gdpr-art34-subjects']).to.equal('not owed, as decided');
    const decided = (await story.see()).incident.obligations.find(
      ({ key }) => key === 'gdpr-art34-subjects',
    )?.decided;
    expect(decided).to.deep.include({ as: 'not-owed', by: cast.dpo.user });
    const { types, words } = await story.record();
    expect(types).to.include('obligation-decided');
    expect(words).to.include(KEPT);
    expect(await story.verdict()).to.deep.include({ ok: true, flaws: [] });
  });
});
