import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { remind } from '../../../src/application/clock/remind.ts';
import { attachEvidence } from '../../../src/application/evidence/attach.ts';
import { openEvidence, viewEvidence } from '../../../src/application/evidence/view-evidence.ts';
import { casesNear, recordAssessment } from '../../../src/application/incident/assess.ts';
import { changeFact, changeNarrative } from '../../../src/application/incident/change-fact.ts';
import { changeState } from '../../../src/application/incident/change-state.ts';
import { changeSupplier } from '../../../src/application/incident/change-supplier.ts';
import { appointLeader, changeTitle, restrictIncident } from '../../../src/application/incident/lead.ts';
import { logIncident } from '../../../src/application/incident/log-incident.ts';
import { addNote, viewNotes } from '../../../src/application/incident/notes.ts';
import { askQuestion } from '../../../src/application/incident/questions.ts';
import { takeOverPlaybook } from '../../../src/application/incident/take-over-playbook.ts';
import {
  assignTask,
  changeTask,
  closeStage,
  decideDuty,
  reopenStage,
  withdrawDecision,
} from '../../../src/application/incident/tasks-and-stages.ts';
import { viewIncident } from '../../../src/application/incident/view-incident.ts';
import { takeOverLaw, viewLawChanges } from '../../../src/application/law/law-changes.ts';
import { approveNotice, sendBackNotice } from '../../../src/application/notice/decide.ts';
import { fileNotice } from '../../../src/application/notice/file.ts';
import { viewNotice } from '../../../src/application/notice/view-notice.ts';
import { prepareNotice } from '../../../src/application/notice/prepare.ts';
import { editDraft, submitNotice } from '../../../src/application/notice/write.ts';
import { addressLetter } from '../../../src/application/people/address-letter.ts';
import { startDispatch } from '../../../src/application/people/dispatch.ts';
import { viewLetter } from '../../../src/application/people/view-letter.ts';
import { viewPeople } from '../../../src/application/people/view-people.ts';
import { viewChain } from '../../../src/application/register/verify-register.ts';
import { listIncidents } from '../../../src/application/wall/list-incidents.ts';
import { viewWall } from '../../../src/application/wall/view-wall.ts';
import type { Actor } from '../../../src/domain/access/roles.ts';
import type { DomainError } from '../../../src/domain/errors.ts';
import type { Result } from '../../../src/domain/result.ts';
import { FRIDAY, good, refused } from '../../support/breach.ts';
import { openShop, PASSWORD, SUPPLIER_BREACH, withShopHouse, type Shop } from '../../support/shop.ts';

describe('A restricted incident', function () {
  this.timeout(60_000);
  const at = withShopHouse();
  let shop: Shop;
  let legal: Actor;
  let outsider: Actor;
  let incident = '';
  let notice = '';

  before(async () => {
    shop = await openShop(at.house);
    legal = await shop.hire('legal');
    const boss = await shop.hire('dpo');
    // Every role, so that nothing but the restriction stands in the way.
    outsider = { ...boss, roles: ['administrator', 'dpo', 'legal', 'responder', 'reader'] };
    incident = good(await logIncident(at.house, shop.owner, SUPPLIER_BREACH)).id;
    const form = {
      incident,
      kind: 'letter',
      obligations: ['gdpr-art34-subjects'],
      locales: ['en'],
    } as const;
    notice = good(await prepareNotice(at.house, shop.owner, form)).notice;
    good(await restrictIncident(at.house, shop.owner, { incident, to: [legal.user] }));
  });

  async function* nothing(): AsyncGenerator<Uint8Array> {
    await Promise.resolve();
    yield Buffer.of(1);
  }

  /** Every use case that starts from an incident, with a form that would be taken. */
  const attempts = (): Readonly<Record<string, (actor: Actor) => Promise<Result<unknown, DomainError>>>> => {
    const { house } = at;
    const reason = 'A good reason.';
    const stage = 'detect';
    const task = 'call-decider';
    const obligation = 'gdpr-art33-authority';
    const role = { ...SUPPLIER_BREACH.supplier, name: 'Packwell', incident, shown: 0 };
    const place = { incident, notice, batch: 0, position: 0 };
    const draft = { incident, notice, content: {}, follows: [], shown: 0 };
    const seal = { incident, notice, seal: '', password: PASSWORD };
    const person = { name: 'Eve', email: 'eve@customers.example' };
    const open = { incident, kind: 'letter', obligations: [obligation], locales: ['en'] } as const;
    return {
      viewIncident: (a) => viewIncident(house, a, incident),
      changeFact: (a) => changeFact(house, a, { incident, name: 'malicious', value: true, shown: 0 }),
      changeNarrative: (a) =>
        changeNarrative(house, a, { incident, name: 'measures', text: 'x', shown: null }),
      changeState: (a) => changeState(house, a, { incident, state: 'suspicion', shown: 'breach', reason }),
      changeSupplier: (a) => changeSupplier(house, a, role),
      appointLeader: (a) => appointLeader(house, a, { incident, user: a.user, shown: shop.owner.user }),
      changeTitle: (a) => changeTitle(house, a, { incident, title: 'x', shown: SUPPLIER_BREACH.title }),
      restrictIncident: (a) => restrictIncident(house, a, { incident, to: null }),
      addNote: (a) => addNote(house, a, { incident, text: 'x' }),
      viewNotes: (a) => viewNotes(house, a, incident),
      askQuestion: (a) => askQuestion(house, a, { incident, text: 'x' }),
      casesNear: (a) => casesNear(house, a, incident),
      recordAssessment: (a) =>
        recordAssessment(house, a, { incident, input: { personalData: false }, shown: 0 }),
      takeOverPlaybook: (a) => takeOverPlaybook(house, a, { incident, shown: '' }),
      changeTask: (a) => changeTask(house, a, { incident, task, state: 'done', shown: 0 }),
      assignTask: (a) => assignTask(house, a, { incident, task, assignee: legal.user, shown: 0 }),
      closeStage: (a) => closeStage(house, a, { incident, stage, reason }),
      reopenStage: (a) => reopenStage(house, a, { incident, stage, reason }),
      decideDuty: (a) => decideDuty(house, a, { incident, obligation, reason }),
      withdrawDecision: (a) => withdrawDecision(house, a, { incident, obligation, reason }),
      attachEvidence: (a) => attachEvidence(house, a, { incident, name: 'x', content: nothing() }),
      viewEvidence: (a) => viewEvidence(house, a, incident),
      openEvidence: (a) => openEvidence(house, a, { incident, evidence: 'x' }),
      viewChain: (a) => viewChain(house, a, incident),
      viewLawChanges: (a) => viewLawChanges(house, a, incident),
      takeOverLaw: (a) => takeOverLaw(house, a, { incident, shown: '' }),
      prepareNotice: (a) => prepareNotice(house, a, open),
      viewNotice: (a) => viewNotice(house, a, incident, notice),
      editDraft: (a) => editDraft(house, a, draft),
      submitNotice: (a) => submitNotice(house, a, { incident, notice }),
      approveNotice: (a) => approveNotice(house, a, seal),
      sendBackNotice: (a) => sendBackNotice(house, a, { incident, notice, reason }),
      fileNotice: (a) => fileNotice(house, a, { incident, notice, at: '', how: 'x' }),
      addressLetter: (a) => addressLetter(house, a, { incident, notice, people: [person] }),
      startDispatch: (a) => startDispatch(house, a, { incident, notice }),
      viewPeople: (a) => viewPeople(house, a, { incident, notice }),
      viewLetter: (a) => viewLetter(house, a, place),
    };
  };

  it('is not found by anybody else, whatever they try', async () => {
    const before = await at.house.incidents.byId(shop.organisation, incident);
    const answers: Record<string, string> = {};
    const expected: Record<string, string> = {};
    for (const [name, attempt] of Object.entries(attempts())) {
      answers[name] = refused(await attempt(outsider)).kind;
      expected[name] = 'not-found';
    }
    expect(answers).to.deep.equal(expected);
    expect(await at.house.incidents.byId(shop.organisation, incident)).to.deep.equal(before);
  });

  it('is not on the wall nor in the list of anybody else', async () => {
    const rows = good(await listIncidents(at.house, outsider));
    const wall = good(await viewWall(at.house, outsider));
    expect([rows, wall.open, wall.dated, wall.undated, wall.waiting].flat()).to.deep.equal([]);
    expect(good(await listIncidents(at.house, legal)).map(({ id }) => id)).to.deep.equal([incident]);
    expect(good(await viewWall(at.house, legal)).open).to.have.length(1);
  });

  it('is open to the named, by their own roles', async () => {
    good(await viewIncident(at.house, legal, incident));
    const change = { incident, name: 'malicious', value: true, shown: 0 };
    good(await changeFact(at.house, legal, change));
    const reader: Actor = { ...legal, roles: ['reader'] };
    expect(refused(await changeFact(at.house, reader, change)).kind).to.equal('not-allowed');
  });

  it('wakes nobody else, not even when it is overdue', async () => {
    at.clock.set(FRIDAY.add({ hours: 80 }));
    await remind(at.house, shop.organisation, incident);
    const mails = await readdir(join(at.outbox, 'staff'));
    const woken = mails.filter((name) => name.includes('gdpr-art33-authority'));
    expect(woken).to.have.length(1);
    expect(woken[0]).to.contain(shop.owner.user);
    at.clock.set(FRIDAY);
  });

  it('is open to all again when D or L opens it', async () => {
    good(await restrictIncident(at.house, legal, { incident, to: null }));
    good(await viewIncident(at.house, outsider, incident));
    const stored = await at.house.incidents.byId(shop.organisation, incident);
    expect(stored).not.to.have.property('restrictedTo');
    expect(good(await listIncidents(at.house, outsider))).to.have.length(1);
  });
});
