import { Temporal } from 'temporal-polyfill';
import type { IncidentView } from '../../../../application/incident/view-incident.ts';
import type { Entry, Json } from '../../../../domain/register/entry.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { factLabel } from './fact-forms.ts';

const SHOWN = 12;

/** What happened, newest first, with the head of the chain below. */
export function timelineModel(visit: StaffVisit, view: IncidentView, entries: readonly Entry[]): object {
  const rows = grouped(entries).map((group) => rowModel(visit, view, group));
  const { sequence, head } = view.incident.register;
  return {
    rows: rows.slice(0, SHOWN),
    older: rows.slice(SHOWN),
    head: visit.say('timeline.head', { count: sequence, hash: hashWords(head) }),
  };
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
};

function rowModel(visit: StaffVisit, view: IncidentView, { entry, count }: Group): object {
  const { times, say, parts } = visit;
  const [icon, look] = ICONS[entry.type] ?? ['doc', ''];
  const key = count > 1 ? 'event.judged-together' : `event.${entry.type}`;
  const who = entry.by === 'tocsin' ? say('event-by.tocsin') : (view.names.get(entry.by) ?? entry.by);
  return {
    iso: entry.at.toString(),
    when: times.short(entry.at),
    icon,
    look,
    words: parts.words.has('en', key)
      ? say(key, { ...eventValues(visit, view, entry), together: count })
      : entry.type,
    small: [who, ...reasonOf(view, entry)].join(' · '),
  };
}

function reasonOf(view: IncidentView, { data }: Entry): string[] {
  const note = [data['reason'], data['because'], data['note']].find((id) => typeof id === 'string');
  const words = typeof note === 'string' ? view.words.get(note) : undefined;
  return words === undefined ? [] : [`“${words}”`];
}

/** The values of an event in words: names instead of ids, moments in the zone. */
function eventValues(visit: StaffVisit, view: IncidentView, { data }: Entry): Record<string, unknown> {
  const { say, times } = visit;
  const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
  const moment = (value: Json | undefined): string =>
    typeof value === 'string' && value !== ''
      ? times.full(Temporal.Instant.from(value))
      : say('facts.not-known');
  const task = view.tasks.find((candidate) => candidate.task.id === data['task'])?.task.title;
  const stage = text(data['stage']);
  const key = text(data['key']);
  const duty = visit.parts.house.law.duty(key.split('@')[0] ?? key)?.title ?? key;
  const notice = view.incident.notices.find(({ id }) => id === data['notice']);
  const name = text(data['name']);
  return {
    task: task ?? text(data['task']),
    stage: stage === '' ? '' : say(`stage.${stage}`),
    duty,
    due: moment(data['dueAt']),
    hasDue: data['dueAt'] ? 'yes' : 'no',
    decision: text(data['decision']) === '' ? '' : say(`decision.${text(data['decision'])}`),
    notice: notice ? say(`notice.kind.${notice.kind}`) : '',
    name: name === '' ? '' : nameOf(visit, view, name),
    assignee: view.names.get(text(data['assignee'])) ?? '',
    count: typeof data['count'] === 'number' ? data['count'] : 0,
    told: typeof data['told'] === 'number' ? data['told'] : 0,
    at: moment(data['at']),
    late: data['late'] === true ? 'yes' : 'no',
  };
}

function nameOf(visit: StaffVisit, view: IncidentView, name: string): string {
  const prose = `narrative.${name}`;
  return visit.parts.words.has('en', prose) ? visit.say(prose) : factLabel(visit, view, name);
}
