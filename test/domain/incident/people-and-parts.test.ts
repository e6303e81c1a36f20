import { expect } from 'chai';
import { recordAssessment } from '../../../src/domain/incident/assessment.ts';
import { changeFact } from '../../../src/domain/incident/facts.ts';
import { appointLeader, changeTitle } from '../../../src/domain/incident/leader.ts';
import { answerQuestion, askQuestion, ownQuestion } from '../../../src/domain/incident/questions.ts';
import { addEvidence, addNote } from '../../../src/domain/incident/records.ts';
import { maySee, restrict } from '../../../src/domain/incident/restriction.ts';
import { changeSupplier } from '../../../src/domain/incident/supplier.ts';
import { takeOverPlaybook } from '../../../src/domain/incident/take-over-playbook.ts';
import { changeTask, recordOf } from '../../../src/domain/incident/tasks.ts';
import {
  at,
  FRIDAY,
  gdpr,
  good,
  LENE,
  logged,
  MARA,
  note,
  person,
  refused,
  SAM,
} from '../../support/breach.ts';

describe('The supplier', () => {
  const packwell = {
    supplier: {
      name: 'Packwell',
      knewAt: FRIDAY.subtract({ hours: 50 }),
      toldUsAt: FRIDAY,
      role: 'processor',
      confirmed: true,
    },
    name: note('packwell'),
    shown: 0,
  } as const;

  it('is put down with its role and moments; its name stays out of the register', () => {
    const { incident } = good(changeSupplier(logged(), packwell, at(SAM)));
    expect(incident.supplier).to.deep.equal({ ...packwell.supplier, revision: 1 });
    const entry = incident.outbox.at(-1);
    expect(entry?.data).to.deep.include({ role: 'processor', toldUsAt: FRIDAY.toString(), note: 'packwell' });
    expect(JSON.stringify(entry)).not.to.contain('Packwell');
  });

  it('of two people who change it, the second sees a conflict', () => {
    const { incident } = good(changeSupplier(logged(), packwell, at(SAM)));
    expect(refused(changeSupplier(incident, packwell, at(LENE)))).to.include({
      kind: 'stale-version',
      current: 1,
    });
    good(changeSupplier(incident, { ...packwell, shown: 1 }, at(LENE)));
  });

  it('knows before it tells, and neither lies in the future', () => {
    const backwards = { ...packwell.supplier, knewAt: FRIDAY, toldUsAt: FRIDAY.subtract({ hours: 1 }) };
    const late = { ...packwell.supplier, toldUsAt: FRIDAY.add({ hours: 1 }) };
    const keys = [backwards, late].map((supplier) => {
      const error = refused(changeSupplier(logged(), { ...packwell, supplier }, at(SAM)));
      return error.kind === 'invalid-input' ? error.problems[0]?.key : error.kind;
    });
    expect(keys).to.deep.equal(['moment.told-before-known', 'moment.in-future']);
  });
});

describe('An answer and the fact that it settles', () => {
  it('an answer that leaves the fact open makes it unknown, under a new revision', () => {
    const yes = { name: 'answers.disk', given: { value: 'yes' }, shown: 0 };
    const first = good(
      changeFact(logged(), { ...yes, settles: { name: 'data.encrypted', value: true } }, gdpr, at(SAM)),
    ).incident;
    const unknown = note('nobody has looked yet');
    const { incident } = good(
      changeFact(
        first,
        {
          name: 'answers.disk',
          given: { value: 'unsure' },
          shown: 1,
          settles: { name: 'data.encrypted', unknown },
        },
        gdpr,
        at(SAM),
      ),
    );
    expect(incident.facts['data.encrypted']).to.deep.include({ unknown, revision: 2 });
    expect(incident.facts['data.encrypted']).not.to.have.property('value');
    expect(incident.outbox.find(({ sequence }) => sequence === 5)?.data['settles']).to.deep.equal({
      name: 'data.encrypted',
      unknown: unknown.id,
      hash: unknown.hash,
    });
  });

  it('where nothing was known it settles nothing', () => {
    const settles = { name: 'data.encrypted', unknown: note('n') };
    const change = { name: 'answers.disk', given: { value: 'unsure' }, shown: 0, settles };
    const { incident } = good(changeFact(logged(), change, gdpr, at(SAM)));
    expect(incident.facts).not.to.have.property('data.encrypted');
  });

  it('takes the role of the supplier away again', () => {
    const before = logged({ supplier: { name: 'Packwell', role: 'processor' } });
    const settles = { name: 'supplier.role', unknown: note('n') };
    const change = { name: 'answers.role', given: { value: 'unsure' }, shown: 0, settles };
    const { incident } = good(changeFact(before, change, gdpr, at(SAM)));
    expect(incident.supplier).to.deep.equal({ name: 'Packwell', revision: 1 });
  });
});

describe('Who leads', () => {
  it('is said by a person: who logged it only owns it until then', () => {
    expect(logged().leader).to.equal(undefined);
    const { incident } = good(appointLeader(logged(), { user: 'lene', shown: 'sam' }, at(SAM)));
    expect(incident.owner).to.equal('lene');
    expect(incident.card.owner).to.equal('lene');
    expect(incident.leader).to.deep.include({ user: 'lene', by: 'sam' });
    const second = { user: 'mara', shown: 'sam' };
    expect(refused(appointLeader(incident, second, at(LENE)))).to.include({ theirs: 'lene', yours: 'mara' });
    expect(refused(appointLeader(logged(), second, at(person('kim', 'staff')))).kind).to.equal('not-allowed');
  });

  it('a new title is one short line, and only its hash is in the register', () => {
    const change = { title: 'Orders of Maria Weiss copied', note: note('t'), shown: logged().title };
    const { incident } = good(changeTitle(logged(), change, at(SAM)));
    expect(incident.card.title).to.equal(change.title);
    expect(JSON.stringify(incident.outbox)).not.to.contain('Weiss');
    expect(refused(changeTitle(incident, change, at(SAM))).kind).to.equal('stale-version');
    const long = { ...change, title: 'x'.repeat(121) };
    expect(refused(changeTitle(logged(), long, at(SAM))).kind).to.equal('invalid-input');
  });
});

describe('A restricted incident', () => {
  it('is seen by the named, its owner and who restricted it, and by nobody else', () => {
    const { incident } = good(restrict(logged(), ['mara'], at(LENE)));
    expect(incident.restrictedTo).to.deep.equal(['lene', 'mara', 'sam']);
    expect(incident.card.restrictedTo).to.deep.equal(incident.restrictedTo);
    for (const actor of [SAM, MARA, LENE, { user: 'tocsin' }]) expect(maySee(actor, incident)).to.equal(true);
    expect(maySee(person('boss', 'administrator'), incident)).to.equal(false);
  });

  it('is restricted and opened by D and L alone; opened, everybody sees it', () => {
    expect(refused(restrict(logged(), [], at(person('boss', 'administrator')))).kind).to.equal('not-allowed');
    expect(refused(restrict(logged(), [], at(SAM))).kind).to.equal('not-allowed');
    const closed = good(restrict(logged(), [], at(LENE))).incident;
    const { incident } = good(restrict(closed, null, at(LENE)));
    expect(maySee(person('boss', 'administrator'), incident)).to.equal(true);
    expect(incident).not.to.have.property('restrictedTo');
    expect(incident.outbox.slice(-2).map(({ data }) => data['to'])).to.deep.equal([['lene', 'sam'], null]);
  });

  it('lets a new leader in', () => {
    const closed = good(restrict(logged(), [], at(LENE))).incident;
    const { incident } = good(appointLeader(closed, { user: 'mara', shown: 'sam' }, at(LENE)));
    expect(maySee(MARA, incident)).to.equal(true);
  });
});

describe('Questions of an authority', () => {
  it('are asked, owned and answered, each once', () => {
    const asked = good(askQuestion(logged(), { id: 'q1', text: note('what of the keys?') }, at(MARA)));
    expect(asked.answer).to.equal('q1');
    const owned = good(ownQuestion(asked.incident, { id: 'q1', owner: 'sam', shown: 1 }, at(MARA))).incident;
    expect(owned.questions[0]).to.deep.include({ owner: 'sam', revision: 2 });
    expect(refused(answerQuestion(owned, { id: 'q1', shown: 1 }, at(MARA))).kind).to.equal('stale-version');
    const answered = good(
      answerQuestion(owned, { id: 'q1', shown: 2, note: note('by letter') }, at(MARA)),
    ).incident;
    expect(answered.questions[0]?.answered).to.deep.include({ by: 'mara' });
    expect(refused(answerQuestion(answered, { id: 'q1', shown: 3 }, at(MARA))).kind).to.equal('wrong-state');
    expect(refused(ownQuestion(answered, { id: 'q9', owner: 'sam', shown: 1 }, at(MARA))).kind).to.equal(
      'not-found',
    );
  });
});

describe('The assessment', () => {
  const advice = { dpc: 2, ei: 1, cb: 0.5, score: 2.5, level: 'medium', risk: 'risk' };
  const input = { data: { type: 'behavioural' }, ei: 'maximum', circumstances: { confidentiality: 0.5 } };

  it('keeps the advice beside the decision, and the register keeps both', () => {
    const advised = good(
      recordAssessment(logged(), { input, advice, cases: ['edpb-13', 'edpb-08'], shown: 0 }, at(LENE)),
    ).incident;
    const decision = {
      name: 'risk',
      given: { value: 'high' },
      shown: 0,
      because: note('addresses of minors'),
    };
    const { incident } = good(changeFact(advised, decision, gdpr, at(MARA)));
    expect(incident.assessment).to.deep.include({
      advice,
      cases: ['edpb-13', 'edpb-08'],
      by: 'lene',
      revision: 1,
    });
    expect(incident.facts['risk']).to.deep.include({ value: 'high', by: 'mara' });
    const types = incident.outbox.map(({ type }) => type);
    expect(types).to.include.members(['assessment-recorded', 'fact-changed']);
    expect(incident.outbox.find(({ type }) => type === 'assessment-recorded')?.data['advice']).to.deep.equal(
      advice,
    );
  });

  it('is for those who assess, on the revision that they saw', () => {
    const made = { input, advice, cases: [], shown: 0 };
    expect(refused(recordAssessment(logged(), made, at(SAM))).kind).to.equal('not-allowed');
    const { incident } = good(recordAssessment(logged(), made, at(LENE)));
    expect(refused(recordAssessment(incident, made, at(MARA))).kind).to.equal('stale-version');
  });
});

describe('Another text of the playbook', () => {
  it('is taken over by a person; what was done stays done, and both texts are in the record', () => {
    const known = ['stop-the-leak'];
    const done = good(
      changeTask(logged(), { id: 'stop-the-leak', state: 'done', shown: 0 }, known, at(SAM)),
    ).incident;
    const playbook = { id: 'supplier-breach', version: 2, hash: 'q'.repeat(64) };
    const change = { playbook, shown: 'p'.repeat(64) };
    const { incident } = good(takeOverPlaybook(done, change, at(SAM)));
    expect(incident.playbook).to.deep.equal(playbook);
    expect(recordOf(incident, 'stop-the-leak').state).to.equal('done');
    expect(incident.outbox.at(-1)?.data).to.deep.include({ playbook });
    expect(incident.outbox.at(-1)?.data['formerly']).to.deep.include({ hash: 'p'.repeat(64) });
    expect(refused(takeOverPlaybook(incident, change, at(SAM))).kind).to.equal('stale-version');
  });
});

describe('Notes and evidence', () => {
  it('stand in the chain by id and hash, without a name or a word', () => {
    const kim = person('kim', 'staff');
    const noted = good(addNote(logged(), note('n7'), at(kim))).incident;
    const file = { id: 'e1', size: 12, sha256: 'ab'.repeat(32), task: 'stop-the-leak' };
    const { incident } = good(addEvidence(noted, file, at(kim)));
    const [first, second] = incident.outbox.slice(-2);
    expect(first).to.deep.include({ type: 'note-added', by: 'kim', data: note7() });
    expect(second?.data).to.deep.equal({
      evidence: 'e1',
      size: 12,
      sha256: file.sha256,
      task: 'stop-the-leak',
    });
    expect(refused(addEvidence(logged(), file, at(person('ray', 'reader')))).kind).to.equal('not-allowed');
  });

  const note7 = () => ({ note: 'n7', hash: note('n7').hash });
});
