import { timeIn } from '../../domain/incident/drill-time.ts';
import type { Temporal } from 'temporal-polyfill';
import type { Actor } from '../../domain/access/roles.ts';
import type { DomainError } from '../../domain/errors.ts';
import { orderOfMoments } from '../../domain/incident/awareness.ts';
import type { Incident, IncidentState, Obligation } from '../../domain/incident/incident.ts';
import { rejudge } from '../../domain/incident/judgement.ts';
import { isOpen } from '../../domain/incident/standing.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { House } from '../ports/house.ts';
import type { DutyText } from '../ports/law.ts';
import { readMoment } from '../law/facts-of.ts';
import { lawOf } from '../law/law-of.ts';
import { STATES } from './change-state.ts';
import { findForPerson } from './find.ts';

/** One duty that would stand otherwise. */
export interface Move {
  readonly duty: DutyText | null;
  /** As it stands now; null where it would be new. */
  readonly now: Obligation | null;
  readonly then: Obligation;
}

export interface MovesForm {
  readonly incident: string;
  /** What it would be decided to be; as it is, if left out. */
  readonly state?: string;
  /** ISO 8601 with offset, or local in the incident's zone; empty or left out: as it is. */
  readonly awareAt?: string;
}

/**
 * What another moment of awareness, or another state, would move: each open duty whose deadline or answer would be
 * another. Computed by the law of the incident, and nothing is stored.
 */
export async function previewMoves(
  house: Pick<House, 'clock' | 'incidents' | 'organisations' | 'law' | 'texts'>,
  actor: Actor,
  form: MovesForm,
): Promise<Result<readonly Move[], DomainError>> {
  const found = await findForPerson(house, actor, 'awareness.fix', form.incident);
  if (!found.ok) return found;
  const { incident, organisation } = found.value;
  const at = timeIn(incident, house.clock.now());
  const next = supposed(incident, form, { at, by: actor.user });
  if (!next.ok) return next;
  const { law } = await lawOf(house, incident);
  const before = new Map(incident.obligations.map((obligation) => [obligation.key, obligation]));
  const judged = rejudge(next.value, law.judge(next.value, organisation)).obligations;
  return ok(
    judged.flatMap((then): Move[] => {
      const now = before.get(then.key) ?? null;
      if (!moves(now, then)) return [];
      return [{ duty: law.duty(then.duty) ?? house.law.duty(then.duty), now, then }];
    }),
  );
}

/** The incident as it would be. */
function supposed(
  incident: Incident,
  { state, awareAt }: MovesForm,
  stamp: { readonly at: Temporal.Instant; readonly by: string },
): Result<Incident, DomainError> {
  const decided: IncidentState = STATES.find((known) => known === state) ?? incident.state;
  if ((awareAt ?? '').trim() === '') return ok({ ...incident, state: decided });
  const moment = readMoment(awareAt ?? '', incident.zone, 'awareAt');
  if (!moment.ok) return moment;
  const value = moment.value.toString({ smallestUnit: 'second' });
  const fact = { value, ...stamp, revision: 1 };
  const next = { ...incident, state: decided, facts: { ...incident.facts, awareAt: fact } };
  const problems = orderOfMoments(next, stamp.at);
  return problems.length > 0 ? fail({ kind: 'invalid-input', problems }) : ok(next);
}

function moves(now: Obligation | null, then: Obligation): boolean {
  if (!isOpen(then) && !(now && isOpen(now))) return false;
  if (!now) return true;
  const same = now.dueAt && then.dueAt ? now.dueAt.equals(then.dueAt) : now.dueAt === then.dueAt;
  return !same || now.decision !== then.decision;
}
