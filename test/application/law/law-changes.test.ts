import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { HolidayCalendar } from '../../../src/adapters/holidays/index.ts';
import { loadLaw, readHolidayFiles } from '../../../src/adapters/law-files/index.ts';
import { changeFact } from '../../../src/application/incident/change-fact.ts';
import { restrictIncident } from '../../../src/application/incident/lead.ts';
import { logIncident } from '../../../src/application/incident/log-incident.ts';
import { viewIncident } from '../../../src/application/incident/view-incident.ts';
import { installedLaw } from '../../../src/application/law/installed-law.ts';
import { viewJudgedDifferently } from '../../../src/application/law/judged-differently.ts';
import { takeOverLaw, viewLawChanges, type LawChanges } from '../../../src/application/law/law-changes.ts';
import type { House } from '../../../src/application/ports/house.ts';
import { verifyRegister } from '../../../src/application/register/verify-register.ts';
import { viewWall } from '../../../src/application/wall/view-wall.ts';
import type { Obligation } from '../../../src/domain/incident/incident.ts';
import { sha256 } from '../../../src/domain/register/entry.ts';
import { FRIDAY, good, refused } from '../../support/breach.ts';
import { openShop, SUPPLIER_BREACH, withShopHouse, type Shop } from '../../support/shop.ts';

const KEY = 'gdpr-art33-authority';

describe('Rule 7: judged by the text of the day', () => {
  const at = withShopHouse();
  let shop: Shop;
  let incident: string;
  let later: House;
  let text: string;
  let newText: string;
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tocsin-law-'));
    text = await readFile('playbooks/regimes/gdpr.yaml', 'utf8');
    newText = text.replace('period: PT72H', 'period: PT96H');
    expect(newText).to.not.equal(text);
    const file = join(folder, 'gdpr.yaml');
    await writeFile(file, newText);
    later = { ...at.house, law: lawWith([file]) };
    shop = await openShop(at.house);
    incident = good(await logIncident(at.house, shop.owner, SUPPLIER_BREACH)).id;
    await setRisk(at.house, 0);
  });

  after(() => rm(folder, { recursive: true, force: true }));

  function lawWith(replacing: readonly string[]): House['law'] {
    const { book, texts, problems } = loadLaw({ playbooks: 'playbooks', replacing });
    if (!book) throw new Error(JSON.stringify(problems));
    const workingDays = new HolidayCalendar(readHolidayFiles('playbooks'));
    return installedLaw(book, { workingDays, clock: at.clock, texts });
  }

  async function setRisk(house: House, shown: number): Promise<void> {
    const form = { incident, name: 'risk', value: 'high', because: 'orders', shown };
    good(await changeFact(house, shop.owner, form));
  }

  async function obligation(): Promise<Obligation> {
    const stored = await at.house.incidents.byId(shop.organisation, incident);
    const found = stored?.obligations.find(({ key }) => key.startsWith(KEY));
    if (!found) throw new Error('no obligation');
    return found;
  }

  async function changes(): Promise<LawChanges> {
    return good(await viewLawChanges(later, shop.owner, incident));
  }

  function textOf(regime: string): string {
    const head = at.house.law.regimes().find(({ id }) => id === regime);
    return at.house.law.texts().get(head?.hash ?? '') ?? '';
  }

  const due = (hours: number): string => FRIDAY.add({ hours }).toString();

  it('keeps the text of each law by which an incident was judged', async () => {
    const { lawHash, dueAt } = await obligation();
    expect(lawHash).to.equal(sha256(text));
    expect(String(dueAt)).to.equal(due(72));
    expect((await at.house.texts.get([lawHash])).get(lawHash)).to.equal(text);
  });

  it('has nothing to take over while the law files are the same', async () => {
    const view = good(await viewLawChanges(at.house, shop.owner, incident));
    expect([view.laws, view.duties, view.lost]).to.deep.equal([[], [], []]);
  });

  it('shows what a changed law file would change, and changes nothing', async () => {
    const view = await changes();
    expect(view.laws.map(({ regime, from, to }) => [regime, from, to])).to.deep.equal([
      ['gdpr', sha256(text), sha256(newText)],
    ]);
    const duty = view.duties.find(({ key }) => key.startsWith(KEY));
    expect([String(duty?.before?.dueAt), String(duty?.after?.dueAt)]).to.deep.equal([due(72), due(96)]);
    expect(view.duties.every(({ duty: id }) => id.startsWith('gdpr-'))).to.equal(true);
    expect(String((await obligation()).dueAt)).to.equal(due(72));
  });

  it('names the open incidents that would be judged differently, with both answers, to who may see them', async () => {
    expect(good(await viewWall(at.house, shop.owner)).judgedByOlderLaw).to.equal(false);
    expect(good(await viewJudgedDifferently(at.house, shop.owner))).to.deep.equal([]);
    expect(good(await viewWall(later, shop.owner)).judgedByOlderLaw).to.equal(true);
    const [one, ...others] = good(await viewJudgedDifferently(later, shop.owner));
    expect([one?.incident.id, others]).to.deep.equal([incident, []]);
    const duty = one?.changes.duties.find(({ key }) => key.startsWith(KEY));
    expect([String(duty?.before?.dueAt), String(duty?.after?.dueAt)]).to.deep.equal([due(72), due(96)]);

    const reader = await shop.hire('reader');
    good(await restrictIncident(at.house, shop.owner, { incident, to: [shop.owner.user] }));
    expect(good(await viewJudgedDifferently(later, reader))).to.deep.equal([]);
    expect(good(await viewWall(later, reader)).judgedByOlderLaw).to.equal(false);
    good(await restrictIncident(at.house, shop.owner, { incident, to: null }));
    expect(good(await viewJudgedDifferently(later, reader))).to.have.length(1);
  });

  it('reads hundreds of older texts at once, not one after another', function () {
    this.timeout(60_000);
    const installed = at.house.law.texts();
    const older = new Map(
      [...installed.values()]
        .slice(0, 60)
        .map((one) => `${one}# an older text\n`)
        .map((one) => [sha256(one), one]),
    );
    const { law, unreadable } = at.house.law.keeping(older);
    expect(unreadable).to.deep.equal([]);
    const hashes = new Set(law.regimes().map(({ hash }) => hash));
    expect([...older.keys()].filter((hash) => !hashes.has(hash))).to.deep.equal([]);
  });

  it('leaves out a kept text that no longer fits, and keeps the others', () => {
    const [nz = '', gb = ''] = ['nz', 'uk'].map((id) => textOf(id));
    const fits = `${nz}# older\n`;
    const broken = gb.replace('notified:uk-gdpr-art33-authority', 'notified:uk-gdpr-art33');
    expect(broken).to.not.equal(gb);
    const { law, unreadable } = at.house.law.keeping(
      new Map([fits, broken].map((one) => [sha256(one), one])),
    );
    expect(unreadable).to.deep.equal([sha256(broken)]);
    expect(law.regimes().some(({ hash }) => hash === sha256(fits))).to.equal(true);
  });

  it('judges by the old text when a fact changes meanwhile, and explains by it', async () => {
    await setRisk(later, 1);
    const { lawHash, dueAt } = await obligation();
    expect([lawHash, String(dueAt)]).to.deep.equal([sha256(text), due(72)]);
    const view = good(await viewIncident(later, shop.owner, incident));
    const shown = view.obligations.find((one) => one.obligation.key.startsWith(KEY));
    expect(String(shown?.explanation?.dueAt)).to.equal(due(72));
  });

  it('is taken over only by a person who decides duties', async () => {
    const reader = await shop.hire('responder');
    const { fingerprint } = await changes();
    const error = refused(await takeOverLaw(later, reader, { incident, shown: fingerprint }));
    expect(error).to.include({ kind: 'not-allowed', permission: 'duty.decide' });
  });

  it('is not taken over by who saw other changes', async () => {
    const error = refused(await takeOverLaw(later, shop.owner, { incident, shown: 'other' }));
    expect(error).to.include({ kind: 'stale-version', subject: 'law' });
  });

  it('judges by the new text once it is taken over; both texts and both judgements stay in the record', async () => {
    const { fingerprint } = await changes();
    good(await takeOverLaw(later, shop.owner, { incident, shown: fingerprint }, 'once'));
    good(await takeOverLaw(later, shop.owner, { incident, shown: fingerprint }, 'once'));
    const { lawHash, dueAt } = await obligation();
    expect([lawHash, String(dueAt)]).to.deep.equal([sha256(newText), due(96)]);
    const texts = await at.house.texts.get([sha256(text), sha256(newText)]);
    expect([...texts.values()].sort()).to.deep.equal([text, newText].sort());
    const entries = await at.house.register.read(shop.organisation, `incident:${incident}`);
    const taken = entries.filter(({ type }) => type === 'law-taken-over');
    expect(taken.map(({ data }) => data)).to.deep.equal([
      { laws: [{ regime: 'gdpr', from: sha256(text), to: sha256(newText) }] },
    ]);
    const record = JSON.stringify(entries);
    expect(record).to.include(sha256(text)).and.to.include(sha256(newText));
    expect(record).to.include(due(72)).and.to.include(due(96));
    expect((await verifyRegister(later, shop.organisation)).ok).to.equal(true);
    expect((await changes()).laws).to.deep.equal([]);
  });

  it('says so where a text is lost, and judges by the installed one', async () => {
    const without: House = {
      ...at.house,
      texts: { ...at.house.texts, get: () => Promise.resolve(new Map()) },
    };
    const view = good(await viewLawChanges(without, shop.owner, incident));
    expect(view.lost).to.deep.equal([sha256(newText)]);
  });
});
