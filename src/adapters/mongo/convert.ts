import { Temporal } from 'temporal-polyfill';
import type { Json } from '../../domain/register/entry.ts';

/** A value of the domain as it lies in a document: instants are dates. */
export type Stored<T> = T extends Temporal.Instant
  ? Date
  : T extends Json
    ? T
    : T extends readonly (infer Item)[]
      ? Stored<Item>[]
      : T extends object
        ? { [Key in keyof T]: Stored<T[Key]> }
        : T;

/**
 * Into a document: every instant becomes a date, what is undefined is left out, and a record with a name that MongoDB
 * or the driver would read in a way of its own (`data.categories`, `$gt`, `_bsontype`) becomes a list of pairs. An instant
 * finer than a millisecond (people may paste one) is kept as text, since a date would silently cut it; where the
 * schema demands a date, that is refused.
 */
export function toStored<T>(value: T): Stored<T> {
  return down(value) as Stored<T>;
}

/** Out of a document: the exact opposite of {@link toStored}. The caller knows what lies there. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
export function fromStored<T>(stored: unknown): T {
  return up(stored) as T;
}

const PAIRS = 'pairs~';
const FINE = 'instant~';
const PLAIN = /^[A-Za-z][A-Za-z0-9_-]*$/;
/** Names by which Mongoose and the BSON codec know their own objects. */
const THEIRS = /^(isMongoose|to[A-Z])/;

function isPlainName(name: string): boolean {
  return PLAIN.test(name) && !THEIRS.test(name) && !(name in Object.prototype);
}

function down(value: unknown): unknown {
  if (value instanceof Temporal.Instant) return isWhole(value) ? dateOf(value) : { [FINE]: value.toString() };
  if (Array.isArray(value)) return value.map(down);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  if (entries.every(([name]) => isPlainName(name))) {
    return Object.fromEntries(entries.map(([name, item]) => [name, down(item)]));
  }
  return { [PAIRS]: entries.map(([name, item]) => ({ name, value: down(item) })) };
}

function up(stored: unknown): unknown {
  if (stored instanceof Date) return Temporal.Instant.fromEpochMilliseconds(stored.getTime());
  if (Array.isArray(stored)) return stored.map(up);
  if (typeof stored !== 'object' || stored === null) return stored;
  const { [PAIRS]: pairs, [FINE]: fine } = stored as Record<string, unknown>;
  if (typeof fine === 'string') return Temporal.Instant.from(fine);
  if (Array.isArray(pairs)) {
    return Object.fromEntries(
      (pairs as { name: string; value: unknown }[]).map(({ name, value }) => [name, up(value)]),
    );
  }
  return Object.fromEntries(Object.entries(stored).map(([name, item]) => [name, up(item)]));
}

function isWhole(instant: Temporal.Instant): boolean {
  return instant.epochNanoseconds % 1_000_000n === 0n;
}

/** The instant as a date, cut to the millisecond: to sort by, not to keep. */
export function dateOf(instant: Temporal.Instant): Date {
  return new Date(instant.epochMilliseconds);
}

/** A record by name as a list, for names that are data (`data.categories`): paths in it stay readable. */
export function toNamed<T extends object>(record: Readonly<Record<string, T>>): Named<T>[] {
  return Object.entries(record).map(([name, item]) => Object.assign({ name }, toStored(item)));
}

export type Named<T> = Stored<T> & { readonly name: string };

/** The opposite of {@link toNamed}. */
export function fromNamed<T extends object>(list: readonly Named<T>[]): Readonly<Record<string, T>> {
  return Object.fromEntries(list.map((item) => [item.name, fromStored<T>(without(item, ['name']))]));
}

/** The object without these of its fields. */
export function without<T extends object, Key extends keyof T>(
  object: T,
  names: readonly Key[],
): Omit<T, Key> {
  const left: readonly PropertyKey[] = names;
  return Object.fromEntries(Object.entries(object).filter(([name]) => !left.includes(name))) as Omit<T, Key>;
}
