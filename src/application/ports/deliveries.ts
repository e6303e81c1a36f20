import type { Batch } from '../../domain/people/batch.ts';
import type { ReceiptKind } from '../../domain/people/receipt.ts';

/** A batch that a worker holds now. */
export interface HeldBatch {
  readonly number: number;
  readonly batch: Batch;
}

/** A receipt as the mail service tells it: by address, of which only the list's key knows the place. */
export interface AddressedReceipt {
  readonly email: string;
  readonly kind: ReceiptKind;
  readonly attempt: number;
}

/** Where a batch belongs, and how it stood before and after receipts came in. */
export interface Received {
  readonly organisation: string;
  readonly incident: string;
  readonly notice: string;
  readonly before: Batch;
  readonly after: Batch;
}

/**
 * Where the letters of each batch stand, in a document beside the sealed people. Every change is a compare-and-set of
 * that one document, so that two workers, a receipt and a person never overwrite each other.
 */
export interface Deliveries {
  /**
   * Takes hold of a batch that is open and that nobody holds, or whose holder gave no sign of life.
   * @param except batches that this run has been through
   * @param seconds now and the end of the lease, in seconds of the epoch
   */
  claim(
    organisation: string,
    list: string,
    owner: string,
    seconds: { readonly now: number; readonly until: number },
    except: readonly number[],
  ): Promise<HeldBatch | null>;
  /** A sign of life for every batch of the list that this worker holds. */
  renew(organisation: string, list: string, owner: string, until: number): Promise<void>;
  /** Runs a pure change on the batch as it stands, again when somebody was faster. Null if there is no such batch. */
  change(
    organisation: string,
    list: string,
    batch: number,
    command: (batch: Batch) => Batch,
  ): Promise<Batch | null>;
  /** A batch as it stands, or null if there is none. */
  one(organisation: string, list: string, batch: number): Promise<Batch | null>;
  /** How many batches are open, and how many of those somebody holds at this moment. */
  open(
    organisation: string,
    list: string,
    now: number,
  ): Promise<{ readonly open: number; readonly held: number }>;
  /** The batches of a list, in order, as they stand; the document is not opened, only read. */
  all(organisation: string, list: string): AsyncIterable<HeldBatch>;
  /** Takes receipts in; null if there is no such batch, or its people were forgotten. */
  receive(
    list: string,
    batch: number,
    receipts: readonly AddressedReceipt[],
    now: number,
  ): Promise<Received | null>;
}
