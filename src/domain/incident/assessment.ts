import { may } from '../access/permissions.ts';
import type { DomainError } from '../errors.ts';
import { fail, ok, type Result } from '../result.ts';
import { settle, type Change, type Context } from './change.ts';
import type { Assessment, Incident } from './incident.ts';

export type AssessmentInput = Pick<Assessment, 'input' | 'advice' | 'cases'> & {
  /** The revision that the person saw; 0 where nothing was assessed. */
  readonly shown: number;
};

/**
 * Keeps what the calculator was told and what it advises. The risk itself is decided by a person as the fact `risk`,
 * with a reason: the register then holds both, advice and decision.
 */
export function recordAssessment(
  incident: Incident,
  { input, advice, cases, shown }: AssessmentInput,
  context: Context,
): Result<Change, DomainError> {
  if (!may(context.actor, 'risk.assess')) return fail({ kind: 'not-allowed', permission: 'risk.assess' });
  const before = incident.assessment;
  const current = before?.revision ?? 0;
  if (current !== shown) {
    return fail({
      kind: 'stale-version',
      subject: 'assessment',
      shown,
      current,
      theirs: before?.advice ?? null,
      yours: advice,
    });
  }
  const stamp = { at: context.at, by: context.actor.user };
  const assessment: Assessment = { input, advice, cases, ...stamp, revision: shown + 1 };
  const happening = {
    type: 'assessment-recorded',
    data: { input, advice: { ...advice }, cases: [...cases], revision: assessment.revision },
  };
  return ok(settle(incident, { assessment }, [happening], context, undefined));
}
