import { viewOwnTokens, type TokenRow } from '../../../../application/access/api-tokens.ts';
import { changeLocale } from '../../../../application/access/own-account.ts';
import { invalid } from '../../../../domain/errors.ts';
import { LOCALES } from '../../../shared/words.ts';
import { refuse } from '../../answers/errors.ts';
import { field, select } from '../../answers/fields.ts';
import { formErrors, NO_ERRORS, type FormErrors } from '../../answers/problems.ts';
import { go, show } from '../../answers/show.ts';
import type { Form } from '../../request/form.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { newPasswordField } from '../access/new-password.ts';

/** What came of a form of this page that is shown again, or shows a secret this once. */
export interface AccountState {
  readonly errors: FormErrors;
  readonly tokenName?: string;
  readonly token?: string;
}

export async function showAccount(visit: StaffVisit): Promise<void> {
  await showAccountPage(visit, { errors: NO_ERRORS }, 200);
}

export async function showAccountPage(visit: StaffVisit, state: AccountState, status: number): Promise<void> {
  const { say, user, actor } = visit;
  const { errors } = state;
  const tokens = await viewOwnTokens(visit.parts.house, actor);
  const model = {
    title: say('account.title'),
    errors: errors.summary,
    name: user.name,
    email: user.email,
    roles: actor.roles.map((role) => say(`role.${role}`)).join(', '),
    old: field(
      'old',
      { label: say('account.old'), type: 'password', autocomplete: 'current-password' },
      errors,
    ),
    password: { ...newPasswordField(visit, errors), label: say('account.new'), strong: false },
    language: select(
      'locale',
      { label: say('account.language') },
      LOCALES.map((value) => ({ value, label: say(`language.${value}`) })),
      visit.locale,
      errors,
    ),
    tokens: tokens.map((row) => tokenModel(visit, row)),
    token: state.token ?? null,
    tokenName: field(
      'name',
      {
        label: say('account.token-name'),
        hint: say('account.token-name-hint'),
        value: state.tokenName ?? '',
        max: 100,
      },
      errors,
    ),
  };
  show(visit, 'account/account', model, status);
}

function tokenModel({ say, times }: StaffVisit, { id, name, createdAt, lastUsedAt }: TokenRow): object {
  return {
    name,
    made: say('account.token-made', { when: times.date(createdAt) }),
    used: lastUsedAt
      ? say('account.token-used', { when: times.short(lastUsedAt) })
      : say('account.token-unused'),
    action: `/account/tokens/${encodeURIComponent(id)}/revoke`,
  };
}

/** The own language; the answer is in it already. */
export async function takeLanguage(visit: StaffVisit, form: Form): Promise<void> {
  const locale = form.text('locale');
  const known = LOCALES.some((one) => one === locale);
  const done = known
    ? await changeLocale(visit.parts.house, visit.actor, { locale })
    : { ok: false as const, error: invalid('locale', 'locale.unknown') };
  if (done.ok) go(visit, '/account', 'language');
  else if (done.error.kind === 'invalid-input')
    await showAccountPage(visit, { errors: formErrors(visit, done.error) }, 422);
  else refuse(visit, done.error);
}
