import { expect } from 'chai';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { logIncident } from '../../src/application/incident/log-incident.ts';
import { approveNotice } from '../../src/application/notice/decide.ts';
import { fileNotice } from '../../src/application/notice/file.ts';
import { viewNotice } from '../../src/application/notice/view-notice.ts';
import { submitNotice } from '../../src/application/notice/write.ts';
import { addressLetter } from '../../src/application/people/address-letter.ts';
import { dispatchLetters, startDispatch } from '../../src/application/people/dispatch.ts';
import { viewPeople } from '../../src/application/people/view-people.ts';
import { verifyRegister } from '../../src/application/register/verify-register.ts';
import { viewIncident } from '../../src/application/incident/view-incident.ts';
import { good, refused } from '../support/breach.ts';
import { openShop, PASSWORD, withShopHouse, type Shop } from '../support/shop.ts';
import { begin, findOut, sealShown, supplierBreach, THREE, write } from './breach.ts';

describe('A shop of one person, in one sitting', function () {
  this.timeout(120_000);
  const at = withShopHouse();
  let shop: Shop;
  let incident = '';

  before(async () => {
    shop = await openShop(at.house);
  });

  /** Hands in what she wrote, lets it rest, and approves it with a reason, as nobody else can. */
  async function approveAlone(notice: string): Promise<void> {
    const { house } = at;
    const { owner } = shop;
    good(await submitNotice(house, owner, { incident, notice }));
    const form = {
      incident,
      notice,
      seal: await sealShown(house, owner, incident, notice),
      password: PASSWORD,
    };
    const reason = 'I am alone in this shop.';
    expect(refused(await approveNotice(house, owner, { ...form, reason }))).to.include({ reason: 'pause' });
    at.clock.advance({ minutes: 10 });
    expect(refused(await approveNotice(house, owner, form))).to.include({ reason: 'reason' });
    expect(
      refused(await approveNotice(house, owner, { ...form, password: 'not mine', reason })).kind,
    ).to.equal('invalid-input');
    good(await approveNotice(house, owner, { ...form, reason }));
    const { notice: approved } = good(await viewNotice(house, owner, incident, notice));
    expect(approved.approved?.byItsAuthor).to.be.an('object');
  }

  it('she logs it, files the notice, tells three people, and what is left is the follow-up to the authority', async () => {
    const { house, clock } = at;
    const { owner } = shop;
    incident = good(await logIncident(house, owner, supplierBreach(house))).id;
    await findOut(house, owner, owner, incident);

    const toAuthority = await begin(house, owner, incident, 'authority');
    await write(house, owner, incident, toAuthority);
    await approveAlone(toAuthority);
    const filing = {
      incident,
      notice: toAuthority,
      at: '',
      way: 'web-form',
      how: 'Its form',
      reference: 'B-1',
    };
    good(await fileNotice(house, owner, filing));

    const letter = await begin(house, owner, incident, 'letter');
    good(await addressLetter(house, owner, { incident, notice: letter, people: THREE }));
    await write(house, owner, incident, letter);
    await approveAlone(letter);
    good(await startDispatch(house, owner, { incident, notice: letter }));
    good(await dispatchLetters(house, shop.organisation, incident, letter));

    const people = good(await viewPeople(house, owner, { incident, notice: letter }));
    expect(people.map(({ state }) => state)).to.deep.equal(['accepted', 'accepted', 'accepted']);
    expect(await readdir(join(at.outbox, 'letters'))).to.have.length(3);
    const { obligations } = good(await viewIncident(house, owner, incident));
    const told = obligations.filter(({ obligation }) =>
      ['authority', 'subjects'].includes(obligation.notify),
    );
    const open = told.filter(({ obligation }) => obligation.decision === 'applies' && !obligation.met);
    // Her notice was not complete: what follows is owed under its number (GDPR art. 33(4)), and nothing else is.
    expect(open.map(({ obligation }) => obligation.key)).to.deep.equal(['gdpr-art33-4-phases']);
    expect(clock.now().toString()).to.equal('2026-12-04T18:00:00Z');
    expect(await verifyRegister(house, shop.organisation)).to.deep.include({ ok: true, flaws: [] });
  });

  it('the record says that the author approved, and why', async () => {
    const types = ['notice-approved-by-its-author', 'notice-approved'];
    const entries = await at.house.register.read(shop.organisation, `incident:${incident}`, types);
    expect(entries.map(({ type }) => type)).to.deep.equal([types[0], types[0]]);
    const ids = entries.map(({ data }) => (typeof data['reason'] === 'string' ? data['reason'] : ''));
    const words = await at.house.notes.read(shop.organisation, ids);
    expect([...words.values()]).to.deep.equal(['I am alone in this shop.', 'I am alone in this shop.']);
  });
});
