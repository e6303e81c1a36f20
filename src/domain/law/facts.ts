import { fail, ok, type Result } from '../result.ts';
import type { InvalidInput, Problem } from '../errors.ts';
import type { Temporal } from 'temporal-polyfill';
import { shapeOf } from './facts-shape.ts';
import { isZone, parseMoment } from './moments.ts';
import { nearest } from './nearest.ts';
import { FLAGS, type Facts, type Filing, type Order, type SubjectRow, type TraceStep } from './types.ts';
import { MOMENTS, type MomentName, type SubjectGroup } from './vocabulary.ts';

interface RawSubject {
  readonly place?: string;
  readonly count?: number;
  readonly min?: number;
  readonly max?: number;
  readonly groups?: readonly SubjectGroup[];
}

interface Raw extends Omit<
  Partial<Facts>,
  'role' | 'subjects' | 'filed' | 'orders' | 'answered' | 'lawEnforcementHold'
> {
  readonly role?: Facts['role'] | string;
  readonly subjects?: readonly RawSubject[];
  readonly filed?: Readonly<Record<string, { readonly at: string; readonly complete?: boolean }>>;
  readonly orders?: readonly { readonly duty: string; readonly at: string; readonly dueAt?: string }[];
  readonly answered?: Readonly<Record<string, boolean>>;
  readonly lawEnforcementHold?: { readonly from: string; readonly until?: string };
}

/**
 * Reads facts as the contract writes them. Every fault at once: an unknown key or value names the nearest right
 * one, null is a fault, so is a day that does not exist, and a local time without a zone. With `duties` given, the
 * ids in `filed`, `orders` and `answered` must be among them.
 */
export function parseFacts(input: unknown, duties?: ReadonlySet<string>): Result<Facts, InvalidInput> {
  const checked = shapeOf(input);
  const problems: Problem[] = [...checked.faults];
  if (problems.length > 0)
    return fail({ kind: 'invalid-input', problems: [...problems, ...momentFaults(input)] });
  const raw = checked.value as Raw & Record<string, unknown>;
  const reader = new MomentReader(raw.zone, problems);
  const facts = build(raw, reader);
  if (duties) problems.push(...unknownDuties(facts, duties));
  return problems.length > 0 ? fail({ kind: 'invalid-input', problems }) : ok(facts);
}

/** The faults of the plain moments of an input whose shape is wrong elsewhere, so that all are told at once. */
function momentFaults(input: unknown): readonly Problem[] {
  if (typeof input !== 'object' || input === null) return [];
  const raw = input as Record<string, unknown>;
  const zone = typeof raw['zone'] === 'string' && isZone(raw['zone']) ? raw['zone'] : undefined;
  return MOMENTS.flatMap((name) => {
    const text = raw[name];
    const parsed = typeof text === 'string' ? parseMoment(text, zone) : undefined;
    if (!parsed || parsed.ok || (parsed.error === 'needs-zone' && raw['zone'] !== undefined)) return [];
    return [{ path: name, key: parsed.error, values: { given: text } }];
  });
}

/** Reads moments in the facts' zone and keeps the faults and the readings of doubtful local times. */
class MomentReader {
  readonly readings: TraceStep[] = [];
  private readonly zone: string | undefined;
  private readonly problems: Problem[];

  constructor(zone: string | undefined, problems: Problem[]) {
    this.zone = zone;
    this.problems = problems;
  }

  read(path: string, text: string): Temporal.Instant | undefined {
    const parsed = parseMoment(text, this.zone);
    if (!parsed.ok) {
      this.problems.push({ path, key: parsed.error, values: { given: text } });
      return undefined;
    }
    const { instant, reading } = parsed.value;
    if (reading) this.readings.push({ ...reading, values: { ...reading.values, fact: path } });
    return instant;
  }
}

function build(raw: Raw & Record<string, unknown>, reader: MomentReader): Facts {
  const moments: Partial<Record<MomentName, Temporal.Instant>> = {};
  for (const name of MOMENTS) {
    const text = raw[name];
    const instant = typeof text === 'string' ? reader.read(name, text) : undefined;
    if (instant) moments[name] = instant;
  }
  const hold = raw.lawEnforcementHold && readHold(raw.lawEnforcementHold, reader);
  const flags = Object.fromEntries(
    FLAGS.flatMap((name) => (raw[name] === undefined ? [] : [[name, raw[name]]])),
  );
  return {
    ...pick(raw, ['establishments', 'mainEstablishment', 'sectors', 'listed', 'firmSize', 'turnoverAud']),
    ...pick(raw, ['databaseLevel', 'cyberInsurance', 'zone', 'risk', 'significant']),
    ...(raw.role === undefined
      ? {}
      : { role: (Array.isArray(raw.role) ? raw.role : [raw.role]) as NonNullable<Facts['role']> }),
    ...(raw.subjects === undefined ? {} : { subjects: raw.subjects.map(subjectRow) }),
    ...(hold ? { lawEnforcementHold: hold } : {}),
    moments,
    significantBy: raw.significantBy ?? {},
    // A mistaken disclosure is not assumed: `inadvertent` is closed when missing.
    flags: { inadvertent: false, ...flags },
    breach: raw.breach ?? {},
    data: { medium: 'electronic', ...raw.data },
    service: raw.service ?? {},
    directLoss: raw.directLoss ?? {},
    exceptions: { riskRemoved: false, disproportionateEffort: false, ...raw.exceptions },
    doraExcepted: raw.doraExcepted ?? true,
    filed: readFiled(raw.filed ?? {}, reader),
    orders: readOrders(raw.orders ?? [], reader),
    answered: new Map(Object.entries(raw.answered ?? {})),
    readings: reader.readings,
  };
}

function pick<K extends keyof Facts>(raw: Raw, names: readonly K[]): Partial<Pick<Facts, K>> {
  const source = raw as unknown as Partial<Facts>;
  return Object.fromEntries(
    names.flatMap((name) => (source[name] === undefined ? [] : [[name, source[name]]])),
  ) as unknown as Partial<Pick<Facts, K>>;
}

function subjectRow(row: RawSubject): SubjectRow {
  // A row without a number says that there are people: at least one, unless it says 'at most none'.
  const most = row.count ?? row.max ?? Infinity;
  const least = row.count ?? row.min ?? Math.min(1, most);
  return {
    ...(row.place === undefined ? {} : { place: row.place }),
    least,
    most,
    counted: least === most,
    ...(row.groups === undefined ? {} : { groups: row.groups }),
  };
}

function readHold(
  hold: { readonly from: string; readonly until?: string },
  reader: MomentReader,
): Facts['lawEnforcementHold'] {
  const from = reader.read('lawEnforcementHold.from', hold.from);
  const until = hold.until === undefined ? undefined : reader.read('lawEnforcementHold.until', hold.until);
  if (!from) return undefined;
  return until ? { from, until } : { from };
}

function readFiled(filed: NonNullable<Raw['filed']>, reader: MomentReader): ReadonlyMap<string, Filing> {
  const filings = new Map<string, Filing>();
  for (const [key, filing] of Object.entries(filed)) {
    const at = reader.read(`filed.${key}.at`, filing.at);
    if (at) filings.set(key, { at, complete: filing.complete ?? true });
  }
  return filings;
}

function readOrders(orders: NonNullable<Raw['orders']>, reader: MomentReader): readonly Order[] {
  return orders.flatMap((order, index) => {
    const at = reader.read(`orders[${index}].at`, order.at);
    const dueAt = order.dueAt === undefined ? undefined : reader.read(`orders[${index}].dueAt`, order.dueAt);
    if (!at) return [];
    return [{ duty: order.duty, at, ...(dueAt ? { dueAt } : {}) }];
  });
}

function unknownDuties(facts: Facts, duties: ReadonlySet<string>): readonly Problem[] {
  const named = [
    ...[...facts.filed.keys()].map((key) => [`filed.${key}`, dutyOf(key)] as const),
    ...facts.orders.map((order, index) => [`orders[${index}].duty`, order.duty] as const),
    ...[...facts.answered.keys()].map((key) => [`answered.${key}`, key] as const),
  ];
  return named.flatMap(([path, id]) => {
    if (duties.has(id)) return [];
    const meant = nearest(id, duties);
    return [
      {
        path,
        key: 'unknown-duty',
        values: meant === undefined ? { given: id } : { given: id, nearest: meant },
      },
    ];
  });
}

/** The duty of a key: `gdpr-art33-authority` of `gdpr-art33-authority@FR`. */
export function dutyOf(key: string): string {
  const at = key.indexOf('@');
  return at < 0 ? key : key.slice(0, at);
}

/** The recipient of a key, if it names one. */
export function recipientOf(key: string): string | undefined {
  const at = key.indexOf('@');
  return at < 0 ? undefined : key.slice(at + 1);
}
