import { Temporal } from 'temporal-polyfill';
import type { IncidentView } from '../../../../application/incident/view-incident.ts';
import type { Timeline } from '../../../../application/incident/view-timeline.ts';
import type { Entry, Json } from '../../../../domain/register/entry.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { valueWords } from './fact-words.ts';

type Data = Readonly<Record<string, Json>>;

/** What was said of a fact, one entry of the register each: its value in words, or why it was not known. */
type Said = string | null;

/** Puts a value into words: a fact's by its kind, an answer's by its question. */
type InWords = (visit: StaffVisit, name: string, value: Json) => string;

interface Reading {
  readonly visit: StaffVisit;
  readonly words: Timeline['words'];
  readonly inWords: InWords;
}

/**
 * Everything that was said of these facts (`awareAt`, `answers.ID`, or `state`), the newest first, as the register
 * holds it.
 */
export function saidBefore(
  visit: StaffVisit,
  view: Pick<IncidentView, 'names'>,
  { entries, words }: Timeline,
  names: readonly string[],
  inWords: InWords = valueWords,
): readonly object[] {
  return entries.flatMap((entry) => {
    const said = names
      .map((name) => saidIn({ visit, words, inWords }, entry, name))
      .filter((one): one is string => one !== null);
    if (said.length === 0) return [];
    const { at, by } = entry;
    const reason = ['because', 'reason'].map((key) => words.get(textOf(entry.data[key])) ?? '');
    const late = words.get(idOf(entry.data['awareBecause'])) ?? '';
    return [
      {
        iso: at.toString(),
        when: visit.times.short(at),
        icon: 'doc',
        look: '',
        words: said.join(' · '),
        small: [view.names.get(by) ?? by, ...[...reason, late].filter((text) => text !== '')].join(' · '),
      },
    ];
  });
}

function saidIn(reading: Reading, { type, data }: Entry, name: string): Said {
  const { visit, inWords } = reading;
  const { say } = visit;
  if (name === 'state') return type === 'state-changed' ? say(`state.${textOf(data['state'])}`) : null;
  switch (type) {
    case 'incident-logged': {
      const given = (data['facts'] as Data | undefined)?.[name];
      if (given !== undefined) return say('fact-history.given', { value: inWords(visit, name, given) });
      const open = (data['unknown'] as Data | undefined)?.[name];
      return open === undefined ? null : unknownWords(reading, idOf(open));
    }
    case 'fact-changed':
    case 'exception-used':
      if (data['name'] === name) return givenWords(reading, name, data);
      return settledWords(reading, name, data['settles']);
    case 'state-changed': {
      const at = data['awareAt'];
      if (name !== 'awareAt' || typeof at !== 'string') return null;
      return say('fact-history.with-state', { value: visit.times.full(Temporal.Instant.from(at)) });
    }
    default:
      return null;
  }
}

/** An answer of the playbook that settled the fact. */
function settledWords(reading: Reading, name: string, settles: Json | undefined): Said {
  const data = settles as Data | null | undefined;
  if (!data || data['name'] !== name) return null;
  return reading.visit.say('fact-history.settled', { value: givenWords(reading, name, data) });
}

function givenWords(reading: Reading, name: string, data: Data): string {
  const value = data['value'];
  if (value !== undefined) return reading.inWords(reading.visit, name, value);
  return unknownWords(reading, textOf(data['unknown']));
}

function unknownWords({ visit, words }: Reading, id: string): string {
  return visit.say('fact-history.unknown', { reason: words.get(id) ?? '' });
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

function idOf(value: Json | undefined): string {
  return typeof value === 'object' && value !== null ? textOf((value as Data)['id']) : '';
}
