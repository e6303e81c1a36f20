import {
  takeOverPlaybook,
  viewPlaybookChanges,
  type PlaybookOffer,
} from '../../../../application/incident/take-over-playbook.ts';
import { viewIncident, type IncidentView } from '../../../../application/incident/view-incident.ts';
import type { PlaybookChanges } from '../../../../domain/playbook/changes.ts';
import { refuse } from '../../answers/errors.ts';
import { select } from '../../answers/fields.ts';
import { formError, NO_ERRORS, type FormErrors } from '../../answers/problems.ts';
import { go, show } from '../../answers/show.ts';
import type { Form } from '../../request/form.ts';
import { param, query } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { ofIncident } from '../incident/of-incident.ts';

/** What the incident is led by, and what another text would change; `?to=` names another playbook. */
export async function showPlaybook(visit: StaffVisit): Promise<void> {
  await showPlaybookPage(visit, query(visit, 'to'), NO_ERRORS, 200);
}

export async function takePlaybook(visit: StaffVisit, form: Form): Promise<void> {
  const incident = param(visit, 'incident');
  const to = form.text('to');
  const taken = { incident, shown: form.text('shown'), seen: form.text('seen'), playbook: to };
  const done = await takeOverPlaybook(visit.parts.house, visit.actor, taken, form.key);
  if (done.ok) go(visit, `/incidents/${incident}`, 'playbook');
  else if (done.error.kind === 'stale-version')
    await showPlaybookPage(visit, to, formError('take', visit.say('take-over.faster')), 409);
  else refuse(visit, done.error);
}

async function showPlaybookPage(
  visit: StaffVisit,
  to: string,
  errors: FormErrors,
  status: number,
): Promise<void> {
  const { house } = visit.parts;
  const incident = param(visit, 'incident');
  const view = await viewIncident(house, visit.actor, incident);
  const offer = view.ok
    ? await viewPlaybookChanges(house, visit.actor, { incident, ...(to === '' ? {} : { playbook: to }) })
    : view;
  if (!view.ok || !offer.ok) {
    if (!offer.ok) refuse(visit, offer.error);
    return;
  }
  const { say } = visit;
  const { from } = offer.value;
  const model = {
    title: say('take-over.playbook'),
    section: 'incidents' as const,
    of: ofIncident(view.value.incident, say('take-over.playbook-crumb')),
    errors: errors.summary,
    heading: headingOf(visit, offer.value),
    small: say('take-over.in-use', { title: from.title, version: from.version }),
    groups: groupsOf(visit, view.value, offer.value),
    take: takeModel(visit, offer.value, incident),
    others: select(
      'to',
      { label: say('take-over.other') },
      house.playbooks.all().map(({ id, title }) => ({ value: id, label: title })),
      offer.value.to.id,
      NO_ERRORS,
    ),
    othersAction: `/incidents/${incident}/playbook`,
  };
  show(visit, 'take-over/playbook', model, status);
}

function headingOf({ say }: StaffVisit, { from, to }: PlaybookOffer): string {
  if (from.id !== to.id) return say('take-over.other-heading', { title: to.title });
  return from.hash === to.hash
    ? say('take-over.nothing-new')
    : say('take-over.newer', { title: to.title, version: to.version });
}

function takeModel(visit: StaffVisit, { from, to }: PlaybookOffer, incident: string): object | null {
  if (from.hash === to.hash) return null;
  return {
    action: visit.may('task.assign') ? `/incidents/${incident}/playbook` : null,
    shown: from.hash,
    seen: to.hash,
    to: to.id,
    go: visit.say(from.id === to.id ? 'take-over.go' : 'take-over.go-other', { title: to.title }),
  };
}

interface Line {
  readonly words: string;
  readonly small: string | null;
}

/** What changes, in heaps that a person can go through. */
function groupsOf(visit: StaffVisit, view: IncidentView, offer: PlaybookOffer): readonly object[] {
  const { say } = visit;
  const { changes } = offer;
  const settled = new Set(view.incident.tasks.filter(({ state }) => state !== 'open').map(({ id }) => id));
  const groups: readonly (readonly [string, readonly Line[]])[] = [
    ['tasks-added', changes.added.map((task) => ({ words: task.title, small: task.what }))],
    [
      'tasks-changed',
      changes.changed.map(({ before, after, parts }) => ({
        words:
          before.title === after.title
            ? after.title
            : say('take-over.renamed', { before: before.title, after: after.title }),
        small: parts.map((part) => say(`take-over.part.${part}`)).join(', '),
      })),
    ],
    [
      'tasks-removed',
      changes.removed.map(({ id, title }) => ({
        words: title,
        small: settled.has(id) ? say('take-over.was-settled') : null,
      })),
    ],
    ['asks', asksOf(visit, changes)],
    ['gates', changes.gates.map((stage) => ({ words: say(`stage.${stage}`), small: null }))],
  ];
  return groups
    .filter(([, lines]) => lines.length > 0)
    .map(([name, lines]) => ({
      heading: say(`take-over.group.${name}`, { count: lines.length }),
      lines,
    }));
}

function asksOf({ say }: StaffVisit, changes: PlaybookChanges): readonly Line[] {
  return [
    ...changes.asksAdded.map(({ ask }) => ({ words: ask, small: say('take-over.ask-added') })),
    ...changes.asksChanged.map(({ after }) => ({ words: after.ask, small: say('take-over.ask-changed') })),
    ...changes.asksRemoved.map(({ ask }) => ({ words: ask, small: say('take-over.ask-removed') })),
  ];
}
