import { signIn } from '../../../../application/access/sign-in.ts';
import { tidyEmail } from '../../../../application/access/credentials.ts';
import { invalid, type InvalidInput } from '../../../../domain/errors.ts';
import { sha256 } from '../../../../domain/register/entry.ts';
import { field } from '../../answers/fields.ts';
import { formErrors, NO_ERRORS, type FormErrors } from '../../answers/problems.ts';
import { go, show } from '../../answers/show.ts';
import type { Form } from '../../request/form.ts';
import { localPath, query } from '../../request/routes.ts';
import type { Visit } from '../../request/visit.ts';
import { beginSession, endSession } from '../../security/session.ts';

export function showSignIn(visit: Visit): void {
  if (visit.request.session.user !== undefined) {
    go(visit, '/');
    return;
  }
  showForm(visit, { email: '', next: localPath(query(visit, 'next')), errors: NO_ERRORS }, 200);
}

/**
 * Tries are counted before the password is looked at, by the client's address and by the account, whether or not
 * the account exists: all answers are the same for both.
 */
export async function takeSignIn(visit: Visit, form: Form): Promise<void> {
  const { parts, request } = visit;
  const email = form.text('email');
  const next = localPath(form.text('next'));
  const account = sha256(`account:${tidyEmail(email)}`);
  const byAddress = await parts.throttle.address.consume(request.ip ?? 'nowhere');
  const byAccount = await parts.throttle.account.consume(account);
  if (!byAddress.allowed || !byAccount.allowed) {
    const seconds = Math.max(byAddress.retryAfter, byAccount.retryAfter);
    visit.response.setHeader('Retry-After', String(seconds));
    const minutes = Math.ceil(seconds / 60);
    refused(visit, email, next, invalid('password', 'sign-in.throttled', { minutes }), 429);
    return;
  }
  const signed = await signIn(parts.house, { email, password: form.text('password') });
  const organisation = signed.ok ? signed.value.memberships[0]?.organisation : undefined;
  if (!signed.ok || organisation === undefined) {
    refused(visit, email, next, invalid('password', 'sign-in.wrong', { left: byAccount.left }), 422);
    return;
  }
  await parts.throttle.account.forget(account);
  await beginSession(request, signed.value.id, organisation);
  go(visit, next);
}

export async function signOut(visit: Visit): Promise<void> {
  await endSession(visit.request);
  visit.response.redirect(303, '/sign-in');
}

function refused(visit: Visit, email: string, next: string, error: InvalidInput, status: number): void {
  showForm(visit, { email, next, errors: formErrors(visit, error) }, status);
}

interface SignInForm {
  readonly email: string;
  readonly next: string;
  readonly errors: FormErrors;
}

function showForm(visit: Visit, { email, next, errors }: SignInForm, status: number): void {
  const { say } = visit;
  const model = {
    title: say('sign-in.title'),
    next,
    email: field(
      'email',
      { label: say('sign-in.email'), type: 'email', value: email, autocomplete: 'username', strong: true },
      errors,
    ),
    password: field(
      'password',
      { label: say('sign-in.password'), type: 'password', autocomplete: 'current-password', strong: true },
      errors,
    ),
  };
  show(visit, 'access/sign-in', model, status);
}
