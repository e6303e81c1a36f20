import type { SealBroken } from '../../../domain/errors.ts';
import type { Notice, Seal } from '../../../domain/notice/notice.ts';
import { differs } from '../../../domain/notice/seal.ts';
import type { Person } from '../../../domain/people/person.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import type { Changing } from '../../incident/change.ts';
import { textsAtHand } from '../../notice/source.ts';
import type { NoticeTexts } from '../../notice/form.ts';
import { textsOfSeal } from '../../notice/versions.ts';
import type { House } from '../../ports/house.ts';
import type { ListHead } from '../../ports/people.ts';
import type { Organisation } from '../../ports/staff.ts';
import type { Gate } from './gate.ts';
import type { Variants } from './mailings.ts';

export type Deps = Changing &
  Pick<House, 'lists' | 'evidence' | 'deliveries' | 'dispatches' | 'letterPost' | 'noticeWriter'>;

/** Who sends: one worker of perhaps several on one store. */
export interface Worker {
  /** Stands in every lease that it takes. */
  readonly owner: string;
  /** How many batches it has under way at once. */
  readonly lanes: number;
  /** Whether it should come to its end: calls under way are finished, no new one begins. */
  readonly stopping: () => boolean;
}

/** What a run stands on: read once, while the seal is checked anew for each batch. */
export interface Ground {
  readonly organisation: Organisation;
  readonly incident: string;
  /** A letter of a drill goes the whole way but out of the door. */
  readonly drill: boolean;
  readonly notice: Notice;
  readonly seal: Seal;
  readonly head: ListHead;
  readonly worker: Worker;
  readonly gate: Gate;
  readonly variants: Variants;
}

/** Where a batch, or a run of several, came to an end before everything was sent. */
export interface Halt {
  /** Seconds after which it may go on. */
  readonly afterSeconds?: number;
  /** The mail service refuses our account: somebody must look. */
  readonly account?: boolean;
  /** Sending was paused, stopped or ended. */
  readonly shut?: boolean;
}

export function secondsNow({ clock }: Pick<House, 'clock'>): number {
  return Math.floor(clock.now().epochMilliseconds / 1000);
}

/** The words under the seal, if they and this batch of people are what was approved. */
export async function sealedBatch(
  house: Deps,
  { organisation, notice, seal, head }: Ground,
  number: number,
): Promise<
  Result<
    {
      readonly texts: NoticeTexts;
      readonly people: readonly Person[];
    },
    SealBroken
  >
> {
  const [texts, batch] = await Promise.all([
    textsOfSeal(house, seal),
    house.lists.read(organisation.id, head.id, number),
  ]);
  const digests = head.batches.with(number, batch.digest);
  const part = differs(seal, textsAtHand(seal, texts, digests));
  return part ? fail({ kind: 'seal-broken', notice: notice.id, part }) : ok({ texts, people: batch.people });
}
