import type { Actor } from '../../domain/access/roles.ts';
import { invalid, type DomainError } from '../../domain/errors.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { House } from '../ports/house.ts';
import type { SealedNote } from '../ports/stores.ts';
import { findIncident } from './find.ts';

const WORDS_LIMIT = 20_000;

type Deps = Pick<House, 'incidents' | 'notes'>;
type Form = { readonly incident: string; readonly text: string | undefined; readonly path: string };

/**
 * Seals the words of a reason or a note for an incident that the person may see; they must say something. They are
 * stored with the change that names them (`changeIncident`), and not at all where it is refused.
 */
export async function sealNote(
  house: Deps,
  actor: Actor,
  form: Form,
): Promise<Result<SealedNote, DomainError>> {
  const sealed = await sealIfGiven(house, actor, form);
  if (!sealed.ok) return sealed;
  return sealed.value ? ok(sealed.value) : fail(invalid(form.path, 'text.missing'));
}

/** The same for words that may be left out. */
export async function sealIfGiven(
  house: Deps,
  actor: Actor,
  { incident, text, path }: Form,
): Promise<Result<SealedNote | undefined, DomainError>> {
  const words = (text ?? '').trim();
  if (words.length > WORDS_LIMIT) return fail(invalid(path, 'text.too-long', { limit: WORDS_LIMIT }));
  if (!(await findIncident(house, actor, incident))) {
    return fail({ kind: 'not-found', what: 'incident', id: incident });
  }
  return ok(words === '' ? undefined : house.notes.seal(actor.organisation, incident, words));
}
