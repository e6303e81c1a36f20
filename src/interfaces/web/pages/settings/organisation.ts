import { changeOrganisation, viewOrganisation } from '../../../../application/access/organisation.ts';
import { refuse } from '../../answers/errors.ts';
import { formErrors, NO_ERRORS } from '../../answers/problems.ts';
import { go } from '../../answers/show.ts';
import type { Form } from '../../request/form.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { conflictsOf } from './conflict.ts';
import { typedOf, typedText } from './organisation-form.ts';
import { showSettingsPage } from './page.ts';
import { readProfile } from './profile.ts';

/** The organisation's profile: what the law asks once, and what letters say of us. */
export async function takeOrganisation(visit: StaffVisit, form: Form): Promise<void> {
  const { house } = visit.parts;
  const typed = typedOf(form);
  const text = (name: string): string => typedText(typed, name);
  const profile = readProfile(form, visit.organisation.profile);
  const shown = form.text('shown');
  const done = profile.ok
    ? await changeOrganisation(house, visit.actor, {
        name: text('name'),
        zone: text('zone'),
        locale: text('locale'),
        profile: profile.value,
        contact: {
          email: text('contact.email'),
          phone: text('contact.phone'),
          address: text('contact.address'),
          website: text('contact.website'),
          dpo: text('contact.dpo'),
        },
        ...(shown === '' ? {} : { shown }),
      })
    : profile;
  if (done.ok) {
    go(visit, '/settings', 'settings');
    return;
  }
  const { error } = done;
  if (error.kind === 'invalid-input') {
    const errors = formErrors(visit, error, (path) => path.replace(/^facts\./, '').replace(/\[\d+\]$/, ''));
    await showSettingsPage(visit, { errors, organisation: typed, shown }, 422);
  } else if (error.kind === 'stale-version') {
    const current = await viewOrganisation(house, visit.actor);
    if (!current.ok) {
      refuse(visit, current.error);
      return;
    }
    const conflicts = conflictsOf(visit, current.value, typed);
    await showSettingsPage(
      visit,
      { errors: NO_ERRORS, organisation: typed, current: current.value, conflicts },
      409,
    );
  } else refuse(visit, error);
}
