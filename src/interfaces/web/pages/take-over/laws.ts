import {
  viewJudgedDifferently,
  type JudgedByOlderLaw,
} from '../../../../application/law/judged-differently.ts';
import { refuse } from '../../answers/errors.ts';
import { show } from '../../answers/show.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { dutyModel } from './law.ts';

/** So many changed duties of an incident stand on the page of all; its own page has the rest. */
const SHOWN = 5;

/** Which open incidents the law as installed now would judge differently, with both answers. */
export async function showLaws(visit: StaffVisit): Promise<void> {
  const found = await viewJudgedDifferently(visit.parts.house, visit.actor);
  if (!found.ok) {
    refuse(visit, found.error);
    return;
  }
  const { say } = visit;
  const different = found.value.filter(({ changes }) => changes.duties.length > 0);
  const same = found.value.filter(({ changes }) => changes.duties.length === 0);
  const model = {
    title: say('laws.title'),
    heading: found.value.length === 0 ? say('laws.none') : say('laws.heading', { count: different.length }),
    different: different.map((one) => incidentModel(visit, one)),
    same: same.map((one) => incidentModel(visit, one)),
  };
  show(visit, 'take-over/laws', model);
}

function incidentModel(visit: StaffVisit, { incident, changes }: JudgedByOlderLaw): object {
  const { say } = visit;
  const { duties, laws, lost } = changes;
  return {
    title: say('laws.incident', { reference: incident.reference, title: incident.title }),
    href: `/incidents/${incident.id}/law`,
    laws: new Intl.ListFormat(visit.locale).format(laws.map(({ title }) => title)),
    lost: lost.length > 0 ? say('take-over.lost', { count: lost.length }) : null,
    duties: duties.slice(0, SHOWN).map((change) => dutyModel(visit, { obligations: [] }, change)),
    more: Math.max(duties.length - SHOWN, 0),
  };
}
