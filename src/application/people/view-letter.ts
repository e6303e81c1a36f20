import { allow } from '../../domain/access/permissions.ts';
import type { Actor } from '../../domain/access/roles.ts';
import type { DomainError } from '../../domain/errors.ts';
import { stillKnown } from '../../domain/incident/forgetting.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { findIncident } from '../incident/find.ts';
import { textsOfSeal } from '../notice/versions.ts';
import type { House } from '../ports/house.ts';
import type { Letter } from '../ports/post.ts';
import { recordInOrganisation } from '../register/record.ts';
import { letterFor } from './dispatch/letters.ts';

type Deps = Pick<
  House,
  | 'clock'
  | 'ids'
  | 'incidents'
  | 'lists'
  | 'organisations'
  | 'register'
  | 'texts'
  | 'noticeWriter'
  | 'letterPost'
>;

export interface LetterPlace {
  readonly incident: string;
  readonly notice: string;
  readonly batch: number;
  readonly position: number;
}

/** One person's letter as it was approved, or as it left; only for those who may see people, and recorded. */
export async function viewLetter(
  house: Deps,
  actor: Actor,
  place: LetterPlace,
): Promise<Result<{ readonly letter: Letter; readonly mail: Uint8Array | null }, DomainError>> {
  const allowed = allow(actor, 'people.see');
  if (!allowed.ok) return allowed;
  const incident = await findIncident(house, actor, place.incident);
  const organisation = await house.organisations.byId(actor.organisation);
  const notice = incident?.notices.find(({ id }) => id === place.notice);
  const seal = notice?.approved?.seal;
  const nobody = fail({ kind: 'not-found', what: 'letter', id: place.notice } as const);
  if (!organisation || !incident || !notice || !seal?.list) return nobody;
  const known = stillKnown(incident, notice);
  if (!known.ok) return known;
  const head = await house.lists.head(actor.organisation, seal.list.id);
  if (!head || place.batch >= head.batches.length) return nobody;
  const people = await house.lists.open(actor.organisation, seal.list.id, place.batch);
  const person = people[place.position];
  if (!person) return nobody;
  const { batch, position } = place;
  await recordInOrganisation(house, actor, {
    type: 'letter-seen',
    data: { incident: place.incident, notice: notice.id, list: seal.list.id, batch, position },
  });
  const texts = await textsOfSeal(house, seal);
  const wave = { organisation, notice, list: seal.list.id, batch, texts };
  const mail = (await house.letterPost.kept?.({ notice: notice.id, batch, position })) ?? null;
  return ok({ letter: letterFor(house, wave, position, person), mail });
}
