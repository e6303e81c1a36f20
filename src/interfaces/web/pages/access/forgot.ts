import { requestReset } from '../../../../application/access/passwords.ts';
import { invalid } from '../../../../domain/errors.ts';
import { field } from '../../answers/fields.ts';
import { formErrors, NO_ERRORS, type FormErrors } from '../../answers/problems.ts';
import { show } from '../../answers/show.ts';
import type { Form } from '../../request/form.ts';
import type { Visit } from '../../request/visit.ts';
import { countTry } from './tries.ts';

export function showForgot(visit: Visit): void {
  showForm(visit, '', NO_ERRORS, 200);
}

/** Asks for a link by which a new password is chosen. The answer is the same whoever asks, and comes at once. */
export async function takeForgot(visit: Visit, form: Form): Promise<void> {
  const { parts } = visit;
  const email = form.text('email');
  // Counted apart from tries to sign in: asking for links must lock nobody out.
  const tries = await countTry(visit, `forgot:${email}`);
  if (!tries.allowed) {
    const minutes = Math.ceil(tries.retryAfter / 60);
    visit.response.setHeader('Retry-After', String(tries.retryAfter));
    showForm(visit, email, formErrors(visit, invalid('email', 'sign-in.throttled', { minutes })), 429);
    return;
  }
  // Nobody waits for it: the time that the answer takes must not tell who has an account.
  requestReset(parts.house, { email }).catch((error: unknown) =>
    parts.log.error({ err: error }, 'a link for a new password could not be mailed'),
  );
  const model = { title: visit.say('forgot.asked'), reaches: parts.house.staffPost.reaches };
  show(visit, 'access/forgot-asked', model);
}

function showForm(visit: Visit, email: string, errors: FormErrors, status: number): void {
  const { say } = visit;
  const model = {
    title: say('forgot.title'),
    email: field(
      'email',
      { label: say('sign-in.email'), type: 'email', value: email, autocomplete: 'username', strong: true },
      errors,
    ),
  };
  show(visit, 'access/forgot', model, status);
}
