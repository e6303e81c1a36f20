import { Temporal } from 'temporal-polyfill';
import type { Happening, Json } from '../register/entry.ts';
import type { Notice } from '../notice/notice.ts';
import type { Incident, Obligation } from './incident.ts';

/** What the law engine says of one duty for one recipient, as far as the incident keeps it. */
export interface Judged {
  readonly key: string;
  readonly duty: string;
  readonly recipient?: string;
  readonly authority?: string;
  readonly notify: string;
  readonly decision: 'applies' | 'undecided' | 'does-not-apply';
  readonly missing: readonly string[];
  readonly startedAt: Temporal.Instant | null;
  readonly dueAt: Temporal.Instant | null;
  readonly latestAt: Temporal.Instant | null;
  readonly noNumber: boolean;
  readonly waitsFor?: string;
  readonly lawHash: string;
}

/** As many judgements of one command stand in the register one by one; more become a table. */
const ONE_BY_ONE = 20;

export interface Rejudged {
  readonly obligations: readonly Obligation[];
  readonly notices: readonly Notice[];
  readonly happenings: readonly Happening[];
}

/**
 * Puts a new judgement in place of the old one. What was met or decided stays; a moved deadline gets a new
 * revision, so that reminders of the old one are void; a duty that once stood never vanishes, it ends as
 * 'does not apply'. Duties that never applied are not kept: the law and the facts give them again.
 *
 * When the recipient becomes known (`ID` becomes `ID@DE-BE`), the obligation goes on under its new name with what
 * people were told of it, and so do the notices that were begun for it.
 */
export function rejudge(
  before: Pick<Incident, 'state' | 'obligations' | 'notices'>,
  answers: readonly Judged[],
): Rejudged {
  const judged = before.state === 'near-miss' ? answers.map(withoutClock) : answers;
  const heirs = heirsOf(before.obligations, judged);
  const known = new Map(before.obligations.map((obligation) => [obligation.key, obligation]));
  const changed: Turn[] = [];
  const obligations: Obligation[] = [];
  for (const judgement of judged) {
    const old = known.get(judgement.key) ?? heirs.from.get(judgement.key);
    known.delete(judgement.key);
    if (!old && judgement.decision === 'does-not-apply') continue;
    const next = old ? moved(old, judgement) : { ...judgement, revision: 1 };
    if (next !== old) changed.push({ obligation: next, ...(old ? { old } : {}) });
    obligations.push(next);
  }
  for (const gone of known.values()) {
    if (heirs.to.has(gone.key)) continue;
    const next: Obligation = { ...gone, decision: 'does-not-apply', missing: [] };
    if (gone.decision !== 'does-not-apply') changed.push({ obligation: next });
    obligations.push(gone.decision === 'does-not-apply' ? gone : next);
  }
  const happenings =
    changed.length <= ONE_BY_ONE
      ? changed.map(({ obligation, old }) => told(obligation, old))
      : [tableOf(changed.map(({ obligation }) => obligation))];
  return { obligations, notices: renamed(before.notices, heirs.to), happenings };
}

interface Turn {
  readonly obligation: Obligation;
  readonly old?: Obligation;
}

/** Nothing has happened to the people's data: only what is owed to our own record is owed, and no clock runs. */
function withoutClock(judged: Judged): Judged {
  if (judged.notify === 'record') return judged;
  const { waitsFor: _waitsFor, ...rest } = judged;
  return {
    ...rest,
    decision: 'does-not-apply',
    missing: [],
    startedAt: null,
    dueAt: null,
    latestAt: null,
    noNumber: false,
  };
}

interface Heirs {
  /** From the new key to the obligation whose history it takes over. */
  readonly from: ReadonlyMap<string, Obligation>;
  /** From the old key to the first of the new ones. */
  readonly to: ReadonlyMap<string, string>;
}

/** An open obligation whose key is gone, and the keys of the same duty that came in its place. */
function heirsOf(before: readonly Obligation[], judged: readonly Judged[]): Heirs {
  const keys = new Set(judged.map(({ key }) => key));
  const had = new Set(before.map(({ key }) => key));
  const from = new Map<string, Obligation>();
  const to = new Map<string, string>();
  for (const old of before) {
    if (keys.has(old.key) || old.met || old.decided || old.decision === 'does-not-apply') continue;
    for (const { key, duty, decision } of judged) {
      if (duty !== old.duty || had.has(key) || from.has(key) || decision === 'does-not-apply') continue;
      from.set(key, old);
      if (!to.has(old.key)) to.set(old.key, key);
    }
  }
  return { from, to };
}

function renamed(notices: readonly Notice[], to: ReadonlyMap<string, string>): readonly Notice[] {
  if (to.size === 0) return notices;
  return notices.map((notice) => ({
    ...notice,
    obligations: notice.obligations.map((key) => to.get(key) ?? key),
  }));
}

function moved(old: Obligation, judgement: Judged): Obligation {
  const { met, decided, reminded, revision } = old;
  const deadlineMoved = !same(old.dueAt, judgement.dueAt) || old.noNumber !== judgement.noNumber;
  const next: Obligation = {
    ...judgement,
    revision: deadlineMoved ? revision + 1 : revision,
    ...(met ? { met } : {}),
    ...(decided ? { decided } : {}),
    ...(reminded && !deadlineMoved ? { reminded } : {}),
  };
  const unchanged =
    !deadlineMoved &&
    old.key === next.key &&
    old.decision === next.decision &&
    old.authority === next.authority &&
    old.lawHash === next.lawHash &&
    old.waitsFor === next.waitsFor &&
    same(old.latestAt, next.latestAt) &&
    same(old.startedAt, next.startedAt) &&
    old.missing.join() === next.missing.join();
  return unchanged ? old : next;
}

function told(obligation: Obligation, old?: Obligation): Happening {
  const { key, decision, dueAt, latestAt, startedAt, revision, lawHash, missing, waitsFor } = obligation;
  return {
    type: 'obligation-judged',
    data: {
      key,
      ...(old && old.key !== key ? { formerly: old.key } : {}),
      decision,
      revision,
      lawHash,
      startedAt: startedAt?.toString() ?? null,
      dueAt: dueAt?.toString() ?? null,
      latestAt: latestAt?.toString() ?? null,
      waitsFor: waitsFor ?? null,
      missing: [...missing],
    },
  };
}

/**
 * Hundreds of judgements at once, as one entry: the texts of the laws once, and by answer and dates the keys of each
 * law (by its position in `laws`). What decides them follows from the facts that stand before it in the chain, and
 * from these texts.
 */
function tableOf(changed: readonly Obligation[]): Happening {
  const laws = [...new Set(changed.map(({ lawHash }) => lawHash))];
  const groups = new Map<string, { readonly head: Json; readonly keys: Map<number, string[]> }>();
  for (const obligation of changed) {
    const { key, decision, startedAt, dueAt, latestAt } = obligation;
    const dates = Object.entries({ startedAt, dueAt, latestAt }).flatMap(([name, date]) =>
      date ? [[name, date.toString()]] : [],
    );
    const head = { decision, ...(Object.fromEntries(dates) as Readonly<Record<string, string>>) };
    const group = groups.get(JSON.stringify(head)) ?? { head, keys: new Map<number, string[]>() };
    const law = laws.indexOf(obligation.lawHash);
    group.keys.set(law, [...(group.keys.get(law) ?? []), key]);
    groups.set(JSON.stringify(head), group);
  }
  const judged = [...groups.values()].map(({ head, keys }): Json => ({
    ...(head as Readonly<Record<string, string>>),
    keys: [...keys].map(([law, of]) => ({ law, of })),
  }));
  return { type: 'obligations-judged', data: { count: changed.length, laws, judged } };
}

function same(a: Temporal.Instant | null, b: Temporal.Instant | null): boolean {
  return a === null || b === null ? a === b : Temporal.Instant.compare(a, b) === 0;
}
