import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { remind } from '../../../src/application/clock/remind.ts';
import { logIncident } from '../../../src/application/incident/log-incident.ts';
import { viewIncident } from '../../../src/application/incident/view-incident.ts';
import { approveNotice } from '../../../src/application/notice/decide.ts';
import { viewNotice } from '../../../src/application/notice/view-notice.ts';
import { submitNotice } from '../../../src/application/notice/write.ts';
import { addressLetter } from '../../../src/application/people/address-letter.ts';
import { dispatchLetters, startDispatch } from '../../../src/application/people/dispatch.ts';
import { verifyRegister } from '../../../src/application/register/verify-register.ts';
import type { Actor } from '../../../src/domain/access/roles.ts';
import { FRIDAY, good } from '../../support/breach.ts';
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
});
