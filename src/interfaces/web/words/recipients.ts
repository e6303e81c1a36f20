/** Whom a duty tells, where the law engine names one of several: an authority's or a state's id. */
export function recipientWords(recipient: string | undefined): string | null {
  return recipient ?? null;
}
