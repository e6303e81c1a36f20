import { changePassword } from '../../../../application/access/passwords.ts';
import { invalid } from '../../../../domain/errors.ts';
import { refuse } from '../../answers/errors.ts';
import { formErrors } from '../../answers/problems.ts';
import { go } from '../../answers/show.ts';
import type { Form } from '../../request/form.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { beginSession } from '../../security/session.ts';
import { countTry } from '../access/tries.ts';
import { showAccountPage } from './page.ts';

/**
 * Changes the own password. The old one is asked, and tries at it are counted: an open browser must not find it out.
 * All sessions end by it; this one begins anew.
 */
export async function takePassword(visit: StaffVisit, form: Form): Promise<void> {
  const { parts, user } = visit;
  const tries = await countTry(visit, user.email);
  if (!tries.allowed) {
    const minutes = Math.ceil(tries.retryAfter / 60);
    visit.response.setHeader('Retry-After', String(tries.retryAfter));
    const errors = formErrors(visit, invalid('old', 'sign-in.throttled', { minutes }));
    await showAccountPage(visit, { errors }, 429);
    return;
  }
  const done = await changePassword(parts.house, visit.actor, {
    old: form.text('old'),
    password: form.text('password'),
  });
  if (done.ok) {
    await tries.succeeded();
    await beginSession(visit.request, done.value, parts.house.clock.now());
    go(visit, '/account', 'password');
  } else if (done.error.kind === 'invalid-input') {
    await showAccountPage(visit, { errors: formErrors(visit, done.error) }, 422);
  } else refuse(visit, done.error);
}
