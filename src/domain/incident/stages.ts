import { may } from '../access/permissions.ts';
import type { DomainError } from '../errors.ts';
import type { GateState, Stage } from '../playbook/types.ts';
import { fail, ok, type Result } from '../result.ts';
import { settle, type Change, type Context } from './change.ts';
import { currentStage, type Incident, type NoteRef, type StageRecord } from './incident.ts';
import { undecidedDuties, unmetDuties } from './unsettled.ts';

/**
 * Closes the stage that is worked on. A gate that is not open stops it, naming what it waits for; a person with
 * the right may override it with a reason, and both stand in the record.
 */
export function closeStage(
  incident: Incident,
  input: { readonly stage: Stage; readonly gate: GateState; readonly override?: NoteRef },
  context: Context,
): Result<Change, DomainError> {
  const { stage, gate, override } = input;
  if (!may(context.actor, 'stage.close')) return fail({ kind: 'not-allowed', permission: 'stage.close' });
  const current = currentStage(incident.stages);
  if (current !== stage)
    return fail({ kind: 'wrong-state', what: 'stage', state: current, key: 'stage.not-current' });
  if (!gate.open && !override) return fail({ kind: 'stage-gate-closed', stage, ...gate.missing });
  if (!gate.open && !may(context.actor, 'gate.override'))
    return fail({ kind: 'not-allowed', permission: 'gate.override' });
  const overridden = gate.open ? undefined : override;
  const record: StageRecord = {
    stage,
    state: 'closed',
    at: context.at,
    by: context.actor.user,
    ...(overridden ? { overridden } : {}),
  };
  const happening = {
    type: overridden ? 'gate-overridden' : 'stage-closed',
    data: {
      stage,
      reason: overridden?.id ?? null,
      hash: overridden?.hash ?? null,
      missing: gate.open ? [] : [...gate.missing.tasks, ...gate.missing.facts],
      duties: dutiesLeft(incident, gate),
    },
  };
  return ok(settle(incident, { stages: withStage(incident, record) }, [happening], context, undefined));
}

/** The duties over which a gate is overridden, by name: whoever reads the record must not have to work them out. */
function dutiesLeft({ obligations }: Incident, { missing }: GateState): readonly string[] {
  const left = [
    ...(missing.facts.includes('incident.dutiesDecided') ? undecidedDuties(obligations) : []),
    ...(missing.facts.includes('incident.dutiesSettled') ? unmetDuties(obligations) : []),
  ];
  return left.map(({ key }) => key);
}

/** Opens a stage again; the later ones stay as they are, since what was done there was done. */
export function reopenStage(
  incident: Incident,
  input: { readonly stage: Stage; readonly reason: NoteRef },
  context: Context,
): Result<Change, DomainError> {
  if (!may(context.actor, 'stage.close')) return fail({ kind: 'not-allowed', permission: 'stage.close' });
  const before = incident.stages.find((record) => record.stage === input.stage);
  if (before?.state !== 'closed') {
    return fail({ kind: 'wrong-state', what: 'stage', state: 'open', key: 'stage.not-closed' });
  }
  const record: StageRecord = { stage: input.stage, state: 'open', at: context.at, by: context.actor.user };
  const happening = {
    type: 'stage-reopened',
    data: { stage: input.stage, reason: input.reason.id, hash: input.reason.hash },
  };
  return ok(settle(incident, { stages: withStage(incident, record) }, [happening], context, undefined));
}

function withStage(incident: Incident, record: StageRecord): readonly StageRecord[] {
  return incident.stages.map((stage) => (stage.stage === record.stage ? record : stage));
}
