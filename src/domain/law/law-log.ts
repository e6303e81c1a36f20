import { earlier, makeDuty, type Owner } from './regime/make-duty.ts';
import type { Duty } from './types.ts';

/** `file`: a law file was changed; the others are days of force: a duty begins, is worded anew, or ends. */
export type LawLogKind = 'file' | 'begins' | 'reworded' | 'ends';

/** One line of the log of the law: what holds from a day on, by one law file. */
export interface LawLogEntry {
  /** ISO day; of an end the first day on which the duty is no longer in force. */
  readonly on: string;
  readonly kind: LawLogKind;
  /** Id and title of the law file. */
  readonly regime: string;
  readonly title: string;
  /** The file's own words, of `file` alone. */
  readonly what?: string;
  /** The state in which it holds from that day, where states differ. */
  readonly place?: string;
  /** The duties whose force changes on that day; none for `file`. */
  readonly duties: readonly { readonly id: string; readonly title: string }[];
}

/**
 * The log of the law: what was changed in the files, and the days of force of every duty, newest first. Days to come
 * are among them; what is only pending has none.
 */
export function lawLog(regimes: readonly Owner[]): readonly LawLogEntry[] {
  const rows = new Map(regimes.flatMap(({ raw }) => raw.duties.map((duty) => [duty.id, duty] as const)));
  return regimes
    .flatMap((owner) => {
      const duties = owner.raw.duties.map((raw) => {
        const duty = makeDuty(raw, owner, raw.formOf === undefined ? undefined : rows.get(raw.formOf));
        return [duty, ...(raw.history ?? []).map((version) => earlier(duty, version))] as const;
      });
      return [...changesOf(owner), ...together(owner, duties.flatMap(daysOf))];
    })
    .sort((a, b) => b.on.localeCompare(a.on) || a.title.localeCompare(b.title, 'en'));
}

function changesOf({ id, raw }: Owner): readonly LawLogEntry[] {
  return (raw.changes ?? []).map(({ on, what }) => ({
    on,
    kind: 'file',
    regime: id,
    title: raw.title,
    what,
    duties: [],
  }));
}

interface Day {
  readonly on: string;
  readonly kind: LawLogKind;
  readonly place?: string;
  readonly duty: Duty;
}

/** The days of one duty, all its wordings given, today's first. */
function daysOf([duty, ...before]: readonly [Duty, ...Duty[]]): readonly Day[] {
  if (duty.status === 'pending') return [];
  const wordings = [duty, ...before];
  const first = wordings.map(({ since }) => since).sort((a, b) => (a ?? '').localeCompare(b ?? ''))[0];
  const days = wordings.flatMap(({ since }): Day[] =>
    since === null ? [] : [{ on: since, kind: since === first ? 'begins' : 'reworded', duty }],
  );
  if (typeof duty.until === 'string') days.push({ on: dayAfter(duty.until), kind: 'ends', duty });
  for (const { place, since, until } of duty.inForce ?? []) {
    if (typeof since === 'string' && since !== duty.since)
      days.push({ on: since, kind: 'begins', place, duty });
    if (typeof until === 'string') days.push({ on: dayAfter(until), kind: 'ends', place, duty });
  }
  return days;
}

/** What begins or ends by one file on one day is one line. */
function together({ id, raw }: Owner, days: readonly Day[]): readonly LawLogEntry[] {
  const lines = new Map<string, LawLogEntry>();
  for (const { on, kind, place, duty } of days) {
    const key = `${on} ${kind} ${place ?? ''}`;
    const line = lines.get(key);
    lines.set(key, {
      on,
      kind,
      regime: id,
      title: raw.title,
      ...(place === undefined ? {} : { place }),
      duties: [...(line?.duties ?? []), { id: duty.id, title: duty.title }],
    });
  }
  return [...lines.values()];
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
