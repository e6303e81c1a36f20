import { Temporal } from 'temporal-polyfill';
import type { Preview, Triggered } from '../../../../application/incident/preview-incident.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { recipientWords } from '../../words/recipients.ts';
import { pillFor, stretchParts, stretchWords } from '../../words/standing.ts';
import { kindName } from './kinds.ts';

/** So many duties stand beside the form; the incident's own page has them all. */
const SHOWN = 4;
const QUESTIONS = 3;

/** What the answers so far set off: the first deadline, the duties, what would decide the rest, the first tasks. */
export function triggersModel(visit: StaffVisit, preview: Preview, chosen: string): object {
  const { say } = visit;
  const sure = preview.triggered
    .filter(({ obligation }) => obligation.decision === 'applies')
    .sort(byUrgency);
  const maybe = preview.triggered.filter(({ obligation }) => obligation.decision === 'undecided');
  return {
    clock: clockModel(visit, sure, maybe),
    duties: sure.slice(0, SHOWN).map((one) => dutyModel(visit, one)),
    more: sure.length > SHOWN ? say('triggers.more', { count: sure.length - SHOWN }) : null,
    undecided:
      maybe.length > 0 ? say('triggers.undecided', { count: maybe.length, sure: sure.length }) : null,
    questions: questionsModel(visit, maybe),
    tasks: preview.tasks.map(({ task, dueAt }) => ({
      title: task.title,
      due: dueAt ? visit.times.hour(dueAt) : null,
    })),
    // Who has chosen one of them needs no advice.
    suggested: preview.suggested.includes(chosen) ? [] : preview.suggested.map((id) => kindName(visit, id)),
  };
}

/** The same in one line, for the bar at the foot of a narrow screen; '' where no clock runs. */
export function barWords(visit: StaffVisit, { triggered }: Preview): string {
  const sure = triggered.filter(({ obligation }) => obligation.decision === 'applies');
  const first = earliest(sure) ?? earliest(triggered);
  if (!first) return '';
  const left = stretchWords(visit, visit.now, first);
  return visit.say(earliest(sure) ? 'triggers.bar' : 'triggers.bar-maybe', { left, count: sure.length });
}

function clockModel(
  visit: StaffVisit,
  sure: readonly Triggered[],
  maybe: readonly Triggered[],
): object | null {
  const first = earliest(sure) ?? earliest(maybe);
  if (!first) return null;
  const { say, now, times } = visit;
  const late = Temporal.Instant.compare(now, first) > 0;
  const key = late ? 'late' : earliest(sure) ? 'first' : 'maybe-first';
  return {
    parts: stretchParts(visit, now, first),
    late,
    words: say(`triggers.${key}`, { when: times.full(first) }),
  };
}

function earliest(those: readonly Triggered[]): Temporal.Instant | null {
  const dates = those.flatMap(({ obligation }) => obligation.dueAt ?? []);
  return dates.sort((a, b) => Temporal.Instant.compare(a, b))[0] ?? null;
}

function dutyModel(visit: StaffVisit, { obligation, duty, standing }: Triggered): object {
  const title = duty?.title ?? obligation.duty;
  const recipient = recipientWords(visit, obligation.recipient, obligation.authority, title);
  return {
    pill: pillFor(visit, standing, obligation),
    title,
    recipient,
    small: duty?.citation ?? '',
  };
}

function byUrgency(a: Triggered, b: Triggered): number {
  const due = ({ obligation }: Triggered): number => obligation.dueAt?.epochMilliseconds ?? Infinity;
  return due(a) === due(b) ? 0 : due(a) - due(b);
}

/** Where on this page, or in the settings, a fact is given. What stands nowhere here is asked after logging. */
const PLACES: Readonly<Record<string, string>> = {
  awareAt: '#f-aware',
  detectedAt: '#f-detectedDay',
  'data.categories': '#f-categories',
  subjects: '#q4',
};

/** What decides most of the rest and can be answered here. */
function questionsModel(visit: StaffVisit, maybe: readonly Triggered[]): readonly object[] {
  const waiting = new Map<string, number>();
  for (const { obligation } of maybe) {
    for (const name of new Set(obligation.missing.map(questionOf)))
      waiting.set(name, (waiting.get(name) ?? 0) + 1);
  }
  return [...waiting]
    .filter(([name]) => visit.parts.words.has('en', `fact.${name}`))
    .sort(([, a], [, b]) => b - a)
    .slice(0, QUESTIONS)
    .map(([name, count]) => ({
      href: PLACES[name] ?? (visit.may('settings.change') && PROFILE.has(name) ? '/settings' : null),
      words: visit.say(`fact.${name}`),
      count: visit.say('questions.waiting', { count }),
    }));
}

function questionOf(name: string): string {
  return name.startsWith('subjects') ? 'subjects' : name;
}

const PROFILE: ReadonlySet<string> = new Set([
  'role',
  'establishments',
  'mainEstablishment',
  'sectors',
  'listed',
]);
