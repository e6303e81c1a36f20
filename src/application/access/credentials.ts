import { Temporal } from 'temporal-polyfill';
import type { Problem } from '../../domain/errors.ts';
import { sha256 } from '../../domain/register/entry.ts';

const PASSWORD_MIN = 12;
const PASSWORD_MAX = 200;
const ADDRESS = /^[^\s@<>,;"\p{Cc}]{1,64}@[^\s@<>,;"\p{Cc}]+$/u;

/** How long a link that creates an account may lie in a mailbox. */
export const INVITATION_LASTS = Temporal.Duration.from({ hours: 24 * 7 });
/** Who can read the mailbox can use it: not for long. */
export const RESET_LASTS = Temporal.Duration.from({ hours: 1 });
export const SETUP_LASTS = Temporal.Duration.from({ hours: 24 });

/** Only the hash of a link's secret is stored: who reads the store cannot use it. */
export function hashOfSecret(secret: string): string {
  return sha256(`tocsin-link:${secret}`);
}

export function tidyEmail(email: string): string {
  return email.trim().toLowerCase();
}

export function emailProblems(email: string): Problem[] {
  return ADDRESS.test(email) && email.length <= 254 ? [] : [{ path: 'email', key: 'email.invalid' }];
}

/** Length is what counts; a passphrase of a few words is welcome. */
export function passwordProblems(password: string): Problem[] {
  if (password.length < PASSWORD_MIN)
    return [{ path: 'password', key: 'password.too-short', values: { min: PASSWORD_MIN } }];
  if (password.length > PASSWORD_MAX)
    return [{ path: 'password', key: 'text.too-long', values: { limit: PASSWORD_MAX } }];
  return [];
}

export function nameProblems(name: string): Problem[] {
  if (name.trim() === '') return [{ path: 'name', key: 'text.missing' }];
  if (name.length > 100) return [{ path: 'name', key: 'text.too-long', values: { limit: 100 } }];
  return [];
}
