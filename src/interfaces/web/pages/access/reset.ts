import { resetPassword, resettable } from '../../../../application/access/passwords.ts';
import { refuse } from '../../answers/errors.ts';
import { formErrors, NO_ERRORS, type FormErrors } from '../../answers/problems.ts';
import { go, show } from '../../answers/show.ts';
import type { Form } from '../../request/form.ts';
import { param } from '../../request/routes.ts';
import type { Visit } from '../../request/visit.ts';
import { beginSession } from '../../security/session.ts';
import { newPasswordField } from './new-password.ts';

const SPENT = { kind: 'not-found', what: 'link', id: 'reset' } as const;

export async function showReset(visit: Visit): Promise<void> {
  const user = await resettable(visit.parts.house, param(visit, 'secret'));
  if (user) showForm(visit, user.email, NO_ERRORS, 200);
  else refuse(visit, SPENT);
}

/** Sets the new password, once; every session of the person ends, and one begins here. */
export async function takeReset(visit: Visit, form: Form): Promise<void> {
  const { house } = visit.parts;
  const secret = param(visit, 'secret');
  const user = await resettable(house, secret);
  if (!user) {
    refuse(visit, SPENT);
    return;
  }
  const done = await resetPassword(house, { secret, password: form.text('password') });
  if (done.ok) {
    await beginSession(visit.request, done.value, house.clock.now());
    go(visit, '/', 'password');
    return;
  }
  if (done.error.kind === 'invalid-input') showForm(visit, user.email, formErrors(visit, done.error), 422);
  else refuse(visit, done.error);
}

function showForm(visit: Visit, email: string, errors: FormErrors, status: number): void {
  const model = {
    title: visit.say('reset.title'),
    errors: errors.summary,
    email,
    password: newPasswordField(visit, errors),
  };
  show(visit, 'access/reset', model, status);
}
