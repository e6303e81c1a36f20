import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { changeFact } from '../../src/application/incident/change-fact.ts';
import { logIncident } from '../../src/application/incident/log-incident.ts';
import { viewIncident } from '../../src/application/incident/view-incident.ts';
import { approveNotice } from '../../src/application/notice/decide.ts';
import { fileNotice } from '../../src/application/notice/file.ts';
import { viewNotice } from '../../src/application/notice/view-notice.ts';
import { submitNotice } from '../../src/application/notice/write.ts';
import { addressLetter } from '../../src/application/people/address-letter.ts';
import { dispatchLetters, startDispatch } from '../../src/application/people/dispatch.ts';
import { verifyRegister } from '../../src/application/register/verify-register.ts';
import type { House } from '../../src/application/ports/house.ts';
import { hire, PASSWORD, type Cast } from '../../src/main/demo/cast.ts';
import { good, refused } from '../support/breach.ts';
import { until, withHouse } from '../support/house.ts';
import { begin, findOut, sealShown, supplierBreach, THREE, write } from './breach.ts';

describe('The first breach, from the call to the last letter, on the real store', function () {
  this.timeout(120_000);
  const under = withHouse();
  let house: House;
  let cast: Cast;
  let incident = '';
  let notice = '';
  let letter = '';

  const lettersIn = async (): Promise<readonly string[]> =>
    (await readdir(join(under().folder, 'outbox', 'letters')).catch(() => [])).filter((name) =>
      name.endsWith('.eml'),
    );
  const stateOf = async (id: string): Promise<string> =>
    good(await viewNotice(house, cast.legal, incident, id)).notice.state;
  const approval = async (id: string) => ({
    incident,
    notice: id,
    seal: await sealShown(house, cast.legal, incident, id),
    password: PASSWORD,
  });
  const handIn = async (id: string, key?: string): Promise<void> => {
    good(await submitNotice(house, cast.responder, { incident, notice: id }, key));
  };

  before(async () => {
    house = under().open.house;
    cast = await hire(house);
  });

  it('is logged once, however often the button is pressed (a double click makes one incident)', async () => {
    const form = supplierBreach(house);
    const [first, second] = await Promise.all([
      logIncident(house, cast.staff, form, 'log-once'),
      logIncident(house, cast.staff, form, 'log-once'),
    ]);
    const third = await logIncident(house, cast.staff, form, 'log-once');
    incident = good(first).id;
    expect([good(second).id, good(third).id]).to.deep.equal([incident, incident]);
    expect([first, second, third].map((logged) => good(logged).repeated).sort()).to.deep.equal([
      false,
      true,
      true,
    ]);
    expect(await house.incidents.cards(cast.staff.organisation, { open: false })).to.have.length(1);
  });

  it('starts the clock of 72 hours, whose deadline is explained with its articles', async () => {
    const view = good(await viewIncident(house, cast.staff, incident));
    const clock = view.obligations.find(({ obligation }) => obligation.duty === 'gdpr-art33-authority');
    expect(clock?.obligation.dueAt?.toString()).to.equal(
      clock?.obligation.startedAt?.add({ hours: 72 }).toString(),
    );
    expect(clock?.duty?.citation).to.contain('33');
    expect(clock?.explanation?.trace.map(({ key }) => key)).to.include.members(['clock-started', 'due']);
    expect(clock?.explanation?.trace.some(({ cite }) => cite?.includes('1182/71'))).to.equal(true);
  });

  it('lets staff log, and change no fact', async () => {
    const fact = { incident, name: 'data.encrypted', value: true, shown: 0 };
    expect(refused(await changeFact(house, cast.staff, fact)).kind).to.equal('not-allowed');
  });

  it('begins one notice under one key', async () => {
    await findOut(house, cast.responder, cast.legal, incident);
    notice = await begin(house, cast.responder, incident, 'authority', 'notice-once');
    expect(await begin(house, cast.responder, incident, 'authority', 'notice-once')).to.equal(notice);
    const view = good(await viewIncident(house, cast.legal, incident));
    expect(view.incident.notices).to.have.length(1);
  });

  it('hands in nothing that misses what the law wants in it', async () => {
    expect(refused(await submitNotice(house, cast.responder, { incident, notice })).kind).to.equal(
      'invalid-input',
    );
    await write(house, cast.responder, incident, notice);
    await handIn(notice, 'submit-once');
    await handIn(notice, 'submit-once');
    expect(good(await viewNotice(house, cast.legal, incident, notice)).notice.version).to.equal(1);
    const asked = (await readdir(join(under().folder, 'outbox', 'staff'))).filter((name) =>
      name.startsWith('approval-'),
    );
    // The lawyer and the owner, who is the data protection officer too: each is asked once.
    expect(asked).to.have.length(2);
  });

  it('cannot be approved by who wrote it, nor without the own password again', async () => {
    const author = { ...cast.responder, roles: ['responder', 'legal'] as const };
    expect(refused(await approveNotice(house, author, await approval(notice)))).to.deep.include({
      kind: 'not-allowed',
      permission: 'notice.approve',
    });
    const wrong = { ...(await approval(notice)), password: 'not my password' };
    expect(refused(await approveNotice(house, cast.legal, wrong)).kind).to.equal('invalid-input');
    expect(await stateOf(notice)).to.equal('in-review');
  });

  it('cannot be approved under a seal that was not shown', async () => {
    const other = { ...(await approval(notice)), seal: '0'.repeat(64) };
    expect(refused(await approveNotice(house, cast.legal, other)).kind).to.equal('stale-version');
  });

  it('cannot be filed before it is approved; an edit after the approval makes it void', async () => {
    const filing = { incident, notice, at: '', how: 'web form' };
    expect(refused(await fileNotice(house, cast.legal, filing)).kind).to.equal('wrong-state');
    good(await approveNotice(house, cast.legal, await approval(notice), 'approve-once'));
    good(await approveNotice(house, cast.legal, await approval(notice), 'approve-once'));
    await write(house, cast.responder, incident, notice, ' One more thing.');
    expect(await stateOf(notice)).to.equal('draft');
    expect(refused(await fileNotice(house, cast.legal, filing)).kind).to.equal('wrong-state');
  });

  it('is filed once, and meets its obligations in time', async () => {
    await handIn(notice);
    good(await approveNotice(house, cast.legal, await approval(notice)));
    const filing = { incident, notice, at: '', how: 'web form', reference: 'B-4711' };
    good(await fileNotice(house, cast.legal, filing, 'file-once'));
    good(await fileNotice(house, cast.legal, filing, 'file-once'));
    const view = good(await viewIncident(house, cast.legal, incident));
    const met = view.obligations.filter(({ obligation }) => obligation.met?.notice === notice);
    expect(met.map(({ standing }) => standing)).to.not.be.empty;
    for (const { standing } of met) expect(standing).to.equal('met');
  });

  it('lists three people once under one key', async () => {
    letter = await begin(house, cast.responder, incident, 'letter');
    const lists = under().open.mongo.models.lists;
    const form = { incident, notice: letter, people: THREE };
    good(await addressLetter(house, cast.responder, form, 'people-once'));
    good(await addressLetter(house, cast.responder, form, 'people-once'));
    expect(await lists.countDocuments()).to.equal(1);
  });

  it('is not sent before it is approved', async () => {
    await write(house, cast.responder, incident, letter);
    expect(refused(await startDispatch(house, cast.responder, { incident, notice: letter })).kind).to.equal(
      'wrong-state',
    );
    await handIn(letter);
    good(await approveNotice(house, cast.legal, await approval(letter)));
  });

  it('is not sent when one character of the approved text was changed in the store', async () => {
    const texts = under().open.mongo.models.texts;
    const { notice: approved } = good(await viewNotice(house, cast.legal, incident, letter));
    const hash = approved.approved?.seal.texts['de']?.html ?? '';
    const before = await texts.findOne({ _id: hash }).lean<{ text: string }>();
    const altered = (before?.text ?? '').replace('a', 'e');
    await texts.collection.updateOne({ _id: hash as never }, { $set: { text: altered } });
    expect(refused(await startDispatch(house, cast.responder, { incident, notice: letter }))).to.deep.include(
      {
        kind: 'seal-broken',
        part: 'text',
      },
    );
    await texts.collection.updateOne({ _id: hash as never }, { $set: { text: before?.text } });
    expect(await lettersIn()).to.deep.equal([]);
  });

  it('is not sent when a batch holds one person more than was approved', async () => {
    const { batches } = under().open.mongo.models;
    const other = await house.lists.create(
      { id: 'other', organisation: cast.legal.organisation, incident, notice: letter, at: house.clock.now() },
      [...THREE, { name: 'Eve', email: 'eve@customers.example' }],
    );
    const { list } = good(await viewNotice(house, cast.legal, incident, letter)).notice;
    const [ours, theirs] = [`${list?.id ?? ''}/0`, `${other.id}/0`];
    const before = await batches.collection.findOne({ _id: ours as never });
    const four = await batches.collection.findOne({ _id: theirs as never });
    await batches.collection.updateOne(
      { _id: ours as never },
      { $set: { sealed: four?.['sealed'] as never } },
    );
    expect(refused(await startDispatch(house, cast.responder, { incident, notice: letter }))).to.deep.include(
      {
        kind: 'seal-broken',
        part: 'people',
      },
    );
    await batches.collection.updateOne(
      { _id: ours as never },
      { $set: { sealed: before?.['sealed'] as never } },
    );
    expect(await lettersIn()).to.deep.equal([]);
  });

  it('is sent to each of the three once; pressing Send again sends nothing', async () => {
    good(await startDispatch(house, cast.responder, { incident, notice: letter }, 'send-once'));
    good(await startDispatch(house, cast.responder, { incident, notice: letter }, 'send-once'));
    await until('the last letter', async () => (await stateOf(letter)) === 'told');
    const sent = await lettersIn();
    expect(sent).to.have.length(3);
    const again = await startDispatch(house, cast.responder, { incident, notice: letter }, 'send-again');
    expect(refused(again).kind).to.equal('wrong-state');
    good(await dispatchLetters(house, cast.legal.organisation, incident, letter));
    expect(await lettersIn()).to.deep.equal(sent);
  });

  it('leaves a register that proves it, without a name or an address in it', async () => {
    const verdict = await verifyRegister(house, cast.legal.organisation);
    expect(verdict).to.deep.include({ ok: true, flaws: [] });
    const entries = await under().open.mongo.models.register.find().lean();
    expect(entries.length).to.equal(verdict.entries);
    expect(JSON.stringify(entries)).not.to.match(/customers\.example|Maria|parcel service called/);
    expect(under().faults).to.deep.equal([]);
  });

  it('says which entry is wrong when one was altered', async () => {
    const { register } = under().open.mongo.models;
    const chain = `incident:${incident}`;
    await register.collection.updateOne({ chain, sequence: 3 }, { $set: { by: 'somebody-else' } });
    const { flaws } = await verifyRegister(house, cast.legal.organisation);
    expect(flaws).to.deep.include({ chain, sequence: 3, fault: 'altered' });
  });
});
