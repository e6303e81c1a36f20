import type { Role } from '../../../src/domain/access/roles.ts';
import { Person, type Answer } from './browser-like.ts';
import { load } from './html.ts';
import type { ServedHouse } from './served-house.ts';

export const PASSWORD = 'three quiet words here';

/** Sets up the organisation and its first person, by the one-time link. @returns the link */
export async function setUpFirst(person: Person, served: ServedHouse): Promise<string> {
  const link = await served.setUpLink();
  const fields = {
    organisation: 'Linden Shop',
    zone: 'Europe/Berlin',
    name: 'Ada',
    email: 'ada@linden.example',
    password: PASSWORD,
  };
  taken(await person.submit(await person.get(link), '', fields, link));
  return link;
}

/** Invites a person with these roles, who comes in by the link. */
export async function joinAs(
  administrator: Person,
  served: ServedHouse,
  name: string,
  ...roles: Role[]
): Promise<Person> {
  const invited = await administrator.submit(await administrator.open('/settings'), '/settings/staff', {
    'invite-email': `${name.toLowerCase()}@linden.example`,
    'invite-name': name,
    'invite-roles': roles,
  });
  const link = /\/invitation\/[\w-]+/.exec(invited.body)?.[0];
  if (link === undefined) throw new Error(`no invitation: ${load(invited.body).text.slice(0, 500)}`);
  const person = new Person(() => served.url);
  taken(await person.submit(await person.get(link), '', { name, password: PASSWORD }, link));
  return person;
}

export const BREACH: Readonly<Record<string, string | readonly string[]>> = {
  state: 'breach',
  kind: 'supplier-breach',
  title: 'Our orders copied at the parcel service',
  whatHappened: 'Packwell rang: someone copied our orders from their system yesterday.',
  detectedDay: '2026-12-04',
  detectedTime: '18:22',
  reporter: 'Packwell, by telephone to Sam',
  aware: 'yes',
  awareDay: '2026-12-04',
  awareTime: '18:40',
  groups: ['customers'],
  categories: ['name', 'postal-address', 'order-history'],
  place: ['Germany', 'AT'],
  people: ['2', '1'],
  supplier: 'yes',
  supplierName: 'Packwell',
  toldDay: '2026-12-04',
  toldTime: '18:22',
};

/** Logs the breach of the story. @returns the path of its page */
export async function logBreach(
  person: Person,
  changes: Record<string, string | readonly string[]> = {},
): Promise<string> {
  const answer = taken(
    await person.submit(await person.open('/incidents/new'), '/incidents/new', { ...BREACH, ...changes }),
  );
  return (answer.location ?? '').replace(/[?#].*$/, '');
}

/** An answer that sends on. @throws with the page's words */
export function taken(answer: Answer): Answer {
  if (answer.status !== 303)
    throw new Error(`refused with ${answer.status}: ${load(answer.body).text.slice(0, 800)}`);
  return answer;
}

/** The person reads German from here on. */
export async function inGerman(person: Person): Promise<void> {
  taken(await person.submit(await person.open('/account'), '/account/language', { locale: 'de' }));
}

/** Sends the form of the page that takes evidence as a browser does: the hidden fields first, the file last. */
export async function sendFile(
  person: Person,
  page: string,
  file: { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> },
  fields: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const form = load((await person.open(page)).body).form('/evidence');
  const body = new FormData();
  for (const [field, value] of Object.entries({ ...form?.fields, ...fields }))
    if (field !== 'file') body.append(field, String(value));
  body.append('file', new Blob([file.bytes]), file.name);
  return person.request(page, { method: 'POST', body });
}
