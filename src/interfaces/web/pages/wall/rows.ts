import type { WallRow } from '../../../../application/wall/view-wall.ts';
import { STAGES } from '../../../../domain/playbook/types.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { pillFor } from '../../words/standing.ts';
import { REGION } from '../../words/words.ts';

/** An incident as a row of a list. */
export function incidentRow(visit: StaffVisit, { id, card, ownerName, standing }: WallRow): object {
  const { say, times } = visit;
  const undated = card.clocks.length;
  return {
    href: `/incidents/${id}`,
    reference: card.reference,
    title: card.title,
    kind: say(`state.${card.state}`),
    stage: say(`stage.${card.stage}`),
    rail: rowRail(card.stage),
    pill: standing === null ? null : pillFor(visit, standing, { dueAt: card.nextDueAt }),
    due: card.nextDueAt ? times.full(card.nextDueAt) : null,
    undated: card.nextDueAt ? null : say('wall.undated-row', { count: undated }),
    people: card.people === null ? say('wall.people-unknown') : number(visit, card.people),
    owner: ownerName,
  };
}

export function number({ locale }: Pick<StaffVisit, 'locale'>, value: number): string {
  return new Intl.NumberFormat(REGION[locale]).format(value);
}

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
