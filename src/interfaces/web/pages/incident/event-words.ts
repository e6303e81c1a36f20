import { Temporal } from 'temporal-polyfill';
import type { IncidentView } from '../../../../application/incident/view-incident.ts';
import type { Timeline } from '../../../../application/incident/view-timeline.ts';
import type { Entry, Json } from '../../../../domain/register/entry.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { factLabel } from './fact-forms.ts';
import { valueWords } from './fact-words.ts';

const REASONS = ['reason', 'because', 'note', 'unknown', 'lateBecause'] as const;

/** The reason or the text that an entry names, in the words that lie beside the chain. */
export function reasonOf(words: Timeline['words'], { type, data }: Entry): readonly string[] {
  // The new title is the event itself.
  if (type === 'title-changed') return [];
  const said = REASONS.flatMap((name) => words.get(textOf(data[name])) ?? []);
  return said.map((text) => `“${text}”`);
}

/** The values of an event in words: names instead of ids, moments in the zone. */
export function eventValues(
  visit: StaffVisit,
  view: IncidentView,
  words: Timeline['words'],
  { data }: Entry,
): Record<string, unknown> {
  const { say, parts } = visit;
  const key = textOf(data['key']);
  const notice = view.incident.notices.find(({ id }) => id === data['notice']);
  const stage = textOf(data['stage']);
  const decision = textOf(data['decision']);
  const state = textOf(data['state']);
  return {
    task: taskTitle(view, textOf(data['task'])),
    stage: stage === '' ? '' : say(`stage.${stage}`),
    duty: parts.house.law.duty(key.split('@')[0] ?? key)?.title ?? key,
    due: momentWords(visit, data['dueAt']),
    hasDue: data['dueAt'] ? 'yes' : 'no',
    decision: decision === '' ? '' : say(`decision.${decision}`),
    notice: notice ? say(`notice.kind.${notice.kind}`) : '',
    name: nameWords(visit, view, textOf(data['name'])),
    value: givenWords(visit, data),
    assignee: view.names.get(textOf(data['assignee'])) ?? '',
    leader: view.names.get(textOf(data['leader'])) ?? '',
    seen: Array.isArray(data['to']) ? 'some' : 'all',
    people: namesOf(view, data['to']),
    state: state === '' ? '' : say(`state.${state}`),
    title: words.get(textOf(data['note'])) ?? '',
    playbook: playbookTitle(visit, data['playbook']),
    version: versionOf(data['playbook']),
    count: typeof data['count'] === 'number' ? data['count'] : 0,
    told: typeof data['told'] === 'number' ? data['told'] : 0,
    at: momentWords(visit, data['at']),
    late: data['late'] === true ? 'yes' : 'no',
    // A selector of ICU is one word.
    channel: textOf(data['channel']).replace('-', ''),
  };
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

function momentWords({ times, say }: StaffVisit, value: Json | undefined): string {
  const text = textOf(value);
  return text === '' ? say('facts.not-known') : times.full(Temporal.Instant.from(text));
}

function taskTitle({ playbook }: IncidentView, id: string): string {
  const tasks = playbook.stages.flatMap((stage) => stage.tasks);
  return tasks.find((task) => task.id === id)?.title ?? id;
}

function nameWords(visit: StaffVisit, view: IncidentView, name: string): string {
  const prose = `narrative.${name}`;
  if (name === '') return '';
  return visit.parts.words.has('en', prose) ? visit.say(prose) : factLabel(visit, view, name);
}

/** The value that a fact was given, or that it is unknown. */
function givenWords(visit: StaffVisit, data: Entry['data']): string {
  const value = data['value'];
  return value === undefined ? visit.say('timeline.unknown') : valueWords(visit, textOf(data['name']), value);
}

function namesOf({ names }: IncidentView, ids: Json | undefined): string {
  if (!Array.isArray(ids)) return '';
  return ids.map((id) => names.get(textOf(id as Json)) ?? textOf(id as Json)).join(', ');
}

function playbookTitle({ parts }: StaffVisit, playbook: Json | undefined): string {
  const id = fieldOf(playbook, 'id');
  return typeof id === 'string' ? (parts.house.playbooks.byId(id)?.title ?? id) : '';
}

function versionOf(playbook: Json | undefined): number {
  const version = fieldOf(playbook, 'version');
  return typeof version === 'number' ? version : 0;
}

function fieldOf(value: Json | undefined, name: string): Json | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return (value as Readonly<Record<string, Json>>)[name];
}
