import type { IncidentView } from '../../../../application/incident/view-incident.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { riskOf } from '../assessment/decision.ts';
import { supplierModel } from './supplier.ts';

/** The parts of an incident that have pages of their own, in short: severity, supplier, questions of authorities. */
export function roomsModel(visit: StaffVisit, view: IncidentView): object {
  const { say } = visit;
  const { incident } = view;
  const open = incident.questions.filter(({ answered }) => !answered).length;
  const base = `/incidents/${incident.id}`;
  return {
    severity: {
      ...severityWords(visit, view),
      href: `${base}/assessment`,
      word: say(visit.may('risk.assess') ? 'severity-box.go' : 'severity-box.see'),
    },
    supplier: supplierModel(visit, view),
    supplierHref: `${base}/supplier`,
    mayChange: visit.may('fact.change'),
    questions: {
      href: `${base}/questions`,
      words: open > 0 || visit.may('task.assign') ? say('authority.link', { open }) : say('authority.none'),
      any: incident.questions.length > 0 || visit.may('task.assign'),
    },
    state: { href: `${base}/state`, words: say('state-page.link') },
  };
}

/** What the calculator advised and what a person decided, or what is still missing of the two. */
function severityWords(
  { say }: StaffVisit,
  { incident }: IncidentView,
): { readonly advice: string; readonly decision: string } {
  const { assessment } = incident;
  const fact = incident.facts['risk'];
  const risk = riskOf(fact);
  return {
    advice: assessment
      ? say('severity-box.advice', {
          risk: say(`risk.${assessment.advice.risk}`),
          score: assessment.advice.score,
        })
      : say('severity-box.none'),
    decision:
      risk !== undefined
        ? say('severity-box.decision', { risk: say(`risk.${risk}`) })
        : say(fact ? 'severity-box.open' : 'severity-box.undecided'),
  };
}
