import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { reconcile } from '../../../src/application/clock/reconcile.ts';
import { attachEvidence } from '../../../src/application/evidence/attach.ts';
import { sweepUploads } from '../../../src/application/evidence/sweep.ts';
import { openEvidence, viewEvidence } from '../../../src/application/evidence/view-evidence.ts';
import { logIncident } from '../../../src/application/incident/log-incident.ts';
import type { House } from '../../../src/application/ports/house.ts';
import { FRIDAY, good, refused } from '../../support/breach.ts';
import { openShop, SUPPLIER_BREACH, withShopHouse, type Shop } from '../../support/shop.ts';
import { withStore } from '../../support/store.ts';

const LARGE = 700_000;

async function* bytes(size: number): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield randomBytes(size);
}

describe('Uploads that were cut off', function () {
  this.timeout(60_000);
  const store = withStore();
  const at = withShopHouse();
  let house: House;
  let shop: Shop;
  let incident = '';

  before(async () => {
    // The house and this suite look into the same database.
    house = { ...at.house, ...store.stores };
    shop = await openShop(house);
    incident = good(await logIncident(house, shop.owner, SUPPLIER_BREACH)).id;
  });

  afterEach(() => at.clock.set(FRIDAY));

  /** Pieces in the store of what was begun and never settled. */
  let cutOff: readonly string[] = [];
  const chunks = () =>
    store.mongo.connection.collection('evidence.chunks').countDocuments({ files_id: { $in: cutOff } });
  const form = (content: AsyncIterable<Uint8Array>) => ({ incident, name: 'log.txt', content });
  const passTime = (hours: number): void => at.clock.set(FRIDAY.add({ hours }));

  /** As a process leaves it that is killed in the middle: some pieces are stored, and nothing is ever tidied up. */
  async function killedMidway(): Promise<void> {
    async function* stuck(): AsyncGenerator<Uint8Array> {
      yield* bytes(LARGE);
      await new Promise(() => undefined);
    }
    void attachEvidence(house, shop.owner, form(stuck()));
    for (let wait = 0; wait < 200 && (await chunks()) < 2; wait += 1) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      const begun = await house.evidence.unsettled(shop.organisation, FRIDAY.add({ hours: 1 }));
      cutOff = begun.map(({ id }) => id);
    }
  }

  it('are left alone for a day, since one may still be on its way', async () => {
    await killedMidway();
    const before = await chunks();
    expect(before).to.be.greaterThan(1);
    passTime(23);
    expect(await sweepUploads(house, shop.organisation)).to.equal(0);
    expect(await chunks()).to.equal(before);
  });

  it('are taken away after a day, by what runs at the start and every minute', async () => {
    passTime(25);
    await reconcile(house);
    expect(await chunks()).to.equal(0);
    expect(await sweepUploads(house, shop.organisation)).to.equal(0);
  });

  it('whole files that no incident came to name are taken away too', async () => {
    const file = { organisation: shop.organisation, incident, name: 'x', type: 'text/plain', at: FRIDAY };
    good(await house.evidence.put({ ...file, id: 'nobody-names-me' }, bytes(10)));
    passTime(25);
    expect(await sweepUploads(house, shop.organisation)).to.equal(1);
    expect(await house.evidence.read(shop.organisation, 'nobody-names-me')).to.equal(null);
  });

  it('evidence stays, also where the process died right after the chain named it', async () => {
    const forgetful = {
      ...house,
      evidence: { ...house.evidence, settle: () => Promise.resolve() },
    };
    const { evidence } = good(await attachEvidence(forgetful, shop.owner, form(bytes(20))));
    const settled = good(await attachEvidence(house, shop.owner, form(bytes(30))));
    passTime(48);
    expect(await sweepUploads(house, shop.organisation)).to.equal(0);
    const files = good(await viewEvidence(house, shop.owner, incident));
    expect(files.map(({ id }) => id)).to.deep.equal([settled.evidence, evidence]);
    good(await openEvidence(house, shop.owner, { incident, evidence }));
    expect(await house.evidence.unsettled(shop.organisation, at.clock.now())).to.deep.equal([]);
  });

  it('of another organisation are not this one’s to take', async () => {
    const file = { organisation: 'other', incident: 'i9', name: 'x', type: 'text/plain', at: FRIDAY };
    good(await house.evidence.put({ ...file, id: 'theirs' }, bytes(10)));
    passTime(25);
    expect(await sweepUploads(house, shop.organisation)).to.equal(0);
    await house.evidence.remove(shop.organisation, 'theirs');
    expect(await house.evidence.read('other', 'theirs')).not.to.equal(null);
  });

  it('a file for a task that the playbook does not have is refused before a byte is read', async () => {
    let read = false;
    async function* watched(): AsyncGenerator<Uint8Array> {
      read = true;
      yield* bytes(5);
    }
    const given = { ...form(watched()), task: 'Maria Weiß, Lindenweg 1' };
    expect(refused(await attachEvidence(house, shop.owner, given))).to.deep.include({
      kind: 'invalid-input',
    });
    expect(read).to.equal(false);
  });
});
