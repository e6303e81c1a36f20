import { Temporal } from 'temporal-polyfill';
import { may } from '../access/permissions.ts';
import { invalid, type DomainError, type Problem } from '../errors.ts';
import type { Json } from '../register/entry.ts';
import { fail, ok, type Result } from '../result.ts';
import { settle, type Change, type Context } from './change.ts';
import type { Incident, NoteRef, Supplier } from './incident.ts';

export interface SupplierChange {
  /** The supplier as it is known now, whole; what is left out is not known. */
  readonly supplier: Omit<Supplier, 'revision'>;
  /** The name as a sealed note: the register proves it and does not hold it. */
  readonly name: NoteRef;
  /** The revision that the person saw; 0 where there was no supplier, or one that was never changed. */
  readonly shown: number;
}

/** Puts down who the supplier is, in which role, and when it knew and told us. */
export function changeSupplier(
  incident: Incident,
  change: SupplierChange,
  context: Context,
): Result<Change, DomainError> {
  if (!may(context.actor, 'fact.change')) return fail({ kind: 'not-allowed', permission: 'fact.change' });
  const before = incident.supplier;
  const current = before?.revision ?? 0;
  if (current !== change.shown) {
    return fail({
      kind: 'stale-version',
      subject: 'supplier',
      shown: change.shown,
      current,
      theirs: before ? momentsOf(before) : null,
      yours: momentsOf(change.supplier),
    });
  }
  if (change.supplier.name.trim() === '') return fail(invalid('supplier.name', 'text.missing'));
  const problems = supplierProblems(change.supplier, context.at);
  if (problems.length > 0) return fail({ kind: 'invalid-input', problems });
  const supplier: Supplier = { ...change.supplier, revision: current + 1 };
  const happening = {
    type: 'supplier-changed',
    data: { ...momentsOf(supplier), note: change.name.id, hash: change.name.hash },
  };
  return ok(settle(incident, { supplier }, [happening], context, undefined));
}

/** A supplier knows before it tells, and neither happens in the future. */
export function supplierProblems(
  { knewAt, toldUsAt }: Pick<Supplier, 'knewAt' | 'toldUsAt'>,
  now: Temporal.Instant,
): Problem[] {
  const problems: Problem[] = [];
  if (knewAt && toldUsAt && Temporal.Instant.compare(knewAt, toldUsAt) > 0) {
    problems.push({
      path: 'supplier.toldUsAt',
      key: 'moment.told-before-known',
      values: { knewAt: knewAt.toString(), toldUsAt: toldUsAt.toString() },
    });
  }
  for (const [name, moment] of Object.entries({ knewAt, toldUsAt })) {
    if (moment && Temporal.Instant.compare(moment, now.add({ minutes: 5 })) > 0) {
      const values = { moment: moment.toString() };
      problems.push({ path: `supplier.${name}`, key: 'moment.in-future', values });
    }
  }
  return problems;
}

/** A supplier's name may be a person's: the register holds its moments and role only. */
export function momentsOf({ knewAt, toldUsAt, role, confirmed }: Supplier): Record<string, Json> {
  const iso = (moment: Temporal.Instant | undefined): string | null => moment?.toString() ?? null;
  return { knewAt: iso(knewAt), toldUsAt: iso(toldUsAt), role: role ?? null, confirmed: confirmed ?? null };
}
