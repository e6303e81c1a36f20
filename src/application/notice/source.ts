import type { Actor } from '../../domain/access/roles.ts';
import type { DomainError } from '../../domain/errors.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import type { Notice, Seal } from '../../domain/notice/notice.ts';
import { digestOfList, hashTexts } from '../../domain/notice/seal.ts';
import { sha256 } from '../../domain/register/entry.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { findIncident } from '../incident/find.ts';
import type { House } from '../ports/house.ts';
import type { DutyText } from '../ports/law.ts';
import type { NoticeSource } from '../ports/notices.ts';
import type { Draft } from '../ports/stores.ts';
import type { Organisation } from '../ports/staff.ts';

export type Finding = Pick<
  House,
  'incidents' | 'organisations' | 'drafts' | 'law' | 'notes' | 'noticeWriter' | 'clock'
>;

/** Everything that one notice is made of, as it stands now. */
export interface NoticeAtHand {
  readonly incident: Incident;
  readonly organisation: Organisation;
  readonly notice: Notice;
  readonly draft: Draft;
  readonly source: NoticeSource;
}

/** Finds a notice with its draft; where nobody has written yet, the draft is the one that the facts propose. */
export async function findNotice(
  house: Finding,
  actor: Actor,
  incidentId: string,
  noticeId: string,
): Promise<Result<NoticeAtHand, DomainError>> {
  const incident = await findIncident(house, actor, incidentId);
  const organisation = await house.organisations.byId(actor.organisation);
  if (!incident || !organisation) return fail({ kind: 'not-found', what: 'incident', id: incidentId });
  const notice = incident.notices.find(({ id }) => id === noticeId);
  if (!notice) return fail({ kind: 'not-found', what: 'notice', id: noticeId });
  const base = baseOf(house, incident, organisation, notice);
  const stored = await house.drafts.get(actor.organisation, incidentId, noticeId);
  const draft = stored ?? (await proposed(house, base));
  const { content, follows } = draft;
  return ok({ incident, organisation, notice, draft, source: { ...base, content, follows } });
}

function baseOf(
  house: Pick<House, 'law'>,
  incident: Incident,
  organisation: Organisation,
  notice: Notice,
): Omit<NoticeSource, 'content' | 'follows'> {
  const owed = incident.obligations.filter(({ key }) => notice.obligations.includes(key));
  const duties = owed.flatMap(({ duty }): DutyText[] => {
    const text = house.law.duty(duty);
    return text ? [text] : [];
  });
  const { kind, recipient, locales } = notice;
  return { kind, incident, organisation, duties, locales, ...(recipient === undefined ? {} : { recipient }) };
}

async function proposed(
  house: Pick<House, 'noticeWriter' | 'notes' | 'clock'>,
  base: Omit<NoticeSource, 'content' | 'follows'>,
): Promise<Draft> {
  const { incident } = base;
  const refs = Object.entries(incident.narrative);
  const words = await house.notes.read(
    incident.organisation,
    refs.map(([, note]) => note.id),
  );
  const narrative = Object.fromEntries(refs.map(([name, note]) => [name, words.get(note.id) ?? '']));
  return {
    organisation: incident.organisation,
    incident: incident.id,
    notice: '',
    content: house.noticeWriter.propose(base, narrative),
    follows: [],
    revision: 0,
    at: house.clock.now(),
    by: 'tocsin',
  };
}

/**
 * What lies in the store now for an approved or handed-in notice, hashed anew: each sealed text by its words and
 * the people by their sealed bytes. One changed character and it is not what was approved.
 */
export async function atHand(
  house: Pick<House, 'texts' | 'lists'>,
  organisation: string,
  notice: Notice,
  seal: Seal,
): Promise<Omit<Seal, 'hash'>> {
  const hashes = Object.values(seal.texts).flatMap((formats) => Object.values(formats));
  const stored = await house.texts.get(hashes);
  const rehash = (hash: string): string => sha256(stored.get(hash) ?? '');
  const texts = Object.fromEntries(
    Object.entries(seal.texts).map(([locale, formats]) => [
      locale,
      Object.fromEntries(Object.entries(formats).map(([format, hash]) => [format, rehash(hash)])),
    ]),
  );
  const list = await listAtHand(house, organisation, notice);
  return { texts, attachments: seal.attachments, ...(list ? { list } : {}) };
}

/** The list as it lies in the store, its digest computed anew over the sealed batches. */
export async function listAtHand(
  house: Pick<House, 'lists'>,
  organisation: string,
  notice: Notice,
): Promise<Seal['list']> {
  if (!notice.list) return undefined;
  const { id, count } = notice.list;
  return { id, count, digest: digestOfList(await house.lists.digests(organisation, id)) };
}

/** The texts of a rendered notice as they are kept and sealed. */
export function sealedTexts(rendered: Readonly<Record<string, Readonly<Record<string, string>>>>): {
  readonly texts: readonly string[];
  readonly hashes: Seal['texts'];
} {
  return {
    texts: Object.values(rendered).flatMap((formats) => Object.values(formats)),
    hashes: hashTexts(rendered),
  };
}
