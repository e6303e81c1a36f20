import type { Actor } from '../../domain/access/roles.ts';
import { invalid, type DomainError } from '../../domain/errors.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { House } from '../ports/house.ts';

const TRIES = 10;

/**
 * The language of the own pages and mails. It is the person's alone, so whatever an administrator changed of them in
 * the same moment stays as it is.
 * @param form `locale`: two letters (`de`)
 */
export async function changeLocale(
  house: Pick<House, 'users'>,
  actor: Actor,
  form: { readonly locale: string },
): Promise<Result<undefined, DomainError>> {
  if (!/^[a-z]{2}$/.test(form.locale)) return fail(invalid('locale', 'locale.unknown'));
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const user = await house.users.byId(actor.user);
    if (!user?.active) return fail({ kind: 'not-found', what: 'user', id: actor.user });
    const next = { ...user, locale: form.locale, version: user.version + 1 };
    if (await house.users.replace(next, user.version)) return ok(undefined);
  }
  throw new Error(`the account of ${actor.user} was changed by others ${TRIES} times in a row`);
}
