import { changeStaff, invite } from '../../../../application/access/staff.ts';
import { refuse } from '../../answers/errors.ts';
import { formErrors } from '../../answers/problems.ts';
import { go } from '../../answers/show.ts';
import type { Form } from '../../request/form.ts';
import { param } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { showSettingsPage } from './page.ts';

/** Invites a person. The link is shown once, since a mail may reach nobody yet. */
export async function takeInvite(visit: StaffVisit, form: Form): Promise<void> {
  const typed = {
    email: form.text('invite-email'),
    name: form.text('invite-name'),
    roles: form.list('invite-roles'),
  };
  const done = await invite(visit.parts.house, visit.actor, typed);
  if (done.ok) {
    await showSettingsPage(visit, { errors: { at: () => null, summary: [] }, link: done.value.link }, 200);
    return;
  }
  if (done.error.kind !== 'invalid-input') {
    refuse(visit, done.error);
    return;
  }
  const errors = formErrors(visit, done.error, (path) => `invite-${path}`);
  await showSettingsPage(visit, { errors, invite: typed }, 422);
}

/** Changes a person's roles, or whether they may sign in. */
export async function takeStaff(visit: StaffVisit, form: Form): Promise<void> {
  const user = param(visit, 'user');
  const done = await changeStaff(visit.parts.house, visit.actor, {
    user,
    roles: form.list('roles'),
    active: form.text('active') === 'yes',
    shown: form.int('shown', 0),
  });
  if (done.ok) go(visit, `/settings#s-${user}`, 'staff');
  else if (done.error.kind === 'invalid-input') {
    const errors = formErrors(visit, done.error, () => `roles-${user}`);
    await showSettingsPage(visit, { errors }, 422);
  } else refuse(visit, done.error);
}
