/** Whether a write failed because a unique index holds the same key already; with `field`, only that index. */
export function isDuplicate(error: unknown, field?: string): boolean {
  if (typeof error !== 'object' || error === null || !('code' in error) || error.code !== 11000) return false;
  if (field === undefined) return true;
  const pattern = 'keyPattern' in error ? error.keyPattern : undefined;
  return typeof pattern === 'object' && pattern !== null && field in pattern;
}

/** Whether everything that failed of an unordered bulk of inserts did so because it was there already. */
export function areAllDuplicates(error: unknown): boolean {
  if (!(error instanceof Error) || !('writeErrors' in error)) return false;
  const { writeErrors } = error;
  const failures: readonly unknown[] = Array.isArray(writeErrors) ? writeErrors : [writeErrors];
  return failures.length > 0 && failures.every((failure) => isDuplicate(failure));
}
