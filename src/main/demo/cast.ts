import type { Actor, Role } from '../../domain/access/roles.ts';
import { ensureAdministrator } from '../../application/access/set-up.ts';
import { acceptInvitation, invite } from '../../application/access/staff.ts';
import { changeOrganisation } from '../../application/access/organisation.ts';
import type { House } from '../../application/ports/house.ts';
import { must } from './must.ts';

export const PASSWORD = 'a demo password, nothing more';

export interface Cast {
  readonly administrator: Actor;
  readonly staff: Actor;
  readonly responder: Actor;
  readonly legal: Actor;
}

/** A shop with four people: who runs it, who answers the telephone, who repairs, who signs. */
export async function hire(house: House): Promise<Cast> {
  const form = {
    organisation: 'Example Shop',
    zone: 'Europe/Berlin',
    name: 'Demo Owner',
    email: 'owner@shop.example',
    password: PASSWORD,
  };
  const owner = must('the owner', await ensureAdministrator(house, form));
  const organisation = owner?.memberships[0]?.organisation ?? '';
  const administrator: Actor = { user: owner?.id ?? '', organisation, roles: ['administrator', 'dpo'] };
  must(
    'the profile',
    await changeOrganisation(house, administrator, {
      name: form.organisation,
      zone: form.zone,
      locale: 'en',
      profile: {
        role: 'controller',
        establishments: ['DE-BE'],
        mainEstablishment: 'DE-BE',
        sectors: ['ecommerce'],
        listed: false,
      },
      contact: {
        email: 'privacy@shop.example',
        phone: '+49 30 00000000',
        address: 'Example Street 1, 10115 Berlin',
        website: 'https://shop.example',
        dpo: 'The data protection officer, privacy@shop.example',
      },
    }),
  );
  const join = (email: string, name: string, role: Role): Promise<Actor> =>
    hireOne(house, administrator, { email, name, role });
  return {
    administrator,
    staff: await join('desk@shop.example', 'Demo Help Desk', 'staff'),
    responder: await join('responder@shop.example', 'Demo Responder', 'responder'),
    legal: await join('legal@shop.example', 'Demo Lawyer', 'legal'),
  };
}

async function hireOne(
  house: House,
  by: Actor,
  { email, name, role }: { readonly email: string; readonly name: string; readonly role: Role },
): Promise<Actor> {
  const { link, user } = must(`inviting ${email}`, await invite(house, by, { email, name, roles: [role] }));
  const secret = link.split('/').at(-1) ?? '';
  must(`${email} accepting`, await acceptInvitation(house, { secret, name, password: PASSWORD }));
  return { user, organisation: by.organisation, roles: [role] };
}
