import { viewStaff } from '../../../../application/access/staff.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { textsOf } from '../../words/recipients.ts';
import { placeName } from '../places.ts';
import { listed } from '../../words/lists.ts';

/** One thing that is better done before anything happens. */
export interface Settled {
  readonly look: 'filled' | 'missing';
  readonly icon: 'met' | 'open';
  readonly state: string;
  readonly title: string;
  readonly small: string;
  readonly href: string;
  readonly go: string;
}

/** Two people: whoever writes a notice does not approve it. */
const APPROVERS = 2;

/** What to settle on a quiet day, done or open; for those who may, else nothing. */
export async function toSettle(visit: StaffVisit): Promise<readonly Settled[]> {
  const staff = await viewStaff(visit.parts.house, visit.actor);
  if (!staff.ok) return [];
  const { profile, contact } = visit.organisation;
  const places = textsOf(profile['establishments']).map((code) => placeName(code, visit.locale));
  const approvers = staff.value.filter(
    ({ roles, active, invited }) =>
      active && !invited && roles.some((role) => role === 'dpo' || role === 'legal'),
  );
  const reachable = [contact.email, contact.address, contact.dpo].every((text) => text.trim() !== '');
  return [
    settled(visit, 'place', places.length > 0, '/settings', { places: listed(visit, places, 'conjunction') }),
    settled(visit, 'sectors', profile['sectors'] !== undefined, '/settings#f-sectors'),
    settled(visit, 'approvers', approvers.length >= APPROVERS, '/settings#invite', {
      count: approvers.length,
    }),
    settled(visit, 'contact', reachable, '/settings#f-contact-email', { email: contact.email }),
    settled(visit, 'mail', visit.parts.house.staffPost.reaches, '/settings#mail'),
  ];
}

function settled(
  { say }: StaffVisit,
  name: string,
  done: boolean,
  href: string,
  values: Readonly<Record<string, string | number>> = {},
): Settled {
  return {
    look: done ? 'filled' : 'missing',
    icon: done ? 'met' : 'open',
    state: say(done ? 'settle.done' : 'settle.open'),
    title: say(`settle.${name}.title`),
    small: say(`settle.${name}.${done ? 'is' : 'why'}`, values),
    href,
    go: say(done ? 'settle.change' : 'settle.do'),
  };
}
