import type { NoticeSource } from '../../application/ports/notices.ts';
import { wordsFor } from '../../domain/notice/checklist.ts';
import { noticeFacts, type NoticeFacts } from '../../domain/notice/content-facts.ts';
import { stepsFor, type AdviceBlock, type Step } from '../../domain/notice/content-advice.ts';
import { shortDay, day, printedIn } from './dates.ts';
import { adviceOf } from './letter-advice.ts';
import { clean, oneLine, paragraphsOf, SLOT } from './plain.ts';
import type { Words } from './words.ts';

type Paragraph = readonly string[];

/** One of the six questions, and what stands under it. */
interface LetterSection {
  readonly element: string;
  readonly heading: string;
  readonly before: readonly Paragraph[];
  readonly items: readonly string[];
  readonly steps: readonly Step[];
  readonly after: readonly Paragraph[];
}

/** Everything that the letter's template prints. */
export interface LetterView {
  readonly lang: string;
  readonly dir: string;
  readonly subject: string;
  readonly salutation: string;
  readonly sender: { readonly name: string; readonly address: readonly string[] };
  readonly website: { readonly text: string; readonly address: string };
  readonly sections: readonly LetterSection[];
  readonly genuine: {
    readonly heading: string;
    readonly type: string;
    readonly onSite: string;
    readonly call: string;
    readonly never: string;
  };
  readonly closing: string;
}

/** The letter of GDPR art. 34(2) in one language: six questions in the order in which a frightened person asks them. */
export function letterView(source: Omit<NoticeSource, 'follows'>, words: Words): LetterView {
  const letter = new LetterWriter(source, words);
  return letter.view();
}

class LetterWriter {
  private readonly source: Omit<NoticeSource, 'follows'>;
  private readonly words: Words;
  private readonly facts: NoticeFacts;
  private readonly confirmed: ReadonlySet<string>;

  constructor(source: Omit<NoticeSource, 'follows'>, words: Words) {
    this.source = source;
    this.words = words;
    this.facts = noticeFacts(source.incident);
    this.confirmed = new Set(this.own('confirmed').split(/[\s,]+/));
  }

  view(): LetterView {
    const { words } = this;
    const { organisation } = this.source;
    return {
      lang: words.locale,
      dir: words.say('dir'),
      subject: this.subject(),
      salutation: SLOT.salutation,
      sender: { name: this.name, address: addressLines(organisation.contact.address) },
      website: websiteOf(organisation.contact.website),
      sections: [
        this.happened(),
        this.affected(),
        section('consequences', words.say('headings.meaning'), { before: this.paragraphs('consequences') }),
        this.done(),
        this.now(),
        this.ask(),
      ],
      genuine: {
        heading: words.say('genuine.heading'),
        type: words.say('genuine.type'),
        onSite: this.confirmed.has('notice-on-website') ? words.say('genuine.on-site') : '',
        call: words.say('genuine.call'),
        never: words.say('genuine.never'),
      },
      closing: words.say('closing'),
    };
  }

  private subject(): string {
    const { occurredAt } = this.facts.moments;
    const { words, name } = this;
    if (!occurredAt) return oneLine(words.say('subject.undated', { name }));
    const date = shortDay(occurredAt, this.source.incident.zone, printedIn(words.locale));
    return oneLine(words.say('subject.dated', { name, date }));
  }

  private happened(): LetterSection {
    const { words, facts } = this;
    const told = this.own('what-happened');
    const ours: string[] = [];
    const supplier = oneLine(facts.supplier?.name ?? '');
    // The author has usually said it better.
    if (supplier !== '' && !told.includes(supplier)) {
      ours.push(words.say('happened.supplier', { supplier }));
      const at = facts.supplier?.toldUsAt;
      if (at) ours.push(words.say('happened.supplier-told', { supplier, date: this.day(at) }));
    }
    const aware = facts.moments.awareAt;
    if (aware) ours.push(words.say('happened.known-since', { date: this.day(aware) }));
    ours.push(words.say('happened.term'));
    return section('nature', words.say('headings.happened'), {
      before: [...this.paragraphs('what-happened'), [ours.join(' ')]],
    });
  }

  private affected(): LetterSection {
    const { words, facts } = this;
    const detail = paragraphsOf(this.own('data-detail')).flat();
    return section('categories-data', words.say('headings.affected'), {
      items: [...facts.categories.map((category) => this.category(category)), ...detail],
      after: this.paragraphs('not-affected'),
    });
  }

  private done(): LetterSection {
    const { words } = this;
    const before = [...this.paragraphs('measures-taken'), ...this.paragraphs('measures-prevent-detail')];
    const sorry = new RegExp(words.say('done.sorry-words'), 'iu');
    const said = ['what-happened', 'measures-taken', 'measures-prevent-detail'].some((field) =>
      sorry.test(this.own(field)),
    );
    return section('measures-taken', words.say('headings.done'), {
      before,
      after: said ? [] : [[words.say('done.sorry')]],
    });
  }

  private now(): LetterSection {
    const { words, facts } = this;
    const steps = stepsFor(this.advice(), facts, clean(this.own('advice')), this.confirmed);
    return section('advice', words.say('headings.now'), {
      steps,
      before: steps.length === 0 ? [[words.say('now.nothing')]] : [],
    });
  }

  private ask(): LetterSection {
    const { words } = this;
    const { email, phone, dpo } = this.source.organisation.contact;
    const officer = oneLine(dpo);
    const ways = [email, phone].map(oneLine).filter((way) => way !== '' && !officer.includes(way));
    return section('dpo-contact', words.say('headings.ask'), {
      before: [
        ...(officer === '' ? [] : [[words.say('ask.dpo', { dpo: officer })]]),
        ...(ways.length === 0 ? [] : [[words.say('ask.reach', { ways: ways.join(', ') })]]),
        [words.say('ask.complain')],
      ],
    });
  }

  /** The blocks of advice with their values put in. */
  private advice(): readonly AdviceBlock[] {
    const at = this.facts.moments.occurredAt;
    const values = {
      name: this.name,
      supplier: oneLine(this.facts.supplier?.name ?? ''),
      dated: at ? 'yes' : 'no',
      date: at ? this.day(at) : '',
    };
    return adviceOf(this.words).map((block, index) => ({
      ...block,
      say: block.say.map((sentence, i) => ({
        ...sentence,
        text: this.words.say(`advice.${index}.say.${i}.text`, values),
      })),
    }));
  }

  private category(category: string): string {
    const key = `categories.${category}`;
    return this.words.has(key) ? this.words.say(key) : category;
  }

  private get name(): string {
    return oneLine(this.source.organisation.name);
  }

  private day(at: Parameters<typeof day>[0]): string {
    return day(at, this.source.incident.zone, printedIn(this.words.locale));
  }

  private own(field: string): string {
    return wordsFor(this.source.content, field, this.words.locale)?.text ?? '';
  }

  private paragraphs(field: string): readonly Paragraph[] {
    return paragraphsOf(this.own(field));
  }
}

function section(
  element: string,
  heading: string,
  parts: Partial<Omit<LetterSection, 'element' | 'heading'>>,
): LetterSection {
  return { element, heading, before: [], items: [], steps: [], after: [], ...parts };
}

function addressLines(address: string): readonly string[] {
  return paragraphsOf(address).flat();
}

/** The only link of a letter: its text is its address. What is no web address is printed without a link. */
export function websiteOf(website: string): LetterView['website'] {
  const given = oneLine(website);
  const address = /^https?:\/\//i.test(given) ? given : `https://${given}`;
  try {
    const url = new URL(address);
    if (given === '' || !url.hostname.includes('.') || url.username !== '') return { text: given, address: '' };
    const path = url.pathname === '/' ? '' : url.pathname;
    return { text: `${url.host}${path}`, address: `${url.origin}${path}` };
  } catch {
    return { text: given, address: '' };
  }
}
