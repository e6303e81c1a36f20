import { may } from '../access/permissions.ts';
import type { DomainError } from '../errors.ts';
import { fail, ok, type Result } from '../result.ts';
import { settle, type Change, type Context } from './change.ts';
import type { Incident } from './incident.ts';

/**
 * Goes on by another text of the playbook. What was done, assigned, answered and decided under the old one stands;
 * both texts stay in the record by their hashes.
 */
export function takeOverPlaybook(
  incident: Incident,
  change: {
    readonly playbook: Incident['playbook'];
    /** The hash of the text that the person saw in use. */
    readonly shown: string;
  },
  context: Context,
): Result<Change, DomainError> {
  if (!may(context.actor, 'task.assign')) return fail({ kind: 'not-allowed', permission: 'task.assign' });
  const { playbook, shown } = change;
  if (incident.playbook.hash !== shown) {
    return fail({
      kind: 'stale-version',
      subject: 'playbook',
      shown: 0,
      current: incident.playbook.version,
      theirs: incident.playbook.hash,
      yours: playbook.hash,
    });
  }
  if (playbook.hash === shown) return ok({ incident, answer: undefined });
  const happening = {
    type: 'playbook-taken-over',
    data: { playbook: { ...playbook }, formerly: { ...incident.playbook } },
  };
  return ok(settle(incident, { playbook, kind: playbook.id }, [happening], context, undefined));
}
