import type { Temporal } from 'temporal-polyfill';
import type { InvalidInput } from '../../domain/errors.ts';
import type { Result } from '../../domain/result.ts';

/** What a file is called and of which type it says it is; personal data may stand in it, so it lies sealed. */
export interface FileLabel {
  readonly name: string;
  /** A media type as it was given. Only told, never believed: no file is served inline. */
  readonly type: string;
}

/** Files of evidence, sealed under a key of their own each. Their bytes are never in memory as a whole. */
export interface EvidenceStore {
  /** The most bytes that a file may have. */
  readonly limit: number;
  /**
   * Streams a file in. One that is empty or over the limit is refused, and nothing of it stays; so it is when the
   * stream fails, which is thrown on. From its beginning (`at`) until it is settled it stands among the unsettled, so
   * that nothing is forgotten of an upload whose process died.
   */
  put(
    of: FileLabel & {
      readonly id: string;
      readonly organisation: string;
      readonly incident: string;
      readonly at: Temporal.Instant;
    },
    content: AsyncIterable<Uint8Array>,
  ): Promise<Result<{ readonly size: number; readonly sha256: string }, InvalidInput>>;
  /** The incident names the file now. */
  settle(organisation: string, id: string): Promise<void>;
  /** Uploads that began before this moment and were neither settled nor removed since. */
  unsettled(
    organisation: string,
    before: Temporal.Instant,
  ): Promise<readonly { readonly id: string; readonly incident: string }[]>;
  /** The labels of those files that are there. */
  labels(organisation: string, ids: readonly string[]): Promise<ReadonlyMap<string, FileLabel>>;
  /** The bytes as they were given, or null if there is no such file. Reading throws on bytes that were altered. */
  read(organisation: string, id: string): Promise<AsyncIterable<Uint8Array> | null>;
  /** SHA-256 of the bytes that lie there now; '' where there are none, or where they were altered. */
  hashOf(organisation: string, id: string): Promise<string>;
  /** Takes a file away, or what there is of one that never became whole. */
  remove(organisation: string, id: string): Promise<void>;
}
