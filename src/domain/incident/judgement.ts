import { Temporal } from 'temporal-polyfill';
import type { Happening } from '../register/entry.ts';
import type { Obligation } from './incident.ts';

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

/**
 * Puts a new judgement in place of the old one. What was met or decided stays; a moved deadline gets a new
 * revision, so that reminders of the old one are void; a duty that once stood never vanishes, it ends as
 * 'does not apply'. Duties that never applied are not kept: the law and the facts give them again.
 */
export function rejudge(
  before: readonly Obligation[],
  judged: readonly Judged[],
): { readonly obligations: readonly Obligation[]; readonly happenings: readonly Happening[] } {
  const known = new Map(before.map((obligation) => [obligation.key, obligation]));
  const happenings: Happening[] = [];
  const obligations: Obligation[] = [];
  for (const judgement of judged) {
    const old = known.get(judgement.key);
    known.delete(judgement.key);
    if (!old && judgement.decision === 'does-not-apply') continue;
    const next = old ? moved(old, judgement) : { ...judgement, revision: 1 };
    if (next !== old) happenings.push(told(next));
    obligations.push(next);
  }
  for (const gone of known.values()) {
    const next: Obligation = { ...gone, decision: 'does-not-apply', missing: [] };
    if (gone.decision !== 'does-not-apply') happenings.push(told(next));
    obligations.push(gone.decision === 'does-not-apply' ? gone : next);
  }
  return { obligations, happenings };
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
    old.decision === next.decision &&
    old.authority === next.authority &&
    old.lawHash === next.lawHash &&
    old.waitsFor === next.waitsFor &&
    same(old.latestAt, next.latestAt) &&
    same(old.startedAt, next.startedAt) &&
    old.missing.join() === next.missing.join();
  return unchanged ? old : next;
}

function told(obligation: Obligation): Happening {
  const { key, decision, dueAt, latestAt, startedAt, revision, lawHash, missing, waitsFor } = obligation;
  return {
    type: 'obligation-judged',
    data: {
      key,
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

function same(a: Temporal.Instant | null, b: Temporal.Instant | null): boolean {
  return a === null || b === null ? a === b : Temporal.Instant.compare(a, b) === 0;
}
