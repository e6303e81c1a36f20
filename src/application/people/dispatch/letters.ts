import type { Notice } from '../../../domain/notice/notice.ts';
import type { Person } from '../../../domain/people/person.ts';
import type { NoticeTexts } from '../../notice/form.ts';
import type { House } from '../../ports/house.ts';
import type { Letter } from '../../ports/post.ts';
import type { Organisation } from '../../ports/staff.ts';

/** What a batch of letters is made of. */
export interface Wave {
  readonly organisation: Organisation;
  readonly notice: Notice;
  readonly list: string;
  readonly batch: number;
  readonly texts: NoticeTexts;
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
