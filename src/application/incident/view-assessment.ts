import type { Actor } from '../../domain/access/roles.ts';
import type { DomainError } from '../../domain/errors.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { nearestCases, type LikeCase } from '../../domain/law/cases.ts';
import { proposeSeverity, type SeverityProposal } from '../../domain/law/severity-proposal.ts';
import type { Entry } from '../../domain/register/entry.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { House } from '../ports/house.ts';
import { factsOf } from '../law/facts-of.ts';
import { entriesOf, textIn } from '../register/entries-of.ts';
import { findForPerson } from './find.ts';

export interface AssessmentView {
  readonly incident: Incident;
  /** What the facts say to the calculator, for one that was never filled in. */
  readonly proposal: SeverityProposal;
  /** The published cases nearest to the facts as they are now. */
  readonly cases: readonly LikeCase[];
  /** Assessments and decisions on the risk, the newest first, the present ones included. */
  readonly entries: readonly Entry[];
  /** The words of the reasons, by the id of their note. */
  readonly words: ReadonlyMap<string, string>;
  /** Names of the people in it, by id. */
  readonly names: ReadonlyMap<string, string>;
}

/** How severe an incident was found to be, by the calculator and by people. Reads only. */
export async function viewAssessment(
  house: Pick<House, 'incidents' | 'organisations' | 'law' | 'register' | 'notes' | 'users'>,
  actor: Actor,
  id: string,
): Promise<Result<AssessmentView, DomainError>> {
  const found = await findForPerson(house, actor, 'incident.see', id);
  if (!found.ok) return found;
  const { incident, organisation } = found.value;
  const facts = factsOf(incident, organisation);
  const all = await entriesOf(house, incident, ['assessment-recorded', 'fact-changed']);
  const entries = all.filter(({ type, data }) => type === 'assessment-recorded' || data['name'] === 'risk');
  const ids = entries.flatMap((entry) => [textIn(entry, 'because'), textIn(entry, 'unknown')]);
  const [words, users] = await Promise.all([
    house.notes.read(actor.organisation, [...new Set(ids.filter((note) => note !== ''))]),
    house.users.of(actor.organisation),
  ]);
  return ok({
    incident,
    proposal: proposeSeverity(facts),
    cases: nearestCases(facts, house.law.cases()),
    entries: [...entries].reverse(),
    words,
    names: new Map(users.map(({ id: user, name }) => [user, name])),
  });
}
