import { expect } from 'chai';
import { changeFact } from '../../../src/application/incident/change-fact.ts';
import { logIncident } from '../../../src/application/incident/log-incident.ts';
import { reconcile } from '../../../src/application/clock/reconcile.ts';
import { verifyRegister, viewChain } from '../../../src/application/register/verify-register.ts';
import { good, refused } from '../../support/breach.ts';
import { openShop, SUPPLIER_BREACH, withShopHouse, type Shop } from '../../support/shop.ts';

describe('The register', () => {
  const at = withShopHouse();
  let shop: Shop;
  let incident: string;
  before(async () => {
    shop = await openShop(at.house);
    incident = good(await logIncident(at.house, shop.owner, SUPPLIER_BREACH)).id;
  });

  it('holds the chain of the organisation and that of each incident', async () => {
    const verdict = await verifyRegister(at.house, shop.organisation);
    expect(verdict).to.include({ ok: true, chains: 2 });
    expect(verdict.entries).to.be.greaterThan(4);
  });

  it('verifies what is chained but not yet copied, and copies it when it reconciles', async () => {
    const { house } = at;
    const offline = {
      ...house,
      register: { ...house.register, append: () => Promise.reject(new Error('the register is away')) },
    };
    const change = { incident, name: 'cyber', value: true, shown: 0 };
    const failed = await changeFact(offline, shop.owner, change).catch((error: unknown) => error);
    expect(String(failed)).to.contain('the register is away');
    expect(await house.incidents.withOutbox(shop.organisation)).to.deep.equal([incident]);
    expect((await verifyRegister(house, shop.organisation)).ok).to.equal(true);
    await reconcile(house);
    expect(await house.incidents.withOutbox(shop.organisation)).to.deep.equal([]);
    expect((await verifyRegister(house, shop.organisation)).ok).to.equal(true);
  });

  it('is read by those who may', async () => {
    const reader = await shop.hire('reader');
    const staff = await shop.hire('staff');
    const [newest] = good(await viewChain(at.house, reader));
    expect(newest?.type).to.equal('invitation-accepted');
    expect(refused(await viewChain(at.house, staff)).kind).to.equal('not-allowed');
  });
});

describe('A register that was tampered with', () => {
  const at = withShopHouse();

  it('is found out, entry by entry', async () => {
    const { house } = at;
    const shop = await openShop(house);
    const { id } = good(await logIncident(house, shop.owner, SUPPLIER_BREACH));
    const forged = {
      ...house,
      register: { ...house.register, read: altered(house.register.read.bind(house.register)) },
    };
    const verdict = await verifyRegister(forged, shop.organisation);
    expect(verdict.ok).to.equal(false);
    expect(verdict.flaws).to.deep.include({ chain: `incident:${id}`, sequence: 1, fault: 'altered' });
  });
});

type Read = Parameters<typeof verifyRegister>[0]['register']['read'];

/** As if somebody had changed the first entry of each chain in the store. */
function altered(read: Read): Read {
  return async (organisation, chain) => {
    const entries = await read(organisation, chain);
    return entries.map((entry) => (entry.sequence === 1 ? { ...entry, by: 'somebody else' } : entry));
  };
}
