import { allow } from '../../domain/access/permissions.ts';
import type { Actor } from '../../domain/access/roles.ts';
import type { DomainError, Problem } from '../../domain/errors.ts';
import { nameControllers as name, type NamedController } from '../../domain/incident/controllers.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { House } from '../ports/house.ts';
import { changeIncident, type Changing } from './change.ts';
import { sealNote } from './seal-note.ts';

export interface ControllersForm {
  readonly incident: string;
  /** All of them; whom the list no longer names is owed nothing more, unless they were told already. */
  readonly controllers: readonly { readonly name: string; readonly contact?: string }[];
}

const NAME_LIMIT = 200;

/** Puts down for whom we process the data, so that each of them is told by itself (GDPR art. 33(2)). */
export async function nameControllers(
  house: Changing & Pick<House, 'notes'>,
  actor: Actor,
  form: ControllersForm,
  key?: string,
): Promise<Result<undefined, DomainError>> {
  const allowed = allow(actor, 'fact.change');
  if (!allowed.ok) return allowed;
  const read = form.controllers.map(({ name: called, contact = '' }) => ({
    name: oneLine(called),
    contact: oneLine(contact),
  }));
  const problems = read.flatMap(faultsOf);
  if (problems.length > 0) return fail({ kind: 'invalid-input', problems });
  const text = read.map(({ name: called }) => called).join('\n');
  // Who took everybody off the list says that, too.
  const note = await sealNote(house, actor, { ...form, text: text === '' ? '–' : text, path: 'controllers' });
  if (!note.ok) return note;
  const input = { controllers: read, note: note.value.ref };
  const done = await changeIncident(
    house,
    actor,
    form.incident,
    (incident, context, { judge }) => name(incident, input, judge, context),
    key,
    [note.value],
  );
  return done.ok ? ok(undefined) : done;
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
}

function faultsOf({ name: called, contact }: NamedController, index: number): readonly Problem[] {
  const path = `controllers[${index}].name`;
  if (called === '') return [{ path, key: 'text.missing' }];
  const long = [called, contact].some((text) => text.length > NAME_LIMIT);
  return long ? [{ path, key: 'text.too-long', values: { limit: NAME_LIMIT } }] : [];
}
