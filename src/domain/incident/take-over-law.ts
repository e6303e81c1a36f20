import { may } from '../access/permissions.ts';
import type { DomainError } from '../errors.ts';
import { fail, ok, type Result } from '../result.ts';
import { settle, type Change, type Context } from './change.ts';
import type { Incident } from './incident.ts';
import { rejudge, type Judged } from './judgement.ts';

/** A law file whose text is another one now: by its id, the text that held so far and the one that holds from here. */
export interface LawTaken {
  readonly regime: string;
  readonly from: string;
  /** null: the law is no longer among the files. */
  readonly to: string | null;
}

/**
 * Takes over changed law: the incident is judged by it from here on. The old judgement and the new one stand in the
 * register, each with the hash of its text; what was met or decided stays.
 */
export function takeOverLaw(
  incident: Incident,
  taken: { readonly laws: readonly LawTaken[]; readonly judged: readonly Judged[] },
  context: Context,
): Result<Change, DomainError> {
  if (!may(context.actor, 'duty.decide')) return fail({ kind: 'not-allowed', permission: 'duty.decide' });
  const { obligations, notices, happenings } = rejudge(incident, taken.judged);
  const laws = taken.laws.map(({ regime, from, to }) => ({ regime, from, to }));
  const happening = { type: 'law-taken-over', data: { laws } };
  return ok(settle(incident, { obligations, notices }, [happening, ...happenings], context, undefined));
}
