import { expect } from 'chai';
import { attachEvidence } from '../../../src/application/evidence/attach.ts';
import { openEvidence, viewEvidence } from '../../../src/application/evidence/view-evidence.ts';
import { casesNear, recordAssessment } from '../../../src/application/incident/assess.ts';
import { changeFact, changeNarrative } from '../../../src/application/incident/change-fact.ts';
import { changeState } from '../../../src/application/incident/change-state.ts';
import { changeSupplier } from '../../../src/application/incident/change-supplier.ts';
import { appointLeader, changeTitle } from '../../../src/application/incident/lead.ts';
import { logIncident } from '../../../src/application/incident/log-incident.ts';
import { addNote, viewNotes } from '../../../src/application/incident/notes.ts';
import { answerQuestion, askQuestion, ownQuestion } from '../../../src/application/incident/questions.ts';
import { closeStage, changeTask } from '../../../src/application/incident/tasks-and-stages.ts';
import { takeOverPlaybook } from '../../../src/application/incident/take-over-playbook.ts';
import { viewTimeline } from '../../../src/application/incident/view-timeline.ts';
import { viewIncident, type IncidentView } from '../../../src/application/incident/view-incident.ts';
import { viewChain, verifyRegister } from '../../../src/application/register/verify-register.ts';
import type { House } from '../../../src/application/ports/house.ts';
import type { Actor } from '../../../src/domain/access/roles.ts';
import { sha256 } from '../../../src/domain/register/entry.ts';
import { FRIDAY, good, refused } from '../../support/breach.ts';
import { openShop, SUPPLIER_BREACH, withShopHouse, type Shop } from '../../support/shop.ts';

describe('An incident by its use cases', function () {
  this.timeout(60_000);
  const at = withShopHouse();
  let shop: Shop;
  let responder: Actor;
  let incident = '';

  before(async () => {
    shop = await openShop(at.house);
    responder = await shop.hire('responder');
    incident = good(await logIncident(at.house, shop.owner, SUPPLIER_BREACH)).id;
  });

  const view = async (id = incident): Promise<IncidentView> =>
    good(await viewIncident(at.house, shop.owner, id));
  const keys = (error: { kind: string; problems?: readonly { path: string; key: string }[] }): string =>
    (error.problems ?? []).map(({ path, key }) => `${path} ${key}`).join('; ') || error.kind;

  it('asks at logging why a day passed before anybody knew', async () => {
    const slow = { ...SUPPLIER_BREACH, detectedAt: '2026-12-02T09:00' };
    expect(keys(refused(await logIncident(at.house, shop.owner, slow)))).to.equal(
      'awareBecause moment.gap-needs-reason',
    );
    const because = { ...slow, awareBecause: 'The parcel service sent its log on Friday only.' };
    const { id } = good(await logIncident(at.house, shop.owner, because));
    const { incident: made, words } = await view(id);
    expect(words.get(made.facts['awareAt']?.because?.id ?? '')).to.equal(because.awareBecause);
  });

  it('becomes a near miss without a clock or a job, and a breach again with both', async () => {
    const { id } = good(await logIncident(at.house, shop.owner, SUPPLIER_BREACH));
    expect(at.laid.wakes.get(id)).not.to.deep.equal([]);
    const near = { incident: id, state: 'near-miss', shown: 'breach', reason: 'The copy was empty.' };
    expect(keys(refused(await changeState(at.house, responder, near)))).to.equal('not-allowed');
    good(await changeState(at.house, shop.owner, near));
    expect(at.laid.wakes.get(id)).to.deep.equal([]);
    const turned = await view(id);
    expect(turned.obligations.filter(({ standing }) => standing === 'on-time')).to.deep.equal([]);
    const back = { incident: id, state: 'breach', shown: 'near-miss', reason: 'It was not empty.' };
    good(await changeState(at.house, shop.owner, back));
    expect(at.laid.wakes.get(id)?.map(({ key }) => key)).to.include('gdpr-art33-authority');
    expect(keys(refused(await changeState(at.house, shop.owner, { ...back, state: 'x' })))).to.equal(
      'state choice.unknown',
    );
  });

  it('a suspicion becomes a breach with the moment of awareness, local or with offset', async () => {
    const { awareAt: _awareAt, ...form } = SUPPLIER_BREACH;
    const { id } = good(await logIncident(at.house, shop.owner, { ...form, state: 'suspicion' }));
    const change = { incident: id, state: 'breach', shown: 'suspicion', reason: 'Confirmed by telephone.' };
    expect(keys(refused(await changeState(at.house, shop.owner, change)))).to.equal(
      'awareAt state.needs-awareness',
    );
    good(await changeState(at.house, shop.owner, { ...change, awareAt: '2026-12-04T18:40' }));
    expect((await view(id)).incident.facts['awareAt']).to.deep.include({ value: '2026-12-04T17:40:00Z' });
  });

  it('its gate waits for a leader, and an open question of an authority for an owner', async () => {
    expect((await view()).gate?.missing.facts).to.include('incident.leader');
    const shown = (await view()).incident.owner;
    good(await appointLeader(at.house, responder, { incident, user: responder.user, shown }));
    expect((await view()).gate?.missing.facts).not.to.include('incident.leader');
    const stranger = { incident, user: 'nobody', shown: responder.user };
    expect(keys(refused(await appointLeader(at.house, responder, stranger)))).to.equal('user user.unknown');

    const { id } = good(await logIncident(at.house, shop.owner, SUPPLIER_BREACH));
    for (const stage of ['detect', 'contain', 'assess'] as const)
      good(await closeStage(at.house, shop.owner, { incident: id, stage, reason: 'For this test.' }));
    const form = { incident: id, text: 'Were the backups copied too?' };
    const { question } = good(await askQuestion(at.house, shop.owner, form));
    expect((await view(id)).gate?.missing.facts).to.include('incident.questionsOwned');
    const owned = { incident: id, question, owner: responder.user, shown: 1 };
    good(await ownQuestion(at.house, shop.owner, owned));
    expect((await view(id)).gate?.missing.facts).not.to.include('incident.questionsOwned');
    good(await answerQuestion(at.house, shop.owner, { incident: id, question, note: 'No.', shown: 2 }));
    const { incident: made, words } = await view(id);
    expect(words.get(made.questions[0]?.answered?.note?.id ?? '')).to.equal('No.');
    expect(words.get(made.questions[0]?.text.id ?? '')).to.equal(form.text);
  });

  it('puts down its supplier, and the questions answered before settle its role', async () => {
    const { supplier: _supplier, ...form } = SUPPLIER_BREACH;
    const { id } = good(await logIncident(at.house, shop.owner, form));
    const role = { incident: id, name: 'answers.supplierRole', value: 'processor', shown: 0 };
    good(await changeFact(at.house, responder, role));
    const given = { incident: id, name: 'Packwell', toldUsAt: '2026-12-04T18:22', shown: 0 };
    good(await changeSupplier(at.house, responder, given));
    const { incident: made } = await view(id);
    expect(made.supplier).to.deep.include({ name: 'Packwell', role: 'processor', revision: 1 });
    expect(made.supplier?.toldUsAt?.toString()).to.equal('2026-12-04T17:22:00Z');
    expect(refused(await changeSupplier(at.house, responder, given)).kind).to.equal('stale-version');
    const wrong = { ...given, role: 'friend', knewAt: 'yesterday', shown: 1 };
    expect(keys(refused(await changeSupplier(at.house, responder, wrong)))).to.contain('supplier.role');
    const chain = JSON.stringify(good(await viewChain(at.house, shop.owner, id)));
    expect(chain).not.to.contain('Packwell');
  });

  it('an answer that leaves its fact open makes the fact unknown, with the question and the answer', async () => {
    const { id } = good(await logIncident(at.house, shop.owner, SUPPLIER_BREACH));
    const ask = (await view(id)).playbook.asks.find(
      ({ type, sets, values }) =>
        type === 'choice' && sets && Object.keys(values ?? {}).some((value) => !(value in sets.by)),
    )!;
    const open = Object.keys(ask.values ?? {}).find((value) => !(value in ask.sets!.by))!;
    const settling = Object.keys(ask.sets!.by)[0]!;
    const name = `answers.${ask.id}`;
    good(await changeFact(at.house, responder, { incident: id, name, value: settling, shown: 0 }));
    const fact = async () => {
      const { incident: made } = await view(id);
      const [, field] = ask.sets!.fact.split('supplier.');
      return field === undefined ? made.facts[ask.sets!.fact] : made.supplier?.[field as 'role'];
    };
    expect(await fact()).not.to.equal(undefined);
    good(await changeFact(at.house, responder, { incident: id, name, value: open, shown: 1 }));
    const after = await fact();
    expect(typeof after === 'object' ? 'value' in after : after).to.not.equal(true);
    expect(after).to.not.equal(ask.sets!.by[settling]);
  });

  it('keeps the advice of the calculator beside the decision, with the nearest cases', async () => {
    const near = good(await casesNear(at.house, responder, incident));
    expect(near).to.have.length(3);
    const bad = { incident, input: { data: { type: 'simpel' }, ei: 'maximum' }, shown: 0 };
    expect(keys(refused(await recordAssessment(at.house, shop.owner, bad)))).to.contain('input.data');
    const input = { data: { type: 'behavioural' }, ei: 'maximum', circumstances: { confidentiality: 0.5 } };
    const { severity } = good(await recordAssessment(at.house, shop.owner, { incident, input, shown: 0 }));
    expect(severity).to.deep.include({ score: 2.5, risk: 'risk' });
    const because = 'Three of them are minors.';
    const decision = { incident, name: 'risk', value: 'high', because, shown: 0 };
    good(await changeFact(at.house, shop.owner, decision));
    const { incident: made } = await view();
    expect(made.assessment?.advice.risk).to.equal('risk');
    expect(made.assessment?.input).to.deep.equal(input);
    expect(made.assessment?.cases).to.deep.equal(near.map(({ case: like }) => like.id));
    expect(made.facts['risk']).to.deep.include({ value: 'high' });
  });

  it('offers a newer text of its playbook; taken over, what was done stays done', async () => {
    const { incident: before, newerPlaybook, tasks, playbook } = await view();
    expect(newerPlaybook).to.equal(null);
    const task = tasks.find(({ state }) => state === 'open')!;
    const done = { incident, task: task.task.id, state: 'done', shown: task.revision } as const;
    good(await changeTask(at.house, responder, done));
    const text = playbook.text.replace('\n', '\n# corrected\n');
    const newer = { ...playbook, text, hash: sha256(text), version: playbook.version + 1 };
    const house: House = {
      ...at.house,
      playbooks: { ...at.house.playbooks, byId: (id) => (id === newer.id ? newer : null) },
    };
    const offered = good(await viewIncident(house, responder, incident)).newerPlaybook;
    expect(offered).to.deep.equal({ id: newer.id, version: newer.version, hash: newer.hash });
    const form = { incident, shown: before.playbook.hash };
    good(await takeOverPlaybook(house, responder, form));
    const after = await view();
    expect(after.incident.playbook).to.deep.equal(offered);
    expect(after.tasks.find(({ task: { id } }) => id === task.task.id)?.state).to.equal('done');
    expect(refused(await takeOverPlaybook(house, responder, form)).kind).to.equal('stale-version');
  });

  it('has notes and a title in words that the chain only proves', async () => {
    const text = 'Maria Weiß called at 14:10.';
    const first = good(await addNote(at.house, responder, { incident, text }, 'note-1'));
    expect(good(await addNote(at.house, responder, { incident, text }, 'note-1'))).to.deep.equal(first);
    good(await addNote(at.house, shop.owner, { incident, text: 'She was told.' }));
    const notes = good(await viewNotes(at.house, responder, incident));
    expect(notes.map(({ text: words, by }) => [words, by])).to.deep.equal([
      ['She was told.', shop.owner.user],
      [text, responder.user],
    ]);
    const shown = (await view()).incident.title;
    good(await changeTitle(at.house, responder, { incident, title: 'Orders of Maria Weiß', shown }));
    const chain = JSON.stringify(good(await viewChain(at.house, shop.owner, incident)));
    expect(chain).not.to.contain('Weiß');
    expect(keys(refused(await addNote(at.house, responder, { incident, text: '  ' })))).to.equal(
      'text text.missing',
    );
  });

  it('keeps evidence once under one key, and hands out the very bytes, recorded', async () => {
    const bytes = Buffer.from('time;account\n2026-12-04T12:00;maria@customers.example\n');
    const form = () => ({
      incident,
      name: 'C:\\export\\Zugriffe Weiß.csv',
      type: 'text/csv',
      content: (async function* () {
        await Promise.resolve();
        yield bytes;
      })(),
    });
    const twice = await Promise.all([
      attachEvidence(at.house, responder, form(), 'file-1'),
      attachEvidence(at.house, responder, form(), 'file-1'),
    ]);
    const third = await attachEvidence(at.house, responder, form(), 'file-1');
    const ids = new Set([...twice, third].map((one) => good(one).evidence));
    expect(ids.size).to.equal(1);
    const [file, ...others] = good(await viewEvidence(at.house, responder, incident));
    expect(others).to.deep.equal([]);
    expect(file).to.deep.include({ name: 'Zugriffe Weiß.csv', size: bytes.length, sha256: sha256(bytes) });
    const opened = good(await openEvidence(at.house, responder, { incident, evidence: file?.id ?? '' }));
    const read: Uint8Array[] = [];
    for await (const part of opened.content) read.push(part);
    expect(Buffer.concat(read).equals(bytes)).to.equal(true);
    const own = good(await viewChain(at.house, shop.owner));
    expect(own.some(({ type }) => type === 'evidence-opened')).to.equal(true);
    const chain = JSON.stringify(good(await viewChain(at.house, shop.owner, incident)));
    expect(chain).to.contain(sha256(bytes)).and.not.to.contain('Zugriffe');
    const reader = await shop.hire('reader');
    const asked = { incident, evidence: file?.id ?? '' };
    expect(refused(await openEvidence(at.house, reader, asked)).kind).to.equal('not-allowed');
  });

  it('lets two people edit different facts while clocks ring: neither sees a conflict', async () => {
    const { remind } = await import('../../../src/application/clock/remind.ts');
    const { id } = good(await logIncident(at.house, shop.owner, SUPPLIER_BREACH));
    at.clock.set(FRIDAY.add({ hours: 73 }));
    const reminders = Array.from({ length: 10 }, () => remind(at.house, shop.organisation, id));
    const edits = [
      changeFact(at.house, responder, { incident: id, name: 'data.encrypted', value: false, shown: 0 }),
      changeFact(at.house, shop.owner, { incident: id, name: 'breach.integrity', value: false, shown: 0 }),
      changeNarrative(at.house, responder, {
        incident: id,
        name: 'measures',
        text: 'Keys were changed.',
        shown: null,
      }),
      changeFact(at.house, shop.owner, { incident: id, name: 'malicious', value: true, shown: 0 }),
    ];
    for (const edit of await Promise.all(edits)) good(edit);
    await Promise.all(reminders);
    const again = { incident: id, name: 'malicious', value: false, shown: 0 };
    expect(refused(await changeFact(at.house, responder, again))).to.deep.include({
      kind: 'stale-version',
      theirs: true,
      yours: false,
    });
    at.clock.set(FRIDAY);
  });

  it('tells its story with every reason in words', async () => {
    const { id } = good(await logIncident(at.house, shop.owner, SUPPLIER_BREACH));
    const reason = 'The copy was empty.';
    const near = { incident: id, state: 'near-miss', shown: 'breach', reason };
    good(await changeState(at.house, shop.owner, near));
    good(await changeTitle(at.house, responder, { incident: id, title: 'T', shown: SUPPLIER_BREACH.title }));
    const { entries, words } = good(await viewTimeline(at.house, responder, id));
    expect(entries[0]?.type).to.equal('title-changed');
    const turned = entries.find(({ type }) => type === 'state-changed');
    expect(words.get(turned?.data['reason'] as string)).to.equal(reason);
    expect([...words.values()]).to.include.members(['T', SUPPLIER_BREACH.whatHappened]);
  });

  it('leaves a register that holds', async () => {
    expect(await verifyRegister(at.house, shop.organisation)).to.deep.include({ ok: true, flaws: [] });
  });
});
