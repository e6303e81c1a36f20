import { realTimeOf, timeIn } from '../../domain/incident/drill-time.ts';
import { Temporal } from 'temporal-polyfill';
import { allow, may } from '../../domain/access/permissions.ts';
import type { Actor } from '../../domain/access/roles.ts';
import type { DomainError } from '../../domain/errors.ts';
import type { Card, CardClock } from '../../domain/incident/incident.ts';
import { maySee } from '../../domain/incident/restriction.ts';
import { standingOf, type Standing } from '../../domain/incident/standing.ts';
import { ok, type Result } from '../../domain/result.ts';
import { anyJudgedByOlderLaw } from '../law/judged-differently.ts';
import type { House } from '../ports/house.ts';
import type { Glance } from '../ports/stores.ts';

/** One clock on the wall. */
export interface WallClock {
  readonly incident: string;
  readonly reference: string;
  readonly title: string;
  readonly key: string;
  readonly dutyTitle: string;
  readonly recipient?: string;
  /** The id of the authority to tell, where the law engine names one. */
  readonly authority?: string;
  readonly dueAt: Temporal.Instant | null;
  readonly startedAt: Temporal.Instant | null;
  readonly standing: Standing;
  readonly decision: CardClock['decision'];
  readonly waitsFor?: string;
}

export interface WallRow {
  readonly id: string;
  readonly card: Card;
  readonly ownerName: string;
  readonly standing: Standing | null;
}

/** A notice that waits for this person's approval. */
export interface WaitingNotice {
  readonly incident: string;
  readonly reference: string;
  readonly title: string;
  readonly notice: string;
  readonly kind: string;
  readonly since: Temporal.Instant;
}

export interface Wall {
  readonly now: Temporal.Instant;
  /** Clocks with a date, longest overdue first. */
  readonly dated: readonly WallClock[];
  /** Clocks without one: the law gives no number, or the clock waits for something, or a fact decides. */
  readonly undated: readonly WallClock[];
  readonly waiting: readonly WaitingNotice[];
  readonly open: readonly WallRow[];
  /** Whether an open incident was judged by another text of the law than is installed now. */
  readonly judgedByOlderLaw: boolean;
}

type Deps = Pick<House, 'clock' | 'incidents' | 'users' | 'law'>;

/** Every open clock, what waits for this person, and the open incidents: from cards alone. */
export async function viewWall(house: Deps, actor: Actor): Promise<Result<Wall, DomainError>> {
  const allowed = allow(actor, 'incident.see');
  if (!allowed.ok) return allowed;
  const now = house.clock.now();
  const [all, users] = await Promise.all([
    house.incidents.cards(actor.organisation, { open: true }),
    house.users.of(actor.organisation),
  ]);
  const rows = all.filter(({ card }) => maySee(actor, card));
  const clocks = rows.flatMap(({ id, card }) =>
    card.clocks.map((clock) => clockOf(house, id, card, clock, now)),
  );
  const names = new Map(users.map(({ id, name }) => [id, name]));
  const dated = byDueAt(clocks);
  return ok({
    now,
    dated,
    undated: clocks.filter(({ dueAt }) => dueAt === null),
    waiting: rows.flatMap(({ id, card }) => waitingFor(actor, id, card)),
    open: openRows(rows, dated, names),
    judgedByOlderLaw: await anyJudgedByOlderLaw(house, actor, rows),
  });
}

function clockOf(
  house: Deps,
  incident: string,
  card: Card,
  clock: CardClock,
  now: Temporal.Instant,
): WallClock {
  const { key, recipient, authority, dueAt, startedAt, decision, waitsFor } = clock;
  // The wall is of one time: a drill that runs faster stands where its clock rings.
  const real = (at: Temporal.Instant | null): Temporal.Instant | null => at && realTimeOf(card, at);
  return {
    incident,
    reference: card.reference,
    title: card.title,
    key,
    dutyTitle: house.law.duty(clock.duty)?.title ?? clock.duty,
    ...(recipient === undefined ? {} : { recipient }),
    ...(authority === undefined ? {} : { authority }),
    dueAt: real(dueAt),
    startedAt: real(startedAt),
    standing: standingOf(clock, timeIn(card, now)),
    decision,
    ...(waitsFor === undefined ? {} : { waitsFor }),
  };
}

function waitingFor(actor: Actor, incident: string, card: Card): readonly WaitingNotice[] {
  if (!may(actor, 'notice.approve')) return [];
  return card.waiting.map(({ notice, kind, since }) => ({
    incident,
    reference: card.reference,
    title: card.title,
    notice,
    kind,
    since: realTimeOf(card, since),
  }));
}

/** Each with the standing of its first clock. */
function openRows(
  rows: readonly Glance[],
  dated: readonly WallClock[],
  names: ReadonlyMap<string, string>,
): readonly WallRow[] {
  const first = new Map<string, Standing>();
  for (const { incident, standing } of dated) if (!first.has(incident)) first.set(incident, standing);
  return rows.map(({ id, card }) => ({
    id,
    card,
    ownerName: names.get(card.owner) ?? '',
    standing: first.get(id) ?? null,
  }));
}

/** Those with a date, in its order; whole milliseconds decide nearly always, and are much cheaper to compare. */
function byDueAt(clocks: readonly WallClock[]): readonly WallClock[] {
  const dated = clocks.flatMap((clock) =>
    clock.dueAt ? [{ clock, dueAt: clock.dueAt, ms: clock.dueAt.epochMilliseconds }] : [],
  );
  dated.sort((a, b) => a.ms - b.ms || Temporal.Instant.compare(a.dueAt, b.dueAt));
  return dated.map(({ clock }) => clock);
}
