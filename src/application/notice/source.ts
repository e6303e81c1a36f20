import type { Actor } from '../../domain/access/roles.ts';
import type { DomainError } from '../../domain/errors.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import type { Notice, Seal } from '../../domain/notice/notice.ts';
import { digestOfList, hashTexts } from '../../domain/notice/seal.ts';
import { sha256 } from '../../domain/register/entry.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { findIncident } from '../incident/find.ts';
import { attachmentsAtHand } from './attach-files.ts';
import { earlierNotices } from './earlier.ts';
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
  const draft = stored ?? (await continued(house, base, notice)) ?? (await proposed(house, base));
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

/** Answers that belong to one filing and not to what follows it. */
const OF_ONE_FILING: ReadonlySet<string> = new Set([
  ...['notice-type', 'completeness', 'withdraw-reason', 'authority-reference', 'authority-ack-date'],
  'delay-reason',
]);

/** A follow-up begins with what was filed before: its author changes what is new. Null where nothing was. */
async function continued(
  house: Pick<House, 'drafts' | 'clock'>,
  { incident, duties, locales = [] }: Omit<NoticeSource, 'content' | 'follows'>,
  notice: Notice,
): Promise<Draft | null> {
  if (notice.kind === 'letter') return null;
  const before = earlierNotices(incident, notice, duties).at(-1);
  const draft = before && (await house.drafts.get(incident.organisation, incident.id, before.id));
  if (!draft) return null;
  const kept = Object.entries(draft.answers ?? {}).filter(([name]) => !OF_ONE_FILING.has(name));
  const words = Object.entries(draft.content).filter(
    ([locale]) => locale === '*' || locales.includes(locale),
  );
  const content = words.map(([locale, { 'delay-reason': _late, 'phases-note': _rest, ...own }]) => [
    locale,
    own,
  ]);
  return {
    ...draft,
    notice: '',
    content: Object.fromEntries(content) as Draft['content'],
    answers: Object.fromEntries(kept),
    follows: [],
    revision: 0,
    at: house.clock.now(),
    by: 'tocsin',
  };
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
  house: Pick<House, 'texts' | 'lists' | 'evidence'>,
  organisation: string,
  notice: Notice,
  seal: Seal,
): Promise<Omit<Seal, 'hash'>> {
  const hashes = Object.values(seal.texts).flatMap((formats) => Object.values(formats));
  const stored = await house.texts.get(hashes);
  const texts = rehashed(seal, (hash) => stored.get(hash) ?? '');
  const list = await listAtHand(house, organisation, notice);
  const attachments = await attachmentsAtHand(house, organisation, notice);
  return { texts, attachments, ...(list ? { list } : {}) };
}

/**
 * The same of words and batches that are at hand already, since they are about to leave: what is hashed here is what is
 * sent.
 * @param words by language and format
 * @param digests of the list's batches, in order
 */
export function textsAtHand(
  seal: Seal,
  words: Readonly<Record<string, Readonly<Record<string, string>>>>,
  digests: readonly string[],
): Omit<Seal, 'hash'> {
  const byHash = new Map(
    Object.entries(seal.texts).flatMap(([locale, formats]) =>
      Object.entries(formats).map(([format, hash]) => [hash, words[locale]?.[format] ?? ''] as const),
    ),
  );
  const texts = rehashed(seal, (hash) => byHash.get(hash) ?? '');
  const { list } = seal;
  // A letter to people carries no files: a seal that names one was altered.
  return { texts, attachments: [], ...(list ? { list: { ...list, digest: digestOfList(digests) } } : {}) };
}

function rehashed(seal: Seal, wordsOf: (hash: string) => string): Seal['texts'] {
  return Object.fromEntries(
    Object.entries(seal.texts).map(([locale, formats]) => [
      locale,
      Object.fromEntries(Object.entries(formats).map(([format, hash]) => [format, sha256(wordsOf(hash))])),
    ]),
  );
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
