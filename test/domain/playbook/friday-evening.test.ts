import { expect } from 'chai';
import { Temporal } from 'temporal-polyfill';
import { dueOf, gateOf, tasksFor } from '../../../src/domain/playbook/index.ts';
import type {
  Answers,
  Matter,
  ObligationMoment,
  Stage,
  TaskState,
} from '../../../src/domain/playbook/index.ts';
import { facts, shipped } from './books.ts';

const at = (text: string) => Temporal.Instant.from(text);

/** A shop of three, told by its printer on a Friday at 18:40 in Berlin that 'there was an incident'. */
describe('A Friday evening with a supplier’s two vague sentences', () => {
  const playbook = shipped('supplier-breach');
  const detectedAt = at('2026-11-27T17:40:00Z');
  const known: Record<string, unknown> = { detectedAt: '2026-11-27T18:40:00+01:00' };
  const answers: Record<string, Answers[string]> = { supplierInvolved: true };
  const tasks: Record<string, TaskState> = {};
  const matters = new Set<Matter>(['incident.kind', 'incident.leader']);
  const unknownBecause = new Set<string>();
  let duties: { authority?: boolean; people?: boolean } = {};

  const shown = () => tasksFor(playbook, { facts: facts(known), answers, duties });
  const gate = (stage: Stage) =>
    gateOf(playbook, stage, { facts: facts(known), answers, duties, tasks, matters, unknownBecause });
  const finish = (stage: Stage) => {
    for (const { task, stage: of, shows } of shown()) {
      if (of === stage && shows !== 'no') tasks[task.id] = 'done';
    }
  };
  const dueAt = (id: string, awareAt?: Temporal.Instant, obligations: readonly ObligationMoment[] = []) => {
    const task = shown().find((each) => each.task.id === id)?.task;
    if (task === undefined) throw new Error(`no task ${id}`);
    return dueOf(task, {
      detectedAt,
      ...(awareAt && { awareAt }),
      obligations,
      stageClosedAt: {},
    }).at?.toString();
  };

  it('18:40: the first thing to do is to write down what was seen, within half an hour', () => {
    const [first] = shown();
    expect(first?.task.id).to.equal('note-first-sight');
    expect(dueAt('note-first-sight')).to.equal('2026-11-27T18:10:00Z');
  });

  it('18:45: nobody knows when we became aware, and the supplier’s access is due all the same', () => {
    expect(dueAt('cut-supplier-access')).to.equal('2026-11-27T19:40:00Z');
  });

  it('18:50: the keys are cut before any form is filled in; no gate stands before it', () => {
    expect(gate('detect').open).to.equal(false);
    tasks['cut-supplier-access'] = 'done';
    expect(gate('contain').missing.tasks).not.to.include('cut-supplier-access');
  });

  it('19:30: detect cannot close, because nobody wrote down when the supplier told us', () => {
    finish('detect');
    matters.add('incident.reporter').add('incident.awareness');
    answers['supplierConfirmed'] = true;
    expect(gate('detect').missing).to.deep.equal({ tasks: [], facts: ['supplier.toldUsAt'] });
    matters.add('supplier.toldUsAt');
    expect(gate('detect').open).to.equal(true);
  });

  it('20:00: the leak is stopped and the secrets are changed; the log goes on', () => {
    finish('contain');
    tasks['log-each-step'] = 'open';
    tasks['confirm-stopped'] = 'open';
    expect(gate('contain').open).to.equal(true);
  });

  it('Saturday: awareness is fixed, the authority has 72 hours, our own target is six hours earlier', () => {
    known['awareAt'] = '2026-11-28T09:00:00+01:00';
    duties = { authority: true, people: true };
    const art33: ObligationMoment = { to: 'authority', open: true, dueAt: at('2026-12-01T08:00:00Z') };
    expect(dueAt('file-with-supplier-facts', at('2026-11-28T08:00:00Z'), [art33])).to.equal(
      '2026-12-01T02:00:00Z',
    );
    expect(dueAt('decide-risk', at('2026-11-28T08:00:00Z'), [art33])).to.equal('2026-11-30T20:00:00Z');
  });

  it('Sunday: how many people is a range, since when is unknown, and that is an answer', () => {
    finish('assess');
    Object.assign(known, {
      role: 'controller',
      data: {
        categories: ['name', 'postal-address', 'order-history'],
        encrypted: false,
        keyCompromised: false,
      },
      subjects: [{ place: 'DE', min: 300, max: 420 }],
      breach: { confidentiality: true, integrity: false, availability: false },
      risk: 'risk',
    });
    answers['supplierRole'] = 'processor';
    matters.add('incident.riskReason').add('incident.dutiesDecided');
    expect(gate('assess').missing.facts).to.deep.equal(['occurredAt']);
    unknownBecause.add('occurredAt');
    expect(gate('assess').open).to.equal(true);
  });

  it('Monday: what does not apply is out of the way, what is open says why', () => {
    Object.assign(answers, { hasInsurance: false, crime: true, lettersAnyway: false });
    const notify = shown().filter(({ stage }) => stage === 'notify');
    const by = (shows: string) => notify.filter((each) => each.shows === shows).map(({ task }) => task.id);
    expect(by('no')).to.have.members(['tell-insurer', 'tell-controllers']);
    expect(by('undecided')).to.deep.equal(['complete-authority']);
    expect(by('yes')).to.include.members([
      'file-with-supplier-facts',
      'write-letters',
      'warn-parcel-fraud',
      'report-police',
    ]);
  });

  it('two weeks later: the review closes what is left', () => {
    answers['firstFilingIncomplete'] = true;
    finish('notify');
    matters.add('incident.dutiesSettled').add('incident.lettersSettled').add('incident.questionsOwned');
    expect(gate('notify').open).to.equal(true);
    expect(gate('review').missing.tasks).to.include.members(['hold-review', 'three-changes', 'close-record']);
    finish('review');
    expect(gate('review').open).to.equal(true);
  });
});
