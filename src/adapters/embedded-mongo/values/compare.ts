/** Orders two strings under a collation. */
export type StringOrder = (a: string, b: string) => number;

export function compare(_a: unknown, _b: unknown, _strings?: StringOrder): number {
  throw new Error('not yet');
}
export function equal(a: unknown, b: unknown, strings?: StringOrder): boolean {
  return compare(a, b, strings) === 0;
}
export function bracketOf(_value: unknown): number {
  throw new Error('not yet');
}
