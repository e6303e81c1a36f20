import { serialize } from 'bson';
import { expect } from 'chai';
import { toDocument, toIncident } from '../../../src/adapters/mongo/incident-document.ts';
import { changeOrganisation } from '../../../src/application/access/organisation.ts';
import { changeFact } from '../../../src/application/incident/change-fact.ts';
import { logIncident } from '../../../src/application/incident/log-incident.ts';
import { viewIncident } from '../../../src/application/incident/view-incident.ts';
import { viewWall } from '../../../src/application/wall/view-wall.ts';
import { logIncident as log } from '../../../src/domain/incident/log.ts';
import { at as when, good, PACKWELL, SAM } from '../../support/breach.ts';
import { openShop, SUPPLIER_BREACH, withShopHouse, type Shop } from '../../support/shop.ts';

describe('Many incidents at once', function () {
  this.timeout(180_000);
  const at = withShopHouse();
  let shop: Shop;
  before(async () => {
    shop = await openShop(at.house);
  });

  it('200 logged by 20 callers, each with a double click: references without gap or double', async () => {
    const made = new Set<string>();
    const repeats: boolean[] = [];
    await Promise.all(
      Array.from({ length: 20 }, async (_, caller) => {
        for (let round = 0; round < 10; round += 1) {
          const key = `caller-${caller}-${round}`;
          const clicks = [1, 2].map(() => logIncident(at.house, shop.owner, SUPPLIER_BREACH, key));
          for (const click of await Promise.all(clicks)) {
            made.add(good(click).reference);
            repeats.push(good(click).repeated);
          }
        }
      }),
    );
    const expected = Array.from(
      { length: 200 },
      (_, index) => `INC-2026-${String(index + 1).padStart(4, '0')}`,
    );
    expect([...made].sort()).to.deep.equal(expected);
    expect(repeats.filter((repeated) => repeated)).to.have.length(200);
  });
});

const LIMIT = 256 * 1024;

describe('An incident of which every law is undecided', function () {
  this.timeout(120_000);
  const at = withShopHouse();

  it('stays under 256 kB as a document, entries of the register that wait included', async () => {
    const shop = await openShop(at.house);
    const organisation = (await at.house.organisations.byId(shop.organisation))!;
    const place = (code: string) => ({ place: code });
    const world = ['DE', 'US', 'FR', 'GB', 'CA', 'AU', 'IN', 'JP', 'BR', 'CN', 'KR', 'ZA'].map(place);
    const profiles = [
      { profile: {}, facts: {} },
      { profile: {}, facts: PACKWELL.facts },
      {
        profile: { role: ['controller', 'processor', 'joint-controller'] },
        facts: { ...PACKWELL.facts, subjects: world },
      },
    ];
    for (const { profile, facts } of profiles) {
      const judging = { ...organisation, profile };
      const made = good(
        log({ ...PACKWELL, facts }, (incident) => at.house.law.judge(incident, judging), when(SAM)),
      );
      const undecided = made.obligations.filter(({ decision }) => decision === 'undecided');
      expect(undecided.length).to.be.greaterThan(300);
      const document = { ...toDocument(made), createKey: 'k'.repeat(64) };
      expect(serialize(document).length).to.be.lessThan(LIMIT);
      expect(toIncident(document)).to.deep.equal(made);
    }
  });

  it('is stored, shown, decided and verified like any other', async () => {
    const shop = (await at.house.organisations.all())[0]!;
    const [user] = await at.house.users.of(shop.id);
    const owner = {
      user: user?.id ?? '',
      organisation: shop.id,
      roles: ['administrator', 'dpo', 'legal', 'responder'],
    } as const;
    const { name, zone, locale, contact } = shop;
    good(await changeOrganisation(at.house, owner, { name, zone, locale, contact, profile: {} }));
    const form = { ...SUPPLIER_BREACH, subjects: [], categories: [] };
    const { id } = good(await logIncident(at.house, owner, form));
    const { incident } = good(await viewIncident(at.house, owner, id));
    expect(incident.obligations.length).to.be.greaterThan(300);
    const wall = good(await viewWall(at.house, owner));
    expect(wall.open[0]?.card.clocks).to.have.length(60);
    expect(wall.open[0]?.card.moreClocks).to.be.greaterThan(100);
    const nowhere = { incident: id, name: 'subjects', value: [], shown: 0 };
    good(await changeFact(at.house, owner, nowhere));
    const after = (await at.house.incidents.byId(shop.id, id))!;
    expect(serialize(toDocument(after)).length).to.be.lessThan(LIMIT);
  });
});
