import { acceptInvitation, invited } from '../../../../application/access/staff.ts';
import { refuse } from '../../answers/errors.ts';
import { field } from '../../answers/fields.ts';
import { formErrors, NO_ERRORS, type FormErrors } from '../../answers/problems.ts';
import { go, show } from '../../answers/show.ts';
import type { Form } from '../../request/form.ts';
import { param } from '../../request/routes.ts';
import type { Visit } from '../../request/visit.ts';
import { beginSession } from '../../security/session.ts';
import { newPasswordField } from './new-password.ts';

const SPENT = { kind: 'not-found', what: 'link', id: 'invitation' } as const;

export async function showInvitation(visit: Visit): Promise<void> {
  const user = await invited(visit.parts.house, param(visit, 'secret'));
  if (!user) {
    refuse(visit, SPENT);
    return;
  }
  const name = user.name === user.email ? '' : user.name;
  showForm(visit, { name, email: user.email }, NO_ERRORS, 200);
}

export async function takeInvitation(visit: Visit, form: Form): Promise<void> {
  const secret = param(visit, 'secret');
  const name = form.text('name');
  const user = await invited(visit.parts.house, secret);
  const done = await acceptInvitation(visit.parts.house, { secret, name, password: form.text('password') });
  if (done.ok) {
    await beginSession(visit.request, done.value, visit.parts.house.clock.now());
    go(visit, '/', 'welcome');
    return;
  }
  if (done.error.kind === 'invalid-input' && user)
    showForm(visit, { name, email: user.email }, formErrors(visit, done.error), 422);
  else refuse(visit, user ? done.error : SPENT);
}

function showForm(
  visit: Visit,
  typed: { readonly name: string; readonly email: string },
  errors: FormErrors,
  status: number,
): void {
  const { say } = visit;
  const model = {
    title: say('invitation.title'),
    errors: errors.summary,
    email: typed.email,
    name: field(
      'name',
      { label: say('set-up.name'), value: typed.name, autocomplete: 'name', strong: true, max: 100 },
      errors,
    ),
    password: newPasswordField(visit, errors),
  };
  show(visit, 'access/invitation', model, status);
}
