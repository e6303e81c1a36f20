import type { Obligation } from '../../domain/incident/incident.ts';
import { fromStored, toStored, without, type Stored } from './convert.ts';

/**
 * Hundreds of laws can be undecided at once, and an incident must stay small: hashes and lists of missing facts stand
 * once a document, and what is as usual (undecided, first revision, no date) is left out. Moments stay dates.
 */
export interface PackedObligations {
  /** SHA-256 of each law text by which the incident is judged. */
  laws: string[];
  /** Each list of facts that decide something. */
  gaps: string[][];
  obligations: PackedObligation[];
}

type Usual =
  | 'duty'
  | 'recipient'
  | 'decision'
  | 'missing'
  | 'startedAt'
  | 'dueAt'
  | 'latestAt'
  | 'noNumber'
  | 'revision'
  | 'lawHash';

export type PackedObligation = Stored<Omit<Obligation, Usual>> &
  Partial<Stored<Pick<Obligation, Exclude<Usual, 'missing' | 'lawHash'>>>> & {
    /** Positions in `laws` and `gaps`. */
    law: number;
    gap?: number;
  };

const USUAL = { decision: 'undecided', noNumber: false, revision: 1 } as const;

export function packObligations(obligations: readonly Obligation[]): PackedObligations {
  const laws = new Positions<string>();
  const gaps = new Positions<string[]>();
  const packed = obligations.map((obligation): PackedObligation => {
    const { missing, lawHash, ...rest } = obligation;
    const [duty, recipient] = namesOf(rest.key);
    const usual: Readonly<Record<string, unknown>> = { ...USUAL, duty, recipient };
    const telling = Object.entries(rest).filter(([name, value]) => value !== null && value !== usual[name]);
    return {
      ...(toStored(Object.fromEntries(telling)) as unknown as PackedObligation),
      law: laws.of(lawHash, lawHash),
      ...(missing.length === 0 ? {} : { gap: gaps.of(missing.join('\n'), [...missing]) }),
    };
  });
  return { laws: laws.all, gaps: gaps.all, obligations: packed };
}

export function unpackObligations({ laws, gaps, obligations }: PackedObligations): readonly Obligation[] {
  return obligations.map((packed): Obligation => {
    const [duty, recipient] = namesOf(packed.key);
    const dates = { startedAt: null, dueAt: null, latestAt: null };
    const lawHash = laws[packed.law];
    if (lawHash === undefined) throw new RangeError(`The law of ${packed.key} is not in its incident.`);
    const usual = { ...USUAL, ...dates, duty, ...(recipient === undefined ? {} : { recipient }) };
    return {
      ...usual,
      ...fromStored<Pick<Obligation, 'key' | 'notify'>>(without(packed, ['law', 'gap'])),
      missing: packed.gap === undefined ? [] : (gaps[packed.gap] ?? []),
      lawHash,
    };
  });
}

/** A key is DUTY_ID, or DUTY_ID@recipient. */
function namesOf(key: string): readonly [duty: string, recipient: string | undefined] {
  const at = key.indexOf('@');
  return at < 0 ? [key, undefined] : [key.slice(0, at), key.slice(at + 1)];
}

/** Gives each thing its position, the same one again when it comes again. */
class Positions<T> {
  readonly all: T[] = [];
  private readonly known = new Map<string, number>();

  of(name: string, thing: T): number {
    const known = this.known.get(name);
    if (known !== undefined) return known;
    this.known.set(name, this.all.push(thing) - 1);
    return this.all.length - 1;
  }
}
