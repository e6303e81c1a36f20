import { logIncident } from '../../src/application/incident/log-incident.ts';
import { approveNotice } from '../../src/application/notice/decide.ts';
import { submitNotice } from '../../src/application/notice/write.ts';
import { addressLetter, type Row } from '../../src/application/people/address-letter.ts';
import type { House } from '../../src/application/ports/house.ts';
import type { Actor } from '../../src/domain/access/roles.ts';
import { begin, findOut, sealShown, supplierBreach, write } from '../story/breach.ts';
import { good } from './breach.ts';
import { PASSWORD } from './password.ts';

export interface LetterPlace {
  readonly incident: string;
  readonly notice: string;
}

interface Approvers {
  readonly responder: Actor;
  readonly legal: Actor;
  /** Of the lawyer, who approves. */
  readonly password?: string;
}

/** A letter of the parcel service's breach, approved, with these people on it; ready to be sent. */
export async function approveLetterTo(
  house: House,
  { responder, legal, password = PASSWORD }: Approvers,
  people: readonly Row[],
): Promise<LetterPlace> {
  const incident = good(await logIncident(house, responder, supplierBreach(house))).id;
  await findOut(house, responder, legal, incident);
  const notice = await begin(house, responder, incident, 'letter');
  good(await addressLetter(house, responder, { incident, notice, people }));
  await write(house, responder, incident, notice);
  good(await submitNotice(house, responder, { incident, notice }));
  const seal = await sealShown(house, legal, incident, notice);
  good(await approveNotice(house, legal, { incident, notice, seal, password }));
  return { incident, notice };
}

/** So many invented people, in two languages and some countries. */
export function crowd(count: number): readonly Row[] {
  const countries = ['DE', 'AT', 'CH', 'FR'];
  return Array.from({ length: count }, (_, index) => ({
    name: `Zoë Müller ${index}`,
    email: `person${index}@people.example`,
    language: index % 3 === 0 ? 'en' : 'de',
    country: countries[index % countries.length] ?? 'DE',
  }));
}
