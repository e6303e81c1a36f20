import { expect } from 'chai';
import { startDispatch } from '../../../src/domain/incident/sending.ts';
import type { Actor } from '../../../src/domain/access/roles.ts';
import { approveLetterTo, crowd } from '../../support/approved-letter.ts';
import { good } from '../../support/breach.ts';
import { atHand } from '../../../src/application/notice/source.ts';
import { changeOrganisation } from '../../../src/application/access/organisation.ts';
import { changeIncident } from '../../../src/application/incident/change.ts';
import { Person } from './browser-like.ts';
import { load } from './html.ts';
import { withServedHouse } from './served-house.ts';
import { joinAs, PASSWORD, setUpFirst, taken } from './staff.ts';

describe('The page of a letter that is being sent', function () {
  this.timeout(60_000);
  const served = withServedHouse();
  let page = '';
  let rosa: Person;

  before(async () => {
    const ada = new Person(() => served.url);
    await setUpFirst(ada, served);
    rosa = await joinAs(ada, served, 'Rosa', 'responder', 'legal');
    const { house } = served;
    const found = await house.users.byEmail('rosa@linden.example');
    const organisation = found?.memberships[0]?.organisation ?? '';
    const actor: Actor = { user: found?.id ?? '', organisation, roles: ['responder', 'legal'] };
    const profile = {
      role: 'controller',
      establishments: ['DE-BE'],
      mainEstablishment: 'DE-BE',
      sectors: ['ecommerce'],
    };
    const contact = {
      email: 'privacy@linden.example',
      phone: '+49 30 23125100',
      address: 'Lindenweg 1, 10115 Berlin',
      website: 'https://linden.example',
      dpo: 'Data protection, privacy@linden.example',
    };
    const office = { name: 'Linden', zone: 'Europe/Berlin', locale: 'en', profile, contact };
    good(await changeOrganisation(house, { ...actor, roles: ['administrator'] }, office));
    const lena = await joinAs(ada, served, 'Lena', 'legal');
    expect((await lena.open('/')).status).to.equal(200);
    const other = await house.users.byEmail('lena@linden.example');
    const legal: Actor = { user: other?.id ?? '', organisation, roles: ['legal'] };
    const place = await approveLetterTo(house, { responder: actor, legal, password: PASSWORD }, crowd(4));
    const incident = await house.incidents.byId(organisation, place.incident);
    const notice = incident?.notices.find(({ id }) => id === place.notice);
    if (!notice?.approved || !notice.list) throw new Error('not approved');
    // Begun without a bell, so that nobody sends while the page is looked at; one letter is in doubt.
    const sealed = await atHand(house, organisation, notice, notice.approved.seal);
    good(
      await changeIncident(house, actor, place.incident, (fresh, at) =>
        startDispatch(fresh, place.notice, sealed, at),
      ),
    );
    await house.lists.move(organisation, notice.list.id, 0, 1, ['waiting'], 'uncertain', served.now());
    page = `/incidents/${place.incident}/notices/${place.notice}`;
  });

  it('pauses, says so, and offers to go on', async () => {
    taken(await rosa.submit(await rosa.open(page), `${page}/dispatch/pause`, {}, page));
    const paused = load((await rosa.open(page)).body);
    expect(paused.text).to.match(/Paused .* by Rosa/);
    expect(paused.form(`${page}/dispatch/resume`)).not.to.equal(null);
  });

  it('says what is wrong with a pace', async () => {
    const typed = { perMinute: 'fast' };
    const wrong = await rosa.submit(await rosa.open(page), `${page}/dispatch/pace`, typed, page);
    expect(wrong.status).to.equal(422);
    expect(load(wrong.body).text).to.contain('whole number from 1 to');
  });

  it('asks what becomes of a letter in doubt, and stops for good with a reason', async () => {
    expect(load((await rosa.open(page)).body).text).to.contain('One letter is in doubt');
    taken(await rosa.submit(await rosa.open(page), `${page}/dispatch/doubt`, { decision: 'arrived' }, page));
    expect(load((await rosa.open(page)).body).text).not.to.contain('is in doubt');
    const form = `${page}/dispatch/stop`;
    expect((await rosa.submit(await rosa.open(page), form, { 'stop-reason': '' }, page)).status).to.equal(
      422,
    );
    taken(await rosa.submit(await rosa.open(page), form, { 'stop-reason': 'The wrong list.' }, page));
    expect(load((await rosa.open(page)).body).text).to.match(/Stopped for good .* by Rosa/);
  });
});
