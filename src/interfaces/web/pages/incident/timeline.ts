import { Temporal } from 'temporal-polyfill';
import type { IncidentView } from '../../../../application/incident/view-incident.ts';
import type { Timeline } from '../../../../application/incident/view-timeline.ts';
import type { Entry } from '../../../../domain/register/entry.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { eventValues, reasonOf } from './event-words.ts';

const SHOWN = 12;

/** What happened, newest first, with the head of the chain below. */
export function timelineModel(visit: StaffVisit, view: IncidentView, timeline: Timeline): object {
  const rows = eventsModel(visit, view, timeline);
  return {
    rows: rows.slice(0, SHOWN),
    older: Math.max(0, rows.length - SHOWN),
    href: `/incidents/${view.incident.id}/timeline`,
    head: headWords(visit, view),
  };
}

/** How many entries there are, and the hash in which they all are. */
export function headWords({ say }: StaffVisit, { incident: { register } }: IncidentView): string {
  return say('timeline.head', { count: register.sequence, hash: hashWords(register.head) });
}

/** One line of a timeline. */
export interface EventRow {
  readonly at: Temporal.Instant;
  readonly iso: string;
  readonly when: string;
  readonly icon: string;
  readonly look: string;
  readonly words: string;
  readonly small: string;
}

/** Entries as lines, in their order. */
export function eventsModel(visit: StaffVisit, view: IncidentView, timeline: Timeline): readonly EventRow[] {
  return grouped(timeline.entries).map((group) => rowModel(visit, view, timeline.words, group));
}

interface Group {
  readonly entry: Entry;
  /** How many entries of this kind stand together. */
  readonly count: number;
}

/** Duties are judged by the dozen whenever a fact changes: what was judged at once is one line. */
function grouped(entries: readonly Entry[]): readonly Group[] {
  const groups: Group[] = [];
  for (const entry of entries) {
    const last = groups.at(-1);
    const together =
      entry.type === JUDGED &&
      last?.entry.type === JUDGED &&
      last.entry.at.equals(entry.at) &&
      last.entry.by === entry.by;
    if (last && together) groups[groups.length - 1] = { entry, count: last.count + 1 };
    else groups.push({ entry, count: 1 });
  }
  return groups;
}

const JUDGED = 'obligation-judged';

/** Groups of four, so that two people can read it to each other. */
export function hashWords(hash: string): string {
  return hash.match(/.{1,4}/g)?.join(' ') ?? hash;
}

const ICONS: Readonly<Record<string, readonly [icon: string, look: string]>> = {
  'incident-logged': ['overdue', 'accent'],
  'fact-changed': ['on-time', ''],
  'narrative-changed': ['doc', ''],
  'obligation-judged': ['on-time', ''],
  'obligation-decided': ['not-required', 'accent'],
  'task-done': ['met', 'met'],
  'task-not-needed': ['not-required', ''],
  'task-reopened': ['open', ''],
  'stage-closed': ['met', 'met'],
  'gate-overridden': ['due-soon', 'accent'],
  'stage-reopened': ['open', 'accent'],
  'reminder-sent': ['bell', ''],
  'notice-approved': ['lock', 'accent'],
  'notice-approved-by-its-author': ['lock', 'accent'],
  'notice-submitted': ['waiting', 'accent'],
  'notice-filed': ['met', 'met'],
  'dispatch-started': ['mail', 'accent'],
  'people-told': ['met', 'met'],
  'people-listed': ['mail', ''],
  'person-told': ['met', ''],
  'letter-bounced': ['overdue', ''],
  'letters-printed': ['doc', ''],
  'note-added': ['doc', ''],
  'evidence-added': ['lock', ''],
  'leader-appointed': ['on-time', 'accent'],
  restricted: ['lock', 'accent'],
  'law-taken-over': ['doc', 'accent'],
  'playbook-taken-over': ['doc', 'accent'],
};

function rowModel(
  visit: StaffVisit,
  view: IncidentView,
  words: Timeline['words'],
  { entry, count }: Group,
): EventRow {
  const { times, say, parts } = visit;
  const [icon, look] = ICONS[entry.type] ?? ['doc', ''];
  const key = count > 1 ? 'event.judged-together' : `event.${entry.type}`;
  const who = entry.by === 'tocsin' ? say('event-by.tocsin') : (view.names.get(entry.by) ?? entry.by);
  return {
    at: entry.at,
    iso: entry.at.toString(),
    when: times.short(entry.at),
    icon,
    look,
    words: parts.words.has('en', key)
      ? say(key, { ...eventValues(visit, view, words, entry), together: count })
      : entry.type,
    small: [who, ...reasonOf(words, entry)].join(' · '),
  };
}
