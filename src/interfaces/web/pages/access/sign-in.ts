import { signIn } from '../../../../application/access/sign-in.ts';
import { invalid, type InvalidInput } from '../../../../domain/errors.ts';
import { field } from '../../answers/fields.ts';
import { formErrors, NO_ERRORS, type FormErrors } from '../../answers/problems.ts';
import { go, show } from '../../answers/show.ts';
import type { Form } from '../../request/form.ts';
import { localPath, query } from '../../request/routes.ts';
import { staffVisit, type Visit } from '../../request/visit.ts';
import { beginSession, endSession } from '../../security/session.ts';
import { countTry } from './tries.ts';

/** Whose session still holds has no need of this page; whose roles or password changed since then has. */
export async function showSignIn(visit: Visit): Promise<void> {
  if (await staffVisit(visit.parts, visit.request, visit.response)) {
    go(visit, '/');
    return;
  }
  showForm(visit, { email: '', next: localPath(query(visit, 'next')), errors: NO_ERRORS }, 200);
}

export async function takeSignIn(visit: Visit, form: Form): Promise<void> {
  const { parts, request } = visit;
  const email = form.text('email');
  const next = localPath(form.text('next'));
  const tries = await countTry(visit, email);
  if (!tries.allowed) {
    visit.response.setHeader('Retry-After', String(tries.retryAfter));
    const minutes = Math.ceil(tries.retryAfter / 60);
    refused(visit, email, next, invalid('password', 'sign-in.throttled', { minutes }), 429);
    return;
  }
  const signed = await signIn(parts.house, { email, password: form.text('password') });
  if (!signed.ok) {
    refused(visit, email, next, invalid('password', 'sign-in.wrong', { left: tries.left }), 422);
    return;
  }
  await tries.succeeded();
  await beginSession(request, signed.value, parts.house.clock.now());
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
