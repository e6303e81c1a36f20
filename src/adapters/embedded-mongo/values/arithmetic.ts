/** `$add`, `$inc` on typed numbers: int32 grows to long, long beyond 64 bits is `undefined`. */
export function add(_a: unknown, _b: unknown): unknown {
  throw new Error('not yet');
}
export function multiply(_a: unknown, _b: unknown): unknown {
  throw new Error('not yet');
}
