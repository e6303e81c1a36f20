import type { Temporal } from 'temporal-polyfill';
import type { NoticeSource } from '../../application/ports/notices.ts';
import { checklist, wordsFor, type ElementState } from '../../domain/notice/checklist.ts';
import { isForbidding, needsOf } from '../../domain/notice/content.ts';
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
}

/** A notice of GDPR art. 33(3), or 33(2) to the controller, in one language. */
export function noticeView(source: NoticeSource, words: Words): NoticeView {
  return new NoticeTextWriter(source, words).view();
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

  constructor(source: NoticeSource, words: Words) {
    this.source = source;
    this.words = words;
    this.facts = noticeFacts(source.incident);
    const { kind, duties, organisation, content, follows } = source;
    const states = checklist({
      kind,
      duties,
      facts: this.facts,
      sender: organisation,
      content,
      locales: [words.locale],
      follows,
      late: false,
    });
    this.following = new Set(states.filter(isFollowing).map(({ element }) => element));
  }

  view(): NoticeView {
    const { words, source } = this;
    const values = { name: oneLine(source.organisation.name), reference: source.incident.reference };
    const kind = source.kind === 'controller' ? 'controller' : 'authority';
    return {
      lang: words.locale,
      dir: words.say('dir'),
      subject: oneLine(words.say(`subject.${kind}`, values)),
      intro: this.intro(kind),
      sections: [
        this.organisation(),
        this.contact(),
        this.nature(),
        this.times(),
        this.people(),
        this.data(),
        this.prose('consequences', 'consequences'),
        this.prose('measures-taken', 'measures-taken'),
        this.prose('measures-proposed', 'measures-prevent-detail'),
        ...this.optional('delay-reason'),
        ...this.optional('phases-note'),
        ...this.others(),
      ],
    };
  }

  private intro(kind: 'authority' | 'controller'): readonly string[] {
    const { words, source, following } = this;
    const laws = [...new Set(source.duties.map(({ citation }) => oneLine(citation)))].join('; ');
    const recipient = oneLine(source.recipient ?? '');
    const elements = [...following].map((element) => this.element(element)).join(', ');
    return [
      words.say(`intro.${kind}`),
      ...(recipient === '' ? [] : [words.say('intro.recipient', { recipient })]),
      ...(laws === '' ? [] : [words.say('intro.laws', { laws })]),
      ...(elements === '' ? [] : [words.say('intro.in-phases', { elements })]),
    ];
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
        ['kind', this.words.say('label.first')],
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

  private times(): Section {
    const { moments } = this.facts;
    const said = (name: 'occurredAt' | 'detectedAt' | 'awareAt', element: string): string => {
      const at = moments[name];
      if (at) return this.moment(at);
      return this.facts.unknown.has(name) ? this.words.say('value.unknown') : this.absent(element);
    };
    return this.section('when-occurred', 'heading.times', {
      facts: this.lines([
        ['occurred-at', said('occurredAt', 'when-occurred')],
        ['occurred-to', moments.occurredTo ? this.moment(moments.occurredTo) : ''],
        ['detected-at', said('detectedAt', 'when-detected')],
        ['aware-at', said('awareAt', 'when-aware')],
      ]),
    });
  }

  private people(): Section {
    const { facts, words } = this;
    const groups = facts.groups.map((group) => this.named('groups', group)).join(', ');
    const detail = paragraphsOf(this.own('subject-detail'));
    const none = detail.length > 0 ? '' : this.absent('categories-subjects');
    return this.section('categories-subjects', 'heading.people', {
      cite: this.cite('people'),
      facts: this.lines([
        ['groups', groups === '' ? none : groups],
        ['people', facts.people ? countSaid(facts.people, words) : this.absent('count-subjects')],
      ]),
      paragraphs: detail,
    });
  }

  private data(): Section {
    const { facts } = this;
    const categories = facts.categories.map((category) => this.named('categories', category)).join(', ');
    const detail = paragraphsOf(this.own('data-detail'));
    const none = detail.length > 0 ? '' : this.absent('categories-data');
    return this.section('categories-data', 'heading.data', {
      cite: this.cite('data'),
      facts: this.lines([
        ['categories', categories === '' ? none : categories],
        ['records', this.own('record-count') || this.absent('count-records')],
      ]),
      paragraphs: detail,
    });
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
        return fields.map(({ field }) => this.prose(element, field));
      });
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

  private absent(element: string): string {
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
    return wordsFor(this.source.content, field, this.words.locale)?.text ?? '';
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
