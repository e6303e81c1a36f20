import { Temporal } from 'temporal-polyfill';
import type { IncidentView, ObligationView } from '../../../../application/incident/view-incident.ts';
import { languageFor, languagesFor } from '../../../../application/notice/prepare.ts';
import type { TraceLine } from '../../../../application/ports/law.ts';
import { recipientOf } from '../../../../domain/incident/recipients.ts';
import type { Obligation } from '../../../../domain/incident/incident.ts';
import { isOpen } from '../../../../domain/incident/standing.ts';
import { kindOf } from '../../../../domain/notice/addressee.ts';
import { parsePeriod } from '../../../../domain/law/period.ts';
import type { NoticeKind } from '../../../../domain/notice/notice.ts';
import { noticeFacts } from '../../../../domain/notice/content-facts.ts';
import { field } from '../../answers/fields.ts';
import { NO_ERRORS, type FormErrors } from '../../answers/problems.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { recipientWords } from '../../words/recipients.ts';
import { pillFor } from '../../words/standing.ts';
import { factLabel, factOf, isOfProfile } from './fact-forms.ts';
import { factHref } from './facts.ts';

/** One duty in full: its clock, why it is due then, what decides it, and what can be done about it. */
export function dutyModel(
  visit: StaffVisit,
  view: IncidentView,
  one: ObligationView,
  errors: FormErrors,
): object {
  const { say } = visit;
  const { obligation, duty, standing, explanation } = one;
  const title = duty?.title ?? obligation.duty;
  const { authority } = obligation;
  const recipient = recipientWords(visit, recipientOf(view.incident, obligation), authority, title);
  const open = isOpen(obligation);
  const { decided } = obligation;
  return {
    key: obligation.key,
    id: dutyId(obligation.key),
    incident: view.incident.id,
    title,
    recipient: recipient ?? '',
    citation: duty?.citation ?? '',
    link: duty?.link ?? '',
    confidence: duty && duty.confidence !== 'sure' ? say(`confidence.${duty.confidence}`) : null,
    pill: pillFor(visit, standing, obligation),
    when: whenWords(visit, one),
    missing: [...new Set(obligation.missing.map(factOf))].map((name) => factLink(visit, view, name)),
    nameThem:
      open && obligation.notify === 'controller' && visit.may('fact.change')
        ? { href: `${dutyHref(view, obligation.key)}#controllers` }
        : null,
    trace: explanation ? traceModel(visit, one) : null,
    prepare: open ? prepareModel(visit, view, one) : null,
    decided: decided
      ? say('duty.decided', {
          name: view.names.get(decided.by) ?? decided.by,
          when: visit.times.short(decided.at),
          reason: view.words.get(decided.reason.id) ?? '',
        })
      : null,
    decide:
      open && visit.may('duty.decide')
        ? {
            ...field(`decide-${obligation.key}`, { label: say('duty.decide-reason'), rows: 2 }, errors),
            name: 'reason',
          }
        : null,
    decideOpen: errors.at(`decide-${obligation.key}`) !== null,
    decideAction: dutyHref(view, obligation.key),
    because: explanation ? becauseModel(visit, explanation.because) : [],
  };
}

/** Why it applies, does not, or is not decided; the most telling reason first. */
function becauseModel(visit: StaffVisit, because: readonly TraceLine[]): readonly object[] {
  return because.slice(0, 3).flatMap((line) => {
    const key = `because.${line.key}`;
    if (!visit.parts.words.has('en', key)) return [];
    return [{ words: visit.say(key, traceValues(visit, line)), cite: line.cite ?? '' }];
  });
}

function whenWords(visit: StaffVisit, { obligation, standing }: ObligationView): string {
  const { say, times } = visit;
  if (obligation.met) return times.full(obligation.met.at);
  if (obligation.dueAt) return times.full(obligation.dueAt);
  if (standing === 'no-number') return say('undated.no-number');
  if (standing === 'not-started') return waitWords(visit, obligation.waitsFor);
  return standing === 'undecided' ? say('undated.undecided') : '';
}

/** What a clock waits for: a moment that nobody has fixed yet, or a notice that must come first. */
function waitWords({ say, parts }: StaffVisit, waitsFor: string | undefined): string {
  if (waitsFor === undefined) return say('undated.waits');
  const [kind = '', id] = waitsFor.split(':');
  if (id !== undefined)
    return say('undated.waits-for-notice', { duty: parts.house.law.duty(id)?.title ?? id });
  return say('undated.waits-for', { what: clockWords({ say, parts }, kind) });
}

function clockWords({ say, parts }: Pick<StaffVisit, 'say' | 'parts'>, clock: string): string {
  const [kind = '', duty] = clock.split(':');
  if (duty !== undefined) return say(`clock.${kind}`, { duty: parts.house.law.duty(duty)?.title ?? duty });
  return parts.words.has('en', `clock.${clock}`) ? say(`clock.${clock}`) : clock;
}

/** The working: each step with its source, the strict deadline and, where readings differ, the later one. */
function traceModel(visit: StaffVisit, { obligation, explanation }: ObligationView): object | null {
  if (!explanation) return null;
  const { times, say } = visit;
  const { dueAt, latestAt, zone } = explanation;
  return {
    steps: explanation.trace.flatMap((line) => stepModel(visit, line)),
    strict: dueAt ? times.full(dueAt) : null,
    later: dueAt && latestAt && !latestAt.equals(dueAt) ? times.full(latestAt) : null,
    zone: say('trace-zone', { zone: zone.replaceAll('_', ' ') }),
    law: obligation.lawHash.slice(0, 8),
  };
}

const ENDS = new Set(['due', 'latest']);

function stepModel(visit: StaffVisit, line: TraceLine): object[] {
  // Where it ends stands in the two boxes below.
  if (ENDS.has(line.key)) return [];
  const key = `trace.${line.key}`;
  const known = visit.parts.words.has('en', key);
  return [
    {
      words: known ? visit.say(key, traceValues(visit, line)) : `${line.key} ${JSON.stringify(line.values)}`,
      cite: line.cite ?? '',
    },
  ];
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The values of a step as people read them: days, moments, periods and clocks in words. */
function traceValues(visit: StaffVisit, { values, at }: TraceLine): Record<string, unknown> {
  const { times } = visit;
  const words: Record<string, unknown> = { at: at ? times.full(at) : '' };
  for (const [name, value] of Object.entries(values)) {
    if (typeof value !== 'string') words[name] = value;
    else if (DAY.test(value)) words[name] = dayWords(visit, value);
    else if (/^\d{4}-\d{2}-\d{2}T.*(?:Z|[+-]\d\d:\d\d)$/.test(value))
      words[name] = times.full(Temporal.Instant.from(value));
    else if (name === 'clock' || name === 'waitsFor') words[name] = clockWords(visit, value);
    else if (name === 'period') words[name] = periodWords(visit, value);
    else if (name === 'duty') words[name] = visit.parts.house.law.duty(value)?.title ?? value;
    else words[name] = value;
  }
  if (typeof values['minutes'] === 'number') words['hours'] = values['minutes'] / 60;
  return words;
}

function dayWords({ times }: StaffVisit, day: string): string {
  return times.date(Temporal.PlainDate.from(day).toZonedDateTime(times.zone).toInstant());
}

function periodWords({ say }: StaffVisit, text: string): string {
  const period = parsePeriod(text);
  switch (period?.kind) {
    case 'elapsed':
      return period.minutes % 60 === 0
        ? say('period.hours', { count: period.minutes / 60 })
        : say('period.minutes', { count: period.minutes });
    case 'days':
      return say('period.days', { count: period.days });
    case 'months':
      return say('period.months', { count: period.months });
    case 'business-days':
      return say('period.business-days', { count: period.days });
    case 'none':
      return say('period.none');
    default:
      return text;
  }
}

/** A duty that a notice can meet and that has none yet. */
function prepareModel(
  visit: StaffVisit,
  view: IncidentView,
  { obligation }: Pick<ObligationView, 'obligation'>,
): object | null {
  const kind = kindOf(obligation);
  if (!kind || !visit.may('notice.write')) return null;
  // Each controller gets its own: before they are named there is nobody to write to.
  if (kind === 'controller' && obligation.recipient === undefined) return null;
  const there = noticeFor(view, { obligation });
  if (there) return { href: `/incidents/${view.incident.id}/notices/${there.id}`, kind, locales: [] };
  return {
    href: null,
    kind,
    button: visit.say(`duty.prepare.${kind}`),
    locales: localesModel(visit, view, kind, obligation),
    many: kind === 'letter',
    recipient:
      kind === 'partners'
        ? field(
            'recipient',
            {
              label: visit.say('controllers.recipient'),
              hint: visit.say('controllers.recipient-hint'),
              max: 200,
            },
            NO_ERRORS,
          )
        : null,
  };
}

/** The notice that was begun for a duty, if any. */
export function noticeFor(
  { incident }: IncidentView,
  { obligation }: Pick<ObligationView, 'obligation'>,
): IncidentView['incident']['notices'][number] | undefined {
  return incident.notices.find(({ obligations }) => obligations.includes(obligation.key));
}

/**
 * The languages in which it can be written, and those proposed: our own, and for a letter those that the people
 * affected read, as far as the facts say where they live.
 */
export function localesModel(
  visit: StaffVisit,
  view: IncidentView,
  kind: NoticeKind,
  obligation: Pick<Obligation, 'authority'> = {},
): readonly object[] {
  const { noticeWriter } = visit.parts.house;
  const all = languagesFor(visit.parts.house, kind, [obligation]);
  const places = kind === 'letter' ? (noticeFacts(view.incident).places ?? []) : [];
  const read = places.map((country) => noticeWriter.localeFor({ name: '', email: '', country }, all));
  const taken =
    kind === 'letter' ? null : languageFor(visit.parts.house, [obligation], view.organisation.locale);
  const chosen = new Set(taken === null ? [view.organisation.locale, ...read] : [taken]);
  return all.map((locale) => ({
    value: locale,
    label: visit.say(`language.${locale}`),
    chosen: chosen.has(locale) || all.length === 1,
  }));
}

/** Where a fact is given: on this page, or in the profile of the organisation. */
export function factLink(
  visit: StaffVisit,
  view: IncidentView,
  name: string,
): { href: string; words: string } {
  const words = asksForState(view, name) ? visit.say('fact.subjects-us-state') : factLabel(visit, view, name);
  if (name.startsWith('answered.')) return { href: dutyHref(view, keyOf(view, name)), words };
  if (isOfProfile(name) && visit.may('settings.change')) return { href: '/settings', words };
  return { href: factHref(view, name), words };
}

/** Fifty laws wait for one word where people live in the United States and nobody said in which state. */
function asksForState({ incident }: Pick<IncidentView, 'incident'>, name: string): boolean {
  return name === 'subjects' && (noticeFacts(incident).places ?? []).includes('US');
}

/** The obligation that asks a question of its own. */
function keyOf({ obligations }: IncidentView, name: string): string {
  const duty = name.slice('answered.'.length);
  return obligations.find(({ obligation }) => obligation.duty === duty)?.obligation.key ?? duty;
}

export function dutyId(key: string): string {
  return `d-${key.replace(/[^\w-]+/g, '-')}`;
}

export function dutyHref(view: Pick<IncidentView, 'incident'>, key: string): string {
  return `/incidents/${view.incident.id}/duties/${encodeURIComponent(key)}`;
}
