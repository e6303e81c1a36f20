import type { IncidentView } from '../../../../application/incident/view-incident.ts';
import { STAGES, type Stage } from '../../../../domain/playbook/types.ts';
import { field } from '../../answers/fields.ts';
import type { FormErrors } from '../../answers/problems.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { factLabel } from './fact-forms.ts';
import { factHref } from './facts.ts';
import { undecidedModel, unmetModel } from './open-duties.ts';

/** The five stations: closed, worked on, ahead; the one after the gate says what it waits for. */
export function railModel(visit: StaffVisit, view: IncidentView): readonly object[] {
  const { say, times } = visit;
  return STAGES.map((stage, index) => {
    const record = view.incident.stages.find((candidate) => candidate.stage === stage);
    const closed = record?.state === 'closed';
    const current = view.stage === stage;
    const { done, all } = progress(view, stage);
    const waits = STAGES[index - 1] === view.stage && view.gate && !view.gate.open;
    const missing = waits ? missingModel(visit, view).length : 0;
    return {
      name: say(`stage.${stage}`),
      look: closed ? 'closed' : current ? 'current' : 'ahead',
      state: say(`rail.${closed ? 'closed' : current ? 'current' : 'ahead'}`),
      filled: closed ? 100 : current && all > 0 ? Math.round((100 * done) / all) : 0,
      note:
        closed && record?.at
          ? record.overridden
            ? say('rail.over-gate', { when: times.short(record.at) })
            : times.short(record.at)
          : current
            ? say('rail.tasks-done', { done, all })
            : waits
              ? say('rail.waits', { count: missing })
              : record?.at
                ? say('rail.open-again')
                : '',
      last: index === STAGES.length - 1,
      current,
    };
  });
}

/** Tasks of a stage that are settled, of those that show. */
export function progress(
  { tasks }: Pick<IncidentView, 'tasks'>,
  stage: Stage,
): { done: number; all: number } {
  const own = tasks.filter((view) => view.stage === stage);
  return { done: own.filter(({ state }) => state !== 'open').length, all: own.length };
}

/** Closing the stage: open gate, or what it waits for and, for those with the right, the way over it. */
export function closeModel(visit: StaffVisit, view: IncidentView, errors: FormErrors): object | null {
  const { stage, gate } = view;
  if (stage === 'closed' || !gate || !visit.may('stage.close')) return null;
  const { say } = visit;
  const missing = missingModel(visit, view);
  return {
    stage,
    heading: say(gate.open ? 'close.ready' : 'close.waits', {
      stage: say(`stage.${stage}`),
      count: missing.length,
    }),
    open: gate.open,
    last: stage === 'review',
    missing,
    mayOverride: !gate.open && visit.may('gate.override'),
    reason: field('reason', { label: say('close.reason'), rows: 2, hint: say('close.reason-hint') }, errors),
  };
}

/** For what the gate waits, each thing with the place where it is settled; duties one by one. */
function missingModel(
  visit: StaffVisit,
  view: IncidentView,
): readonly { readonly href: string; readonly words: string }[] {
  const { gate, tasks } = view;
  if (!gate) return [];
  const titles = gate.missing.tasks.map((id) => ({
    href: `#t-${id}`,
    words: tasks.find(({ task }) => task.id === id)?.task.title ?? id,
  }));
  const facts = gate.missing.facts.flatMap((name) => {
    if (name === 'incident.dutiesDecided') return undecidedModel(visit, view);
    if (name === 'incident.dutiesSettled') return unmetModel(visit, view);
    return [{ href: hrefOfFact(view, name), words: factLabel(visit, view, name) }];
  });
  return [...titles, ...facts];
}

/** Matters of the incident that are settled on a page of their own. */
const PAGES: Readonly<Record<string, string>> = {
  'incident.awareness': 'state',
  'incident.leader': 'lead',
  'incident.riskReason': 'assessment',
  'incident.questionsOwned': 'questions',
};

function hrefOfFact(view: IncidentView, name: string): string {
  const page = name.startsWith('supplier.') ? 'supplier' : PAGES[name];
  if (page !== undefined) return `/incidents/${view.incident.id}/${page}`;
  return name.startsWith('incident.') ? '#duties' : factHref(view, name);
}
