import type { Notice, Seal } from '../../../domain/notice/notice.ts';
import type { Person } from '../../../domain/people/person.ts';
import type { House } from '../../ports/house.ts';
import type { Letter } from '../../ports/post.ts';
import type { Organisation } from '../../ports/staff.ts';

/** The words under a seal, by language and format. */
export type Words = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What a batch of letters is made of. */
export interface Wave {
  readonly organisation: Organisation;
  readonly notice: Notice;
  readonly list: string;
  readonly batch: number;
  readonly texts: Words;
}

/** The letter of one person: the sealed words in the person's language, with what is personal put in. */
export function letterFor(
  house: Pick<House, 'noticeWriter'>,
  { organisation, notice, batch, texts }: Wave,
  position: number,
  person: Person,
): Letter {
  const locale = house.noticeWriter.localeFor(person, notice.locales);
  const word = (format: 'subject' | 'html' | 'text'): string =>
    house.noticeWriter.personalise(texts[locale]?.[format] ?? '', format, person, locale);
  return {
    notice: notice.id,
    batch,
    position,
    from: senderOf(organisation),
    to: { name: person.name, email: person.email },
    subject: word('subject'),
    html: word('html'),
    text: word('text'),
    locale,
  };
}

export function senderOf({ name, contact }: Organisation): Letter['from'] {
  return { name, email: contact.email };
}

/** The words under a seal, by language and format, as they lie in the store. */
export async function sealedWords(house: Pick<House, 'texts'>, seal: Seal): Promise<Words> {
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
