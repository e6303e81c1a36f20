import type { Problem } from '../errors.ts';
import { isZone } from './moments.ts';
import { nearest } from './nearest.ts';
import { nearestPlace, placeOf } from './places.ts';
import { FLAGS } from './types.ts';
import {
  DATA_CATEGORIES,
  MOMENTS,
  RISKS,
  ROLES,
  SECTORS,
  SIGNIFICANT_BY,
  SUBJECT_GROUPS,
} from './vocabulary.ts';

/**
 * Reads a value and tells its faults. Facts are read at every judgement and at every start of the command line, so
 * their shape is checked by these few lines: a library of schemas takes longer to load than a deadline to be told.
 */
type Read = (value: unknown, path: string, faults: Problem[]) => unknown;

const wrong =
  (rule: string): Read =>
  (given, path, faults) => {
    faults.push(
      given === null ? { path, key: 'is-null' } : { path, key: 'wrong-type', values: { given, rule } },
    );
    return undefined;
  };

/** A value of one kind, told apart by `rule`: bool, text, number, whole, currency, list, object. */
const kind =
  (rule: string, fits: (value: unknown) => boolean): Read =>
  (value, path, faults) =>
    fits(value) ? value : wrong(rule)(value, path, faults);

const bool = kind('bool', (value) => typeof value === 'boolean');
const text = kind('text', (value) => typeof value === 'string');
const number = kind('number', (value) => typeof value === 'number' && Number.isFinite(value) && value >= 0);
const whole = kind('whole', (value) => Number.isSafeInteger(value) && Number(value) >= 0);
const currency = kind('currency', (value) => typeof value === 'string' && /^[A-Z]{3}$/.test(value));

const oneOf =
  (words: readonly string[]): Read =>
  (value, path, faults) => {
    if (typeof value === 'string' && words.includes(value)) return value;
    if (value === null) return wrong('text')(value, path, faults);
    const given = typeof value === 'string' ? value : JSON.stringify(value);
    faults.push({ path, key: 'unknown-value', values: { ...withNearest(given, words), allowed: words } });
    return undefined;
  };

/** A text that something knows: as it is named here, or a fault with what was most likely meant. */
const named =
  (
    key: string,
    find: (given: string) => string | undefined,
    meant: (given: string) => string | undefined,
  ): Read =>
  (value, path, faults) => {
    if (typeof value !== 'string') return wrong('text')(value, path, faults);
    const found = find(value);
    if (found === undefined) faults.push({ path, key, values: { given: value, nearest: meant(value) } });
    return found;
  };

const place = named('place-unknown', placeOf, nearestPlace);
const zone = named(
  'zone-unknown',
  (given) => (isZone(given) ? given : undefined),
  (given) => nearest(given, Intl.supportedValuesOf('timeZone')),
);

const listOf =
  (each: Read): Read =>
  (value, path, faults) =>
    Array.isArray(value)
      ? value.map((one: unknown, index) => each(one, `${path}[${index}]`, faults))
      : wrong('list')(value, path, faults);

type Named = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Named {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const below = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);

/** An object of these keys and no other. */
const object = (
  keys: Readonly<Record<string, Read>>,
  needed: readonly string[] = [],
  whole: (value: Named, path: string, faults: Problem[]) => void = () => undefined,
): Read => {
  const names = Object.keys(keys);
  return (value, path, faults) => {
    if (!isObject(value)) return wrong('object')(value, path, faults);
    const read: Record<string, unknown> = {};
    for (const [name, given] of Object.entries(value)) {
      const at = below(path, name);
      const reader = Object.hasOwn(keys, name) ? keys[name] : undefined;
      // What has no value was not said; only JSON's null is refused.
      if (given === undefined) continue;
      if (reader) read[name] = reader(given, at, faults);
      else if (given === null) faults.push({ path: at, key: 'is-null' });
      else faults.push({ path: at, key: 'unknown-key', values: withNearest(name, names) });
    }
    for (const name of needed)
      if (value[name] === undefined) faults.push({ path: below(path, name), key: 'required' });
    whole(value, path, faults);
    return read;
  };
};

/** An object whose keys are names of duties. */
const mapOf =
  (each: Read): Read =>
  (value, path, faults) =>
    isObject(value)
      ? Object.fromEntries(
          Object.entries(value).map(([name, one]) => [name, each(one, below(path, name), faults)]),
        )
      : wrong('object')(value, path, faults);

const all = (names: readonly string[], read: Read): Readonly<Record<string, Read>> =>
  Object.fromEntries(names.map((name) => [name, read]));

function numbers({ count, min, max }: Named, path: string, faults: Problem[]): void {
  if (count !== undefined && (min !== undefined || max !== undefined))
    faults.push({ path, key: 'count-or-range' });
  if (typeof min === 'number' && typeof max === 'number' && min > max)
    faults.push({ path, key: 'range-backwards', values: { min, max } });
}

const role = oneOf(ROLES);
const roles = listOf(role);
const subject = object(
  { place, count: whole, min: whole, max: whole, groups: listOf(oneOf(SUBJECT_GROUPS)) },
  [],
  numbers,
);

const FACTS: Readonly<Record<string, Read>> = {
  role: (value, path, faults) => (Array.isArray(value) ? roles : role)(value, path, faults),
  establishments: listOf(place),
  mainEstablishment: place,
  sectors: listOf(oneOf(SECTORS)),
  listed: bool,
  firmSize: oneOf(['larger', 'smaller']),
  turnoverAud: number,
  databaseLevel: oneOf(['basic', 'medium', 'high']),
  cyberInsurance: bool,
  zone,
  // Moments are read afterwards, since they need the zone.
  ...all(MOMENTS, text),
  risk: oneOf(RISKS),
  significant: bool,
  significantBy: object(all(SIGNIFICANT_BY, bool)),
  ...all(FLAGS, bool),
  breach: object(all(['confidentiality', 'integrity', 'availability'], bool)),
  data: object({
    categories: listOf(oneOf(DATA_CATEGORIES)),
    ...all(['encrypted', 'keyCompromised', 'accessCode'], bool),
    medium: oneOf(['electronic', 'paper', 'both']),
  }),
  subjects: listOf(subject),
  service: object({ affected: bool, hours: number }),
  directLoss: object({ amount: number, currency }),
  exceptions: object(all(['riskRemoved', 'disproportionateEffort'], bool)),
  lawEnforcementHold: object({ from: text, until: text }, ['from']),
  doraExcepted: bool,
  filed: mapOf(object({ at: text, complete: bool }, ['at'])),
  orders: listOf(object({ duty: text, at: text, dueAt: text }, ['duty', 'at'])),
  answered: mapOf(bool),
};

/** Names of the facts, for whoever lists them or asks about them. */
export const FACT_NAMES: readonly string[] = Object.keys(FACTS);

const facts = object(FACTS);

/** Facts in the shape of their contract, places as they are named here; or every fault at once. */
export function shapeOf(input: unknown): { readonly value: unknown; readonly faults: readonly Problem[] } {
  const faults: Problem[] = [];
  if (input === undefined) return { value: undefined, faults: [{ path: '', key: 'required' }] };
  return { value: facts(input, '', faults), faults };
}

function withNearest(given: string, known: readonly string[]): Record<string, unknown> {
  const meant = nearest(given, known);
  return meant === undefined ? { given } : { given, nearest: meant };
}
