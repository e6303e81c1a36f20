import type { WallClock, WallRow, WaitingNotice } from '../../../application/wall/view-wall.ts';
import { bool, count, id, iso, list, maybe, moment, shape, text } from './pieces.ts';

export const incidentRow = shape({
  id,
  reference: text,
  title: text,
  kind: text,
  state: text,
  drill: bool,
  stage: text,
  owner: shape({ id, name: text }),
  loggedAt: moment,
  people: maybe(count).description('How many people, if it is known; the upper end of a range.'),
  nextDueAt: maybe(moment),
  standing: maybe(text),
}).description('An incident as lists show it.');

export function incidentRowOf({ id: own, card, ownerName, standing }: WallRow): object {
  const { reference, title, kind, state, drill, stage, owner, loggedAt, people, nextDueAt } = card;
  return {
    id: own,
    reference,
    title,
    kind,
    state,
    drill,
    stage,
    owner: { id: owner, name: ownerName },
    loggedAt: iso(loggedAt),
    people,
    nextDueAt: iso(nextDueAt),
    standing,
  };
}

export const wallClock = shape({
  incident: id,
  reference: text,
  title: text,
  duty: text.description('The key of the duty in this incident.'),
  dutyTitle: text,
  recipient: maybe(text),
  decision: text,
  standing: text,
  startedAt: maybe(moment),
  dueAt: maybe(moment),
  waitsFor: maybe(text),
}).description('A clock that runs, or waits.');

export function wallClockOf(clock: WallClock): object {
  const { incident, reference, title, key, dutyTitle, recipient, decision, standing, waitsFor } = clock;
  return {
    incident,
    reference,
    title,
    duty: key,
    dutyTitle,
    recipient: recipient ?? null,
    decision,
    standing,
    startedAt: iso(clock.startedAt),
    dueAt: iso(clock.dueAt),
    waitsFor: waitsFor ?? null,
  };
}

export const waitingNotice = shape({
  incident: id,
  reference: text,
  title: text,
  notice: id,
  kind: text,
  since: moment,
}).description('A notice that waits for the approval of whose token this is.');

export function waitingNoticeOf({ incident, reference, title, notice, kind, since }: WaitingNotice): object {
  return { incident, reference, title, notice, kind, since: iso(since) };
}

export const wall = shape({
  now: moment,
  dated: list(wallClock),
  undated: list(wallClock),
  waiting: list(waitingNotice),
  open: list(incidentRow),
});
