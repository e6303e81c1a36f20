import { expect } from 'chai';
import { Temporal } from 'temporal-polyfill';
import {
  isSetUpLink,
  issueSetUpLink,
  needsSetUp,
  setUp,
  ensureAdministrator,
} from '../../../src/application/access/set-up.ts';
import { actorOf, signIn } from '../../../src/application/access/sign-in.ts';
import {
  acceptInvitation,
  changeStaff,
  invite,
  invited,
  viewStaff,
} from '../../../src/application/access/staff.ts';
import { FRIDAY, good, refused } from '../../support/breach.ts';
import { openShop, PASSWORD, withShopHouse, type Shop } from '../../support/shop.ts';

const FORM = {
  organisation: 'Linden',
  zone: 'Europe/Berlin',
  name: 'Owner',
  email: 'Owner@Linden.example',
  password: PASSWORD,
};

describe('The first person', () => {
  const at = withShopHouse();

  it('is made by a link that works once, with all roles', async () => {
    const { house } = at;
    expect(await needsSetUp(house)).to.equal(true);
    const secret = await issueSetUpLink(house);
    expect(await isSetUpLink(house, secret)).to.equal(true);
    const user = good(await setUp(house, { ...FORM, secret }));
    expect(user.email).to.equal('owner@linden.example');
    expect(user.memberships[0]?.roles).to.deep.equal(['administrator', 'dpo', 'legal', 'responder']);
    expect(await needsSetUp(house)).to.equal(false);
    expect(refused(await setUp(house, { ...FORM, secret, email: 'second@linden.example' })).kind).to.equal(
      'not-found',
    );
  });

  it('every fault of the form is told at once, and the link still works', async () => {
    const { house } = at;
    const secret = await issueSetUpLink(house);
    const error = refused(
      await setUp(house, {
        secret,
        organisation: '',
        zone: 'Mars/Olympus',
        name: ' ',
        email: 'x',
        password: 'short',
      }),
    );
    expect(error.kind === 'invalid-input' && error.problems.map(({ path }) => path)).to.deep.equal([
      'organisation',
      'zone',
      'name',
      'email',
      'password',
    ]);
    expect(await isSetUpLink(house, secret)).to.equal(true);
  });

  it('a newer link makes the older one void, and a day ends it', async () => {
    const { house, clock } = at;
    const older = await issueSetUpLink(house);
    const newer = await issueSetUpLink(house);
    expect(await isSetUpLink(house, older)).to.equal(false);
    clock.advance({ hours: 25 });
    expect(await isSetUpLink(house, newer)).to.equal(false);
    clock.set(FRIDAY);
  });

  it('for scripts is made if the address is unknown, and left alone if not', async () => {
    const { house } = at;
    expect(good(await ensureAdministrator(house, FORM))).to.equal(null);
    expect(
      good(await ensureAdministrator(house, { ...FORM, email: 'script@linden.example' }))?.email,
    ).to.equal('script@linden.example');
  });
});

describe('Signing in', () => {
  const at = withShopHouse();
  let shop: Shop;
  before(async () => {
    shop = await openShop(at.house);
  });

  it('takes the right password, in any case of the address', async () => {
    const user = good(await signIn(at.house, { email: ' OWNER@linden.example', password: PASSWORD }));
    expect((await actorOf(at.house, user.id))?.actor.organisation).to.equal(shop.organisation);
  });

  it('does not tell an unknown address from a wrong password', async () => {
    const wrong = refused(
      await signIn(at.house, { email: 'owner@linden.example', password: 'not this one' }),
    );
    const unknown = refused(await signIn(at.house, { email: 'nobody@linden.example', password: PASSWORD }));
    expect(wrong).to.deep.equal(unknown);
  });

  it('is over for a person who was deactivated, and roles taken away are gone at once', async () => {
    const legal = await shop.hire('legal');
    const row = good(await viewStaff(at.house, shop.owner)).find(({ id }) => id === legal.user)!;
    good(
      await changeStaff(at.house, shop.owner, {
        user: row.id,
        roles: ['reader'],
        active: true,
        shown: row.version,
      }),
    );
    expect((await actorOf(at.house, legal.user))?.actor.roles).to.deep.equal(['reader']);
    good(
      await changeStaff(at.house, shop.owner, {
        user: row.id,
        roles: ['reader'],
        active: false,
        shown: row.version + 1,
      }),
    );
    expect(await actorOf(at.house, legal.user)).to.equal(null);
    expect(refused(await signIn(at.house, { email: row.email, password: PASSWORD })).kind).to.equal(
      'not-allowed',
    );
  });
});

describe('Invitations and roles', () => {
  const at = withShopHouse();
  let shop: Shop;
  before(async () => {
    shop = await openShop(at.house);
  });

  const secretOf = (link: string): string => link.split('/').at(-1) ?? '';

  it('an invitation is accepted once, within a week', async () => {
    const { house, clock } = at;
    const { link } = good(await invite(house, shop.owner, { email: 'new@linden.example', roles: ['staff'] }));
    expect((await invited(house, secretOf(link)))?.email).to.equal('new@linden.example');
    good(await acceptInvitation(house, { secret: secretOf(link), name: 'New', password: PASSWORD }));
    expect(
      refused(await acceptInvitation(house, { secret: secretOf(link), name: 'New', password: PASSWORD }))
        .kind,
    ).to.equal('not-found');
    const late = good(await invite(house, shop.owner, { email: 'late@linden.example', roles: ['staff'] }));
    clock.advance(Temporal.Duration.from({ hours: 24 * 7 + 1 }));
    expect(await invited(house, secretOf(late.link))).to.equal(null);
    clock.set(FRIDAY);
  });

  it('who was invited may be invited again, who has joined may not', async () => {
    const { house } = at;
    good(await invite(house, shop.owner, { email: 'slow@linden.example', roles: ['legal'] }));
    good(await invite(house, shop.owner, { email: 'slow@linden.example', roles: ['legal'] }));
    const error = refused(
      await invite(house, shop.owner, { email: 'owner@linden.example', roles: ['legal'] }),
    );
    expect(error.kind === 'invalid-input' && error.problems[0]?.key).to.equal('email.taken');
  });

  it('only administrators see or change staff, and the last one cannot lock everybody out', async () => {
    const { house } = at;
    const legal = await shop.hire('legal');
    expect(refused(await viewStaff(house, legal)).kind).to.equal('not-allowed');
    expect(
      refused(await invite(house, legal, { email: 'x@linden.example', roles: ['staff'] })).kind,
    ).to.equal('not-allowed');
    const own = good(await viewStaff(house, shop.owner)).find(({ id }) => id === shop.owner.user)!;
    const change = { user: own.id, roles: ['legal'], active: true, shown: own.version };
    const error = refused(await changeStaff(house, shop.owner, change));
    expect(error.kind === 'invalid-input' && error.problems[0]?.key).to.equal('role.last-administrator');
  });

  it('two administrators who change the same person see a conflict', async () => {
    const { house } = at;
    const staff = await shop.hire('staff');
    const { version } = good(await viewStaff(house, shop.owner)).find(({ id }) => id === staff.user)!;
    good(
      await changeStaff(house, shop.owner, {
        user: staff.user,
        roles: ['reader'],
        active: true,
        shown: version,
      }),
    );
    const error = refused(
      await changeStaff(house, shop.owner, {
        user: staff.user,
        roles: ['legal'],
        active: true,
        shown: version,
      }),
    );
    expect(error.kind).to.equal('stale-version');
  });
});
