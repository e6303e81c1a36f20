import type { Temporal } from 'temporal-polyfill';
import type { NoticeSource } from '../../application/ports/notices.ts';
import { checklist, wordsFor, type ElementState } from '../../domain/notice/checklist.ts';
import { asksForData, isForbidding, needsOf } from '../../domain/notice/content.ts';
import { noticeFacts, type NoticeFacts, type PeopleCount } from '../../domain/notice/content-facts.ts';
import { moment, printedIn } from './dates.ts';
import { oneLine, paragraphsOf } from './plain.ts';
import type { Words } from './words.ts';

interface Line {
  readonly label: string;
  readonly value: string;
}

interface Section {
  readonly element: string;
  readonly heading: string;
  readonly cite: string;
  readonly facts: readonly Line[];
  readonly paragraphs: readonly (readonly string[])[];
  /** Said in place of what is not there yet. */
  readonly open: string;
}

/** Everything that the template of a notice to an authority or a controller prints. */
export interface NoticeView {
  readonly lang: string;
  readonly dir: string;
  readonly subject: string;
  readonly intro: readonly string[];
  readonly sections: readonly Section[];
  readonly closing: string;
  /** The language of the author's words, where the labels are in another. */
  readonly spoken: string;
}

/**
 * A notice in one language, to whom its kind says; it holds what its duties ask, and nothing else that they did not.
 * @param words those of its kind, English where the language has none; the author's own are in `locale` all the same
 */
export function noticeView(source: NoticeSource, words: Words, locale: string): NoticeView {
  return new NoticeTextWriter(source, words, locale).view();
}

/** Elements that have their place in the text; any other that a duty wants stands after them under its own heading. */
const PLACED: ReadonlySet<string> = new Set([
  ...['nature', 'categories-subjects', 'count-subjects', 'categories-data', 'count-records', 'dpo-contact'],
  ...['consequences', 'measures-taken', 'measures-proposed', 'measures-mitigation', 'delay-reason'],
  ...['phases-note', 'organisation', 'contact-organisation', 'processor', 'reference', 'notice-kind'],
  ...['when-occurred', 'when-detected', 'when-aware'],
]);

class NoticeTextWriter {
  private readonly source: NoticeSource;
  private readonly words: Words;
  private readonly facts: NoticeFacts;
  private readonly following: ReadonlySet<string>;
  private readonly locale: string;
  private readonly wanted: ReadonlySet<string>;

  constructor(source: NoticeSource, words: Words, locale: string) {
    this.source = source;
    this.words = words;
    this.locale = locale;
    this.wanted = new Set(source.duties.flatMap(({ content }) => content));
    this.facts = noticeFacts(source.incident);
    const { kind, duties, organisation, content, follows } = source;
    const states = checklist({
      kind,
      duties,
      facts: this.facts,
      sender: organisation,
      content,
      locales: [locale],
      follows,
      ...(source.form ? { form: source.form } : {}),
      late: false,
    });
    this.following = new Set(states.filter(isFollowing).map(({ element }) => element));
  }

  view(): NoticeView {
    const { words, locale } = this;
    return {
      lang: words.locale,
      dir: words.say('dir'),
      subject: oneLine(this.subject()),
      intro: this.intro(),
      sections: [
        this.organisation(),
        this.contact(),
        this.nature(),
        ...this.times(),
        ...this.people(),
        ...this.data(),
        ...this.proseOf('consequences', 'consequences'),
        ...this.proseOf('measures-taken', 'measures-taken'),
        ...this.proseOf('measures-proposed', 'measures-prevent-detail'),
        ...this.optional('delay-reason'),
        ...this.optional('phases-note'),
        ...this.withdrawal(),
        ...this.others(),
      ],
      closing: words.has('closing') ? words.say('closing') : '',
      spoken: locale === words.locale ? '' : locale,
    };
  }

  private subject(): string {
    const { words, source } = this;
    const values = { name: oneLine(source.organisation.name), reference: source.incident.reference };
    const stage = this.stage();
    if (stage !== null) return words.say('subject-stage', { ...values, stage });
    return words.say(this.isOfData() ? 'subject' : 'subject-incident', values);
  }

  /** Where no law of the notice asks for people or data, it is no notice of a personal data breach. */
  private isOfData(): boolean {
    return !this.words.has('subject-incident') || asksForData(this.wanted);
  }

  /** What the law calls the stage that its duty is; null where it knows none, or where it is several at once. */
  private stage(): string | null {
    const { words, source } = this;
    if (this.isOfData()) return null;
    const names = words.keys.flatMap((key) => (key.startsWith('stages.') ? key.slice('stages.'.length) : []));
    const found = source.duties.map(({ id }) =>
      names.filter((name) => id === name || id.endsWith(`-${name}`)).sort((a, b) => b.length - a.length)[0],
    );
    const [first] = found;
    return first !== undefined && found.every((one) => one === first) ? words.say(`stages.${first}`) : null;
  }

  private intro(): readonly string[] {
    const { words, source, following } = this;
    const laws = [...new Set(source.duties.map(({ citation }) => oneLine(citation)))].join('; ');
    const recipient = oneLine(source.recipient ?? '');
    const elements = [...following].map((element) => this.element(element)).join(', ');
    return [
      words.say(this.isOfData() ? 'opening' : 'opening-incident'),
      ...this.earlier(),
      ...(recipient === '' ? [] : [words.say('intro.recipient', { recipient })]),
      ...(laws === '' ? [] : [words.say('intro.laws', { laws })]),
      ...(elements === '' ? [] : [words.say('intro.in-phases', { elements })]),
    ];
  }

  private earlier(): readonly string[] {
    const { earlier } = this.source;
    if (!earlier) return [];
    const key = earlier.withdraws ? 'intro.withdrawal' : 'intro.follow-up';
    const number = oneLine(earlier.reference);
    if (number === '') return [this.words.say(key)];
    return [this.words.say(earlier.withdraws ? `${key}-of` : `${key}-to`, { number })];
  }

  private kindOfNotice(): string {
    const { earlier } = this.source;
    if (!earlier) return this.words.say('label.first');
    return this.words.say(earlier.withdraws ? 'label.withdrawal' : 'label.follow-up');
  }

  private organisation(): Section {
    const { organisation, incident } = this.source;
    const { email, phone, address, website } = organisation.contact;
    return this.section('organisation', 'heading.organisation', {
      facts: this.lines([
        ['name', organisation.name],
        ['address', paragraphsOf(address).flat().join(', ')],
        ['email', email],
        ['phone', phone],
        ['website', website],
        ['reference', incident.reference],
        ['kind', this.kindOfNotice()],
      ]),
    });
  }

  private contact(): Section {
    const { email, phone, dpo } = this.source.organisation.contact;
    return this.section('dpo-contact', 'heading.contact', {
      facts: this.lines([
        ['dpo', dpo],
        ['email', email],
        ['phone', phone],
      ]),
    });
  }

  private nature(): Section {
    const { facts, words } = this;
    const kinds = facts.breach.map((kind) => words.say(`breach.${kind}`)).join(', ');
    const supplier = facts.supplier;
    return this.section('nature', 'elements.nature', {
      facts: this.lines([
        ['breach', kinds],
        ['supplier', supplier?.name ?? ''],
        ['supplier-told', supplier?.toldUsAt ? this.moment(supplier.toldUsAt) : ''],
      ]),
      paragraphs: paragraphsOf(this.own('what-happened')),
      open: this.own('what-happened') === '' ? this.absent('nature') : '',
    });
  }

  /** Moments that are known stand in any notice that speaks of moments or of data. */
  private times(): readonly Section[] {
    const { moments } = this.facts;
    const asked = [...this.wanted].some((element) => element.startsWith('when-'));
    if (!asked && !this.isOfData()) return [];
    const said = (name: 'occurredAt' | 'detectedAt' | 'awareAt', element: string): string => {
      const at = moments[name];
      if (at) return this.moment(at);
      return this.facts.unknown.has(name) ? this.words.say('value.unknown') : this.absent(element);
    };
    return this.unlessEmpty(
      this.section('when-occurred', 'heading.times', {
        facts: this.lines([
          ['occurred-at', said('occurredAt', 'when-occurred')],
          ['occurred-to', moments.occurredTo ? this.moment(moments.occurredTo) : ''],
          ['detected-at', said('detectedAt', 'when-detected')],
          ['aware-at', said('awareAt', 'when-aware')],
        ]),
      }),
    );
  }

  private people(): readonly Section[] {
    if (!this.asks('categories-subjects') && !this.asks('count-subjects')) return [];
    const groups = this.facts.groups.map((group) => this.named('groups', group)).join(', ');
    const detail = paragraphsOf(this.own('subject-detail'));
    const none = detail.length > 0 ? '' : this.absent('categories-subjects');
    const known = this.asks('categories-subjects') ? groups : '';
    return this.unlessEmpty(
      this.section('categories-subjects', 'heading.people', {
        cite: this.cite('people'),
        facts: this.lines([
          ['groups', known === '' ? none : known],
          ['people', this.asks('count-subjects') ? this.count() : ''],
        ]),
        paragraphs: detail,
      }),
    );
  }

  /** Of all the people, or to one controller of several, of theirs alone: what is another's they may not learn. */
  private count(): string {
    const { facts, words, source } = this;
    const absent = this.absent('count-subjects');
    if (source.kind === 'controller') return this.own('subject-count') || absent;
    return facts.people ? countSaid(facts.people, words) : absent;
  }

  private data(): readonly Section[] {
    if (!this.asks('categories-data') && !this.asks('count-records')) return [];
    const categories = this.facts.categories.map((one) => this.named('categories', one)).join(', ');
    const detail = paragraphsOf(this.own('data-detail'));
    const none = detail.length > 0 ? '' : this.absent('categories-data');
    const known = this.asks('categories-data') ? categories : '';
    return this.unlessEmpty(
      this.section('categories-data', 'heading.data', {
        cite: this.cite('data'),
        facts: this.lines([
          ['categories', known === '' ? none : known],
          ['records', this.own('record-count') || this.absent('count-records')],
        ]),
        paragraphs: detail,
      }),
    );
  }

  private unlessEmpty(section: Section): readonly Section[] {
    return section.facts.length + section.paragraphs.length === 0 && section.open === '' ? [] : [section];
  }

  /** Whether a law of the notice wants it; where the law lists nothing, what is usual is wanted. */
  private asks(element: string): boolean {
    return this.wanted.size === 0 || this.wanted.has(element);
  }

  private proseOf(element: string, field: string): readonly Section[] {
    const asked = this.asks(element) || (element === 'measures-taken' && this.asks('measures-mitigation'));
    return asked || this.own(field) !== '' ? [this.prose(element, field)] : [];
  }

  /** Why a notice is taken back, as its form says. */
  private withdrawal(): readonly Section[] {
    const { form, earlier } = this.source;
    const said = earlier?.withdraws ? (form?.said.get('phases-note') ?? []) : [];
    return said.length === 0
      ? []
      : [this.section('withdrawal', 'label.withdrawal', { paragraphs: [said.map(oneLine)] })];
  }

  private prose(element: string, field: string): Section {
    const text = this.own(field);
    return this.section(element, `elements.${element}`, {
      paragraphs: paragraphsOf(text),
      open: text === '' ? this.absent(element) : '',
    });
  }

  private optional(element: string): readonly Section[] {
    return this.own(element) === '' ? [] : [this.prose(element, element)];
  }

  private others(): readonly Section[] {
    const { duties, kind } = this.source;
    const elements = new Set(duties.flatMap(({ content }) => content));
    return [...elements]
      .filter((element) => !PLACED.has(element) && !isForbidding(element))
      .flatMap((element) => {
        const fields = needsOf(element, kind).filter(({ from }) => from === 'draft');
        return fields.map(({ field }) => this.withForm(element, this.prose(element, field)));
      });
  }

  /** What nobody wrote stands there in the words of the form, where its fields hold it. */
  private withForm(element: string, section: Section): Section {
    const said = this.source.form?.said.get(element) ?? [];
    if (section.open === '' || said.length === 0) return section;
    return { ...section, paragraphs: [said.map(oneLine)], open: '' };
  }

  private section(
    element: string,
    heading: string,
    parts: Partial<Omit<Section, 'element' | 'heading'>>,
  ): Section {
    const said = this.words.has(heading) ? this.words.say(heading) : this.element(element);
    return { element, heading: said, cite: this.cite(element), facts: [], paragraphs: [], open: '', ...parts };
  }

  /** Articles are cited only where the GDPR (or the UK's) is the law of the notice. */
  private cite(key: string): string {
    const gdpr = this.source.duties.some(({ id }) => /gdpr-art33-authority$/.test(id));
    return gdpr && this.words.has(`cite.${key}`) ? this.words.say(`cite.${key}`) : '';
  }

  private lines(pairs: readonly (readonly [string, string])[]): readonly Line[] {
    return pairs
      .filter(([, value]) => value.trim() !== '')
      .map(([key, value]) => ({ label: this.words.say(`label.${key}`), value: oneLine(value) }));
  }

  /** Said in place of what a law wants and is not there; nothing where no law asks. */
  private absent(element: string): string {
    if (!this.asks(element)) return '';
    return this.words.say(this.following.has(element) ? 'value.follows' : 'value.missing');
  }

  private element(element: string): string {
    const key = `elements.${element}`;
    return this.words.has(key) ? this.words.say(key) : element.replaceAll('-', ' ');
  }

  private named(list: string, key: string): string {
    return this.words.has(`${list}.${key}`) ? this.words.say(`${list}.${key}`) : key;
  }

  private moment(at: Temporal.Instant): string {
    return moment(at, this.source.incident.zone, printedIn(this.words.locale));
  }

  private own(field: string): string {
    return wordsFor(this.source.content, field, this.locale)?.text ?? '';
  }
}

function isFollowing({ state }: ElementState): boolean {
  return state === 'follows';
}

function countSaid({ least, most }: PeopleCount, words: Words): string {
  if (most === null) return words.say('value.at-least', { least });
  return least === most
    ? words.say('value.exact', { count: least })
    : words.say('value.range', { least, most });
}
