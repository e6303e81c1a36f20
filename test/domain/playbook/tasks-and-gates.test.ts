import { expect } from 'chai';
import { Temporal } from 'temporal-polyfill';
import { gateOf, suggests, tasksFor } from '../../../src/domain/playbook/index.ts';
import type {
  Answers,
  GateInput,
  Matter,
  Playbook,
  Shows,
  Stage,
  TaskState,
} from '../../../src/domain/playbook/index.ts';
import { facts, shipped, shopBook, task, whole } from './books.ts';

interface Known {
  readonly facts?: Record<string, unknown>;
  readonly answers?: Answers;
  readonly duties?: { readonly authority?: boolean; readonly people?: boolean };
}

const input = ({ facts: given = {}, answers = {}, duties = {} }: Known) => ({
  facts: facts(given),
  answers,
  duties,
});

function showing(playbook: Playbook, id: string, known: Known): { shows: Shows; missing: readonly string[] } {
  const found = tasksFor(playbook, input(known)).find((each) => each.task.id === id);
  if (found === undefined) throw new Error(`no task ${id}`);
  return { shows: found.shows, missing: found.missing };
}

describe('Which tasks show', () => {
  const supplier = shipped('supplier-breach');

  it('shows a task without a condition whatever is known', () => {
    expect(showing(supplier, 'demand-in-writing', {})).to.deep.equal({ shows: 'yes', missing: [] });
  });

  it('asks "does this apply?" while it is unknown, and names what decides', () => {
    expect(showing(supplier, 'warn-parcel-fraud', {})).to.deep.equal({
      shows: 'undecided',
      missing: ['data.categories'],
    });
    expect(showing(supplier, 'tell-insurer', {})).to.deep.equal({
      shows: 'undecided',
      missing: ['answers.hasInsurance'],
    });
    expect(showing(supplier, 'tell-controllers', {})).to.deep.equal({
      shows: 'undecided',
      missing: ['role'],
    });
  });

  it('shows or hides it once that is known', () => {
    expect(
      showing(supplier, 'warn-parcel-fraud', { facts: { data: { categories: ['phone'] } } }).shows,
    ).to.equal('yes');
    expect(
      showing(supplier, 'warn-parcel-fraud', { facts: { data: { categories: ['name'] } } }).shows,
    ).to.equal('no');
    expect(showing(supplier, 'tell-insurer', { answers: { hasInsurance: false } }).shows).to.equal('no');
    expect(
      showing(supplier, 'tell-controllers', { facts: { role: ['processor', 'controller'] } }).shows,
    ).to.equal('yes');
  });

  it('asks for nothing that cannot change the answer', () => {
    expect(showing(supplier, 'write-letters', { duties: { people: true } })).to.deep.equal({
      shows: 'yes',
      missing: [],
    });
    expect(showing(supplier, 'write-letters', { duties: { people: false } })).to.deep.equal({
      shows: 'undecided',
      missing: ['answers.lettersAnyway'],
    });
    expect(showing(supplier, 'write-letters', {}).missing).to.have.members([
      'duties.people',
      'answers.lettersAnyway',
    ]);
  });

  it('compares a choice with a text and a number with a number', () => {
    const insider = shipped('malicious-insider');
    expect(showing(insider, 'declare-deletion', { answers: { person: 'unknown' } }).shows).to.equal('no');
    expect(showing(insider, 'declare-deletion', { answers: { person: 'leaver' } }).shows).to.equal('yes');
    const mail = shipped('misdirected-email');
    expect(showing(mail, 'telephone-the-worst', { answers: { recipientCount: 20 } }).shows).to.equal('yes');
    expect(showing(mail, 'telephone-the-worst', { answers: { recipientCount: 21 } }).shows).to.equal('no');
  });

  it('compares an instant with a moment', () => {
    const book = whole(
      shopBook({
        asks: '  soldDate: { ask: When was it sold?, type: instant }',
        detect: task('look', { when: 'answers.soldDate > timestamp("2026-01-01T00:00:00Z")' }),
      }),
    );
    const on = (text: string) => ({ answers: { soldDate: Temporal.Instant.from(text) } });
    expect(showing(book, 'look', on('2026-03-01T00:00:00Z')).shows).to.equal('yes');
    expect(showing(book, 'look', on('2025-03-01T00:00:00Z')).shows).to.equal('no');
    expect(showing(book, 'look', {}).shows).to.equal('undecided');
  });

  it('keeps a refined task unconditional by a literal true', () => {
    expect(
      showing(shipped('web-skimming'), 'report-skimming-crime', { answers: { crime: false } }).shows,
    ).to.equal('yes');
  });

  it('suggests the playbook that fits what is known, and refuses none for what is not', () => {
    const locked = input({ facts: { ransomware: true } });
    expect(suggests(shipped('ransomware-exfiltration'), locked)).to.equal('yes');
    expect(suggests(shipped('web-skimming'), locked)).to.equal('undecided');
    expect(
      suggests(shipped('misdirected-email'), input({ facts: { inadvertent: true, cyber: false } })),
    ).to.equal('yes');
    expect(suggests(supplier, input({ answers: { supplierInvolved: true } }))).to.equal('yes');
  });
});

describe('A gate', () => {
  const supplier = shipped('supplier-breach');
  const DETECT_MATTERS: readonly Matter[] = [
    'incident.kind',
    'incident.reporter',
    'incident.leader',
    'incident.awareness',
    'supplier.toldUsAt',
  ];

  type Given = Known & Partial<Pick<GateInput, 'tasks' | 'matters' | 'unknownBecause'>>;

  function gate(stage: Stage, { tasks = {}, matters, unknownBecause, ...known }: Given = {}) {
    return gateOf(supplier, stage, {
      ...input(known),
      tasks,
      matters: matters ?? new Set(),
      unknownBecause: unknownBecause ?? new Set(),
    });
  }

  const done = (ids: readonly string[]): Record<string, TaskState> =>
    Object.fromEntries(ids.map((id): [string, TaskState] => [id, 'done']));

  const detectDone = supplier.stages[0]?.tasks.map(({ id }) => id) ?? [];

  it('names every required task and every fact that is missing', () => {
    const { open, missing } = gate('detect');
    expect(open).to.equal(false);
    expect(missing.tasks).to.deep.equal(detectDone);
    expect(missing.facts).to.include.members([
      'detectedAt',
      'answers.supplierConfirmed',
      'supplier.toldUsAt',
    ]);
  });

  it('opens when all of it is there', () => {
    const state = gate('detect', {
      tasks: done(detectDone),
      matters: new Set(DETECT_MATTERS),
      facts: { detectedAt: '2026-11-27T18:40:00+01:00' },
      answers: { supplierConfirmed: true },
    });
    expect(state).to.deep.equal({ open: true, missing: { tasks: [], facts: [] } });
  });

  it('takes "unknown, because …" for an answer, save for the moment of awareness', () => {
    const because = new Set(['answers.supplierConfirmed', 'subjects', 'awareAt']);
    expect(gate('detect', { unknownBecause: because }).missing.facts).not.to.include(
      'answers.supplierConfirmed',
    );
    const assess = gate('assess', { unknownBecause: because }).missing.facts;
    expect(assess).not.to.include('subjects');
    expect(assess).to.include('awareAt');
  });

  it('takes "not needed" with a reason for a task that is settled', () => {
    const { missing } = gate('contain', { tasks: { 'change-secrets': 'not-needed' } });
    expect(missing.tasks).not.to.include('change-secrets');
    expect(missing.tasks).to.include('cut-supplier-access');
  });

  it('waits neither for optional tasks nor for those that may stay open until the end', () => {
    const { missing } = gate('contain');
    expect(missing.tasks).not.to.include.members(['ask-sub-suppliers']);
    for (const id of ['log-each-step', 'confirm-stopped', 'ask-sub-suppliers'])
      expect(missing.tasks).not.to.include(id);
  });

  it('waits for a task that might apply, and lets it go once it is known not to', () => {
    expect(gate('notify').missing.tasks).to.include('tell-insurer');
    expect(gate('notify', { answers: { hasInsurance: false } }).missing.tasks).not.to.include('tell-insurer');
  });

  it('waits for a task of an earlier stage that it names', () => {
    const book = whole(
      shopBook({
        detect: task('photograph', { required: 'false' }),
        contain: `${task('fetch')}\n    gate: { tasks: [photograph] }`,
      }),
    );
    const state = (tasks: Record<string, TaskState>) =>
      gateOf(book, 'contain', { ...input({}), tasks, matters: new Set(), unknownBecause: new Set() }).missing
        .tasks;
    expect(state({})).to.include('photograph');
    expect(state({ photograph: 'done' })).not.to.include('photograph');
  });

  it('asks for each fact of the assessment by its own name', () => {
    const { missing } = gate('assess', {
      facts: {
        data: { categories: ['name'], encrypted: false, keyCompromised: false },
        breach: { confidentiality: true },
        subjects: [{ place: 'DE', min: 100, max: 400 }],
        risk: 'risk',
      },
    });
    for (const name of ['data.categories', 'data.encrypted', 'subjects', 'risk', 'breach.confidentiality']) {
      expect(missing.facts).not.to.include(name);
    }
    expect(missing.facts).to.include.members(['breach.integrity', 'breach.availability', 'occurredAt']);
  });
});
