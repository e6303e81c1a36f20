import { fail, ok, type Result } from '../result.ts';
import type { NotAllowed } from '../errors.ts';
import type { Actor, Role } from './roles.ts';

/**
 * The one table of who may do what. Separation of duties (the author of a notice does not approve it) and
 * restricted incidents stand beside it, where the thing itself is known.
 */
const TABLE = {
  'incident.see': ['administrator', 'dpo', 'legal', 'responder', 'staff', 'reader'],
  'incident.log': ['administrator', 'dpo', 'legal', 'responder', 'staff'],
  'task.complete': ['administrator', 'dpo', 'legal', 'responder', 'staff'],
  'evidence.attach': ['administrator', 'dpo', 'legal', 'responder', 'staff'],
  'fact.change': ['dpo', 'legal', 'responder'],
  'task.assign': ['dpo', 'legal', 'responder'],
  'stage.close': ['dpo', 'legal', 'responder'],
  'awareness.fix': ['dpo', 'legal'],
  'risk.assess': ['dpo', 'legal'],
  'duty.decide': ['dpo', 'legal'],
  'gate.override': ['dpo', 'legal'],
  'exception.record': ['dpo', 'legal'],
  'incident.restrict': ['dpo', 'legal'],
  'notice.write': ['dpo', 'legal', 'responder'],
  'notice.approve': ['dpo', 'legal'],
  'notice.file': ['dpo', 'legal'],
  'people.import': ['dpo', 'legal', 'responder'],
  'letters.dispatch': ['dpo', 'legal', 'responder'],
  'people.see': ['dpo', 'legal'],
  'people.forget': ['administrator'],
  'register.read': ['administrator', 'dpo', 'legal', 'reader'],
  'settings.change': ['administrator'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof TABLE;
export const PERMISSIONS = Object.keys(TABLE) as readonly Permission[];

/** Whether any of the actor's roles carries the permission. */
export function may(actor: Actor, permission: Permission): boolean {
  const allowed: readonly Role[] = TABLE[permission];
  return actor.roles.some((role) => allowed.includes(role));
}

/** The same as a result, for the first line of a use case. */
export function allow(actor: Actor, permission: Permission): Result<true, NotAllowed> {
  return may(actor, permission) ? ok(true) : fail({ kind: 'not-allowed', permission });
}
