import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { Temporal } from 'temporal-polyfill';
import {
  changePassword,
  requestReset,
  resetLink,
  resetPassword,
  resettable,
} from '../../../src/application/access/passwords.ts';
import { actorOf, signIn } from '../../../src/application/access/sign-in.ts';
import { changeStaff, invite, viewStaff } from '../../../src/application/access/staff.ts';
import { viewChain } from '../../../src/application/register/verify-register.ts';
import type { Actor } from '../../../src/domain/access/roles.ts';
import { FRIDAY, good, refused } from '../../support/breach.ts';
import { openShop, PASSWORD, withShopHouse, type Shop } from '../../support/shop.ts';

const NEW = 'a new and longer passphrase';

describe('Passwords', () => {
  const at = withShopHouse();
  let shop: Shop;
  let legal: Actor;
  let email = '';

  before(async () => {
    shop = await openShop(at.house);
    legal = await shop.hire('legal');
    email = good(await viewStaff(at.house, shop.owner)).find(({ id }) => id === legal.user)?.email ?? '';
  });

  const secretOf = (link: string): string => link.split('/').at(-1) ?? '';
  const mails = async (): Promise<readonly string[]> =>
    (await readdir(join(at.outbox, 'staff')).catch(() => [])).filter((name) => name.startsWith('reset-'));
  const signsIn = async (password: string): Promise<boolean> =>
    (await signIn(at.house, { email, password })).ok;

  it('the own one is changed by who knows the old one, and sessions from before are over', async () => {
    const { house, clock } = at;
    const began = clock.now();
    clock.advance({ minutes: 5 });
    const wrong = refused(await changePassword(house, legal, { old: 'not this one', password: NEW }));
    expect(wrong.kind === 'invalid-input' && wrong.problems).to.deep.equal([
      { path: 'old', key: 'password.wrong' },
    ]);
    const short = refused(await changePassword(house, legal, { old: PASSWORD, password: 'short' }));
    expect(short.kind === 'invalid-input' && short.problems[0]?.key).to.equal('password.too-short');
    expect(await actorOf(house, legal.user, began)).not.to.equal(null);

    const user = good(await changePassword(house, legal, { old: PASSWORD, password: NEW }));
    expect(user.sessionsFrom?.equals(clock.now())).to.equal(true);
    expect(await actorOf(house, legal.user, began)).to.equal(null);
    expect((await actorOf(house, legal.user, clock.now()))?.actor.user).to.equal(legal.user);
    expect((await actorOf(house, legal.user))?.actor.user).to.equal(legal.user);
    expect([await signsIn(PASSWORD), await signsIn(NEW)]).to.deep.equal([false, true]);
  });

  it('a reset is mailed to who has an account, and to nobody else', async () => {
    const { house } = at;
    good(await invite(house, shop.owner, { email: 'waiting@linden.example', roles: ['staff'] }));
    await requestReset(house, { email: 'nobody@linden.example' });
    await requestReset(house, { email: 'waiting@linden.example' });
    expect(await mails()).to.have.length(0);
    await requestReset(house, { email: ` ${email.toUpperCase()} ` });
    const [mail] = await mails();
    const words = await readFile(join(at.outbox, 'staff', mail ?? ''), 'utf8');
    expect(words).to.contain('http://tocsin.test/reset/');
    expect(words).to.contain('Linden');
  });

  it('its link works once, for an hour, and a newer one makes it void', async () => {
    const { house, clock } = at;
    const first = secretOf(good(await resetLink(house, shop.owner, email)).link);
    const second = secretOf(good(await resetLink(house, shop.owner, email)).link);
    expect(await resettable(house, first)).to.equal(null);
    expect((await resettable(house, second))?.id).to.equal(legal.user);
    clock.advance({ minutes: 61 });
    expect(await resettable(house, second)).to.equal(null);

    const third = secretOf(good(await resetLink(house, shop.owner, email)).link);
    const tries = await Promise.all(
      [1, 2, 3].map((turn) => resetPassword(house, { secret: third, password: `${PASSWORD} ${turn}` })),
    );
    expect(tries.filter(({ ok }) => ok)).to.have.length(1);
    expect(refused(await resetPassword(house, { secret: third, password: NEW }))).to.deep.equal({
      kind: 'not-found',
      what: 'link',
      id: 'reset',
    });
    expect(await signsIn(NEW)).to.equal(false);
    clock.set(FRIDAY);
  });

  it('a weak password leaves the link good', async () => {
    const { house } = at;
    const secret = secretOf(good(await resetLink(house, shop.owner, email)).link);
    expect(refused(await resetPassword(house, { secret, password: 'short' })).kind).to.equal('invalid-input');
    good(await resetPassword(house, { secret, password: NEW }));
    expect(await signsIn(NEW)).to.equal(true);
  });

  it('changing the own password makes a link void that lies in a mailbox', async () => {
    const { house } = at;
    const secret = secretOf(good(await resetLink(house, shop.owner, email)).link);
    good(await changePassword(house, legal, { old: NEW, password: PASSWORD }));
    expect(await resettable(house, secret)).to.equal(null);
  });

  it('an invitation is no reset, and nobody resets for who was deactivated', async () => {
    const { house } = at;
    const { link } = good(await invite(house, shop.owner, { email: 'new@linden.example', roles: ['staff'] }));
    expect(await resettable(house, secretOf(link))).to.equal(null);
    const waiting = refused(await resetLink(house, shop.owner, 'new@linden.example'));
    expect(waiting.kind === 'invalid-input' && waiting.problems[0]?.key).to.equal('user.not-joined');
    const secret = secretOf(good(await resetLink(house, shop.owner, email)).link);
    const row = good(await viewStaff(house, shop.owner)).find(({ id }) => id === legal.user)!;
    const gone = { user: row.id, roles: row.roles, active: false, shown: row.version };
    good(await changeStaff(house, shop.owner, gone));
    expect(refused(await resetPassword(house, { secret, password: NEW })).kind).to.equal('not-found');
    expect(refused(await resetLink(house, shop.owner, email)).kind).to.equal('invalid-input');
    expect(refused(await resetLink(house, legal, email)).kind).to.equal('not-allowed');
  });

  it('stand in the register as what happened, without an address', async () => {
    const entries = good(await viewChain(at.house, shop.owner));
    const types = new Set(entries.map(({ type }) => type));
    for (const type of ['password-changed', 'password-reset-asked', 'password-reset'])
      expect(types.has(type), type).to.equal(true);
    expect(JSON.stringify(entries)).not.to.contain('@');
    expect(Temporal.Instant.compare(at.clock.now(), FRIDAY)).to.equal(0);
  });
});
