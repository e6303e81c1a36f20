import { expect } from 'chai';
import { reconcile } from '../../../src/application/clock/reconcile.ts';
import { keepLogDraft, logDraftOf, sweepLogDrafts } from '../../../src/application/incident/log-draft.ts';
import { FRIDAY } from '../../support/breach.ts';
import { openShop, withShopHouse, type Shop } from '../../support/shop.ts';

describe('What somebody typed and did not log', function () {
  this.timeout(60_000);
  const at = withShopHouse();
  let shop: Shop;

  before(async () => {
    shop = await openShop(at.house);
    await keepLogDraft(at.house, shop.owner, 'a parcel with strange data');
  });

  const inStore = async (): Promise<number> =>
    at.store.mongo.connection.collection('drafts').countDocuments({ _id: { $gte: '' } as never });

  it('is kept for thirty days, sealed', async () => {
    at.clock.set(FRIDAY.add({ hours: 29 * 24 }));
    expect((await logDraftOf(at.house, shop.owner))?.form).to.equal('a parcel with strange data');
    await reconcile(at.house);
    expect(await inStore()).to.equal(1);
    const [document] = await at.store.mongo.connection
      .collection('drafts')
      .find({ _id: { $gte: '' } as never })
      .toArray();
    expect(JSON.stringify(document)).not.to.contain('strange');
    expect(Buffer.from(JSON.stringify(document)).includes('parcel')).to.equal(false);
  });

  it('is none after that, and is taken out of the store', async () => {
    at.clock.set(FRIDAY.add({ hours: 30 * 24 }));
    expect(await logDraftOf(at.house, shop.owner)).to.equal(null);
    await reconcile(at.house);
    expect(await inStore()).to.equal(0);
    expect(await sweepLogDrafts(at.house, shop.organisation)).to.equal(0);
  });

  it('begins anew after it was swept', async () => {
    await keepLogDraft(at.house, shop.owner, 'another day');
    expect((await logDraftOf(at.house, shop.owner))?.form).to.equal('another day');
  });
});
