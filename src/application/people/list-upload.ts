import { allow } from '../../domain/access/permissions.ts';
import type { Actor } from '../../domain/access/roles.ts';
import type { DomainError } from '../../domain/errors.ts';
import { stillKnown } from '../../domain/incident/forgetting.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { addressLetter } from '../../domain/incident/notices.ts';
import type { Notice } from '../../domain/notice/notice.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { findIncident } from '../incident/find.ts';
import type { House } from '../ports/house.ts';
import type { ListSource } from '../ports/list-files.ts';
import type { ListUpload } from '../ports/list-uploads.ts';

/** Where a list is sent to: the letter of an incident. */
export interface LetterPlace {
  readonly incident: string;
  readonly notice: string;
}

export type UploadPlace = LetterPlace & { readonly upload: string };

export interface LetterAtHand {
  readonly incident: Incident;
  readonly notice: Notice;
}

/** How long a list lies here that nobody accepts. */
export const KEPT_MINUTES = 60;

/** The letter, if this person may put people on it, and if it still takes any. */
export async function letterFor(
  house: Pick<House, 'incidents' | 'clock'>,
  actor: Actor,
  place: LetterPlace,
): Promise<Result<LetterAtHand, DomainError>> {
  const allowed = allow(actor, 'people.import');
  if (!allowed.ok) return allowed;
  const incident = await findIncident(house, actor, place.incident);
  const notice = incident?.notices.find(({ id }) => id === place.notice);
  if (!incident || !notice) return fail({ kind: 'not-found', what: 'notice', id: place.notice });
  const known = stillKnown(incident, notice);
  if (!known.ok) return known;
  // What is refused at the end shall be refused before a list of a million is read.
  const list = { id: '', count: 0, digest: '' };
  const tried = addressLetter(incident, place.notice, list, { at: house.clock.now(), actor });
  return tried.ok ? ok({ incident, notice }) : tried;
}

/** The upload of this person for this letter; as one that never was where it is another's, or its hour is over. */
export async function uploadOf(
  house: Pick<House, 'listUploads' | 'clock'>,
  actor: Actor,
  { incident, notice, upload }: UploadPlace,
): Promise<Result<ListUpload, DomainError>> {
  const found = await house.listUploads.find(actor.organisation, upload);
  const isTheirs =
    found?.by === actor.user &&
    found.incident === incident &&
    found.notice === notice &&
    found.until.epochMilliseconds > house.clock.now().epochMilliseconds;
  return isTheirs ? ok(found) : fail({ kind: 'not-found', what: 'list', id: upload });
}

/** The bytes of an upload, to be read as often as need be. */
export function sourceOf(
  { listUploads }: Pick<House, 'listUploads'>,
  organisation: string,
  upload: string,
): ListSource {
  return { bytes: () => listUploads.bytes(organisation, upload) };
}
