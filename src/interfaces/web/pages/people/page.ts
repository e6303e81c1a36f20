import { viewIncident } from '../../../../application/incident/view-incident.ts';
import { goesOnPaper } from '../../../../application/people/on-paper.ts';
import { viewPeople, type PersonRow } from '../../../../application/people/view-people.ts';
import type { DomainError } from '../../../../domain/errors.ts';
import { PEOPLE_FORGOTTEN } from '../../../../domain/incident/forgetting.ts';
import { DELIVERY_STATES, isSettled, needsSomebody } from '../../../../domain/people/person.ts';
import { refuse } from '../../answers/errors.ts';
import { NO_ERRORS, type FormErrors } from '../../answers/problems.ts';
import { show } from '../../answers/show.ts';
import { param, query } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { noticePath } from '../notice/paths.ts';
import { forgottenWords } from '../forget/words.ts';
import { placeName } from '../places.ts';
import { personForms, type Typed } from './forms.ts';

/** A form of one person that was refused, as it was typed. */
export interface Refused {
  readonly batch: number;
  readonly position: number;
  readonly errors: FormErrors;
  readonly typed: Typed;
}

export interface Place {
  readonly incident: string;
  readonly notice: string;
}

export function placeOf(visit: StaffVisit): Place {
  return { incident: param(visit, 'incident'), notice: param(visit, 'notice') };
}

export function peoplePath(visit: StaffVisit): string {
  return `${noticePath(visit)}/people`;
}

export async function showPeople(visit: StaffVisit): Promise<void> {
  await showPeoplePage(visit, null, 200);
}

/** The people with their addresses, for those who may; looking is recorded. */
export async function showPeoplePage(
  visit: StaffVisit,
  refused: Refused | null,
  status: number,
): Promise<void> {
  const people = await viewPeople(visit.parts.house, visit.actor, placeOf(visit));
  if (!people.ok) {
    if (!(await showForgotten(visit, people.error))) refuse(visit, people.error);
    return;
  }
  const { say } = visit;
  const rows = people.value;
  const asked = query(visit, 'state');
  const wanted = asked === '' ? rows : rows.filter(({ state }) => state === asked);
  const paper = rows.filter(({ person, state }) => goesOnPaper(person, state));
  const model = {
    title: say('people.title'),
    section: 'incidents' as const,
    back: noticePath(visit),
    path: peoplePath(visit),
    errors: refused?.errors.summary ?? NO_ERRORS.summary,
    stillOpen: say('each-person.open', { count: rows.filter(({ state }) => !isSettled(state)).length }),
    ...filterModel(visit, rows),
    shortened:
      wanted.length > MOST ? say('each-person.shortened', { most: MOST, count: wanted.length }) : null,
    // Whom somebody must do something about comes first; else the order of the list.
    rows: [...wanted]
      .sort((a, b) => Number(needsSomebody(b.state)) - Number(needsSomebody(a.state)))
      .slice(0, MOST)
      .map((row) => rowModel(visit, row, refused)),
    paper: visit.may('letters.dispatch')
      ? {
          lead: say('each-person.print-lead', { count: paper.length }),
          some: paper.length > 0,
          posted: say('each-person.posted', { count: paper.length }),
          people: paper.map(({ batch, position }) => `${batch}/${position}`),
        }
      : null,
  };
  show(visit, 'people/people', model, status);
}

/** More people than this are not read one by one on a page: a state, or the file, is better. */
const MOST = 200;

/** The states that somebody is in, each as a link to only those; and what is shown as a file. */
function filterModel(visit: StaffVisit, rows: readonly PersonRow[]): object {
  const { say } = visit;
  const path = peoplePath(visit);
  const asked = query(visit, 'state');
  const link = (state: string, word: string, count: number): object => ({
    href: state === '' ? path : `${path}?state=${state}`,
    word: say('each-person.filter', { word, count }),
    current: asked === state,
  });
  const states = DELIVERY_STATES.map((state) => ({
    state,
    count: rows.filter((row) => row.state === state).length,
  }));
  return {
    filters: [
      link('', say('each-person.everyone'), rows.length),
      ...states
        .filter(({ count }) => count > 0)
        .map(({ state, count }) => link(state, say(`delivery.${state}`), count)),
    ],
    csv: asked === '' ? `${path}.csv` : `${path}.csv?state=${encodeURIComponent(asked)}`,
  };
}

/** In place of people that are forgotten: when and by whom. @returns false where it is something else */
async function showForgotten(visit: StaffVisit, error: DomainError): Promise<boolean> {
  if (error.kind !== 'wrong-state' || error.key !== PEOPLE_FORGOTTEN) return false;
  const view = await viewIncident(visit.parts.house, visit.actor, placeOf(visit).incident);
  const forgotten = view.ok && view.value.incident.forgotten;
  if (!forgotten) return false;
  show(visit, 'forget/people', {
    title: visit.say('people.title'),
    section: 'incidents',
    back: noticePath(visit),
    words: forgottenWords(visit, forgotten, view.value.names),
  });
  return true;
}

function rowModel(visit: StaffVisit, row: PersonRow, refused: Refused | null): object {
  const { person, batch, position, state } = row;
  const { say, locale } = visit;
  const isRefused = refused?.batch === batch && refused.position === position;
  return {
    id: `p-${batch}-${position}`,
    name: person.name,
    email: person.email,
    postal: person.postal?.join(', ') ?? '',
    language: person.language ?? '',
    country: person.country === undefined ? '' : placeName(person.country, locale),
    state: say(`delivery.${state}`),
    what: say(`delivery-what.${state}`),
    attention: needsSomebody(state),
    href: `${noticePath(visit)}/letters/${batch}/${position}`,
    more: say('each-person.more', { name: person.name }),
    forms: visit.may('letters.dispatch')
      ? personForms(visit, row, isRefused ? refused : { errors: NO_ERRORS, typed: {} })
      : null,
    unfolded: isRefused,
  };
}
