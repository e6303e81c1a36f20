import type { IncidentView, ObligationView } from '../../../../application/incident/view-incident.ts';
import { placesWithFew } from '../../../../application/incident/few-people.ts';
import type { DutyText } from '../../../../application/ports/law.ts';
import { recipientOf } from '../../../../domain/incident/recipients.ts';
import { isOpen } from '../../../../domain/incident/standing.ts';
import { kindOf, perNotice } from '../../../../domain/notice/addressee.ts';
import { NOTICE_KINDS } from '../../../../domain/notice/notice.ts';
import { placeOf } from '../../../../domain/law/places.ts';
import { NO_ERRORS } from '../../answers/problems.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { recipientWords } from '../../words/recipients.ts';
import { pillFor } from '../../words/standing.ts';
import { placeName } from '../places.ts';
import { groupsOf, undecidedBy, type DutyGroup } from './duty-groups.ts';
import { dutyHref, dutyId, dutyModel, factLink, localesModel, noticeFor } from './duty-model.ts';
import { openQuestions, waitingWords } from './open-questions.ts';

/**
 * The duties in three heaps: what is owed, in full while that can be read and by what there is to do once it is many;
 * what may be owed, led by the questions that decide it, since ten laws that wait for one answer are one question;
 * and what is settled.
 */
export function dutiesModel(visit: StaffVisit, view: IncidentView): object {
  const { owed, undecided, met, notOwed } = heapsOf(view);
  const shown = [...owed, ...(undecided.length <= FEW ? undecided : [])];
  const many = shown.length > IN_FULL;
  return {
    owed: many ? [] : shown.map((one) => dutyModel(visit, view, one, NO_ERRORS)),
    groups: many ? groupsOf(visit, shown).map((group) => groupModel(visit, view, group, ROWS)) : [],
    none: shown.length === 0,
    questions: questionsModel(visit, view),
    undecided: undecided.length,
    met: met.map((one) => rowModel(visit, view, one)),
    each: eachModel(visit, view),
    all: many || undecided.length + notOwed.length > 0 ? view.obligations.length : 0,
    few: fewModel(visit, view),
  };
}

/** Every duty as a row: the open ones by what there is to do or to answer, the others in their heaps. */
export function allDutiesModel(visit: StaffVisit, view: IncidentView): object {
  const { owed, undecided, met, notOwed } = heapsOf(view);
  const rows = (duties: readonly ObligationView[]): readonly object[] =>
    duties.map((one) => rowModel(visit, view, one));
  return {
    groups: groupsOf(visit, owed).map((group) => groupModel(visit, view, group, Infinity)),
    questions: undecidedBy(openQuestions(view), undecided).map(({ question, duties }) => ({
      ...factLink(visit, view, question.name),
      waiting: waitingWords(visit, question),
      rows: rows(duties),
    })),
    each: eachModel(visit, view),
    undecided: undecided.length,
    settled: [
      { heading: visit.say('duty.met'), rows: rows(met) },
      { heading: visit.say('duty.not-owed'), rows: rows(notOwed) },
    ].filter((heap) => heap.rows.length > 0),
    few: fewModel(visit, view),
  };
}

/** More than so many owed duties are shown by what there is to do, so many of each at first. */
const IN_FULL = 8;
const ROWS = 3;

function groupModel(visit: StaffVisit, view: IncidentView, group: DutyGroup, shown: number): object {
  const rows = group.duties.map((one) => rowModel(visit, view, one));
  return {
    heading: group.heading,
    first: group.first,
    count: rows.length,
    rows: rows.slice(0, shown),
    rest: rows.slice(shown),
    letter: group.doing === 'people' ? lettersModel(visit, view, group.duties) : null,
  };
}

/** One letter for all the people duties that have none yet: the people of forty countries are told once. */
function lettersModel(
  visit: StaffVisit,
  view: IncidentView,
  duties: readonly ObligationView[],
): object | null {
  const without = duties.filter((one) => {
    const { decision } = one.obligation;
    return decision === 'applies' && noticeFor(view, one) === undefined;
  });
  if (without.length < 2 || !visit.may('notice.write')) return null;
  return {
    action: `/incidents/${view.incident.id}/notices`,
    keys: without.map(({ obligation }) => obligation.key),
    button: visit.say('duties.letter-for-all', { count: without.length }),
    locales: localesModel(visit, view, 'letter'),
  };
}

/** One press for all notices of a kind that are owed and not begun, where they are several. */
function eachModel(visit: StaffVisit, view: IncidentView): readonly object[] {
  if (!visit.may('notice.write')) return [];
  const open = view.obligations
    .filter((one) => one.obligation.decision === 'applies' && isOpen(one.obligation) && !noticeFor(view, one))
    .map(({ obligation }) => obligation);
  return NOTICE_KINDS.filter((kind) => kind !== 'letter').flatMap((kind) => {
    const owed = open.filter((obligation) => kindOf(obligation) === kind);
    const named = owed.filter(({ recipient }) => kind !== 'controller' || recipient !== undefined);
    const count = perNotice(named).length;
    if (count < 2) return [];
    const action = `/incidents/${view.incident.id}/notices/each`;
    return [{ kind, action, button: visit.say(`each.${kind}`, { count }) }];
  });
}

/** The way to deciding together what only a few people make owed; null where there is nothing of the kind. */
function fewModel(visit: StaffVisit, view: IncidentView): object | null {
  if (!visit.may('duty.decide')) return null;
  const found = placesWithFew(view, FEW_PEOPLE);
  if (found.length < 2) return null;
  return {
    href: togetherHref(view),
    words: visit.say('duties.few', { count: found.length, people: FEW_PEOPLE }),
  };
}

interface Heaps {
  readonly owed: readonly ObligationView[];
  readonly undecided: readonly ObligationView[];
  readonly met: readonly ObligationView[];
  readonly notOwed: readonly ObligationView[];
}

function heapsOf({ obligations }: IncidentView): Heaps {
  const sorted = [...obligations].sort(byUrgency);
  const open = sorted.filter(({ obligation }) => isOpen(obligation));
  const settled = sorted.filter(({ obligation }) => !isOpen(obligation));
  return {
    owed: open.filter(({ obligation }) => obligation.decision === 'applies'),
    undecided: open.filter(({ obligation }) => obligation.decision === 'undecided'),
    met: settled.filter(({ obligation }) => obligation.met),
    notOwed: settled.filter(({ obligation }) => !obligation.met),
  };
}

/** So many people in a place are few: what only they make owed can be decided together. */
export const FEW_PEOPLE = 5;

export function togetherHref({ incident }: Pick<IncidentView, 'incident'>): string {
  return `/incidents/${incident.id}/duties-together`;
}

/** So many undecided duties are still shown in full. */
const FEW = 6;
const QUESTIONS = 8;

/** Each fact that is missing, with how many duties wait for it and until when. */
function questionsModel(visit: StaffVisit, view: IncidentView): object {
  const rows = openQuestions(view).map((question) => ({
    ...factLink(visit, view, question.name),
    count: waitingWords(visit, question),
  }));
  return { first: rows.slice(0, QUESTIONS), rest: rows.slice(QUESTIONS) };
}

/** What a duty asks, and whom or where: forty laws ask to tell the people affected. */
function titleOf({ say }: StaffVisit, title: string, whereabouts: string | null): string {
  return whereabouts === null ? title : say('duties.row', { title, whereabouts });
}

/** The place of a law that applies in one place alone. */
function onlyPlace({ locale }: StaffVisit, duty: DutyText | null): string | null {
  const { people, established } = duty?.where ?? {};
  const [place, ...others] = people ?? established ?? [];
  return place === undefined || others.length > 0 || placeOf(place) === undefined
    ? null
    : placeName(place, locale);
}

export function rowModel(
  visit: StaffVisit,
  view: IncidentView,
  { obligation, duty, standing }: ObligationView,
): object {
  const { authority } = obligation;
  const title = duty?.title ?? obligation.duty;
  const one = recipientOf(view.incident, obligation);
  const recipient = recipientWords(visit, one, authority, title);
  const place = onlyPlace(visit, duty);
  // Offices of many countries have the same short name; of several offices each is named.
  const whereabouts = one === undefined && isOfCountry(duty) ? (place ?? recipient) : (recipient ?? place);
  return {
    id: dutyId(obligation.key),
    href: dutyHref(view, obligation.key),
    title: titleOf(visit, title, whereabouts),
    citation: duty?.citation ?? '',
    pill: pillFor(visit, standing, obligation),
    due: obligation.dueAt && !obligation.met ? visit.times.full(obligation.dueAt) : '',
  };
}

function isOfCountry(duty: DutyText | null): boolean {
  const { people, established } = duty?.where ?? {};
  return [...(people ?? established ?? [])].every((place) => !place.includes('-'));
}

/** Open ones with a date first, nearest on top; then open without; then what is settled. */
function byUrgency(a: ObligationView, b: ObligationView): number {
  const rank = ({ obligation }: ObligationView): number =>
    !isOpen(obligation) ? 2 : obligation.dueAt ? 0 : 1;
  const due = ({ obligation }: ObligationView): number => obligation.dueAt?.epochMilliseconds ?? 0;
  return rank(a) - rank(b) || due(a) - due(b);
}
