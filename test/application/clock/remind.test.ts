import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Temporal } from 'temporal-polyfill';
import { reconcile } from '../../../src/application/clock/reconcile.ts';
import { remind } from '../../../src/application/clock/remind.ts';
import { changeFact } from '../../../src/application/incident/change-fact.ts';
import { logIncident } from '../../../src/application/incident/log-incident.ts';
import { FRIDAY, good } from '../../support/breach.ts';
import { openShop, SUPPLIER_BREACH, withShopHouse, type Shop } from '../../support/shop.ts';

const KEY = 'gdpr-art33-authority';

describe('The clock of an obligation', () => {
  const at = withShopHouse();
  let shop: Shop;
  let incident: string;
  before(async () => {
    shop = await openShop(at.house);
    incident = good(await logIncident(at.house, shop.owner, SUPPLIER_BREACH)).id;
    good(
      await changeFact(at.house, shop.owner, {
        incident,
        name: 'risk',
        value: 'high',
        because: 'orders',
        shown: 0,
      }),
    );
  });

  async function mails(): Promise<readonly string[]> {
    const names = await readdir(join(at.outbox, 'staff')).catch(() => []);
    return names.filter((name) => name.includes('gdpr-art33-authority') && name.endsWith('.eml'));
  }

  async function ring(after: Temporal.DurationLike): Promise<void> {
    at.clock.set(FRIDAY.add(after));
    await remind(at.house, shop.organisation, incident);
  }

  it('has a job for its next moment: 48 hours before the deadline', () => {
    const wake = at.laid.wakes.get(incident)?.find(({ key }) => key === KEY);
    expect(wake?.at.toString()).to.equal(FRIDAY.add({ hours: 24 }).toString());
  });

  it('tells nobody too early', async () => {
    await ring({ hours: 23 });
    expect(await mails()).to.have.length(0);
  });

  it('tells its owner once, however often the job runs', async () => {
    await ring({ hours: 24 });
    await ring({ hours: 24, seconds: 1 });
    await Promise.all([ring({ hours: 24, seconds: 2 }), ring({ hours: 24, seconds: 2 })]);
    expect(await mails()).to.have.length(1);
  });

  it('after a stop across several moments tells only of the last, and reconciling says what is overdue', async () => {
    at.clock.set(FRIDAY.add({ hours: 80 }));
    const overdue = await reconcile(at.house);
    expect(overdue).to.have.length(1);
    expect(overdue[0]).to.include({ key: KEY, told: false });
    await ring({ hours: 80 });
    expect(await mails()).to.have.length(2);
    expect((await reconcile(at.house))[0]).to.include({ told: true });
  });

  it('a corrected awareness moves the deadline, and what was told of the old one is void', async () => {
    at.clock.set(FRIDAY.add({ hours: 81 }));
    good(
      await changeFact(at.house, shop.owner, {
        incident,
        name: 'awareAt',
        value: '2026-12-04T18:30',
        because: 'The call came at half past six.',
        shown: 1,
      }),
    );
    const fresh = await at.house.incidents.byId(shop.organisation, incident);
    const obligation = fresh?.obligations.find(({ key }) => key === KEY);
    expect(obligation).to.include({ revision: 2 });
    expect(obligation?.reminded).to.equal(undefined);
    expect((await reconcile(at.house))[0]).to.include({ told: false });
  });
});

describe('The clocks of a shop that has said nothing of itself yet', () => {
  const at = withShopHouse();
  let shop: Shop;
  let incident: string;
  before(async () => {
    const nothing = { name: 'Linden', zone: 'Europe/Berlin', profile: {} };
    shop = await openShop(at.house, nothing);
    incident = good(await logIncident(at.house, shop.owner, SUPPLIER_BREACH)).id;
  });

  const read = async () => (await at.house.incidents.byId(shop.organisation, incident))?.obligations ?? [];
  const mails = async (): Promise<readonly string[]> =>
    Promise.all(
      (await readdir(join(at.outbox, 'staff')))
        .filter((name) => name.startsWith('INC-') && name.endsWith('.eml'))
        .map((name) => readFile(join(at.outbox, 'staff', name), 'utf8')),
    );

  it('are many, since nothing unknown turns a duty off, and yet one job a moment', async () => {
    expect((await read()).length).to.be.greaterThan(100);
    const moments = (at.laid.wakes.get(incident) ?? []).map(({ at: moment }) => moment.epochMilliseconds);
    expect(new Set(moments).size).to.equal(moments.length);
  });

  it('ring in one mail to the owner, which names what is sure and counts what may apply', async () => {
    at.clock.set(FRIDAY.add({ hours: 25 }));
    await remind(at.house, shop.organisation, incident);
    await Promise.all([1, 2, 3].map(() => remind(at.house, shop.organisation, incident)));
    const sent = await mails();
    expect(sent).to.have.length(1);
    const [mail = ''] = sent.map((text) => text.replace(/=\r\n/g, ''));
    expect(mail).to.match(/Subject: INC-2026-0001: .* and \d+ more/s);
    expect(mail).to.match(/Also: \d+ duties of which it is not decided whether they apply/);
  });

  it('were each recorded as told, in one change', async () => {
    const told = (await read()).filter(({ reminded }) => reminded !== undefined);
    expect(told.length).to.be.greaterThan(50);
    const chain = `incident:${incident}`;
    const entries = await at.house.register.read(shop.organisation, chain, ['reminder-sent']);
    expect(entries.map(({ data }) => data['key']).sort()).to.deep.equal(told.map(({ key }) => key).sort());
  });
});
