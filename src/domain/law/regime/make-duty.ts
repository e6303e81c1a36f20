import { parseClock } from '../clock.ts';
import { parsePeriod } from '../period.ts';
import type { Citation, Clock, Counting, Duty, Limit, Period } from '../types.ts';
import type { RawCitation, RawCounting, RawDuty, RawLimit, RawPeriod, RawRegime, RawVersion } from './raw.ts';

/** Whose head a duty stands under, and by which text it will be judged. */
export interface Owner {
  readonly id: string;
  readonly hash: string;
  readonly raw: RawRegime;
}

/** A duty with all that the head of its file and, for a national form, the row that it takes the place of give it. */
export function makeDuty(raw: RawDuty, regime: Owner, row: RawDuty | undefined): Duty {
  const head = regime.raw;
  const provision =
    raw.provision ?? (typeof raw.citation === 'object' ? raw.citation.text : (raw.citation ?? ''));
  const sinceNote = raw.sinceNote ?? head.sinceNote;
  const until = raw.until ?? head.until;
  const where = raw.where ?? (raw.formOf === undefined ? head.where : undefined);
  const optional: Partial<Duty> = {
    ...present('sinceNote', sinceNote),
    ...present('until', until),
    ...present('inForce', raw.inForce ?? (raw.formOf === undefined ? head.inForce : undefined)),
    ...present('to', raw.to),
    ...present('authority', raw.authority ?? (raw.to ? undefined : row?.authority)),
    ...present('each', raw.each ?? (raw.to ? undefined : row?.each)),
    ...present('recipients', raw.recipients ?? (raw.to ? undefined : row?.recipients)),
    ...present('stateThreshold', raw.stateThreshold),
    ...present('where', where),
    ...present('when', raw.when ?? row?.when),
    ...present('ask', raw.ask ?? row?.ask),
    ...present('hold', holdOf(raw.hold ?? row?.hold)),
    ...present('zone', raw.zone ?? head.zone),
    ...present('with', raw.with),
    ...present('before', raw.before),
    ...present('formOf', raw.formOf),
    ...present('formFor', raw.formFor),
    ...present('covers', raw.covers ?? row?.covers),
    ...present('content', raw.content ?? row?.content),
  };
  return {
    id: raw.id,
    title: raw.title,
    kind: raw.kind ?? 'duty',
    provision,
    citation: citationOf(raw.citation ?? provision, raw.link ?? head.link),
    confidence: raw.confidence ?? head.confidence ?? 'likely',
    status: raw.status ?? head.status ?? 'law',
    since: raw.since === undefined ? (head.since ?? null) : raw.since,
    obliged: raw.obliged ?? row?.obliged ?? 'any',
    notify: raw.notify ?? row?.notify ?? 'authority',
    whom: raw.whom ?? row?.whom ?? '',
    unless: (raw.unless ?? row?.unless ?? []).map((exception) => ({ ...exception })),
    clock: clockOf(raw.clock ?? row?.clock ?? 'aware'),
    period: choices(raw.period ?? row?.period ?? 'none'),
    counting: countingOf(raw.counting ?? row?.counting ?? 'none'),
    alsoMeets: raw.alsoMeets ?? [],
    excludes: raw.excludes ?? row?.excludes ?? [],
    phases: raw.phases ?? row?.phases ?? true,
    late: raw.late ?? row?.late ?? true,
    notes: raw.notes ?? [],
    history: [],
    regime: { id: regime.id, hash: regime.hash },
    ...optional,
  };
}

function present<K extends keyof Duty>(key: K, value: Duty[K] | undefined): Partial<Duty> {
  return value === undefined ? {} : { [key]: value };
}

/** What a duty said before, where that differs. */
export function earlier(duty: Duty, version: RawVersion): Duty {
  return {
    ...duty,
    since: version.since ?? null,
    until: version.until,
    ...(version.provision === undefined ? {} : { provision: version.provision }),
    ...(version.when === undefined ? {} : { when: version.when }),
    ...(version.clock === undefined ? {} : { clock: clockOf(version.clock) }),
    ...(version.period === undefined ? {} : { period: choices(version.period) }),
    ...(version.counting === undefined ? {} : { counting: countingOf(version.counting) }),
    ...(version.with === undefined ? {} : { with: version.with }),
  };
}

/** A flag on another duty. */
export function makeLimit(raw: RawLimit, regime: Owner): Limit {
  return {
    id: raw.id,
    title: raw.title,
    limits: raw.limits,
    provision: raw.provision,
    citation: citationOf(raw.citation ?? raw.provision, raw.link ?? regime.raw.link),
    confidence: raw.confidence ?? regime.raw.confidence ?? 'likely',
    since: raw.since === undefined ? (regime.raw.since ?? null) : raw.since,
    ...(raw.until === undefined ? {} : { until: raw.until }),
    established: raw.established,
    regime: { id: regime.id, hash: regime.hash },
  };
}

function citationOf(citation: RawCitation, link: string | undefined): Citation {
  const text = typeof citation === 'string' ? citation : citation.text;
  const at = (typeof citation === 'string' ? undefined : citation.link) ?? link;
  return at === undefined ? { text } : { text, link: at };
}

function choices(period: RawPeriod): Duty['period'] {
  return typeof period === 'string' ? [{ period }] : period;
}

function holdOf(hold: RawDuty['hold']): Duty['hold'] {
  if (!hold) return undefined;
  const { counting, ...rest } = hold;
  return counting === undefined ? rest : { ...rest, counting: countingOf(counting) };
}

// The linter has read these texts before; what does not parse here is a fault of the program.
function clockOf(text: string): Clock {
  const clock = parseClock(text);
  if (!clock) throw new Error(`unknown clock ${text}`);
  return clock;
}

/** A period that the linter has read before. */
export function periodOf(text: string): Period {
  const period = parsePeriod(text);
  if (!period) throw new Error(`bad period ${text}`);
  return period;
}

function countingOf(raw: RawCounting): Counting {
  if (typeof raw === 'string') return { rule: raw };
  const { parts, ...rest } = raw;
  if (!parts) return rest;
  return {
    ...rest,
    parts: parts.map((part) => ({ clock: clockOf(part.clock), period: periodOf(part.period) })),
  };
}
