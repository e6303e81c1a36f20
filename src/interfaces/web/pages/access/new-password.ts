import { field, type Field } from '../../answers/fields.ts';
import type { FormErrors } from '../../answers/problems.ts';
import type { Visit } from '../../request/visit.ts';

/** The field in which a person chooses a password. */
export function newPasswordField({ say }: Pick<Visit, 'say'>, errors: FormErrors): Field {
  return field(
    'password',
    {
      label: say('set-up.password'),
      hint: say('set-up.password-hint'),
      type: 'password',
      autocomplete: 'new-password',
      strong: true,
    },
    errors,
  );
}
