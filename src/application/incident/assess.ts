import { allow } from '../../domain/access/permissions.ts';
import type { Actor } from '../../domain/access/roles.ts';
import type { DomainError } from '../../domain/errors.ts';
import { recordAssessment as record } from '../../domain/incident/assessment.ts';
import { nearestCases, type LikeCase } from '../../domain/law/cases.ts';
import { severityOf, type Severity } from '../../domain/law/severity.ts';
import type { Json } from '../../domain/register/entry.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { House } from '../ports/house.ts';
import { factsOf } from '../law/facts-of.ts';
import { changeIncident, type Changing } from './change.ts';
import { findForPerson } from './find.ts';

/** The published cases nearest to this incident. Reads only. */
export async function casesNear(
  house: Pick<House, 'incidents' | 'organisations' | 'law'>,
  actor: Actor,
  id: string,
): Promise<Result<readonly LikeCase[], DomainError>> {
  const found = await findForPerson(house, actor, 'incident.see', id);
  if (!found.ok) return found;
  const { incident, organisation } = found.value;
  return ok(nearestCases(factsOf(incident, organisation), house.law.cases()));
}

/**
 * Computes and keeps the advice of the calculator with its input, and the nearest cases as they are now. The decision
 * is the fact `risk`, changed with a reason beside it.
 * @param form.input by the contract of `severity --input`; every fault is told with its path below `input`
 * @param form.shown `assessment.revision` as the page showed it; 0 where there was none
 */
export async function recordAssessment(
  house: Changing,
  actor: Actor,
  form: { readonly incident: string; readonly input: unknown; readonly shown: number },
  key?: string,
): Promise<Result<{ readonly severity: Severity }, DomainError>> {
  const allowed = allow(actor, 'risk.assess');
  if (!allowed.ok) return allowed;
  const computed = severityOf(form.input);
  if (!computed.ok) {
    const problems = computed.error.problems.map((one) => ({ ...one, path: `input.${one.path}` }));
    return fail({ kind: 'invalid-input', problems });
  }
  const { dpc, ei, cb, score, level, risk } = computed.value;
  const done = await changeIncident(
    house,
    actor,
    form.incident,
    (incident, context, law) =>
      record(
        incident,
        {
          // The calculator refuses whatever its contract does not name, so this is plain JSON.
          input: form.input as Json,
          advice: { dpc, ei, cb, score, level, risk },
          cases: nearestCases(law.facts(incident), house.law.cases()).map(({ case: like }) => like.id),
          shown: form.shown,
        },
        context,
      ),
    key,
  );
  return done.ok ? ok({ severity: computed.value }) : done;
}
