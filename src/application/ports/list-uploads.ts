import type { Temporal } from 'temporal-polyfill';
import type { InvalidInput } from '../../domain/errors.ts';
import type { Result } from '../../domain/result.ts';

/** A list that somebody sent in and nobody accepted yet. */
export interface ListUpload {
  readonly id: string;
  readonly incident: string;
  readonly notice: string;
  /** Who sent it in: nobody else sees it. */
  readonly by: string;
  readonly at: Temporal.Instant;
  /** From this moment on nobody can open it any more. */
  readonly until: Temporal.Instant;
  /** Bytes. */
  readonly size: number;
}

/**
 * Lists between being sent in and being taken over, or not. Each lies sealed under a key of its own, and so does what
 * was found in it; to destroy the key is to forget the list.
 */
export interface ListUploads {
  /** The most bytes that a list may have. */
  readonly limit: number;
  /** Streams a list in; one that is over the limit is refused, and nothing of it stays. */
  put(
    of: Omit<ListUpload, 'size'> & { readonly organisation: string },
    content: AsyncIterable<Uint8Array>,
  ): Promise<Result<{ readonly size: number }, InvalidInput>>;
  /** The upload, if its key is there still. */
  find(organisation: string, id: string): Promise<ListUpload | null>;
  /** The bytes, as often as they are asked for. @throws where it was destroyed in between */
  bytes(organisation: string, id: string): AsyncIterable<Uint8Array>;
  /** Keeps, sealed, what was found in it; in place of what was kept before. */
  keepFindings(organisation: string, id: string, findings: string): Promise<void>;
  findings(organisation: string, id: string): Promise<string | null>;
  /** Says, before a batch is written, which list it is taken over into: whoever dies then leaves that to be swept. */
  takingOver(organisation: string, id: string, list: string): Promise<void>;
  /** Destroys the key, then the bytes. What it was taken over into is kept in mind until it is settled. */
  destroy(organisation: string, id: string): Promise<void>;
  /** What ends before this moment, also of what is destroyed already, with the lists it was taken over into. */
  ended(
    organisation: string,
    before: Temporal.Instant,
  ): Promise<
    readonly { readonly id: string; readonly incident: string; readonly lists: readonly string[] }[]
  >;
  /** Forgets that it ever was. */
  settle(organisation: string, id: string): Promise<void>;
}
