import { clockText } from '../../../domain/law/clock.ts';
import { nearest } from '../../../domain/law/nearest.ts';
import { periodText } from '../../../domain/law/period.ts';
import type { Duty } from '../../../domain/law/types.ts';
import type { WrittenLaw } from '../../../domain/law/written-law.ts';
import type { ExitCode } from '../program.ts';
import type { Desk } from './desk.ts';

/**
 * A row of `law list`. Of a limit `limits` says on which duty it is a flag; with `--json` the list holds the contract's
 * keys alone, and `law show` says it.
 */
interface Row {
  readonly id: string;
  readonly regime: string;
  readonly provision: string;
  readonly notify: string;
  readonly clock: string;
  readonly period: Duty['period'] | string;
  readonly counting: string;
  readonly citation: string;
  readonly since: string | null;
  readonly until: string | null;
  readonly confidence: string;
  readonly status: string;
  readonly limits?: string;
}

/** `law list`: every row of the law, and the limits. */
export async function runList(options: { readonly json?: boolean }, desk: Desk): Promise<ExitCode> {
  const law = await desk.law.written();
  const rows = allIds(law).flatMap((id) => rowOf(id, law) ?? []);
  if (options.json) desk.say(JSON.stringify(rows.map(({ limits: _limits, ...row }) => row)));
  else for (const row of rows) desk.say(lineOf(row));
  return 0;
}

/** `law show`: one duty in full, with what it said before. */
export async function runShow(
  id: string,
  options: { readonly json?: boolean },
  desk: Desk,
): Promise<ExitCode> {
  const law = await desk.law.written();
  const row = rowOf(id, law);
  const [duty, ...before] = law.wordings(id) ?? [];
  if (!row || !duty) {
    const meant = nearest(id, allIds(law));
    desk.complain(`There is no duty "${id}"${meant === undefined ? '' : `; did you mean "${meant}"?`}`);
    return 2;
  }
  if (options.json) desk.say(JSON.stringify({ ...written(duty), ...row, history: before.map(written) }));
  else show(duty, row, before, desk.say);
  return 0;
}

function allIds(law: WrittenLaw): readonly string[] {
  return [...law.ids, ...law.limits.map(({ id }) => id)];
}

function rowOf(id: string, law: WrittenLaw): Row | undefined {
  const duty = law.wordings(id)?.[0];
  if (!duty) return undefined;
  const limit = law.limits.find((one) => one.id === id);
  const { text, link } = duty.citation;
  return {
    id,
    regime: duty.regime.id,
    provision: duty.provision,
    notify: limit ? (law.wordings(limit.limits)?.[0].notify ?? duty.notify) : duty.notify,
    clock: clockText(duty.clock),
    period: periodOf(duty),
    counting: duty.counting.rule,
    citation: link === undefined ? text : `${text} <${link}>`,
    since: duty.since,
    until: duty.until ?? null,
    confidence: duty.confidence,
    status: duty.status,
    ...(limit ? { limits: limit.limits } : {}),
  };
}

/** The period as it is written; of `earlier-of` its parts, each with its own clock. */
function periodOf({ period, counting: { parts } }: Duty): Row['period'] {
  if (parts)
    return parts.map((part) => `${periodText(part.period)} after ${clockText(part.clock)}`).join(', ');
  const [only, ...others] = period;
  return only && only.when === undefined && others.length === 0 ? only.period : period;
}

/** A duty as it is written, its clocks as text. */
function written({ clock, counting, ...duty }: Duty): Record<string, unknown> {
  const parts = counting.parts?.map((part) => ({
    clock: clockText(part.clock),
    period: periodText(part.period),
  }));
  return { ...duty, clock: clockText(clock), counting: parts ? { ...counting, parts } : counting };
}

function periodWords(period: Row['period']): string {
  if (typeof period === 'string') return period;
  return period
    .map((one) => (one.when === undefined ? one.period : `${one.period} if ${one.when}`))
    .join(', else ');
}

function lineOf(row: Row): string {
  const marks = [row.confidence === 'sure' ? '' : row.confidence, row.status === 'law' ? '' : row.status];
  const doubt = marks.filter((mark) => mark !== '').join(', ');
  const what =
    row.limits === undefined ? `${row.clock} + ${periodWords(row.period)}` : `limits ${row.limits}`;
  return `${row.id}  ${what}  ${row.provision}${doubt === '' ? '' : `  (${doubt})`}`;
}

function show(duty: Duty, row: Row, before: readonly Duty[], say: Desk['say']): void {
  const line = (name: string, value: string | undefined): void => {
    if (value !== undefined && value !== '') say(`  ${name.padEnd(10)} ${value}`);
  };
  say(`${duty.id}: ${duty.title}`);
  line('provision', row.provision);
  line('source', row.citation);
  line('tell', `${row.notify}${duty.whom === '' ? '' : `: ${duty.whom}`}`);
  line('when', duty.when);
  for (const one of duty.unless) line('unless', `${one.title}: ${one.when} [${one.source}]`);
  line('clock', row.clock);
  line('period', periodWords(row.period));
  line('counting', row.counting);
  line('with', duty.with);
  line('before', duty.before);
  line('form of', duty.formOf);
  line('limits', row.limits);
  line('in force', `${row.since ?? 'not known'} to ${row.until ?? 'further notice'}`);
  line('', duty.sinceNote);
  line('confidence', `${row.confidence} (${row.status})`);
  line('content', duty.content?.elements.join(', '));
  line('', duty.content?.note);
  for (const note of duty.notes) line('note', note);
  for (const one of before) {
    const period = one.period.map((choice) => choice.period).join(', ');
    line('before', `${one.since ?? ''} to ${one.until ?? ''}: ${clockText(one.clock)} + ${period}`);
  }
}
