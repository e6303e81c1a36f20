import type { IncidentView, ObligationView } from '../../../../application/incident/view-incident.ts';
import { recipientOf } from '../../../../domain/incident/recipients.ts';
import { undecidedDuties, unmetDuties } from '../../../../domain/incident/unsettled.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { recipientWords } from '../../words/recipients.ts';
import { dutyHref } from './duty-model.ts';

/** A duty that keeps a stage open, or that remained when the incident closed. */
export interface OpenDuty {
  readonly href: string;
  readonly words: string;
}

/** So many are named one by one; with hundreds of laws undecided, the list of duties has the rest. */
const NAMED = 12;

/** The duties of which nobody decided whether they apply, each with its page. */
export function undecidedModel(visit: StaffVisit, view: IncidentView): readonly OpenDuty[] {
  return named(visit, view, new Set(undecidedDuties(view.incident.obligations)), 'closing.undecided');
}

/** The duties that apply and are neither met nor decided otherwise, each with its page. */
export function unmetModel(visit: StaffVisit, view: IncidentView): readonly OpenDuty[] {
  return named(visit, view, new Set(unmetDuties(view.incident.obligations)), 'closing.unmet');
}

function named(
  visit: StaffVisit,
  view: IncidentView,
  open: ReadonlySet<ObligationView['obligation']>,
  key: string,
): readonly OpenDuty[] {
  const own = view.obligations.filter(({ obligation }) => open.has(obligation));
  const rows = own.slice(0, NAMED).map((one) => ({
    href: dutyHref(view, one.obligation.key),
    words: visit.say(key, { duty: dutyName(visit, view, one) }),
  }));
  const more = own.length - rows.length;
  if (more === 0) return rows;
  return [
    ...rows,
    { href: `/incidents/${view.incident.id}/duties`, words: visit.say('closing.more', { count: more }) },
  ];
}

function dutyName(visit: StaffVisit, view: IncidentView, { obligation, duty }: ObligationView): string {
  const title = duty?.title ?? obligation.duty;
  const { authority } = obligation;
  const recipient = recipientWords(visit, recipientOf(view.incident, obligation), authority, title);
  return recipient === null ? title : visit.say('moves.to', { title, recipient });
}
