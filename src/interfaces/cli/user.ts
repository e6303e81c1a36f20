import type { Actor } from '../../domain/access/roles.ts';
import { resetLink } from '../../application/access/passwords.ts';
import { invite } from '../../application/access/staff.ts';
import type { House } from '../../application/ports/house.ts';
import type { ExitCode, Terminal } from './program.ts';
import { sentenceOf } from './sentences.ts';

/** Invites a person. Who can run commands on the data folder holds all there is: no further right is asked. */
export async function addUser(
  house: House,
  terminal: Pick<Terminal, 'say' | 'complain'>,
  form: { readonly email: string; readonly role: readonly string[]; readonly name?: string },
): Promise<ExitCode> {
  const [organisation] = await house.organisations.all();
  if (!organisation) {
    terminal.complain('There is no organisation yet: start the server and open the link that it prints.');
    return 1;
  }
  const actor: Actor = { user: 'command-line', organisation: organisation.id, roles: ['administrator'] };
  const roles = form.role.flatMap((role) => role.split(',')).filter((role) => role !== '');
  const invited = await invite(house, actor, {
    email: form.email,
    roles,
    ...(form.name ? { name: form.name } : {}),
  });
  if (!invited.ok) {
    for (const sentence of sentenceOf(invited.error)) terminal.complain(sentence);
    return invited.error.kind === 'invalid-input' ? 2 : 1;
  }
  terminal.say(invited.value.link);
  return 0;
}

/** Prints a link by which a person chooses a new password: once, within an hour. */
export async function resetUser(
  house: House,
  terminal: Pick<Terminal, 'say' | 'complain'>,
  email: string,
): Promise<ExitCode> {
  const [organisation] = await house.organisations.all();
  if (!organisation) {
    terminal.complain('There is no organisation yet: start the server and open the link that it prints.');
    return 1;
  }
  const actor: Actor = { user: 'command-line', organisation: organisation.id, roles: ['administrator'] };
  const made = await resetLink(house, actor, email);
  if (!made.ok) {
    for (const sentence of sentenceOf(made.error)) terminal.complain(sentence);
    return made.error.kind === 'invalid-input' ? 2 : 1;
  }
  terminal.say(made.value.link);
  return 0;
}
