import type { Entry } from '../../../domain/register/entry.ts';
import { anyJson, count, iso, moment, shape, text } from './pieces.ts';

export const entry = shape({
  chain: text,
  sequence: count,
  at: moment,
  by: text,
  type: text,
  data: anyJson,
  previous: text,
  hash: text,
}).description('An entry of the register; its hash covers all else in canonical JSON (RFC 8785).');

export function entryOf({ chain, sequence, at, by, type, data, previous, hash }: Entry): object {
  return { chain, sequence, at: iso(at), by, type, data, previous, hash };
}
