import { expect } from 'chai';
import type { Token } from '../../../src/application/ports/staff.ts';
import { withStore } from '../../support/store.ts';
import { chained, LOGGED, organisation, user } from './samples.ts';

describe('Organisations in the store', () => {
  const store = withStore();

  it('come back exactly, and all of them', async () => {
    const { organisations } = store.stores;
    const other = organisation({ id: 'other', profile: {} });
    await organisations.insert(organisation());
    await organisations.insert(other);
    expect(await organisations.byId('acme')).to.deep.equal(organisation());
    expect([...(await organisations.all())].sort((a, b) => (a.id < b.id ? -1 : 1))).to.deep.equal([
      organisation(),
      other,
    ]);
    expect(await organisations.byId('nobody')).to.equal(null);
  });

  it('are changed by one of two who saw the same version, and trimmed without a new one', async () => {
    const { organisations } = store.stores;
    const { head, entries } = chained('organisation:third', 3, 'third');
    const third = organisation({ id: 'third', register: head, outbox: entries });
    await organisations.insert(third);
    const won = await Promise.all(
      ['a', 'b'].map((name) => organisations.replace({ ...third, name, version: 2 }, 1)),
    );
    expect(won.filter(Boolean)).to.have.length(1);
    await organisations.trimOutbox('third', 2);
    const stored = await organisations.byId('third');
    expect(stored?.version).to.equal(2);
    expect(stored?.outbox).to.deep.equal(entries.slice(2));
  });
});

describe('Staff in the store', () => {
  const store = withStore();

  it('are found by id, by address in any case, and by organisation', async () => {
    const { users } = store.stores;
    expect(await users.insert(user({ email: 'Anna@Acme.example' }))).to.equal(true);
    const ben = user({ id: 'ben', email: 'ben@acme.example', password: '$argon2id$…' });
    const guest = { organisation: 'other', roles: ['reader' as const] };
    const both = user({ id: 'both', email: 'both@acme.example', memberships: [...ben.memberships, guest] });
    await users.insert(ben);
    await users.insert(both);
    expect(await users.byEmail(' ANNA@acme.EXAMPLE')).to.deep.equal(user());
    expect(await users.byId('ben')).to.deep.equal(ben);
    expect((await users.of('acme')).map(({ id }) => id).sort()).to.deep.equal(['anna', 'ben', 'both']);
    expect((await users.of('other')).map(({ id }) => id)).to.deep.equal(['both']);
    expect(await users.byEmail('nobody@acme.example')).to.equal(null);
  });

  it('never share an address, however it is written', async () => {
    const { users } = store.stores;
    const twins = await Promise.all(
      ['twin@acme.example', 'Twin@acme.example', 'TWIN@ACME.EXAMPLE'].map((email, index) =>
        users.insert(user({ id: `twin${index}`, email })),
      ),
    );
    expect(twins.filter(Boolean)).to.have.length(1);
  });

  it('are changed by one of two who saw the same version', async () => {
    const { users } = store.stores;
    const carl = user({ id: 'carl', email: 'carl@acme.example' });
    await users.insert(carl);
    expect(await users.replace({ ...carl, active: false, version: 2 }, 1)).to.equal(true);
    expect(await users.replace({ ...carl, name: 'Late', version: 2 }, 1)).to.equal(false);
    expect(await users.byId('carl')).to.deep.equal({ ...carl, active: false, version: 2 });
  });

  it('are not found by an operator in the place of an address', async () => {
    const operator = { trim: () => ({ toLowerCase: () => ({ $gt: '' }) }) } as unknown as string;
    expect(await store.stores.users.byEmail(operator).then(String, () => 'refused')).to.equal('refused');
  });
});

describe('One-time links in the store', () => {
  const store = withStore();
  const token = (hash: string, changes: Partial<Token> = {}): Token => ({
    hash,
    purpose: 'invitation',
    user: 'anna',
    organisation: 'acme',
    expiresAt: LOGGED,
    ...changes,
  });

  it('are spent by exactly one of many', async () => {
    const { tokens } = store.stores;
    await tokens.put(token('h1'));
    expect(await tokens.byHash('h1')).to.deep.equal(token('h1'));
    const spent = await Promise.all(Array.from({ length: 6 }, () => tokens.spend('h1')));
    expect(spent.filter(Boolean)).to.have.length(1);
    expect(await tokens.byHash('h1')).to.equal(null);
  });

  it('of one purpose are cleared without those of another', async () => {
    const { tokens } = store.stores;
    const setup: Token = { hash: 's1', purpose: 'setup', expiresAt: LOGGED };
    await tokens.put(setup);
    await tokens.put(token('h2'));
    await tokens.clear('setup');
    expect(await tokens.byHash('s1')).to.equal(null);
    expect(await tokens.byHash('h2')).to.deep.equal(token('h2'));
  });
});
