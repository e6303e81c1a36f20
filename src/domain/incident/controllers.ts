import { may } from '../access/permissions.ts';
import { invalid, type DomainError } from '../errors.ts';
import { fail, ok, type Result } from '../result.ts';
import { settle, type Change, type Context } from './change.ts';
import type { Judge } from './facts.ts';
import type { Controller, Incident, NoteRef } from './incident.ts';
import { rejudge } from './judgement.ts';

/** A controller as a person names it. */
export interface NamedController {
  readonly name: string;
  /** A mail address or telephone number, as typed; '' where none is known. */
  readonly contact: string;
}

const MOST = 500;

/**
 * Puts down for which controllers we process the data: each is told by itself (GDPR art. 33(2)), with a clock of its
 * own. Who is no longer named is owed nothing more; who was told already stays.
 *
 * The names may be those of people: the register holds how many there are and a sealed note.
 */
export function nameControllers(
  incident: Incident,
  input: { readonly controllers: readonly NamedController[]; readonly note: NoteRef },
  judge: Judge,
  context: Context,
): Result<Change, DomainError> {
  if (!may(context.actor, 'fact.change')) return fail({ kind: 'not-allowed', permission: 'fact.change' });
  if (input.controllers.length > MOST)
    return fail(invalid('controllers', 'list.too-long', { limit: MOST, count: input.controllers.length }));
  const controllers = merged(incident.controllers ?? [], input.controllers, toldOf(incident));
  const named = { ...incident, controllers };
  const { obligations, notices, happenings } = rejudge(named, judge(named));
  const happening = {
    type: 'controllers-named',
    data: {
      count: named.controllers.filter(({ gone }) => !gone).length,
      note: input.note.id,
      hash: input.note.hash,
    },
  };
  const changes = { controllers, obligations, notices };
  return ok(settle(incident, changes, [happening, ...happenings], context, undefined));
}

/** Ids of controllers to whom a duty is met. */
function toldOf({ obligations }: Incident): ReadonlySet<string> {
  return new Set(
    obligations.flatMap(({ notify, met, recipient }) =>
      notify === 'controller' && met && recipient !== undefined ? [recipient] : [],
    ),
  );
}

/** Known ones keep their id, by name; an id is never given twice. */
function merged(
  before: readonly Controller[],
  named: readonly NamedController[],
  told: ReadonlySet<string>,
): readonly Controller[] {
  const left = new Map(named.map((one) => [one.name, one]));
  const kept = before.map(({ id, name, contact, gone }): Controller => {
    const again = left.get(name);
    left.delete(name);
    if (again) return { id, name, contact: again.contact };
    return told.has(id) && !gone ? { id, name, contact } : { id, name, contact, gone: true };
  });
  const added = [...left.values()].map(({ name, contact }, index): Controller => ({
    id: `c${before.length + index + 1}`,
    name,
    contact,
  }));
  return [...kept, ...added];
}
