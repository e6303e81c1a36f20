import { realTimeOf, timeIn } from '../../../../domain/incident/drill-time.ts';
import type { WallRow } from '../../../../application/wall/view-wall.ts';
import { Temporal } from 'temporal-polyfill';
import type { Card, CardClock } from '../../../../domain/incident/incident.ts';
import { standingOf } from '../../../../domain/incident/standing.ts';
import { STAGES } from '../../../../domain/playbook/types.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { pillFor } from '../../words/standing.ts';
import { REGION } from '../../../shared/words.ts';

/** The nearest deadline that surely counts; what is undecided has no place in a row. */
export function nextClock(card: Card): (CardClock & { readonly dueAt: Temporal.Instant }) | null {
  const dated = card.clocks.flatMap((clock) =>
    clock.decision === 'applies' && clock.dueAt ? [{ ...clock, dueAt: clock.dueAt }] : [],
  );
  return dated.sort((a, b) => Temporal.Instant.compare(a.dueAt, b.dueAt))[0] ?? null;
}

/** An incident as a row of a list. */
export function incidentRow(visit: StaffVisit, { id, card, ownerName }: WallRow): object {
  const { say, times, now } = visit;
  const next = nextClock(card);
  return {
    href: `/incidents/${id}`,
    reference: card.reference,
    title: card.title,
    kind: say(`state.${card.state}`),
    stage: say(`stage.${card.stage}`),
    rail: rowRail(card.stage),
    pill: next ? pillFor(visit, standingOf(next, timeIn(card, now)), next) : null,
    due: next ? times.full(realTimeOf(card, next.dueAt)) : null,
    undated: next ? null : undatedWords(visit, card),
    people: card.people === null ? say('wall.people-unknown') : number(visit, card.people),
    owner: ownerName,
  };
}

/** Why a row has no date: its duties wait for answers, or the law gives them no number. */
function undatedWords({ say }: StaffVisit, { clocks }: Card): string {
  const undecided = clocks.filter(({ decision }) => decision === 'undecided').length;
  return undecided > 0
    ? say('wall.undecided-row', { count: undecided })
    : say('wall.undated-row', { count: clocks.length });
}

export function number({ locale }: Pick<StaffVisit, 'locale'>, value: number): string {
  return NUMBERS[locale].format(value);
}

const NUMBERS = { en: new Intl.NumberFormat(REGION.en), de: new Intl.NumberFormat(REGION.de) };

const STATION_GAP = 22;

/** The stage rail of a row: five stations, 100 by 14. */
function rowRail(stage: string): object {
  const at = stage === 'closed' ? STAGES.length : STAGES.findIndex((known) => known === stage);
  return {
    doneTo: 6 + STATION_GAP * Math.min(at, STAGES.length - 1),
    stations: STAGES.map((_stage, index) => ({
      x: 6 + STATION_GAP * index,
      look: index < at ? 'done' : index === at ? 'here' : 'ahead',
      radius: index === at ? 4.5 : 3.5,
    })),
  };
}
