/** Knows whether this store is a copy of another that may still live: then nothing leaves until somebody says which. */
export interface CopyGuard {
  readonly isCopy: boolean;
  /** This one lives. */
  live(): Promise<void>;
}
