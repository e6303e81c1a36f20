import { toJobId, type JobParameters, type JobRepository } from 'agenda';
import type { Collection, Document, Filter, WithId } from 'mongodb';

/** Leads straight to a job that is free, and to one whose owner died. */
const LOCKABLE = { name: 1, lockedAt: 1, nextRunAt: 1, priority: -1 } as const;
const SOONEST = { nextRunAt: 1, priority: -1 } as const;

/**
 * Lets Agenda take its next job by two questions that an index answers each. Its own single question has an `$or` over
 * whether a job is locked, so the store reads past every job that is locked already: a thousand clocks at one
 * instant cost it half a million readings.
 * @param lifetime of a lock, in milliseconds
 */
export async function takeNextByIndex(
  repository: JobRepository,
  jobs: Collection,
  lifetime: number,
): Promise<void> {
  await jobs.createIndex(LOCKABLE, {}, {});
  repository.getNextJobToRun = async (name, nextScanAt, lockDeadline, now, options) => {
    const lock = {
      $set: {
        lockedAt: now ?? new Date(lockDeadline.getTime() + lifetime),
        lastModifiedBy: options?.lastModifiedBy ?? null,
      },
    };
    const take = (filter: Filter<Document>): Promise<WithId<Document> | null> =>
      jobs.findOneAndUpdate({ name, disabled: { $ne: true }, ...filter }, lock, {
        sort: SOONEST,
        returnDocument: 'after',
      });
    const found =
      (await take({ lockedAt: null, nextRunAt: { $lte: nextScanAt } })) ??
      (await take({ lockedAt: { $lte: lockDeadline } }));
    return found ? parametersOf(found) : undefined;
  };
}

/**
 * Spares jobs of this name two of four writes. Agenda notes in the store that a job began and that it ended, and removes
 * it then; the lock says enough until it is removed, and a job whose process died is found by its lock and its due
 * moment as before. Only a failure is noted, with the moment of the next try.
 */
export function noteOnlyFailures(repository: JobRepository, name: string): void {
  const save = repository.saveJobState.bind(repository);
  repository.saveJobState = async (job, options) => {
    const hasFailed = job.failReason !== undefined && job.failReason !== null;
    if (job.name === name && !hasFailed && !job.nextRunAt) return;
    await save(job, options);
  };
}

/** The document as Agenda wants it: its id as text, and nothing where the store has null (save the next run). */
function parametersOf({ _id, ...fields }: WithId<Document>): JobParameters {
  const set = Object.entries(fields).filter(([name, value]) => value !== null || name === 'nextRunAt');
  return { ...Object.fromEntries(set), _id: toJobId(_id.toHexString()) } as unknown as JobParameters;
}
