import { isSetUpLink, setUp } from '../../../../application/access/set-up.ts';
import { refuse } from '../../answers/errors.ts';
import { field, select } from '../../answers/fields.ts';
import { formErrors, NO_ERRORS, type FormErrors } from '../../answers/problems.ts';
import { go, show } from '../../answers/show.ts';
import type { Form } from '../../request/form.ts';
import { param } from '../../request/routes.ts';
import type { Visit } from '../../request/visit.ts';
import { beginSession } from '../../security/session.ts';
import { newPasswordField } from './new-password.ts';
import { zoneOptions } from '../zones.ts';

const NAMES = ['organisation', 'zone', 'name', 'email'] as const;
type Typed = Readonly<Record<(typeof NAMES)[number], string>>;

export async function showSetUp(visit: Visit): Promise<void> {
  if (!(await isSetUpLink(visit.parts.house, param(visit, 'secret')))) {
    refuse(visit, { kind: 'not-found', what: 'link', id: 'setup' });
    return;
  }
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  showForm(visit, { organisation: '', zone, name: '', email: '' }, NO_ERRORS, 200);
}

export async function takeSetUp(visit: Visit, form: Form): Promise<void> {
  const typed = Object.fromEntries(NAMES.map((name) => [name, form.text(name)])) as Typed;
  const done = await setUp(visit.parts.house, {
    ...typed,
    secret: param(visit, 'secret'),
    password: form.text('password'),
  });
  if (!done.ok) {
    if (done.error.kind === 'invalid-input') showForm(visit, typed, formErrors(visit, done.error), 422);
    else refuse(visit, done.error);
    return;
  }
  await beginSession(visit.request, done.value, visit.parts.house.clock.now());
  go(visit, '/', 'set-up');
}

function showForm(visit: Visit, typed: Typed, errors: FormErrors, status: number): void {
  const { say } = visit;
  const model = {
    title: say('set-up.title'),
    errors: errors.summary,
    organisation: field(
      'organisation',
      {
        label: say('set-up.organisation'),
        value: typed.organisation,
        autocomplete: 'organization',
        strong: true,
        max: 100,
      },
      errors,
    ),
    zone: select(
      'zone',
      { label: say('set-up.zone'), hint: say('set-up.zone-hint'), strong: true },
      zoneOptions(),
      typed.zone,
      errors,
    ),
    name: field(
      'name',
      { label: say('set-up.name'), value: typed.name, autocomplete: 'name', strong: true, max: 100 },
      errors,
    ),
    email: field(
      'email',
      {
        label: say('set-up.email'),
        type: 'email',
        value: typed.email,
        autocomplete: 'username',
        strong: true,
      },
      errors,
    ),
    password: newPasswordField(visit, errors),
  };
  show(visit, 'access/set-up', model, status);
}
