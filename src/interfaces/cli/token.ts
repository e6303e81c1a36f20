import { createToken } from '../../application/access/api-tokens.ts';
import type { House } from '../../application/ports/house.ts';
import type { Actor } from '../../domain/access/roles.ts';
import type { ExitCode, Terminal } from './program.ts';
import { sentenceOf } from './sentences.ts';

/** Makes a bearer token for a person and prints it, once. */
export async function addToken(
  house: House,
  terminal: Pick<Terminal, 'say' | 'complain'>,
  form: { readonly user: string; readonly name: string },
): Promise<ExitCode> {
  const [organisation] = await house.organisations.all();
  if (!organisation) {
    terminal.complain('There is no organisation yet: start the server and open the link that it prints.');
    return 1;
  }
  const actor: Actor = { user: 'command-line', organisation: organisation.id, roles: ['administrator'] };
  const made = await createToken(house, actor, { email: form.user, name: form.name });
  if (!made.ok) {
    for (const sentence of sentenceOf(made.error)) terminal.complain(sentence);
    return made.error.kind === 'invalid-input' ? 2 : 1;
  }
  terminal.say(made.value.token);
  return 0;
}
