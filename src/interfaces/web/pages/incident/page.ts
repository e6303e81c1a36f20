import { Temporal } from 'temporal-polyfill';
import { isOpen } from '../../../../domain/incident/standing.ts';
import { viewIncident, type IncidentView } from '../../../../application/incident/view-incident.ts';
import type { InvalidInput } from '../../../../domain/errors.ts';
import { refuse } from '../../answers/errors.ts';
import { formErrors, NO_ERRORS, type FormErrors } from '../../answers/problems.ts';
import { show, type Shown } from '../../answers/show.ts';
import { param } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { stretchParts } from '../../words/standing.ts';
import { heroPill } from '../wall/wall.ts';
import { number } from '../wall/rows.ts';
import { bannersModel, boxesModel, readBeside, type Beside } from './beside.ts';
import { dutiesModel } from './duties.ts';
import { asksModel } from './asks.ts';
import { factsModel } from './facts.ts';
import { noticesModel } from './notices.ts';
import { closedModel } from './closed.ts';
import { closeModel, railModel } from './rail.ts';
import { roomsModel } from './rooms.ts';
import { doNowModel, stagesModel } from './tasks.ts';
import { timelineModel } from './timeline.ts';

export async function showIncident(visit: StaffVisit): Promise<void> {
  await showIncidentPage(visit, NO_ERRORS, 200);
}

/** A form of the incident's page was refused: the page again, with what is wrong on top and at its place. */
export async function showRefusedForm(
  visit: StaffVisit,
  error: InvalidInput,
  fieldOf: (path: string) => string | undefined,
): Promise<void> {
  await showIncidentPage(visit, formErrors(visit, error, fieldOf), 422);
}

/** The incident as one page, with what is wrong with a form of it. */
export async function showIncidentPage(visit: StaffVisit, errors: FormErrors, status: number): Promise<void> {
  const { house } = visit.parts;
  const id = param(visit, 'incident');
  const view = await viewIncident(house, visit.actor, id);
  if (!view.ok) {
    refuse(visit, view.error);
    return;
  }
  const beside = await readBeside(visit, id);
  show(visit, 'incident/incident', incidentModel(visit, view.value, beside, errors), status);
}

function incidentModel(visit: StaffVisit, view: IncidentView, beside: Beside, errors: FormErrors): Shown {
  const { incident } = view;
  return {
    title: `${incident.title} · ${incident.reference}`,
    section: 'incidents',
    errors: errors.summary,
    id: incident.id,
    reference: incident.reference,
    heading: incident.title,
    lead: leadWords(visit, view),
    zone: incident.zone,
    clock: clockModel(visit, view),
    rail: railModel(visit, view),
    banners: bannersModel(visit, view, beside),
    boxes: boxesModel(visit, view, beside),
    doNow: doNowModel(visit, view),
    closed: closedModel(visit, view),
    stages: stagesModel(visit, view, beside.timeline, errors),
    close: closeModel(visit, view, errors),
    duties: dutiesModel(visit, view),
    facts: factsModel(visit, view, errors),
    asks: asksModel(visit, view, errors),
    notices: noticesModel(visit, view),
    rooms: roomsModel(visit, view),
    timeline: timelineModel(visit, view, beside.timeline),
    mayChange: visit.may('fact.change'),
  };
}

function leadWords(visit: StaffVisit, { incident, playbook, names }: IncidentView): string {
  const { say } = visit;
  const { people, owner } = incident.card;
  return [
    say(`state.${incident.state}`),
    playbook.title,
    people === null
      ? say('incident.people-unknown')
      : say('incident.people', { people: number(visit, people), count: people }),
    say('incident.owner', { name: names.get(owner) ?? '?' }),
  ].join(' · ');
}

/** The next deadline that is sure; else the next that only may be owed, and says so. */
function clockModel(visit: StaffVisit, { obligations, now }: IncidentView): object | null {
  const dated = obligations
    .filter(({ obligation }) => isOpen(obligation))
    .flatMap(({ obligation: { dueAt, decision }, standing }) =>
      dueAt && decision !== 'does-not-apply' ? [{ dueAt, decision, standing }] : [],
    )
    .sort((a, b) => Temporal.Instant.compare(a.dueAt, b.dueAt));
  const next = dated.find(({ decision }) => decision === 'applies') ?? dated[0];
  if (!next) return null;
  const { say, times } = visit;
  const sure = next.decision === 'applies';
  const late = sure && next.standing === 'overdue';
  return {
    eyebrow: say(!sure ? 'wall.maybe-deadline' : late ? 'wall.longest-overdue' : 'wall.next-deadline'),
    late,
    parts: stretchParts(visit, now, next.dueAt),
    when: times.full(next.dueAt),
    iso: next.dueAt.toString(),
    pill: heroPill(visit, next),
  };
}
