import { forgetPeople } from '../../../../application/people/forget.ts';
import { invalid } from '../../../../domain/errors.ts';
import { sha256 } from '../../../../domain/register/entry.ts';
import { refuse } from '../../answers/errors.ts';
import { formErrors } from '../../answers/problems.ts';
import { go } from '../../answers/show.ts';
import type { Form } from '../../request/form.ts';
import { param } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { showForgetPage } from './page.ts';

/** Forgets the people. The password is asked again, so its tries are counted like those at signing in. */
export async function takeForget(visit: StaffVisit, form: Form): Promise<void> {
  const incident = param(visit, 'incident');
  const typed = {
    reference: form.text('reference'),
    reason: form.text('reason'),
    override: form.text('override'),
    withNotes: form.has('withNotes'),
  };
  const { account } = visit.parts.throttle;
  const counted = sha256(`approval:${visit.user.id}`);
  const tries = await account.consume(counted);
  if (!tries.allowed) {
    visit.response.setHeader('Retry-After', String(tries.retryAfter));
    const minutes = Math.ceil(tries.retryAfter / 60);
    const errors = formErrors(visit, invalid('password', 'sign-in.throttled', { minutes }));
    await showForgetPage(visit, errors, 429, typed);
    return;
  }
  const asked = { incident, ...typed, password: form.text('password') };
  const done = await forgetPeople(visit.parts.house, visit.actor, asked, form.key);
  if (done.ok) {
    await account.forget(counted);
    go(visit, `/incidents/${incident}/forget`, 'forgotten');
  } else if (done.error.kind === 'invalid-input') {
    await showForgetPage(visit, formErrors(visit, done.error), 422, typed);
  } else refuse(visit, done.error);
}
