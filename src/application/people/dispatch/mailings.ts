import { FORMATS, type Format } from '../../../domain/notice/notice.ts';
import type { Person } from '../../../domain/people/person.ts';
import type { House } from '../../ports/house.ts';
import type { Mailing } from '../../ports/post.ts';
import { senderOf, type Wave } from './letters.ts';

/** A person at a place of a batch. */
export interface Placed {
  readonly position: number;
  readonly person: Person;
}

/** A mailing before its attempt is written down. */
export type MailingDraft = Omit<Mailing, 'attempt'>;

type Texts = Readonly<Record<Format, string>>;

/** The greeting's places in text and in HTML, where characters are escaped; neither can stand in anybody's words. */
interface Tags {
  readonly plain: string;
  readonly html: string;
}

/**
 * The words of a letter for readers of one language and place, each rendered once for a whole dispatch: a thousand
 * people of twenty countries are a few mailings, not a thousand letters.
 */
export class Variants {
  private readonly house: Pick<House, 'noticeWriter' | 'clock'>;
  private readonly known = new Map<string, Texts>();
  /** The day that the letters carry: a dispatch may go on past midnight. */
  private hour = -1;

  constructor(house: Pick<House, 'noticeWriter' | 'clock'>) {
    this.house = house;
  }

  /** The same words are the same object, whichever place they were asked for. */
  of(texts: Wave['texts'], locale: string, place: string, tags: Tags): Texts {
    const hour = Math.floor(this.house.clock.now().epochMilliseconds / 3_600_000);
    if (hour !== this.hour) this.known.clear();
    this.hour = hour;
    const asked = `${locale}|${place}|${tags.plain}`;
    const found = this.known.get(asked);
    if (found) return found;
    const word = (format: Format): string =>
      this.house.noticeWriter.addressed(
        texts[locale]?.[format] ?? '',
        format,
        place,
        locale,
        format === 'html' ? tags.html : tags.plain,
      );
    const made = { subject: word('subject'), html: word('html'), text: word('text') };
    const same = `=${FORMATS.map((format) => made[format]).join('\u0000')}`;
    const variant = this.known.get(same) ?? made;
    this.known.set(same, variant).set(asked, variant);
    return variant;
  }
}

/**
 * Puts the people of a batch together who get the same words, at most `most` to a call, no address twice in one: what
 * services do with a repeated address differs.
 */
export function mailingsOf(
  house: Pick<House, 'noticeWriter'>,
  variants: Variants,
  wave: Wave,
  people: readonly Placed[],
  most: number,
): readonly MailingDraft[] {
  const { noticeWriter } = house;
  const tags = tagsFor(wave.texts, people);
  const groups = new Map<Texts, { readonly locale: string; readonly people: Placed[] }>();
  for (const placed of people) {
    const locale = noticeWriter.localeFor(placed.person, wave.notice.locales);
    const words = variants.of(wave.texts, locale, placed.person.country ?? '', tags);
    const group = groups.get(words);
    if (group) group.people.push(placed);
    else groups.set(words, { locale, people: [placed] });
  }
  return [...groups].flatMap(([words, { locale, people: readers }]) =>
    inCalls(readers, most).map((call) => ({
      notice: wave.notice.id,
      list: wave.list,
      batch: wave.batch,
      from: senderOf(wave.organisation),
      ...words,
      locale,
      people: call.map(({ position, person }) => ({
        position,
        to: { name: person.name, email: person.email },
        tags: {
          [tags.plain]: noticeWriter.greeting(person, 'text', locale),
          [tags.html]: noticeWriter.greeting(person, 'html', locale),
        },
      })),
    })),
  );
}

/** A part of a mailing, for those of its people who are still to be written to. */
export function partOf<T extends MailingDraft>(mailing: T, positions: readonly number[]): T {
  const wanted = new Set(positions);
  return { ...mailing, people: mailing.people.filter(({ position }) => wanted.has(position)) };
}

function inCalls(people: readonly Placed[], most: number): readonly (readonly Placed[])[] {
  const calls: { readonly addresses: Set<string>; readonly people: Placed[] }[] = [];
  let first = 0;
  for (const placed of people) {
    const address = placed.person.email.toLowerCase();
    while ((calls[first]?.people.length ?? 0) >= most) first += 1;
    let call = calls.slice(first).find((one) => one.people.length < most && !one.addresses.has(address));
    if (!call) {
      call = { addresses: new Set(), people: [] };
      calls.push(call);
    }
    call.addresses.add(address);
    call.people.push(placed);
  }
  return calls.map((call) => call.people);
}

/** Tags that nobody has written: a person may be called anything, and a tag within a name must stay a name. */
function tagsFor(texts: Wave['texts'], people: readonly Placed[]): Tags {
  const written = (tag: string): boolean =>
    people.some(({ person }) => person.name.includes(tag)) ||
    Object.values(texts).some((formats) => Object.values(formats).some((text) => text.includes(tag)));
  let round = 0;
  while (written(`-tocsin-greeting-${round}-`)) round += 1;
  return { plain: `-tocsin-greeting-${round}-plain-`, html: `-tocsin-greeting-${round}-html-` };
}
