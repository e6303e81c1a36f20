import { expect } from 'chai';
import { placesWithFew } from '../../src/application/incident/few-people.ts';
import { decideDuties, withdrawDecision } from '../../src/application/incident/tasks-and-stages.ts';
import { viewTimeline } from '../../src/application/incident/view-timeline.ts';
import { verifyRegister } from '../../src/application/register/verify-register.ts';
import { isOpen } from '../../src/domain/incident/standing.ts';
import { good, refused } from '../support/breach.ts';
import { CUSTOMERS, PROFILE } from '../support/forty-countries.ts';
import { openShop, withShopHouse } from '../support/shop.ts';
import type { Actor } from '../../src/domain/access/roles.ts';
import { Story } from './telling.ts';

/** Peru and its like: one customer each. */
const ALONE = CUSTOMERS.filter(([, count]) => count === 1).map(([place]) => place);

describe('A story: a drop-shipping shop loses its customer list, with people in forty countries', function () {
  this.timeout(120_000);
  const story = new Story(withShopHouse());
  let legal: Actor;
  let responder: Actor;

  before(async () => {
    story.playsIn(
      await openShop(story.house, { name: 'Überallhin', zone: 'Europe/Berlin', profile: PROFILE }),
    );
    legal = await story.shop.hire('legal', 'Lene');
    responder = await story.shop.hire('responder', 'Rosa');
  });

  /** When the open duty falls due, in its own words: `2026-12-07T18:40:00+01:00`. */
  async function due(duty: string, offices = 1): Promise<string | null> {
    const view = await story.see();
    const found = view.obligations.filter(({ obligation }) => obligation.duty === duty);
    expect(found, duty).to.have.length(offices);
    const [one] = found;
    expect(one?.obligation.decision, duty).to.equal('applies');
    return one?.obligation.dueAt?.toString() ?? null;
  }

  it('Friday 18:40: the list is found on a market; forty countries, and their laws wait for a handful of answers', async () => {
    story.itIs('2026-12-04T18:50');
    await story.log(responder, {
      state: 'breach',
      kind: 'supplier-breach',
      title: 'Our customer list is for sale',
      whatHappened: 'A customer sent a link: our list is offered on a market, with card numbers.',
      reporter: 'A customer',
      detectedAt: '2026-12-04T18:22',
      awareAt: '2026-12-04T18:40',
      categories: ['name', 'email', 'postal-address', 'payment-card'],
      subjects: CUSTOMERS.map(([place, count]) => ({ place, count, groups: ['customers'] })),
    });
    const { obligations } = await story.see();
    const undecided = obligations.filter(({ obligation }) => obligation.decision === 'undecided');
    const questions = new Set(
      undecided.flatMap(({ obligation }) =>
        obligation.missing.filter((name) => !name.startsWith('answered.')),
      ),
    );
    expect(undecided.length).to.be.greaterThan(60);
    expect(questions.size).to.be.lessThan(20);
  });

  it('legal answers five questions, and nearly everything is decided', async () => {
    await story.learn(legal, {
      'breach.confidentiality': true,
      'data.encrypted': false,
      cyber: true,
      malicious: true,
    });
    await story.learn(legal, { risk: 'high' }, 'Card numbers with names and addresses.');
    const { obligations } = await story.see();
    const left = obligations.filter(({ obligation }) => obligation.decision === 'undecided');
    const applies = obligations.filter(({ obligation }) => obligation.decision === 'applies');
    expect(applies.length).to.be.greaterThan(55);
    expect(left.length).to.be.lessThan(20);
  });

  it('counts each clock by its own law: hours run through, business days rest where the authority sits', async () => {
    // 72 elapsed hours; the nine countries of the EEA have one authority, that of Berlin.
    expect(await due('gdpr-art33-authority')).to.equal('2026-12-07T17:40:00Z');
    expect(await due('uk-gdpr-art33-authority')).to.equal('2026-12-07T17:40:00Z');
    expect(await due('kr-pipa-individuals')).to.equal('2026-12-07T17:40:00Z');
    // 6 hours after awareness, over midnight.
    expect(await due('in-certin-6h')).to.equal('2026-12-04T23:40:00Z');
    expect(await due('pe-29733-anpd')).to.equal('2026-12-06T17:40:00Z');
    // Three working days in São Paulo: 7, 8, 9 December, to the end of the day there.
    expect(await due('br-lgpd-anpd')).to.equal('2026-12-10T02:59:59Z');
    // Five in Quito: 7 to 11, at two offices that are told apart; fifteen in Bogotá, where 8 and 25 December are off.
    expect(await due('ec-lopdp-authority', 2)).to.equal('2026-12-12T04:59:59Z');
    expect(await due('co-1581-sic')).to.equal('2026-12-30T04:59:59Z');
    // Japan counts the day of awareness as the first of five.
    expect(await due('jp-appi-preliminary')).to.equal('2026-12-08T22:59:59Z');
    // No number in the law is no date.
    expect(await due('nz-privacy-opc')).to.equal(null);
    expect(await due('za-popia-regulator')).to.equal(null);
  });

  it('first of all is the six hours of India, then the 48 of Peru', async () => {
    const { obligations } = await story.see();
    const dated = obligations
      .filter(({ obligation }) => isOpen(obligation) && obligation.decision === 'applies')
      .flatMap(({ obligation: { duty, dueAt } }) => (dueAt ? [{ duty, at: dueAt.epochMilliseconds }] : []))
      .sort((a, b) => a.at - b.at)
      .map(({ duty }) => duty);
    expect(dated[0]).to.equal('in-certin-6h');
    expect(dated.slice(1, 3)).to.have.members(['pe-29733-anpd', 'pe-29733-subjects']);
  });

  it('finds the countries with one customer each, and none where the shop sits or that count as one', async () => {
    const found = placesWithFew(await story.see(), 1);
    expect(found.flatMap(({ places }) => places).sort()).to.deep.equal([...ALONE].sort());
    expect(found.every(({ people }) => people === 1)).to.equal(true);
    const wider = placesWithFew(await story.see(), 12).flatMap(({ places }) => places);
    expect(wider).to.include.members(['NZ', 'ZA', 'IL']).and.to.not.include('DE');
  });

  it('legal decides of ten of them together, with one reason; a responder may not', async () => {
    const few = placesWithFew(await story.see(), 1).filter(({ places }) => !places.includes('PE'));
    const obligations = few.flatMap((place) => place.obligations.map(({ obligation }) => obligation.key));
    const reason = 'One customer each, told by telephone on Friday; cards blocked while we spoke.';
    const form = { incident: story.incident, obligations, reason };
    expect(refused(await decideDuties(story.house, responder, form)).kind).to.equal('not-allowed');
    good(await decideDuties(story.house, legal, form, 'once'));
    good(await decideDuties(story.house, legal, form, 'once'));
    const view = await story.see();
    const decided = view.obligations.filter(({ obligation }) => obligation.decided);
    expect(decided.map(({ obligation }) => obligation.key).sort()).to.deep.equal([...obligations].sort());
    for (const { obligation } of decided)
      expect(view.words.get(obligation.decided?.reason.id ?? '')).to.equal(reason);
    expect(placesWithFew(view, 1).flatMap(({ places }) => places)).to.deep.equal(['PE']);
  });

  it('each decision is an entry of its own, and can be taken back by itself', async () => {
    const [first, second] = (await story.see()).obligations.filter(({ obligation }) => obligation.decided);
    const taken = first?.obligation.key ?? '';
    const back = { incident: story.incident, obligation: taken, reason: 'The customer never answered.' };
    good(await withdrawDecision(story.house, legal, back));
    const after = (await story.see()).obligations;
    expect(after.find(({ obligation }) => obligation.key === taken)?.obligation.decided).to.equal(undefined);
    expect(
      after.find(({ obligation }) => obligation.key === second?.obligation.key)?.obligation.decided,
    ).to.not.equal(undefined);
    const timeline = good(await viewTimeline(story.house, legal, story.incident));
    const entries = timeline.entries.filter(({ type }) => type === 'obligation-decided');
    expect(new Set(entries.map(({ data }) => (data as { key: string }).key)).size).to.equal(entries.length);
    expect(entries.length).to.be.greaterThan(20);
    expect((await verifyRegister(story.house, story.shop.organisation)).ok).to.equal(true);
  });

  it('stays a small document, whatever forty countries ask', async () => {
    const stored = await story.house.incidents.byId(story.shop.organisation, story.incident);
    expect(JSON.stringify(stored).length).to.be.lessThan(256_000);
  });
});
