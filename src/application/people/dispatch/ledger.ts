import type { Batch } from '../../../domain/people/batch.ts';
import type { House } from '../../ports/house.ts';

type Change = (batch: Batch) => Batch;

/** The batch is gone from the store while it was written on. */
class BatchGone extends Error {
  override readonly name = 'BatchGone';
}

/**
 * Writes down what happens to the mails of one batch. What several mails want written at once goes in one change of the
 * document; each waits until the store has its own.
 */
export class Ledger {
  private readonly deliveries: House['deliveries'];
  private readonly where: readonly [organisation: string, list: string, batch: number];
  private waiting: { readonly change: Change; readonly done: PromiseWithResolvers<undefined> }[] = [];
  private writing = false;

  constructor({ deliveries }: Pick<House, 'deliveries'>, organisation: string, list: string, batch: number) {
    this.deliveries = deliveries;
    this.where = [organisation, list, batch];
  }

  /** Resolves when the store has the change. It may run several times, each time on the batch as it stands then. */
  write(change: Change): Promise<undefined> {
    const done = withResolvers();
    this.waiting.push({ change, done });
    if (!this.writing) void this.drain();
    return done.promise;
  }

  private async drain(): Promise<void> {
    this.writing = true;
    // What is asked for in the same breath goes along.
    await Promise.resolve();
    while (this.waiting.length > 0) {
      const now = this.waiting;
      this.waiting = [];
      try {
        const written = await this.deliveries.change(...this.where, (batch) =>
          now.reduce((standing, { change }) => change(standing), batch),
        );
        if (!written) throw new BatchGone(`batch ${this.where[2]} of the list ${this.where[1]}`);
        for (const { done } of now) done.resolve(undefined);
      } catch (error) {
        for (const { done } of now) done.reject(error);
      }
    }
    this.writing = false;
  }
}

interface PromiseWithResolvers<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (reason: unknown) => void;
}

// Node 20 has no Promise.withResolvers.
function withResolvers(): PromiseWithResolvers<undefined> {
  let resolve: (value: undefined) => void = () => undefined;
  let reject: (reason: unknown) => void = () => undefined;
  const promise = new Promise<undefined>((good, bad) => {
    resolve = good;
    reject = bad;
  });
  return { promise, resolve, reject };
}
