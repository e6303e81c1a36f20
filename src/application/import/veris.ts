import { Temporal } from 'temporal-polyfill';
import { invalid, type InvalidInput } from '../../domain/errors.ts';
import { canonical, sha256 } from '../../domain/register/entry.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { LogForm } from '../incident/log-incident.ts';
import { factsOfVeris } from './veris-facts.ts';
import { playbookOfVeris } from './veris-playbook.ts';
import { isNode, VerisRecord, type Said } from './veris-record.ts';

/** What was put down although the record does not say it in so many words. */
export interface Assumed {
  readonly key: 'name-with-data' | 'records-as-people' | 'playbook-guessed' | 'victim-as-us';
  readonly values: Readonly<Record<string, string | number>>;
}

/** A VERIS record as an incident to log, with all that found no place in it. */
export interface MappedVeris {
  readonly form: LogForm;
  /** The same for the same record, also of another version of the schema: it is one incident. */
  readonly identity: string;
  readonly unmapped: readonly Said[];
  readonly assumed: readonly Assumed[];
}

export interface VerisOptions {
  /** IANA zone of the days in the record. */
  readonly zone: string;
  /** Whether a playbook of this id is installed. */
  readonly hasPlaybook: (id: string) => boolean;
  readonly isPlace: (code: string) => boolean;
}

const TITLE_LIMIT = 120;
const PROSE_LIMIT = 20_000;

/**
 * Maps a record of VERIS (any schema version). It holds days at best, never a time and never a moment of awareness:
 * none is invented, those facts are unknown with that reason. Data varieties that say no more than 'Personal' leave the
 * categories unknown, since a list that misses one would turn laws off.
 */
export function readVeris(input: unknown, options: VerisOptions): Result<MappedVeris, InvalidInput> {
  if (!isNode(input) || !['action', 'incident_id', 'security_incident'].some((name) => name in input)) {
    return fail(invalid('', 'veris.not-a-record'));
  }
  const record = new VerisRecord(input);
  const status = record.text('security_incident');
  if (status === 'False positive') return fail(invalid('security_incident', 'veris.false-positive'));
  const { facts, unknown, categories, subjects, assumed } = factsOfVeris(record, options);
  const occurred = dayOf(record, options.zone);
  const { kind, guessed } = playbookOfVeris(record, options.hasPlaybook);
  const form: LogForm = {
    state: stateOf(record, status),
    kind,
    title: titleOf(record),
    whatHappened: storyOf(record),
    ...reporterOf(record),
    detectedAt: '',
    categories,
    subjects,
    facts: { ...facts, ...occurred },
    unknown: {
      detectedAt: `VERIS gives no day of discovery${sinceOf(record)}.`,
      awareAt: 'VERIS records hold no moment of awareness.',
      ...unknown,
    },
  };
  return ok({
    form,
    identity: record.text('incident_id') ?? sha256(canonical(input)),
    unmapped: record.unread(),
    assumed: [...assumed, ...(guessed ? [{ key: 'playbook-guessed', values: { kind } } as const] : [])],
  });
}

/** VERIS's own measure of a breach: data were surely disclosed. */
function stateOf(record: VerisRecord, status: string | undefined): LogForm['state'] {
  if (status === 'Near miss') return 'near-miss';
  const disclosed = record.text('attribute.confidentiality.data_disclosure');
  return disclosed === 'Yes' && status !== 'Suspected' ? 'breach' : 'suspicion';
}

/** A day is known as the time from its first to its last second there; a month or a year fixes nothing. */
function dayOf(record: VerisRecord, zone: string): Record<string, string> {
  const at = 'timeline.incident';
  const [year, month, day] = ['year', 'month', 'day'].map((part) => record.number(`${at}.${part}`));
  if (year === undefined || month === undefined || day === undefined) {
    record.untouch(`${at}.year`, `${at}.month`, `${at}.day`);
    return {};
  }
  try {
    const date = Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' });
    const first = date.toZonedDateTime({ timeZone: zone });
    const time = readTime(record.text(`${at}.time`));
    if (time) {
      const moment = date.toZonedDateTime({ timeZone: zone, plainTime: time }).toInstant().toString();
      return { occurredAt: moment };
    }
    const last = first.add({ days: 1 }).subtract({ seconds: 1 });
    return { occurredAt: first.toInstant().toString(), occurredTo: last.toInstant().toString() };
  } catch {
    record.untouch(`${at}.year`, `${at}.month`, `${at}.day`);
    return {};
  }
}

function readTime(text: string | undefined): Temporal.PlainTime | undefined {
  return text !== undefined && /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/.test(text)
    ? Temporal.PlainTime.from(text)
    : undefined;
}

/** How long the discovery took, in VERIS's own words. */
function sinceOf(record: VerisRecord): string {
  const unit = record.text('timeline.discovery.unit');
  const value = record.number('timeline.discovery.value');
  if (unit === undefined || unit === 'Never') return '';
  return value === undefined
    ? `, only that it took ${unit.toLowerCase()}`
    : `, only that it took ${value} ${unit.toLowerCase()}`;
}

function titleOf(record: VerisRecord): string {
  const victim = record.text('victim.victim_id');
  const what = oneLine(record.text('summary') ?? '') || record.names('action').join(', ') || 'incident';
  const title = victim === undefined ? what : `${oneLine(victim)}: ${what}`;
  return title.length <= TITLE_LIMIT ? title : `${title.slice(0, TITLE_LIMIT - 1).trimEnd()}…`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function storyOf(record: VerisRecord): string {
  const parts = [
    record.text('summary'),
    record.text('notes'),
    record.text('discovery_notes'),
    ...(record.text('reference') === undefined ? [] : [`Source: ${record.text('reference') ?? ''}`]),
    `Imported from the VERIS record ${record.text('incident_id') ?? 'without an id'}.`,
  ];
  return parts
    .filter((part) => part !== undefined)
    .join('\n\n')
    .slice(0, PROSE_LIMIT);
}

/** Who noticed it: a section with varieties, or in old records a single word. */
function reporterOf(record: VerisRecord): { readonly reporter?: string } {
  const old = record.text('discovery_method');
  if (old !== undefined && !/unknown/i.test(old)) return { reporter: old };
  const found = ['internal', 'external', 'partner', 'other'].flatMap((side) => {
    if (!record.has(`discovery_method.${side}`)) return [];
    const varieties = record.texts(`discovery_method.${side}.variety`);
    record.took(`discovery_method.${side}`);
    return [[side, ...varieties].join(', ')];
  });
  record.took('discovery_method.unknown');
  return found.length === 0 ? {} : { reporter: found.join('; ') };
}
