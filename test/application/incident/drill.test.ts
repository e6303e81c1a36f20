import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { Temporal } from 'temporal-polyfill';
import { remind } from '../../../src/application/clock/remind.ts';
import { changeFact } from '../../../src/application/incident/change-fact.ts';
import { logIncident } from '../../../src/application/incident/log-incident.ts';
import { viewIncident } from '../../../src/application/incident/view-incident.ts';
import { approveNotice } from '../../../src/application/notice/decide.ts';
import { viewNotice } from '../../../src/application/notice/view-notice.ts';
import { submitNotice } from '../../../src/application/notice/write.ts';
import { addressLetter } from '../../../src/application/people/address-letter.ts';
import { dispatchLetters, startDispatch } from '../../../src/application/people/dispatch.ts';
import { viewWall } from '../../../src/application/wall/view-wall.ts';
import { verifyRegister } from '../../../src/application/register/verify-register.ts';
import type { Actor } from '../../../src/domain/access/roles.ts';
import { FRIDAY, good, refused } from '../../support/breach.ts';
import { openShop, PASSWORD, SUPPLIER_BREACH, withShopHouse, type Shop } from '../../support/shop.ts';
import { begin, findOut, sealShown, THREE, write } from '../../story/breach.ts';

describe('Rule 9: a drill', function () {
  this.timeout(60_000);
  const at = withShopHouse();
  let shop: Shop;
  let responder: Actor;
  let legal: Actor;
  let incident = '';

  before(async () => {
    shop = await openShop(at.house);
    responder = await shop.hire('responder');
    legal = await shop.hire('legal');
    incident = good(await logIncident(at.house, responder, { ...SUPPLIER_BREACH, drill: true })).id;
  });

  const posted = async (folder: string): Promise<readonly string[]> =>
    (await readdir(join(at.outbox, folder)).catch(() => [])).filter(
      (name) => name.endsWith('.eml') && !name.startsWith('invitation'),
    );

  it('has references of its own, without a gap in those of real incidents', async () => {
    const real = await logIncident(at.house, responder, SUPPLIER_BREACH);
    const second = await logIncident(at.house, responder, { ...SUPPLIER_BREACH, drill: true });
    const { incident: drill } = good(await viewIncident(at.house, responder, incident));
    expect([drill.reference, good(real).reference, good(second).reference]).to.deep.equal([
      'DRILL-2026-0001',
      'INC-2026-0001',
      'DRILL-2026-0002',
    ]);
    expect(drill.drill).to.equal(true);
    expect(await at.house.incidents.byReference(shop.organisation, 'DRILL-2026-0001')).to.deep.equal(drill);
  });

  it('rings on its page, and no mail of it goes to anybody', async () => {
    at.clock.set(FRIDAY.add({ hours: 30 }));
    await remind(at.house, shop.organisation, incident);
    const { obligations } = good(await viewIncident(at.house, responder, incident));
    const clock = obligations.find(({ obligation }) => obligation.key === 'gdpr-art33-authority');
    expect(clock?.obligation.reminded).not.to.equal(undefined);
    expect(await posted('staff')).to.deep.equal([]);
    at.clock.set(FRIDAY);
  });

  it('has its letter written, approved and told, and not one letter leaves', async () => {
    await findOut(at.house, responder, legal, incident);
    const notice = await begin(at.house, responder, incident, 'letter');
    good(await addressLetter(at.house, responder, { incident, notice, people: THREE }));
    await write(at.house, responder, incident, notice);
    good(await submitNotice(at.house, responder, { incident, notice }));
    const seal = await sealShown(at.house, legal, incident, notice);
    good(await approveNotice(at.house, legal, { incident, notice, seal, password: PASSWORD }));
    good(await startDispatch(at.house, responder, { incident, notice }));
    good(await dispatchLetters(at.house, shop.organisation, incident, notice));
    const view = good(await viewNotice(at.house, responder, incident, notice));
    expect(view.notice.state).to.equal('told');
    expect(view.totals).to.deep.include({ accepted: 3, waiting: 0 });
    expect(await posted('letters')).to.deep.equal([]);
    expect(await posted('staff')).to.deep.equal([]);
  });

  it('stands in the register in a chain of its own', async () => {
    expect(await verifyRegister(at.house, shop.organisation)).to.deep.include({ ok: true, chains: 4 });
  });

  describe('in which a minute is an hour', () => {
    const loggedAt = FRIDAY;
    let fast = '';

    before(async () => {
      at.clock.set(loggedAt);
      fast = good(await logIncident(at.house, responder, { ...SUPPLIER_BREACH, drill: true, speed: 60 })).id;
    });

    const authority = async (): Promise<{ readonly dueAt: string; readonly standing: string }> => {
      const { obligations } = good(await viewIncident(at.house, responder, fast));
      const found = obligations.find(({ obligation }) => obligation.key === 'gdpr-art33-authority');
      return { dueAt: String(found?.obligation.dueAt), standing: String(found?.standing) };
    };

    it('has the deadlines of the law in its own time, in which they come sixty times as soon', async () => {
      const { dueAt, standing } = await authority();
      expect(standing).not.to.equal('overdue');
      const real = good(await viewWall(at.house, responder)).dated.find(
        ({ incident: of, key }) => of === fast && key === 'gdpr-art33-authority',
      )?.dueAt;
      const hours = Temporal.Instant.from(dueAt).since(loggedAt).total('hours');
      expect(real?.since(loggedAt).total('minutes')).to.be.closeTo(hours, 0.01);
    });

    it('rings when its own clock says so: its jobs are laid for that moment in real time', async () => {
      const wakes = at.laid.wakes.get(fast) ?? [];
      const own = wakes.find(({ key }) => key === 'gdpr-art33-authority');
      expect(own?.at.since(loggedAt).total('minutes')).to.be.within(1, 72);
      at.clock.set(loggedAt.add({ minutes: 60 }));
      await remind(at.house, shop.organisation, fast);
      const view = good(await viewIncident(at.house, responder, fast));
      expect(view.now.toString()).to.equal(loggedAt.add({ hours: 60 }).toString());
      const clock = view.obligations.find(({ obligation }) => obligation.key === 'gdpr-art33-authority');
      expect(clock?.obligation.reminded).not.to.equal(undefined);
      expect(await posted('staff')).to.deep.equal([]);
    });

    it('writes its record in its own time, and is late in it, while a real incident beside it is not', async () => {
      at.clock.set(loggedAt.add({ minutes: 90 }));
      const real = good(await logIncident(at.house, responder, SUPPLIER_BREACH)).id;
      const changed = { incident: fast, name: 'data.encrypted', value: false, shown: 0 };
      good(await changeFact(at.house, responder, changed));
      const { incident: drill } = good(await viewIncident(at.house, responder, fast));
      expect(String(drill.facts['data.encrypted']?.at)).to.equal(loggedAt.add({ hours: 90 }).toString());
      expect((await authority()).standing).to.equal('overdue');
      const beside = good(await viewIncident(at.house, responder, real));
      expect(beside.now.toString()).to.equal(loggedAt.add({ minutes: 90 }).toString());
      expect(beside.obligations.map(({ standing }) => standing)).not.to.include('overdue');
      at.clock.set(FRIDAY);
    });

    it('is only for drills, and only at speeds that are known', async () => {
      const real = refused(await logIncident(at.house, responder, { ...SUPPLIER_BREACH, speed: 60 }));
      expect(real).to.deep.include({ problems: [{ path: 'speed', key: 'drill.only-speed' }] });
      const odd = refused(
        await logIncident(at.house, responder, { ...SUPPLIER_BREACH, drill: true, speed: 7 }),
      );
      expect(odd).to.deep.include({
        problems: [{ path: 'speed', key: 'choice.unknown', values: { value: 7 } }],
      });
    });
  });
});
