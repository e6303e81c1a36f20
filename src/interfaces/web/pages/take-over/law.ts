import {
  takeOverLaw,
  viewLawChanges,
  type DutyChange,
  type LawChanges,
  type Stand,
} from '../../../../application/law/law-changes.ts';
import { viewIncident, type IncidentView } from '../../../../application/incident/view-incident.ts';
import { recipientOf } from '../../../../domain/law/facts.ts';
import { refuse } from '../../answers/errors.ts';
import { formError, NO_ERRORS, type FormErrors } from '../../answers/problems.ts';
import { go, show } from '../../answers/show.ts';
import type { Form } from '../../request/form.ts';
import { param } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { recipientWords } from '../../words/recipients.ts';
import { ofIncident } from '../incident/of-incident.ts';
import { hashWords } from '../incident/timeline.ts';

/** What the law as installed now would judge differently for this incident. */
export async function showLaw(visit: StaffVisit): Promise<void> {
  await showLawPage(visit, NO_ERRORS, 200);
}

export async function takeLaw(visit: StaffVisit, form: Form): Promise<void> {
  const incident = param(visit, 'incident');
  const taken = { incident, shown: form.text('shown') };
  const done = await takeOverLaw(visit.parts.house, visit.actor, taken, form.key);
  if (done.ok) go(visit, `/incidents/${incident}`, 'law');
  else if (done.error.kind === 'stale-version')
    await showLawPage(visit, formError('take', visit.say('take-over.faster')), 409);
  else refuse(visit, done.error);
}

async function showLawPage(visit: StaffVisit, errors: FormErrors, status: number): Promise<void> {
  const { house } = visit.parts;
  const id = param(visit, 'incident');
  const view = await viewIncident(house, visit.actor, id);
  const changes = view.ok ? await viewLawChanges(house, visit.actor, id) : view;
  if (!view.ok || !changes.ok) {
    if (!changes.ok) refuse(visit, changes.error);
    return;
  }
  const { say } = visit;
  const { laws, duties, lost, fingerprint } = changes.value;
  const model = {
    title: say('take-over.law'),
    section: 'incidents' as const,
    of: ofIncident(view.value.incident, say('take-over.law-crumb')),
    errors: errors.summary,
    heading: headingOf(visit, changes.value),
    laws: laws.map(({ title, from, to }) => ({
      title,
      hashes:
        to === null
          ? say('take-over.law-gone', { from: shortHash(from) })
          : say('take-over.law-hashes', { from: shortHash(from), to: shortHash(to) }),
    })),
    lost: lost.length > 0 ? say('take-over.lost', { count: lost.length }) : null,
    duties: duties.map((change) => dutyModel(visit, view.value, change)),
    take:
      laws.length === 0
        ? null
        : { action: visit.may('duty.decide') ? `/incidents/${id}/law` : null, shown: fingerprint },
  };
  show(visit, 'take-over/law', model, status);
}

/** Enough of a hash to tell two texts apart; the record has it whole. */
function shortHash(hash: string): string {
  return hashWords(hash.slice(0, 16));
}

function headingOf({ say }: StaffVisit, { laws, duties }: LawChanges): string {
  if (laws.length === 0) return say('take-over.law-same');
  return duties.length === 0
    ? say('take-over.law-nothing', { count: laws.length })
    : say('take-over.law-changes', { count: duties.length });
}

/** Both answers of one duty, side by side. */
export function dutyModel(
  visit: StaffVisit,
  { obligations }: Pick<IncidentView, 'obligations'>,
  change: DutyChange,
): object {
  const { key, duty, before, after } = change;
  const known = obligations.find(({ obligation }) => obligation.key === key);
  const text = known?.duty ?? visit.parts.house.law.duty(duty);
  const recipient = recipientWords(visit, recipientOf(key), known?.obligation.authority, text?.title);
  return {
    title: text?.title ?? duty,
    recipient,
    citation: text?.citation ?? '',
    before: standWords(visit, before),
    after: standWords(visit, after),
  };
}

function standWords({ say, times }: StaffVisit, stand: Stand | null): string {
  if (!stand) return say('take-over.stand.none');
  const { decision, dueAt, noNumber } = stand;
  const date = dueAt ? 'due' : noNumber ? 'no-number' : 'waits';
  return say(`take-over.stand.${decision}-${date}`, { due: dueAt ? times.full(dueAt) : '' });
}
