import type { Incident } from '../../domain/incident/incident.ts';
import type { Notice, Seal } from '../../domain/notice/notice.ts';
import { readSeal } from '../../domain/notice/seal.ts';
import type { House } from '../ports/house.ts';
import { entriesOf, textIn } from '../register/entries-of.ts';
import type { NoticeTexts } from './form.ts';
import type { NoticeAtHand } from './source.ts';

/** A version of a notice as it was handed in. */
export interface EarlierVersion {
  readonly version: number;
  readonly seal: Seal;
  readonly texts: NoticeTexts;
}

/**
 * The version that stands before the one at hand: before the one in review or approved, the one handed in last while
 * somebody writes on the next. Found by what the register says of it; null if there is none.
 */
export async function earlierVersion(
  house: Pick<House, 'register' | 'texts'>,
  incident: Incident,
  notice: Pick<Notice, 'id' | 'state' | 'version'>,
): Promise<EarlierVersion | null> {
  const version = notice.state === 'draft' ? notice.version : notice.version - 1;
  if (version < 1) return null;
  const entries = await entriesOf(house, incident, ['notice-submitted']);
  const entry = entries.find((one) => textIn(one, 'notice') === notice.id && one.data['version'] === version);
  const hash = entry ? textIn(entry, 'seal') : '';
  const text = (await house.texts.get([hash])).get(hash);
  if (text === undefined) return null;
  const seal = readSeal(text);
  return { version, seal, texts: await textsOfSeal(house, seal) };
}

/** The words of a notice as they stand: those that were sealed once it was handed in, else the draft rendered now. */
export async function wordsAtHand(
  house: Pick<House, 'texts' | 'noticeWriter'>,
  { notice, source }: Pick<NoticeAtHand, 'notice' | 'source'>,
): Promise<NoticeTexts> {
  const seal = notice.approved?.seal ?? notice.submitted?.seal;
  return seal ? textsOfSeal(house, seal) : house.noticeWriter.render(source);
}

/** The words under a seal, by language and format, as they lie in the store. */
export async function textsOfSeal(house: Pick<House, 'texts'>, seal: Seal): Promise<NoticeTexts> {
  const stored = await house.texts.get(
    Object.values(seal.texts).flatMap((formats) => Object.values(formats)),
  );
  return Object.fromEntries(
    Object.entries(seal.texts).map(([locale, formats]) => [
      locale,
      Object.fromEntries(Object.entries(formats).map(([format, hash]) => [format, stored.get(hash) ?? ''])),
    ]),
  );
}
