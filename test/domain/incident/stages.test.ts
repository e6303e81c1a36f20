import { expect } from 'chai';
import { currentStage } from '../../../src/domain/incident/incident.ts';
import { closeStage, reopenStage } from '../../../src/domain/incident/stages.ts';
import { assignTask, changeTask, recordOf } from '../../../src/domain/incident/tasks.ts';
import { at, good, LENE, logged, note, person, refused, SAM } from '../../support/breach.ts';

const OPEN = { open: true, missing: { tasks: [], facts: [] } };
const SHUT = { open: false, missing: { tasks: ['call-decider'], facts: ['awareAt'] } };

describe('Stages and their gates', () => {
  it('a gate that is not open says what it waits for', () => {
    const error = refused(closeStage(logged(), { stage: 'detect', gate: SHUT }, at(SAM)));
    expect(error).to.deep.equal({
      kind: 'stage-gate-closed',
      stage: 'detect',
      tasks: ['call-decider'],
      facts: ['awareAt'],
    });
  });

  it('a person with the right may override it with a reason, and both are in the record', () => {
    const override = note('the decider cannot be reached');
    expect(refused(closeStage(logged(), { stage: 'detect', gate: SHUT, override }, at(SAM))).kind).to.equal(
      'not-allowed',
    );
    const { incident } = good(closeStage(logged(), { stage: 'detect', gate: SHUT, override }, at(LENE)));
    expect(currentStage(incident.stages)).to.equal('contain');
    expect(incident.outbox.at(-1)).to.deep.include({ type: 'gate-overridden' });
    expect(incident.outbox.at(-1)?.data['missing']).to.deep.equal(['call-decider', 'awareAt']);
  });

  it('stages close in their order and open again with a reason', () => {
    expect(refused(closeStage(logged(), { stage: 'assess', gate: OPEN }, at(SAM))).kind).to.equal(
      'wrong-state',
    );
    const closed = good(closeStage(logged(), { stage: 'detect', gate: OPEN }, at(SAM))).incident;
    const { incident } = good(
      reopenStage(closed, { stage: 'detect', reason: note('a second report') }, at(SAM)),
    );
    expect(currentStage(incident.stages)).to.equal('detect');
  });
});

describe('Tasks', () => {
  const KNOWN = ['stop-the-leak'];

  it('are done at any time, whatever stage the incident is in', () => {
    const { incident } = good(
      changeTask(
        logged(),
        { id: 'stop-the-leak', state: 'done', shown: 0 },
        KNOWN,
        at(person('kim', 'staff')),
      ),
    );
    expect(recordOf(incident, 'stop-the-leak')).to.include({ state: 'done', by: 'kim', revision: 1 });
  });

  it('are not needed only with a reason', () => {
    const error = refused(
      changeTask(logged(), { id: 'stop-the-leak', state: 'not-needed', shown: 0 }, KNOWN, at(SAM)),
    );
    expect(error.kind).to.equal('invalid-input');
  });

  it('that someone else changed in between are a conflict; unknown ones are not found', () => {
    const done = good(
      changeTask(logged(), { id: 'stop-the-leak', state: 'done', shown: 0 }, KNOWN, at(SAM)),
    ).incident;
    expect(
      refused(changeTask(done, { id: 'stop-the-leak', state: 'open', shown: 0 }, KNOWN, at(SAM))).kind,
    ).to.equal('stale-version');
    expect(refused(changeTask(done, { id: 'fly', state: 'done', shown: 0 }, KNOWN, at(SAM))).kind).to.equal(
      'not-found',
    );
  });

  it('keep their person when they are done', () => {
    const given = good(
      assignTask(logged(), { id: 'stop-the-leak', assignee: 'kim', shown: 0 }, KNOWN, at(SAM)),
    ).incident;
    const { incident } = good(
      changeTask(given, { id: 'stop-the-leak', state: 'done', shown: 1 }, KNOWN, at(SAM)),
    );
    expect(recordOf(incident, 'stop-the-leak').assignee).to.equal('kim');
  });
});
