import type { NoticeView } from '../../../../application/notice/view-notice.ts';
import { noticeFacts } from '../../../../domain/notice/content-facts.ts';
import { placeOf } from '../../../../domain/law/places.ts';
import type { Format } from '../../../../domain/notice/notice.ts';
import { LOCALES } from '../../../shared/words.ts';
import { query } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';

type Texts = NoticeView['rendered'];

/** How the text is looked at: it stands in the page's address, so that every view has a link. */
export interface Looking {
  readonly locale: string;
  /** Where the reader lives as whom it is looked at; '' where none is known. */
  readonly place: string;
  /** Plain text in place of HTML. */
  readonly plain: boolean;
  /** The element of the checklist whose part is to be pointed at; '' for none. */
  readonly element: string;
}

export function lookingOf(visit: StaffVisit, { rendered }: Pick<NoticeView, 'rendered'>): Looking {
  const locales = Object.keys(rendered);
  const element = query(visit, 'at');
  return {
    locale: locales.find((known) => known === query(visit, 'lang')) ?? locales[0] ?? 'en',
    place: placeOf(query(visit, 'place').toUpperCase()) ?? '',
    plain: query(visit, 'as') === 'text',
    element: /^[\w-]{1,60}$/.test(element) ? element : '',
  };
}

/** The address of a view of the same page. */
export function viewPath({ locale, place, plain, element }: Looking): string {
  const there = place === '' ? '' : `&place=${place}`;
  const at = element === '' ? '' : `&at=${element}`;
  return `?lang=${locale}&as=${plain ? 'text' : 'html'}${there}${at}`;
}

/** Where readers are, by the list and by the facts; first of all nowhere that we know. */
export function placesToRead({ incident, list }: Pick<NoticeView, 'incident' | 'list'>): readonly string[] {
  const known = [...Object.keys(list?.countries ?? {}), ...(noticeFacts(incident).places ?? [])];
  return ['', ...[...new Set(known)].filter((code) => /^[A-Z]{2}(?:-\w+)?$/.test(code)).sort()];
}

/** A text as somebody at the place gets it: where the name goes, the page says that a name goes there. */
export function asRead(
  visit: StaffVisit,
  { notice }: Pick<NoticeView, 'notice'>,
  texts: Texts,
  { locale, place }: Pick<Looking, 'locale' | 'place'>,
  format: Format,
): string {
  const text = texts[locale]?.[format] ?? '';
  if (notice.kind !== 'letter') return text;
  const { words, house } = visit.parts;
  const language = LOCALES.find((known) => known === locale) ?? 'en';
  const person = { name: words.say(language, 'notice.sample-name'), email: '', country: place };
  return house.noticeWriter.personalise(text, format, person, locale);
}
