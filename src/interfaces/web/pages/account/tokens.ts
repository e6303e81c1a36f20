import { createOwnToken, revokeOwnToken } from '../../../../application/access/api-tokens.ts';
import { refuse } from '../../answers/errors.ts';
import { formErrors, NO_ERRORS } from '../../answers/problems.ts';
import { go } from '../../answers/show.ts';
import type { Form } from '../../request/form.ts';
import { param } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { showAccountPage } from './page.ts';

/** Makes a token of one's own. It stands in this answer and nowhere else. */
export async function takeToken(visit: StaffVisit, form: Form): Promise<void> {
  const name = form.text('name');
  const made = await createOwnToken(visit.parts.house, visit.actor, { name });
  if (made.ok) await showAccountPage(visit, { errors: NO_ERRORS, token: made.value.token }, 200);
  else if (made.error.kind === 'invalid-input')
    await showAccountPage(visit, { errors: formErrors(visit, made.error), tokenName: name }, 422);
  else refuse(visit, made.error);
}

export async function takeRevoke(visit: StaffVisit): Promise<void> {
  const done = await revokeOwnToken(visit.parts.house, visit.actor, { token: param(visit, 'token') });
  if (done.ok) go(visit, '/account', 'token-revoked');
  else refuse(visit, done.error);
}
