import type { DomainError, SealBroken } from '../../../domain/errors.ts';
import { areForgotten } from '../../../domain/incident/forgetting.ts';
import { pauseDispatch } from '../../../domain/incident/pausing.ts';
import type { PauseReason } from '../../../domain/notice/notice.ts';
import { LEASE_SECONDS } from '../../../domain/people/batch.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import { changeIncident } from '../../incident/change.ts';
import type { HeldBatch } from '../../ports/deliveries.ts';
import type { House } from '../../ports/house.ts';
import { Gate } from './gate.ts';
import { secondsNow, type Deps, type Ground, type Halt, type Worker } from './ground.ts';
import { Variants } from './mailings.ts';
import { sendBatch } from './send-batch.ts';
import { ourselves, settleDispatch } from './settle.ts';

/** How far a run came. `again`: something is left to do, worth another run, where it is known after so many seconds. */
export interface Run {
  readonly again: boolean;
  readonly afterSeconds?: number;
}

const RENEW_MS = 10_000;
/** While others hold what is left, or a server took nothing. */
const LOOK_AGAIN_SECONDS = { held: 1, refused: 15 };

/**
 * Sends, or goes on sending, a letter. Safe to run again after dying anywhere and beside itself, in several processes:
 * an attempt is written down before its call, and one of which nobody knows how it ended is `uncertain` and never made
 * again by itself, save where handing over again is the same letter (the outbox folder).
 */
export async function runDispatch(
  house: Deps,
  organisationId: string,
  incidentId: string,
  noticeId: string,
  worker: Worker,
): Promise<Result<Run, DomainError>> {
  const incident = await house.incidents.byId(organisationId, incidentId);
  const organisation = await house.organisations.byId(organisationId);
  const notice = incident?.notices.find(({ id }) => id === noticeId);
  if (!organisation || !incident || !notice) return fail({ kind: 'not-found', what: 'notice', id: noticeId });
  const seal = notice.approved?.seal;
  const gate = new Gate(house, { organisation: organisationId, incident: incidentId, notice: noticeId });
  if (areForgotten(incident, notice) || !gate.admits(notice) || !seal?.list) return ok({ again: false });
  const head = await house.lists.head(organisationId, seal.list.id);
  if (!head) return fail({ kind: 'seal-broken', notice: noticeId, part: 'people' });
  const { drill } = incident;
  const variants = new Variants(house);
  const ground = {
    organisation,
    incident: incidentId,
    drill,
    notice,
    seal,
    head,
    worker,
    gate,
    variants,
  };
  const ran = await allLanes(house, ground);
  if (!ran.ok) {
    await pause(house, ground, 'seal');
    return ran;
  }
  if (ran.value.account) await pause(house, ground, 'account');
  if (ran.value.shut) return ok({ again: false });
  const left = await house.deliveries.open(organisationId, head.id, secondsNow(house));
  if (left.open === 0) {
    if (notice.state === 'told') return ok({ again: false });
    const settled = await settleDispatch(house, organisationId, incidentId, notice);
    return settled.ok ? ok({ again: false }) : settled;
  }
  const wait = left.held > 0 ? LOOK_AGAIN_SECONDS.held : LOOK_AGAIN_SECONDS.refused;
  return ok({ again: true, afterSeconds: ran.value.afterSeconds ?? wait });
}

async function allLanes(house: Deps, ground: Ground): Promise<Result<Halt, SealBroken>> {
  const { organisation, head, worker } = ground;
  const renewing = setInterval(() => {
    // A sign of life that was missed is given by the next; if none gets through, the lease runs out as it should.
    house.deliveries
      .renew(organisation.id, head.id, worker.owner, secondsNow(house) + LEASE_SECONDS)
      .catch(() => undefined);
  }, RENEW_MS);
  const run: { halt: Halt | null; broken: SealBroken | null; readonly through: Set<number> } = {
    halt: null,
    broken: null,
    through: new Set(),
  };
  const lane = async (): Promise<void> => {
    while (!run.halt && !run.broken) {
      if (worker.stopping()) return;
      if (!(await ground.gate.isOpen())) {
        run.halt = { shut: true };
        return;
      }
      const held = await claim(house, ground, [...run.through]);
      if (!held) return;
      run.through.add(held.number);
      const sent = await sendBatch(house, ground, held);
      if (!sent.ok) run.broken = sent.error;
      else if (sent.value) run.halt = sent.value;
    }
  };
  try {
    await Promise.all(Array.from({ length: worker.lanes }, lane));
  } finally {
    clearInterval(renewing);
  }
  return run.broken ? fail(run.broken) : ok(run.halt ?? {});
}

function claim(
  house: Pick<House, 'deliveries' | 'clock'>,
  { organisation, head, worker }: Ground,
  through: readonly number[],
): Promise<HeldBatch | null> {
  const now = secondsNow(house);
  const lease = { now, until: now + LEASE_SECONDS };
  return house.deliveries.claim(organisation.id, head.id, worker.owner, lease, through);
}

/** Sending waits until somebody has looked. Where it is paused or ended already, that stands. */
async function pause(
  house: Deps,
  { organisation, incident, notice }: Ground,
  why: PauseReason,
): Promise<void> {
  await changeIncident(house, ourselves(organisation.id), incident, (fresh, context) =>
    pauseDispatch(fresh, notice.id, why, context),
  );
}
